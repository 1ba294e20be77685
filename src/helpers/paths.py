"""Where the repository's own files lie: the package is installed editable, inside it."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "data" / "sample"
PUBLISHED = ROOT / "data" / "published"
PEERS = ROOT / "data" / "peers"
