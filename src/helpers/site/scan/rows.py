"""What no table may be: rows of cases."""

import re
from collections.abc import Iterator

from helpers.site.finding import Finding
from helpers.site.scan.columns import COLUMNS, DATES, IDS, TABLES
from helpers.site.scan.pieces import BREAK, Table, Text

_REMEDY = "Visa antal i stället för rader, och ta bort tabellen."
_MANY = 3
_NEAR = 6
"""Lines under a heading that are looked at: rules and types may stand before the first row."""

_NAME = re.compile(rf"\b(?:{'|'.join(sorted(IDS | DATES))})\b")
_BREAKS = "\n\u2028\u2029"
_FRAME_END = re.compile(rf"(?<![^{_BREAKS}])\[\d+ rows [x×] \d+ columns\]")
_SERIES_END = re.compile(rf"(?<![^{_BREAKS}])Name: (\w+),.* dtype: ")
_RECORD = re.compile(rf"""["']?\b({"|".join(sorted(IDS))})["']?\s*:\s*\[?\s*["']?[\w-]*\d""")
_BORDERS = re.compile(r"[|│┃┆;,\t]")


def findings(table: Table) -> Iterator[Finding]:
    """Find columns of ids, and tables of persons."""
    headings = table.headings
    for column in sorted(headings & IDS):
        what = f"Kolumnen {column} står här med värden: de pekar ut personer eller ärenden."
        yield Finding("id-column", table.place, what, _REMEDY)
    if table.is_frame or _is_cases(headings):
        what = "Här står en datatabell där en rad kan vara en person."
        yield Finding("person-rows", table.place, what, _REMEDY)


def _is_cases(headings: frozenset[str]) -> bool:
    """Whether at least three columns are of the same case table, one of them an id or a date."""
    dated = headings & (IDS | DATES)
    return any(len(headings & table) >= _MANY and dated & table for table in TABLES)


def printed(text: Text) -> Iterator[Table]:
    """Read the tables in a text: printed by pandas, drawn with lines, or comma-separated."""
    for found in _FRAME_END.finditer(text.text):
        yield Table(text.at(found.start()), [], is_frame=True)
    if any(name in text.text for name in IDS | DATES):
        yield from _named(text)


def _named(text: Text) -> Iterator[Table]:
    """Read the tables and records that name a column of ids or dates."""
    for found in (*_SERIES_END.finditer(text.text), *_RECORD.finditer(text.text)):
        yield Table(text.at(found.start()), [[found[1]], ["…"]])
    for found in _NAME.finditer(text.text):
        if rows := _under_heading(text.text, found.start()):
            yield Table(text.at(found.start()), rows)


def _under_heading(text: str, position: int) -> list[list[str]]:
    """Read the line of a column's name as a heading, and one of values under it if there is any."""
    start = max(text.rfind(mark, 0, position) for mark in _BREAKS) + 1
    lines = text[start : start + 20_000].partition(BREAK)[0].splitlines()
    heading, *under = map(_cells, lines[: _NEAR + 1])
    rows = [cells for cells in under if len(heading) > 1 and _is_row(cells, heading)]
    return [heading, *rows[:1]] if rows else []


def _cells(line: str) -> list[str]:
    """Part a line at its borders or commas; without any, at its spaces."""
    line = line.strip().rstrip("\\")
    cells = _BORDERS.split(line) if _BORDERS.search(line) else line.split()
    return [cell.strip(" \"'") for cell in cells]


def _is_row(cells: list[str], heading: list[str]) -> bool:
    """Whether cells stand under a heading, with or without a number of the row before them."""
    fits = len(cells) - len(heading) in (0, 1)
    return fits and not COLUMNS.intersection(cells) and any(map(str.isdigit, "".join(cells)))
