"""A small repository with notebooks that have been run, and what their pages show."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd

from helpers.disclosure import TOTAL, Hidden, Reason
from helpers.disclosure.told import Counts, Told
from helpers.questions.cases import PLACEMENTS
from helpers.show.compose import with_table
from helpers.show.shown import Shown
from helpers.site import notebooks

DAY = "2025-12-31"
HIDDEN = Hidden(Reason.SMALL_COUNT)
ALL = "Alla"


def counts(columns: str, rows: list[tuple[Any, ...]], **about: Any) -> Counts:
    """Tell of placements: the columns' names, and rows with the number last; `..` is hidden."""
    shown = [(*labels, HIDDEN if n == ".." else n) for *labels, n in rows]
    table = pd.DataFrame(shown, columns=[*columns.split(), "n"], dtype=object)
    return Counts(PLACEMENTS, table, **{"as_of": DAY} | about)


def by_sex(women: Any, men: Any, both: Any = None, **about: Any) -> Counts:
    """Tell of placements by sex, with their sum."""
    both = women + men if both is None else both
    return counts("sex", [("K", women), ("M", men), (TOTAL, both)], **about)


SAFE = by_sex(41, 59)


def shown(told: Counts, *more: Told, name: str = "placeringar") -> Shown:
    """Show a table with its downloads, as the pages do."""
    said = told.table.map(lambda cell: ALL if cell == TOTAL else str(cell))
    published = {"as_of": told.as_of, "counted": told.table}
    return with_table("Placeringar som räknas", said, name, published, told=(told, *more))


def write(root: Path, pages: Mapping[str, Shown | dict[str, Any]]) -> None:
    """Give a repository a notebook for each page, already run, and no other."""
    shutil.rmtree(root / "notebooks")
    (root / "notebooks").mkdir()
    for name, page in pages.items():
        notebooks.write(notebook(name, page), root / "notebooks" / f"{name}.ipynb")


def notebook(title: str, page: Shown | dict[str, Any]) -> dict[str, Any]:
    """Give a notebook of one cell, with what it shows as its output."""
    data = page._repr_mimebundle_() if isinstance(page, Shown) else page
    output = nbformat.v4.new_output("execute_result", data, execution_count=1)
    cells = [
        nbformat.v4.new_raw_cell(f"---\ntitle: {title.capitalize()}\n---", id="title"),
        nbformat.v4.new_code_cell("#| label: tbl-counted\nshow", outputs=[output], id="shown"),
    ]
    book = nbformat.v4.new_notebook(cells=cells)
    return notebooks.normalised(json.loads(nbformat.writes(book)))
