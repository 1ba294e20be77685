"""The helpers' reference, made from their docstrings by quartodoc."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

from helpers import paths
from helpers.site import cache
from helpers.site.problem import SiteProblem
from helpers.site.project import Project
from helpers.site.source import prose

_FOLDER = Path("reports") / "reference"
_HEADING = re.compile(r"^(#+) (.*?)(\s*\{[^}]*\})?$")
_SECTION = re.compile(r"^(?=## )", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]*)\]\(#([^)]*)\)")
_EMPTY_HEAD = "| | |\n| --- | --- |"


def write(root: Path) -> None:
    """Write the reference pages of a project, as its `quartodoc` section asks.

    They are kept beside the project, and made again only when the code or the section changed.

    Parameters
    ----------
    root : Path
        The project.

    Raises
    ------
    SiteProblem
        If quartodoc cannot read a docstring.
    """
    code = [paths.PACKAGE, paths.SHIPPED / "requirements.lock"]
    section = json.dumps(Project(root).config["quartodoc"])
    name = f"reference-{cache.digest(*code, section)}"
    pages = cache.kept(root.parent / name, lambda new: _make(root, new))
    shutil.copytree(pages, root / _FOLDER, dirs_exist_ok=True)


def _make(root: Path, pages: Path) -> None:
    command = [sys.executable, "-m", "quartodoc", "build"]
    done = subprocess.run(command, check=False, cwd=root, capture_output=True, text=True)
    if done.returncode:
        raise SiteProblem(f"Funktionsreferensen kunde inte skapas: {done.stderr[-500:]}")
    (root / "objects.json").unlink(missing_ok=True)
    pages.mkdir()
    for page in sorted((root / _FOLDER).glob("*.qmd")):
        text = framed(page.read_text(encoding="utf-8"))
        (pages / page.name).write_text(text, encoding="utf-8")


def framed(text: str) -> str:
    """Make quartodoc's page one of the site's: one title, the rest marked as English."""
    title, _, body = text.partition("\n")
    body = body.replace(_EMPTY_HEAD, "| Part | What it holds |\n| --- | --- |")
    found = _HEADING.match(title)
    name = found[2] if found else title
    head = f"---\ntitle: {name}\ntoc-depth: 2\n---"
    return f"{head}\n\n{_in_english(_without_dead_links(_demoted(body)))}\n"


def _in_english(text: str) -> str:
    """Mark each section by itself: in a block round them all, the contents would miss them."""
    parts = (part.strip("\n") for part in _SECTION.split(text))
    return "\n\n".join(f":::: {{lang=en}}\n{part}\n::::" for part in parts if part)


def _without_dead_links(text: str) -> str:
    """Unlink what quartodoc names but does not describe further, such as constants."""
    return _LINK.sub(lambda link: link[0] if f"#{link[2]} " in text else f"`{link[1]}`", text)


def _demoted(text: str) -> str:
    """Put headings a level down where some are of the first, which the page's title has alone."""
    lines = text.splitlines()
    headings = [number - 1 for number, line in prose(text) if _HEADING.match(line)]
    if any(lines[number].startswith("# ") for number in headings):
        for number in headings:
            lines[number] = f"#{lines[number]}"
    return "\n".join(lines).strip("\n")
