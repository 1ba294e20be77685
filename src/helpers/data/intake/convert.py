"""Rows of an export to columns of a contract, with a mark on every cell that cannot be read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeAlias

import pyarrow as pa

from helpers.data.codes import SURVEY_ITEMS
from helpers.data.contracts import CASE_TABLES
from helpers.data.intake import persons, values
from helpers.data.intake.mapping import Choice, TableMapping
from helpers.data.intake.persons import PERSON, SAYS, UNKNOWN_SEX, Persons
from helpers.data.intake.values import Cell, DateStyle, Reader, Value, tidy
from helpers.data.validation import unreadable

Row: TypeAlias = tuple[int, Sequence[Cell]]
"""The number that a row has in its source, and its cells."""
Columns: TypeAlias = list[tuple[Cell, ...]]

SOURCE, ROW, UNEVEN = "source", "source row", "uneven"
MARKS = {
    UNEVEN: (
        "raden har fler eller färre celler än rubrikraden",
        "Kontrollera citattecken och avgränsare på raden.",
        None,
    ),
    **persons.MARKS,
}
"""By mark, what is wrong with the rows that have it, what to do, and the column concerned."""

TYPES = {
    "string": pa.string(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "int64": pa.int64(),
    "float64": pa.float64(),
}
_ANSWERS = {answer for item in SURVEY_ITEMS.values() for answer in item.answers}
_SECOND = "-2"
"""What the id of a co-applicant's row ends in."""


class _Read(NamedTuple):
    """Values of a column, and which could not be read."""

    values: list[Value]
    unread: list[bool]


class Converter:
    """Turns rows under a header into a table's columns.

    Parameters
    ----------
    mapping : TableMapping
    header : sequence of str
        The export's headings.
    source : int
        Which sheet of all exports it is, to be told with the row.
    people : Persons
        Who the rows are about.
    """

    def __init__(
        self, mapping: TableMapping, header: Sequence[str], source: int, people: Persons
    ) -> None:
        self._mapping, self._header, self._source = mapping, header, source
        self._people = people
        self._place = {text.casefold(): n for n, text in enumerate(header) if text}
        self._contract = {
            name: column
            for name, column in CASE_TABLES[mapping.table].columns.items()
            if column.required or mapping.has(name)
        }
        self._readers = {
            name: reader(mapping.table, name, mapping.dates) for name in self._contract
        }

    def kept(self, rows: Sequence[Row]) -> list[Row]:
        """Leave out the rows that the mapping does not want."""
        mapping = self._mapping
        if not mapping.keep and not mapping.drop:
            return list(rows)
        cells = self._columns(rows)
        keep = self._all(mapping.keep, cells, len(rows))
        drop = [self._all({name: said}, cells, len(rows)) for name, said in mapping.drop.items()]
        return [
            row for row, kept, *out in zip(rows, keep, *drop, strict=True) if kept and not any(out)
        ]

    def tables(self, rows: Sequence[Row]) -> Iterator[pa.Table]:
        """Convert rows; a co-applicant, and each item of a wide survey, have rows of their own."""
        items: Sequence[str | None] = self._mapping.items or [None]
        if rows:
            yield from (self._table(rows, item) for item in items)
        if heading := self._mapping.co_applicant:
            at = self._at(heading)
            with_another = [(place, row) for place, row in rows if _low(*row[at : at + 1])]
            for table in self._of_the_other().tables(with_another):
                yield _second(table, self._mapping.table)

    def _of_the_other(self) -> "Converter":
        """Read the same rows as being about the other person, of whom only the number is known."""
        mapping = self._mapping
        own = {name: at for name, at in mapping.columns.items() if name not in SAYS}
        own[PERSON[mapping.table]] = mapping.co_applicant
        other = replace(mapping, columns=own, co_applicant="")
        return Converter(other, self._header, self._source, self._people)

    def _table(self, rows: Sequence[Row], item: str | None) -> pa.Table:
        cells = self._columns(rows)
        read = {name: self._column(name, cells, item, len(rows)) for name in self._contract}
        columns: dict[str, pa.Array] = {
            SOURCE: pa.array([self._source] * len(rows), pa.int32()),
            ROW: pa.array([place for place, _ in rows], pa.int32()),
            UNEVEN: pa.array([self._is_uneven(row) for _, row in rows]),
        }
        for name, column in read.items():
            columns[name] = pa.array(column.values, TYPES[str(self._contract[name].dtype)])
            columns[unreadable(name)] = pa.array(column.unread, pa.bool_())
        return pa.table(columns | self._of_persons(cells, read))

    def _of_persons(self, cells: Columns, read: Mapping[str, _Read]) -> dict[str, pa.Array]:
        """Put pseudonyms for ids, and what a number says where no column does."""
        name = PERSON.get(self._mapping.table)
        if name is None:
            return {}
        whos = self._people.of(cells[self._at(self._mapping.columns[name])])
        columns = persons.columns(name, whos)
        for said in SAYS:
            if said in read:
                columns |= persons.completed(said, read[said].values, whos)
        if heading := self._mapping.protected:
            is_protected = self._marked(cells[self._at(heading)])
            sexes = zip(columns["sex"].to_pylist(), is_protected, strict=True)
            columns["sex"] = pa.array([UNKNOWN_SEX if hidden else sex for sex, hidden in sexes])
        return columns

    def _column(self, name: str, cells: Columns, item: str | None, size: int) -> _Read:
        mapping, reader = self._mapping, self._readers[name]
        words = mapping.values.get(name, {})
        heading = mapping.columns.get(item if item and name == "answer" else name)
        if heading is None:
            fixed = item if item and name == "item" else mapping.fixed.get(name, "")
            value, unread = _value(fixed, reader, words)
            return _Read([value] * size, [unread] * size)
        column: Sequence[Cell] = cells[self._at(heading)]
        if name in mapping.when:
            holds = self._all(mapping.when[name], cells, size)
            column = [cell if hold else None for cell, hold in zip(column, holds, strict=True)]
        return _read(column, reader, words)

    def _all(self, choice: Choice, cells: Columns, size: int) -> list[bool]:
        """Say of each row whether it has one of the words under every heading of a choice."""
        holds = [True] * size
        for heading, words in choice.items():
            column = cells[self._at(heading)]
            has = {cell: _low(cell) in words for cell in set(column)}
            holds = [held and has[cell] for held, cell in zip(holds, column, strict=True)]
        return holds

    @staticmethod
    def _marked(column: Sequence[Cell]) -> list[bool]:
        """Say of each row whether its cell says anything but no."""
        said = {cell: _low(cell) not in {"", *values.NO} for cell in set(column)}
        return [said[cell] for cell in column]

    def _at(self, heading: str) -> int:
        return self._place[tidy(heading).casefold()]

    def _columns(self, rows: Sequence[Row]) -> Columns:
        width = len(self._header)
        padded = ([*row[:width], *[None] * (width - len(row))] for _, row in rows)
        return list(zip(*padded, strict=True))

    def _is_uneven(self, row: Sequence[Cell]) -> bool:
        width = len(self._header)
        return len(row) < width or (len(row) > width and any(map(tidy, row[width:])))


def reader(table: str, name: str, dates: DateStyle) -> Reader:
    """Give the reader of a contract's column."""
    if name == PERSON.get(table):
        return lambda _: None  # persons are read by themselves, and never kept as they stand
    column = CASE_TABLES[table].columns[name]
    codes: dict[str, str] = (column.metadata or {}).get("codes", {})
    if name == "sex":
        return values.coded(codes, values.SEX_WORDS)
    if name == "answer" and table == "survey":
        return values.coded(_ANSWERS)
    if codes:
        return values.coded(codes, {said: code for code, said in codes.items()})
    return values.reader(str(column.dtype), dates)


def _second(table: pa.Table, name: str) -> pa.Table:
    """Give the rows of co-applicants ids of their own."""
    own = next(own for own, column in CASE_TABLES[name].columns.items() if column.unique)
    ids = [text and f"{text}{_SECOND}" for text in table[own].to_pylist()]
    return table.set_column(table.column_names.index(own), own, pa.array(ids, pa.string()))


def _read(cells: Sequence[Cell], reader: Reader, words: Mapping[str, str]) -> _Read:
    known = {cell: _value(cell, reader, words) for cell in set(cells)}
    pairs = [known[cell] for cell in cells]
    return _Read([value for value, _ in pairs], [unread for _, unread in pairs])


def _value(cell: Cell, reader: Reader, words: Mapping[str, str]) -> tuple[Value, bool]:
    """Read a cell, and say whether it could not be."""
    text = tidy(cell)
    text = words.get(text.casefold(), text)
    if values.is_blank(text):
        return None, False
    try:
        return reader(text), False
    except (ValueError, OverflowError):
        return None, True


def _low(cell: Cell = None) -> str:
    text = tidy(cell).casefold()
    return "" if values.is_blank(text) else text
