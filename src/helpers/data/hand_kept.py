"""A table that staff keep by hand, such as actions: out to Excel or CSV, and in without loss."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter

from helpers.data.contracts import TABLES
from helpers.data.intake import workbooks
from helpers.data.intake.values import Cell, tidy
from helpers.data.problems import DataProblem, Finding

HAND_KEPT = ("actions",)
"""Tables that are read from xlsx as they are; others come in by ``likavard import``."""
_ROWS = 1000
"""Rows that have drop-downs."""
_NO_DATE = datetime(2000, 1, 1)


def write(table: str, rows: pd.DataFrame, to: Path) -> None:
    """Write a table as a workbook or as CSV, by what the file's name ends in.

    A workbook has Swedish headings, drop-downs of the codes' words, and days as days.

    Parameters
    ----------
    table : str
        One of `HAND_KEPT`.
    rows : DataFrame
        As `helpers.data.read_tables` gives it.
    to : Path
        Ends in ``.xlsx`` or ``.csv``.

    Raises
    ------
    DataProblem
        If it is of another kind, is there already, or cannot be written.
    """
    if to.suffix not in _WRITERS:
        advice = f"Välj en fil som slutar på {' eller '.join(_WRITERS)}."
        raise DataProblem(Finding(to.name, "okänt filformat", advice))
    if to.exists():
        raise DataProblem(Finding(to.name, "filen finns redan", "Välj ett annat namn."))
    try:
        _WRITERS[to.suffix](table, rows, to)
    except OSError:
        raise DataProblem(Finding(to.name, "går inte att skriva", "Välj en annan mapp.")) from None


def _write_csv(_: str, rows: pd.DataFrame, to: Path) -> None:
    rows.to_csv(to, index=False, sep=";", encoding="utf-8-sig", date_format="%Y-%m-%d")


def _write_workbook(table: str, rows: pd.DataFrame, to: Path) -> None:
    columns = TABLES[table].columns
    with xlsxwriter.Workbook(to, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": TABLES[table].title, "created": _NO_DATE})
        sheet, bold = book.add_worksheet(table), book.add_format({"bold": True})
        formats = {"date": book.add_format({"num_format": "yyyy-mm-dd"})}
        for place, (name, column) in enumerate(columns.items()):
            form = formats.get(str(column.dtype), book.add_format({"num_format": "@"}))
            sheet.set_column(place, place, max(12, len(column.title) + 2), form)
            sheet.write_string(0, place, column.title, bold)
            sheet.write_comment(0, place, column.description)
            codes = _codes(table, name)
            if codes:
                choice = {"validate": "list", "source": [*codes.values()]}
                sheet.data_validation(1, place, _ROWS, place, choice)
            _write_cells(sheet, place, [codes.get(cell, cell) for cell in rows[name]], form)
        sheet.freeze_panes(1, 0)


def _write_cells(sheet: Any, place: int, cells: list[Any], form: Any) -> None:  # noqa: ANN401
    for row, cell in enumerate(cells, start=1):
        if isinstance(cell, pd.Timestamp) and not pd.isna(cell):
            sheet.write_datetime(row, place, cell.to_pydatetime(), form)
        elif not pd.isna(cell):
            sheet.write_string(row, place, str(cell), form)


def read(table: str, file: Path) -> pd.DataFrame:
    """Read the first sheet of a workbook as text, headings and codes as the contract names them.

    Headings may be the contract's names or its Swedish titles, and codes their words. Rows without
    anything are none.

    Raises
    ------
    DataProblem
        If the workbook is damaged, locked, or has formulas.
    """
    sheet = next(workbooks.sheets(file))
    header, *rows = [[_text(cell) for cell in row] for row in sheet.rows] or [[]]
    titles = {column.title.casefold(): name for name, column in TABLES[table].columns.items()}
    names = [titles.get(head.casefold(), head) for head in header]
    frame = pd.DataFrame([*_filled(rows, len(names))], columns=names, dtype="str")
    for name in frame.columns.intersection([*TABLES[table].columns]):
        words = {word: code for code, word in _codes(table, name).items()}
        frame[name] = frame[name].map(lambda text, words=words: words.get(text, text))
    return frame


def _filled(rows: list[list[str]], width: int) -> Iterator[list[str]]:
    for row in rows:
        if any(row):
            yield (row + [""] * width)[:width]


def _text(cell: Cell) -> str:
    """Write a cell as text; a day without its hours."""
    return tidy(cell.date() if isinstance(cell, datetime) else cell)


_WRITERS = {".xlsx": _write_workbook, ".csv": _write_csv}


def _codes(table: str, column: str) -> dict[str, str]:
    return dict((TABLES[table].columns[column].metadata or {}).get("codes", {}))
