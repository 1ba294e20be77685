"""A source page read as Quarto reads it: front matter, then one markdown text.

Quarto turns a notebook into one markdown document before pandoc sees it, so that footnotes and
references reach from cell to cell. (pandoc's own notebook reader takes each cell by itself, as
GitHub markdown, and prefers an output's JSON to its HTML.)
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

VARIABLES = "_variables.yml"
FENCE = re.compile(r"^\s*(`{3,}|~{3,})")
_VARIABLE = re.compile(r"\{\{<\s*var\s+([\w-]+)\s*>\}\}")
INCLUDE = re.compile(r"^\{\{<\s*include\s+(\S+)\s*>\}\}\s*$")
_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_CELL_OPTION = re.compile(r"^#\|\s?(.*)$")


@dataclass(frozen=True)
class Cell:
    """A part of a page: a notebook's cell, or the whole of a `.qmd`.

    Attributes
    ----------
    place : str
        Where it stands, in Swedish: ``"cell 3, "``, or empty.
    kind : str
        ``"markdown"``, ``"code"`` or ``"raw"``.
    text : str
        Its source.
    outputs : tuple of dict
        Saved outputs, as in the notebook's JSON.
    """

    place: str
    kind: str
    text: str
    outputs: tuple[dict[str, Any], ...] = ()


def cells(path: Path) -> list[Cell]:
    """Read the cells of a notebook; a `.qmd` is one markdown cell."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".ipynb":
        return [Cell("", "markdown", text)]
    return [_cell(number, cell) for number, cell in enumerate(json.loads(text)["cells"], start=1)]


def _cell(number: int, cell: dict[str, Any]) -> Cell:
    outputs = tuple(cell.get("outputs", ()))
    return Cell(f"cell {number}, ", cell["cell_type"], "".join(cell["source"]), outputs)


def front_matter(path: Path) -> dict[str, Any]:
    """Read the YAML between ``---`` lines that a page starts with."""
    found = _FRONT_MATTER.match(_first_text(path))
    return (yaml.safe_load(found[1]) or {}) if found else {}


def _first_text(path: Path) -> str:
    first = next(iter(cells(path)), None)
    return first.text if first else ""


def without_front_matter(text: str) -> str:
    """Leave out the front matter, if the text has any."""
    return _FRONT_MATTER.sub("", text, count=1)


def cell_options(code: str) -> dict[str, Any]:
    """Read the options a code cell states in its leading ``#|`` lines."""
    lines = [found[1] for line in code.splitlines() if (found := _CELL_OPTION.match(line))]
    return yaml.safe_load("\n".join(lines)) or {}


def without_options(code: str) -> str:
    """Leave out a code cell's ``#|`` lines."""
    kept = [line for line in code.splitlines() if not _CELL_OPTION.match(line)]
    return "\n".join(kept).strip("\n")


def included(path: Path, root: Path, target: str) -> Path:
    """Find the file an include names: from the project's root if it starts with ``/``."""
    return root / target.lstrip("/") if target.startswith("/") else path.parent / target


def expand(text: str, path: Path, root: Path) -> str:
    """Put included files in the place of their includes, and what varies in its own."""
    whole = "\n".join(_expanded(line, path, root) for line in text.splitlines())
    return _VARIABLE.sub(lambda found: variables(root).get(found[1], found[0]), whole)


def variables(root: Path) -> dict[str, str]:
    """Read the words of a project that follow from its settings."""
    file = root / VARIABLES
    return (yaml.safe_load(file.read_text(encoding="utf-8")) or {}) if file.is_file() else {}


def _expanded(line: str, path: Path, root: Path) -> str:
    if not (found := INCLUDE.match(line)):
        return line
    file = included(path, root, found[1])
    return expand(file.read_text(encoding="utf-8"), file, root)


def prose(text: str) -> Iterator[tuple[int, str]]:
    """Numbered lines outside fenced code; of a fence, only its opening line."""
    fence = ""
    for number, line in enumerate(text.splitlines(), start=1):
        mark = FENCE.match(line)
        if fence:
            fence = "" if mark and line.strip() == mark[1] and len(mark[1]) >= len(fence) else fence
            continue
        fence = mark[1] if mark else ""
        yield number, line
