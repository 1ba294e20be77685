"""The part of Quarto the pages may use, read from `subset.yml` and held for every page."""

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

import yaml

from helpers.site.problem import SiteProblem
from helpers.site.project import FILE, Project
from helpers.site.source import (
    FENCE,
    INCLUDE,
    Cell,
    cell_options,
    cells,
    front_matter,
    included,
    prose,
    without_front_matter,
)

_SHORTCODE = re.compile(r"\{\{<\s*([\w-]+)")
_EXECUTABLE = re.compile(r"^\s*`{3,}\s*\{(\w[\w-]*)")
_RAW = re.compile(r"\{=(\w+)\}")
_ATTRIBUTES = re.compile(r"\{([.#\w][^{}]*)\}")
_BARE_DIV = re.compile(r"^:{3,}\s*([\w-]+)\s*$")
_CLASS = re.compile(r"(?:^|\s)\.([\w-]+)")
_KEY = re.compile(r"([\w-]+)=")
_REFERENCE = re.compile(r"(?<![\w.])@([a-z]+-[\w-]+)")
_INLINE_CODE = re.compile(r"(`+).+?\1(?!\{=)")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_MATHS = re.compile(r"\$\$|(?<!\\)\$[^\s$][^$]*\$")

_NAMES = {
    FILE: "inställningen",
    "front matter": "nyckeln överst på sidan",
    "shortcode": "kortkoden",
    "div class": "blocktypen",
    "div attribute": "attributet",
    "raw format": "råformatet",
    "cell option": "cellalternativet",
    "reference": "hänvisningen",
    "executable": "det körbara kodblocket",
    "maths": "formeln",
    "missing file": "infogar en fil som inte finns:",
}

Finding = tuple[str, str, str]
"""Where (Swedish, ends in a comma or is empty), kind of thing, the thing."""


@cache
def subset() -> dict[str, dict[str, str]]:
    """Kind of thing to the patterns allowed, each with its Swedish description."""
    text = Path(__file__).with_name("subset.yml").read_text(encoding="utf-8")
    kinds: dict[str, dict[str, str]] = yaml.safe_load(text)
    return kinds


def check(project: Project) -> None:
    """Stop at anything in the project that only one of the renderers would know.

    Parameters
    ----------
    project : Project
        The project about to be rendered.

    Raises
    ------
    SiteProblem
        Names every file, line and thing outside the subset.
    """
    problems = [*_settings(project)]
    for page in project.pages():
        problems += [f"{page}: {problem}" for problem in _page(project, page)]
    if problems:
        raise SiteProblem(
            "Webbplatsen byggdes inte. Sidorna använder något som saknas eller som inte båda "
            "renderarna kan (se reports/how-it-is-made.qmd):\n  " + "\n  ".join(problems)
        )


def _settings(project: Project) -> Iterator[str]:
    for key in _leaves(project.config):
        if not _allowed(FILE, key):
            yield f"{FILE}: {_NAMES[FILE]} {key}"


def _leaves(value: object, path: str = "") -> list[str]:
    if isinstance(value, dict):
        return [leaf for key in value for leaf in _leaves(value[key], f"{path}.{key}".strip("."))]
    if isinstance(value, list):
        return list(dict.fromkeys(leaf for item in value for leaf in _leaves(item, path)))
    return [path]


def _allowed(kind: str, name: str) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in subset().get(kind, ()))


def _page(project: Project, page: Path) -> Iterator[str]:
    path = project.root / page
    findings: list[Finding] = [("", "front matter", key) for key in front_matter(path)]
    for cell in cells(path):
        findings += _cell(cell, path, project.root)
    for place, kind, name in findings:
        if not _allowed(kind, name):
            yield f"{place}{_NAMES[kind]} {name}"


def _cell(cell: Cell, path: Path, root: Path) -> Iterator[Finding]:
    if cell.kind == "code":
        for option in cell_options(cell.text):
            yield cell.place, "cell option", option
    if cell.kind == "markdown":
        yield from _markdown(cell, path, root)


def _markdown(cell: Cell, path: Path, root: Path) -> Iterator[Finding]:
    skipped = cell.text.count("\n") - without_front_matter(cell.text).count("\n")
    for number, line in prose(without_front_matter(cell.text)):
        place = f"{cell.place}rad {number + skipped}: "
        for kind, name in _line(line):
            yield place, kind, name
        if found := INCLUDE.match(line):
            yield from _included(included(path, root, found[1]), root, place)


def _included(file: Path, root: Path, place: str) -> Iterator[Finding]:
    if not file.is_file():
        yield place, "missing file", file.name
        return
    text = Cell(f"{place}{file.name}, ", "markdown", file.read_text(encoding="utf-8"))
    yield from _markdown(text, file, root)


def _line(line: str) -> Iterator[tuple[str, str]]:
    if FENCE.match(line):
        yield from (("executable", name) for name in _EXECUTABLE.findall(line))
        yield from (("raw format", name) for name in _RAW.findall(line))
    else:
        yield from _text(_INLINE_CODE.sub("", line))


def _text(line: str) -> Iterator[tuple[str, str]]:
    yield from (("shortcode", name) for name in _SHORTCODE.findall(line))
    yield from (("raw format", name) for name in _RAW.findall(line))
    yield from (("reference", name) for name in _REFERENCE.findall(line))
    yield from (("maths", found[0]) for found in _MATHS.finditer(line))
    yield from (("div class", name) for name in _BARE_DIV.findall(line))
    for attributes in _ATTRIBUTES.findall(_SHORTCODE.sub("", line)):
        bare = _QUOTED.sub("", attributes)
        yield from (("div class", name) for name in _CLASS.findall(bare))
        yield from (("div attribute", name) for name in _KEY.findall(bare))
