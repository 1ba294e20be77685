"""A sheet of an export: where its header is, which rows are data, and what the others are."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from helpers.data.intake.values import Cell, tidy
from helpers.data.problems import DataProblem, Finding, counted_rows

_DEEPEST = 50
"""Rows within which the header is looked for."""
_SUM = re.compile(r"(summa|summering|totalt?|s:a|antal( rader)?)\b", re.IGNORECASE)


def unreadable(file: str, wrong: str, advice: str) -> DataProblem:
    """Say why a file cannot be read."""
    return DataProblem(Finding(file, wrong, advice))


@dataclass
class Sheet:
    """Rows of one sheet, and what is told of how they were read.

    Attributes
    ----------
    file, name : str
        A text file has one sheet, without a name.
    rows : iterator of list
        Every row from the first on, once.
    merged : sequence of (int, int)
        First and last row of each group of merged cells.
    read_as : str
        How the file was read.
    expected : int
        About how many rows there are.
    """

    file: str
    name: str
    rows: Iterator[list[Cell]]
    merged: Sequence[tuple[int, int]] = ()
    read_as: str = ""
    expected: int = 0

    @property
    def label(self) -> str:
        """What staff know it by."""
        return f"{self.file}, bladet {self.name}" if self.name else self.file


@dataclass
class Body:
    """The data of a sheet, under its header.

    Attributes
    ----------
    sheet : Sheet
    header : list of str
    header_row : int
    kinds : Counter
        How many rows are ``"title"``, ``"blank"`` and ``"sum"``, known once all are read.
    """

    sheet: Sheet
    header: list[str]
    header_row: int
    _rest: Iterator[list[Cell]]
    kinds: Counter[str] = field(default_factory=Counter)

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Give each row of data with its number; the last may be a sum, and is then none."""
        held: tuple[int, list[Cell]] | None = None
        for place, row in enumerate(self._rest, start=self.header_row + 1):
            if not any(map(tidy, row)):
                self.kinds["blank"] += 1
                continue
            if held:
                yield held
            held = (place, row)
        if held and _is_sum(held[1]):
            self.kinds["sum"] += 1
        elif held:
            yield held

    def told(self) -> str:
        """Say how the sheet was read: every row is data or one of these."""
        said = [self.sheet.read_as, f"rubriker på rad {self.header_row}"]
        said += [f"{counted_rows(n)} {_KINDS[kind]}" for kind, n in self.kinds.items() if n]
        return ", ".join(part for part in said if part)


_KINDS = {
    "title": "med annat ovanför",
    "blank": "utan innehåll",
    "sum": "med summor sist",
    "filtered": "bortvalda av mappningen",
}


def _is_sum(row: Sequence[Cell]) -> bool:
    first = next((text for text in map(tidy, row) if text), "")
    return bool(_SUM.match(first))


def look(sheet: Sheet) -> list[list[str]]:
    """Look at the first rows of a sheet, which are still there to be read."""
    seen = list(islice(sheet.rows, _DEEPEST))
    sheet.rows = chain(seen, sheet.rows)
    return [[tidy(cell) for cell in row] for row in seen]


def body(sheet: Sheet, header_row: int) -> Body:
    """Begin to read a sheet whose header stands on a row, counted from 1.

    Raises
    ------
    DataProblem
        If two columns have the same heading, or cells are merged in the header or below it.
    """
    *above, header = [[tidy(cell) for cell in row] for row in islice(sheet.rows, header_row)]
    _refuse_unclear(sheet, header, header_row)
    kinds = Counter("title" if any(row) else "blank" for row in above)
    return Body(sheet, header, header_row, sheet.rows, kinds)


def _refuse_unclear(sheet: Sheet, header: list[str], place: int) -> None:
    twice = [text for text, n in Counter(map(str.casefold, filter(None, header))).items() if n > 1]
    if twice:
        wrong = f"rubriker som står två gånger på rad {place}: {', '.join(twice)}"
        raise unreadable(sheet.label, wrong, "Ge varje kolumn en egen rubrik.")
    if any(last >= place for _, last in sheet.merged):
        advice = "Dela cellerna och fyll i varje."
        raise unreadable(sheet.label, "sammanfogade celler i rubrikraden eller under den", advice)
