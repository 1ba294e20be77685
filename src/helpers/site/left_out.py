"""What a site leaves out for want of a table: whole questions, and sections of other pages.

Nothing is declared. What a page's cells read up to its answer, the page needs; what a later section
reads, only that section needs.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from importlib import import_module
from itertools import accumulate, groupby
from operator import itemgetter
from os.path import normpath
from pathlib import Path
from typing import Any

import yaml

from helpers.data import read_peers
from helpers.data.contracts import REFERS_TO, TABLES, may_be_empty
from helpers.data.peers.shape import PeersProblem
from helpers.data.reading import is_sample, tables
from helpers.questions import QUESTIONS
from helpers.settings import refuse_unknown
from helpers.site import notebooks
from helpers.site.project import FILE, Project
from helpers.site.source import front_matter

_READS = re.compile(r"""\bread_cases\(\s*["'](\w+)["']""")
_READS_SEVERAL = re.compile(r"\bread_tables\(([^)]*)\)")
_NAME = re.compile(r"""["'](\w+)["']""")
_ANSWERS = re.compile(r"\b(\w+)\.answer\(")
_READS_PEERS = "read_peers("
_HEADING = re.compile(r"##? ")
PEERS = "peers"
"""Open data on others, which a site of own data has once they are fetched."""
_HOW = (
    "De här frågorna är inte med. "
    "[Datalexikonet](reports/data-dictionary.qmd) beskriver tabellerna som de behöver."
)
_OPEN_DATA = "öppna data om andra kommuner (`likavard peers fetch`)"
_CHOSEN = "Kommunen har valt bort den här."
_LINK = re.compile(r"\[([^\]]*)\]\(([^)#]*)(?:#[^)]*)?\)")

Cell = dict[str, Any]


@dataclass(frozen=True)
class LeftOut:
    """A question that is not on the site.

    Attributes
    ----------
    question : str
        The question, as its page is titled.
    tables : tuple of str
        The tables it would need that are not there; none if it is left out by choice.
    """

    question: str
    tables: tuple[str, ...]


def lacking(project: Project, tables: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Give each question, as its page is titled, with the tables it needs that are not there."""
    return {
        front_matter(project.root / page)["title"]: _absent(project.root / page, tables)
        for page in project.notebooks()
    }


def at_hand() -> list[str]:
    """Name the tables there are; invented figures of others go with invented cases only.

    Raises
    ------
    DataProblem
        If there is no table.
    """
    own = tables()
    with suppress(PeersProblem):
        if is_sample(own) or not read_peers().is_invented:
            return [*own, PEERS]
    return own


def leave_out(
    project: Project, there: Collection[str], unwanted: Collection[str] = ()
) -> tuple[Project, list[LeftOut]]:
    """Take what the tables are not enough for out of a staged project, and what is not wanted.

    Parameters
    ----------
    project : Project
        A copy of the project, whose pages and menu are rewritten.
    there : collection of str
        The tables that are there, `PEERS` among them where others' figures are.
    unwanted : collection of str
        Pages that the municipality leaves out, as ``"queue-times"``.

    Returns
    -------
    Project
        With the pages that are left.
    list of LeftOut
        The others, in the order of the menu.

    Raises
    ------
    SettingsProblem
        If there is no such page to leave out.
    """
    for name in unwanted:
        refuse_unknown(name, [own.stem for own in project.notebooks()], "likavard.yml, leave_out")
    needed = {page: _absent(project.root / page, there) for page in project.notebooks()}
    gone = {page: lacked for page, lacked in needed.items() if lacked or page.stem in unwanted}
    wanted = {*there} - {_table(name) for name in QUESTIONS if name.replace("_", "-") in unwanted}
    told = [
        LeftOut(front_matter(project.root / page)["title"], absent) for page, absent in gone.items()
    ]
    for page in gone:
        (project.root / page).unlink()
    for page in project.pages():
        _rewrite(project.root / page, {project.root / other for other in gone}, wanted)
    _shorten(project, {page.as_posix() for page in gone})
    return Project(project.root), told


def said(left_out: Sequence[LeftOut]) -> str:
    """Say in markdown which questions are left out, and which tables they would need."""
    if not left_out:
        return ""
    lines = [f"- **{one.question}** {_why(one)}" for one in left_out]
    return "\n".join(["## Saknas {#sec-left-out}", "", _HOW, "", *lines])


def _why(left_out: LeftOut) -> str:
    return f"Behöver {_named(left_out.tables)}." if left_out.tables else _CHOSEN


def _absent(page: Path, tables: Collection[str]) -> tuple[str, ...]:
    """Name the tables that a page's answer needs and that are not there."""
    before, answer, *_ = [*_sections(notebooks.read(page)["cells"]), []]
    return _lacked([*before, *answer], tables)


def _sections(cells: Sequence[Cell]) -> list[list[Cell]]:
    """Give the cells before the first heading, then those of each section."""
    numbers = accumulate(map(_is_heading, cells))
    numbered = groupby(zip(numbers, cells, strict=True), key=itemgetter(0))
    return [[cell for _, cell in section] for _, section in numbered]


def _is_heading(cell: Cell) -> bool:
    return cell["cell_type"] == "markdown" and bool(_HEADING.match("".join(cell["source"])))


def _lacked(cells: Sequence[Cell], tables: Collection[str]) -> tuple[str, ...]:
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    read = dict.fromkeys(table for text in code for table in _read(text))
    return tuple(table for table in read if table not in tables)


def _read(code: str) -> Iterator[str]:
    """Name the tables that code needs, with those that their rows refer to."""
    asked = (name for name in _ANSWERS.findall(code) if name in QUESTIONS)
    answered = map(_table, asked)
    for table in [*_READS.findall(code), *answered]:
        yield from (table, *REFERS_TO.get(table, ()))
    several = (table for names in _READS_SEVERAL.findall(code) for table in _NAME.findall(names))
    yield from (table for table in several if not may_be_empty(table))
    if _READS_PEERS in code:
        yield PEERS


def _table(question: str) -> str:
    table: str = import_module(f"helpers.questions.{question}").TABLE
    return table


def _rewrite(page: Path, gone: Collection[Path], tables: Collection[str]) -> None:
    """Leave out of a page the sections that lack a table, and links to pages that are gone."""
    if page.suffix != ".ipynb":
        page.write_text(_unlinked(page.read_text(encoding="utf-8"), page, gone), encoding="utf-8")
        return
    notebook = notebooks.read(page)
    sections = (_shown(section, tables) for section in _sections(notebook["cells"]))
    cells = [_unlinked_cell(cell, page, gone) for section in sections for cell in section]
    notebooks.write(notebook | {"cells": cells}, page)


def _shown(section: list[Cell], tables: Collection[str]) -> list[Cell]:
    lacked = _lacked(section, tables)
    if not lacked:
        return section
    heading = "".join(section[0]["source"]).splitlines()[0]
    told = f"{heading}\n\nSaknas. Avsnittet bygger på {_named(lacked)}, som inte är med."
    return [section[0] | {"source": told}]


def _unlinked_cell(cell: Cell, page: Path, gone: Collection[Path]) -> Cell:
    if cell["cell_type"] != "markdown":
        return cell
    return cell | {"source": _unlinked("".join(cell["source"]), page, gone)}


def _unlinked(text: str, page: Path, gone: Collection[Path]) -> str:
    """Keep the words of links to pages that are gone."""
    return _LINK.sub(lambda link: link[1] if _target(page, link[2]) in gone else link[0], text)


def _target(page: Path, link: str) -> Path:
    return Path(normpath(page.parent / link))


def _shorten(project: Project, gone: Collection[str]) -> None:
    """Take pages out of the list of what is rendered, and out of the menu."""
    config = deepcopy(project.config)
    config["project"]["render"] = [one for one in config["project"]["render"] if one not in gone]
    bar = config["website"]["navbar"]
    bar["left"] = [one for one in bar["left"] if one["href"] not in gone]
    text = yaml.safe_dump(config, allow_unicode=True, sort_keys=False)
    (project.root / FILE).write_text(text, encoding="utf-8")


def _named(tables: Sequence[str]) -> str:
    """Name tables as staff know them, with the names their files must have."""
    named = [f"{TABLES[table].title} (`{table}`)" for table in tables if table != PEERS]
    parts = (
        [f"{'tabellerna' if len(named) > 1 else 'tabellen'} {' och '.join(named)}"] if named else []
    )
    return " och ".join([*parts, *([_OPEN_DATA] if PEERS in tables else [])])
