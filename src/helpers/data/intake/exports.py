"""Which sheet of which export holds which table, and its rows in the columns of the contract."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import islice
from pathlib import Path

import pyarrow as pa

from helpers.data.intake import delimited, workbooks
from helpers.data.intake.convert import Converter
from helpers.data.intake.mapping import TableMapping
from helpers.data.intake.persons import Persons, Pseudonym
from helpers.data.intake.sheets import Body, Sheet, body, look, unreadable
from helpers.data.problems import DataProblem, Finding

TEXT = (".csv", ".txt", ".tsv", ".skv")
_BATCH = 50_000
_LIKELY = 0.5
"""Share of the headings from which a sheet is taken to be meant for a table."""


@dataclass
class Exports:
    """What was read of all exports.

    Attributes
    ----------
    tables : dict of str to list of pyarrow.Table
        By name, in the contract's columns with marks beside them.
    sources : list of str
        What each source is called: a file, or a sheet of one.
    told : list of str
        How each was read, and what was left.
    findings : list of Finding
        What could not be read.
    """

    tables: dict[str, list[pa.Table]] = field(default_factory=dict)
    sources: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class _Near:
    """A header that has some of the headings of a table."""

    mapping: TableMapping
    sheet: str
    row: int
    header: list[str]

    @property
    def absent(self) -> list[str]:
        there = {heading.casefold() for heading in self.header}
        return sorted(self.mapping.headings - there)

    @property
    def share(self) -> float:
        return 1 - len(self.absent) / len(self.mapping.headings)


class Reading:
    """Reads exports by a mapping, and gathers what is in them and what cannot be read.

    Parameters
    ----------
    mappings : sequence of TableMapping
    pseudonym : callable
        What becomes of a person's id.
    advance : callable
        Told the source, about how many rows it has, and how many more were read.
    """

    def __init__(
        self,
        mappings: Sequence[TableMapping],
        pseudonym: Pseudonym,
        advance: Callable[[str, int, int], None],
    ) -> None:
        self._mappings, self._people, self._advance = mappings, Persons(pseudonym), advance
        self._exports = Exports()

    def of(self, files: Sequence[Path]) -> Exports:
        """Read all exports, and tell all that cannot be read of any."""
        for file in files:
            try:
                self._read_file(file)
            except DataProblem as problem:
                self._exports.findings.extend(problem.findings)
        self._exports.told.extend(
            f"{table}: finns inte i exporterna."
            for table in (mapping.table for mapping in self._mappings)
            if table not in self._exports.tables
        )
        return self._exports

    def _read_file(self, file: Path) -> None:
        """Read the sheets of a file, one of which at least must be of a table."""
        before = len(self._exports.sources), len(self._exports.findings)
        for sheet in sheets_of(file):
            self._read(sheet)
        if before == (len(self._exports.sources), len(self._exports.findings)):
            advice = "Rätta rubrikerna i mappningen, eller utelämna filen."
            raise unreadable(file.name, "ingen av mappningens tabeller finns här", advice)

    def _read(self, sheet: Sheet) -> None:
        first = look(sheet)
        wanted = [m for m in self._mappings if first and m.is_in(sheet.file, sheet.name)]
        near = [_nearest(mapping, sheet.label, first) for mapping in wanted]
        if whole := [found for found in near if not found.absent]:
            self._read_body(body(sheet, whole[0].row), [found.mapping for found in whole])
            return
        self._exports.told.append(f"{sheet.label}: lästes inte, rubrikerna finns inte där.")
        if near and (likely := max(near, key=_share)).share >= _LIKELY:
            self._exports.findings.extend(_missing_headings(likely))

    def _read_body(self, found: Body, mappings: Sequence[TableMapping]) -> None:
        exports, label = self._exports, found.sheet.label
        source = len(exports.sources)
        exports.sources.append(label)
        parts = {m.table: exports.tables.setdefault(m.table, []) for m in mappings}
        converters = {m.table: Converter(m, found.header, source, self._people) for m in mappings}
        rows = found.rows()
        while batch := list(islice(rows, _BATCH)):
            for table, converter in converters.items():
                kept = converter.kept(batch)
                found.kinds["filtered"] += len(batch) - len(kept)
                parts[table].extend(converter.tables(kept))
            self._advance(label, found.sheet.expected, len(batch))
        exports.told.append(f"{label}: {found.told()}.")
        if unused := _unused(found.header, mappings):
            exports.told.append(f"{label}: togs inte med: {', '.join(unused)}.")


def _nearest(mapping: TableMapping, sheet: str, rows: Sequence[list[str]]) -> _Near:
    """Find the row that is most like the header of a table."""
    return max((_Near(mapping, sheet, n, row) for n, row in enumerate(rows, 1)), key=_share)


def _share(near: _Near) -> float:
    return near.share


def _unused(header: Sequence[str], mappings: Sequence[TableMapping]) -> list[str]:
    """Give the headings that no table takes."""
    used = {heading for mapping in mappings for heading in mapping.headings}
    return [heading for heading in header if heading and heading.casefold() not in used]


def sheets_of(file: Path) -> Iterator[Sheet]:
    """Give the sheets of a file by its kind.

    Raises
    ------
    DataProblem
        If it is not there, or of a kind that is not read.
    """
    if not file.is_file():
        raise unreadable(file.name, "filen finns inte", f"Rätta sökvägen {file}.")
    if file.suffix.lower() in workbooks.KINDS:
        return workbooks.sheets(file)
    if file.suffix.lower() in TEXT:
        return delimited.sheets(file)
    kinds = ", ".join((*workbooks.KINDS, *TEXT))
    raise unreadable(file.name, "okänt filformat", f"Exportera som en av {kinds}.")


def _missing_headings(near: _Near) -> Iterator[Finding]:
    for heading in near.absent:
        alike = get_close_matches(heading, [text.casefold() for text in near.header], n=1)
        advice = f"Är det {alike[0]}? " if alike else ""
        yield Finding(
            f"{near.sheet}, {near.mapping.table}",
            "kolumnen saknas",
            f"{advice}Rätta rubriken i mappningen.",
            heading,
        )
