"""The helpers' reference, made from their docstrings by quartodoc."""

import re
import subprocess
import sys
from pathlib import Path

from helpers.site.problem import SiteProblem
from helpers.site.source import prose

_HEADING = re.compile(r"^(#+) (.*?)(\s*\{[^}]*\})?$")
_EMPTY_HEAD = "| | |\n| --- | --- |"


def write(root: Path) -> None:
    """Write the reference pages of a project, as its `quartodoc` section asks.

    Parameters
    ----------
    root : Path
        The project.

    Raises
    ------
    SiteProblem
        If quartodoc cannot read a docstring.
    """
    command = [sys.executable, "-m", "quartodoc", "build"]
    done = subprocess.run(command, check=False, cwd=root, capture_output=True, text=True)
    if done.returncode:
        raise SiteProblem(f"Funktionsreferensen kunde inte skapas: {done.stderr[-500:]}")
    (root / "objects.json").unlink(missing_ok=True)
    for page in sorted((root / "reports" / "reference").glob("*.qmd")):
        page.write_text(framed(page.read_text(encoding="utf-8")), encoding="utf-8")


def framed(text: str) -> str:
    """Make quartodoc's page one of the site's: one title, the rest marked as English."""
    title, _, body = text.partition("\n")
    body = body.replace(_EMPTY_HEAD, "| Part | What it holds |\n| --- | --- |")
    found = _HEADING.match(title)
    name = found[2] if found else title
    return f"---\ntitle: {name}\n---\n\n:::: {{lang=en}}\n{_demoted(body)}\n::::\n"


def _demoted(text: str) -> str:
    """Put headings a level down where some are of the first, which the page's title has alone."""
    lines = text.splitlines()
    headings = [number - 1 for number, line in prose(text) if _HEADING.match(line)]
    if any(lines[number].startswith("# ") for number in headings):
        for number in headings:
            lines[number] = f"#{lines[number]}"
    return "\n".join(lines).strip("\n")
