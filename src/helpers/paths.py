"""Where things lie: what comes with the program, and the folder one works in."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
"""The code."""
_INSTALLED = PACKAGE / "project"
SHIPPED = _INSTALLED if _INSTALLED.is_dir() else PACKAGE.parents[1]
"""Pages, rules and sample data: the repository, or the copy of them that the package carries."""


def _working_folder() -> Path:
    """Find the folder with a `likavard.yml`, here or above."""
    here = Path.cwd()
    own = (folder for folder in (here, *here.parents) if (folder / "likavard.yml").is_file())
    return next(own, SHIPPED)


ROOT = _working_folder()
"""Where settings are read and what is built lies: a working folder, else the repository."""
SAMPLE = SHIPPED / "data" / "sample"
PUBLISHED = SHIPPED / "data" / "published"
MAPPINGS = SHIPPED / "mappings"
PEERS = ROOT / "data" / "peers"


def ours(name: str) -> Path:
    """Give a file or folder of the working folder, or the one that comes along."""
    own = ROOT / name
    return own if own.exists() else SHIPPED / name
