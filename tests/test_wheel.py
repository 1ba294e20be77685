"""The program as a municipality gets it: a wheel, in an environment with nothing else in it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.paths import ROOT, SAMPLE

SETTINGS = """name: Exempelby kommun
as_of: 2025-12-31
"""


def run(*command: object, cwd: Path = ROOT, **env: str) -> str:
    plain = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [*map(str, command)], cwd=cwd, env=plain | env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel, install it with the packages it asks for, and give its programs' folder."""
    place = tmp_path_factory.mktemp("installed")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", place)
    [wheel] = place.glob("*.whl")
    uv = (sys.executable, "-m", "uv", "--quiet")
    run(*uv, "venv", place / "venv", "--python", sys.executable)
    python = place / "venv" / "bin" / "python"
    run(*uv, "pip", "install", "--python", python, "-c", ROOT / "requirements.lock", wheel)
    return python.parent


def test_one_table_becomes_a_site_without_the_repository(installed: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    run(installed / "likavard", "init", "Exempelby", cwd=tmp_path)
    folder = tmp_path / "Exempelby"
    pages = [page.stem for page in (ROOT / "notebooks").glob("*.ipynb") if page.stem != "explore"]
    others = ", ".join(page for page in pages if page != "queue-times")
    (folder / "likavard.yml").write_text(f"{SETTINGS}leave_out: [{others}]\n", encoding="utf-8")
    rows = (SAMPLE / "queue.csv").read_text(encoding="utf-8").splitlines()
    (folder / "uttag" / "queue.csv").write_bytes("\r\n".join(rows[:-1]).encode())
    own.write_bytes(b"a key of the town's own, 32 bytes")
    own.chmod(0o600)
    command = (installed / "likavard", "site", "--renderer", "pandoc", "--data", "uttag")
    told = run(*command, "--out", "webbplats", cwd=folder, LIKAVARD_KEY=str(own), LIKAVARD_DATA="")
    site = folder / "webbplats"
    assert str(site / "index.html") in told
    assert [page.stem for page in (site / "notebooks").glob("*.html")] == ["queue-times"]
    front = (site / "index.html").read_text(encoding="utf-8")
    assert "Exempelby kommun." in front
    assert "Uppgifter till och med 31 december 2025" in front
    assert "Väntar kvinnor längre än män" in front
    assert "Kommunen har valt bort" in front or "Behöver tabell" in front
    places = [str(tmp_path), str(installed), str(ROOT)]
    for file in site.rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert not any(place in text for place in places), file
    shutil.rmtree(site)


def test_the_program_itself_is_not_written_in(installed: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [installed / "likavard", "site"],
        cwd=tmp_path,
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "likavard init" in done.stderr
