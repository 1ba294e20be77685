"""What no table may be: rows of cases."""

import re
from collections.abc import Iterator

from helpers.site.finding import Finding
from helpers.site.scan.columns import COLUMNS, DATES, IDS, TABLES
from helpers.site.scan.pieces import Table, Text

_REMEDY = "Visa antal i stället för rader, och ta bort tabellen."
_MANY = 3
_NEAR = 6
"""Lines under a heading that are looked at: rules and types may stand before the first row."""

_NAME = re.compile(rf"\b(?:{'|'.join(sorted(IDS | DATES))})\b")
_FRAME_END = re.compile(r"^\[\d+ rows [x×] \d+ columns\]", re.MULTILINE)
_SERIES_END = re.compile(r"^Name: (\w+),.* dtype: ", re.MULTILINE)
_RECORD = re.compile(rf"""["']?\b({"|".join(sorted(IDS))})["']?\s*:\s*\[?\s*["']?[\w-]*\d""")
_BORDERS = re.compile(r"[|│┃┆;,\t]")


def findings(table: Table) -> Iterator[Finding]:
    """Find columns of ids, and tables of persons.

    Parameters
    ----------
    table : Table
        The table.

    Yields
    ------
    Finding
    """
    for column in sorted(table.headings & IDS):
        what = f"Kolumnen {column} står här med värden: de pekar ut personer eller ärenden."
        yield Finding("id-column", table.place, what, _REMEDY)
    if table.is_frame or _is_cases(table.headings):
        what = "Här står en datatabell där en rad kan vara en person."
        yield Finding("person-rows", table.place, what, _REMEDY)


def _is_cases(headings: frozenset[str]) -> bool:
    """Whether at least three columns are of the same case table, one of them an id or a date."""
    dated = headings & (IDS | DATES)
    return any(len(headings & table) >= _MANY and dated & table for table in TABLES)


def printed(text: Text) -> Iterator[Table]:
    """Read the tables in a text: printed by pandas, drawn with lines, or comma-separated."""
    for found in _FRAME_END.finditer(text.text):
        yield Table(text.at(found.start()), frozenset(), is_frame=True)
    for found in (*_SERIES_END.finditer(text.text), *_RECORD.finditer(text.text)):
        yield Table(text.at(found.start()), IDS & {found[1]})
    for found in _NAME.finditer(text.text):
        if under := _headings(text.text, found.start()):
            yield Table(text.at(found.start()), under)


def _headings(text: str, position: int) -> frozenset[str]:
    """Read the line of a column's name as a heading, if values stand under it."""
    start = max(text.rfind("\n", 0, position), text.rfind("\u2028", 0, position)) + 1
    first, *under = text[start : start + 20_000].splitlines()[: _NEAR + 1]
    heading = _cells(first)
    if len(heading) > 1 and any(_is_row(_cells(line), heading) for line in under):
        return COLUMNS.intersection(heading)
    return frozenset()


def _cells(line: str) -> list[str]:
    """Part a line at its borders or commas; without any, at its spaces."""
    line = line.strip().rstrip("\\")
    cells = _BORDERS.split(line) if _BORDERS.search(line) else line.split()
    return [cell.strip(" \"'") for cell in cells]


def _is_row(cells: list[str], heading: list[str]) -> bool:
    """Whether cells stand under a heading, with or without a number of the row before them."""
    fits = len(cells) - len(heading) in (0, 1)
    return fits and not COLUMNS.intersection(cells) and any(map(str.isdigit, "".join(cells)))
