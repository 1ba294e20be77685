"""Converted rows held to their contract: those that hold, and those left out with the reasons."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import NamedTuple

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa
from ibis.expr.types import Table

from helpers.data.contracts import CASE_TABLES
from helpers.data.intake.convert import MARKS, ROW, SOURCE, TYPES
from helpers.data.intake.persons import KEY
from helpers.data.problems import Finding
from helpers.data.validation import EMPTY, INDEX, Rule, counted, rules

_MOST_PLACES = 10
_REASONS = "fel"


class Split(NamedTuple):
    """A table in two: its rows that hold, and those left out.

    Attributes
    ----------
    table : str
    kept : pyarrow.Table
        In the contract's columns.
    left_out : DataFrame
        In the contract's columns, with source, row and reasons first.
    findings : list of Finding
        Every rule that is broken, with the rows of the source.
    """

    table: str
    kept: pa.Table
    left_out: pd.DataFrame
    findings: list[Finding]

    @property
    def stopping(self) -> list[Finding]:
        """What stops the import, unless a part is accepted."""
        return [finding for finding in self.findings if not finding.notice]


def split(
    table: str,
    parts: Sequence[pa.Table],
    linked: Mapping[str, Table],
    latest: date,
    sources: Sequence[str],
) -> Split:
    """Hold a table's rows to every rule of its contract.

    Parameters
    ----------
    table : str
    parts : sequence of pyarrow.Table
        As the converter gives them.
    linked : mapping of str to ibis.Table
        The tables its rows refer to, as far as they are there.
    latest : datetime.date
        The day of the extract.
    sources : sequence of str
        What the sources are called.

    Returns
    -------
    Split
    """
    whole = _whole(table, parts)
    rows = ibis.memtable(whole)
    broken = counted(rows, [*_marked(table, rows), *_of_contract(table, rows, linked, latest)])
    if broken is None:
        may_be_empty = (CASE_TABLES[table].metadata or {}).get("may_be_empty")
        empty = Finding(table, EMPTY, "Kontrollera exporten, och keep och drop i mappningen.")
        findings = [] if may_be_empty else [empty]
        return Split(table, _in_contract(table, whole), pd.DataFrame(), findings)
    found = [rule for rule, _ in broken]
    which = [_rows_of(rows, rule) for rule in found]
    findings = [
        _told(rule.finding, whole.take(at), sources) for rule, at in zip(found, which, strict=True)
    ]
    reasons = _reasons(found, which)
    out = np.fromiter(reasons, dtype=np.int64)
    kept = np.setdiff1d(np.arange(len(whole)), out)
    left_out = _left_out(table, whole.take(out), sources, reasons.values())
    return Split(table, _in_contract(table, whole.take(kept)), left_out, findings)


def _whole(table: str, parts: Sequence[pa.Table]) -> pa.Table:
    contract = CASE_TABLES[table].columns
    empty = pa.schema([
        (SOURCE, pa.int32()), (ROW, pa.int32()),
        *((name, TYPES[str(column.dtype)]) for name, column in contract.items() if column.required),
        *((mark, pa.bool_()) for mark in MARKS),
    ]).empty_table()  # fmt: skip
    whole = pa.concat_tables(parts) if parts else empty
    return whole.append_column(INDEX, pa.array(np.arange(len(whole))))


def _marked(table: str, rows: Table) -> list[Rule]:
    """Give the rules that only the source itself can break."""
    return [
        Rule(Finding(table, wrong, advice, column), rows[mark])
        for mark, (wrong, advice, column) in MARKS.items()
        if mark in rows.columns
    ]


def _of_contract(
    table: str, rows: Table, linked: Mapping[str, Table], latest: date
) -> Iterator[Rule]:
    """Give the rules of the contract; a person's key is missing only where the person is."""
    yield from (r for r in rules(table, rows, linked, latest) if r.finding.column != KEY)


def _rows_of(rows: Table, rule: Rule) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Give the places of the rows that break a rule, in order."""
    marked = rows.select(INDEX, breaks=rule.breaks)
    places = marked.filter(marked.breaks)[[INDEX]].to_pyarrow()[INDEX]
    return np.sort(places.to_numpy())


def _reasons(found: Sequence[Rule], which: Sequence[Iterable[int]]) -> dict[int, list[str]]:
    """Give the rules that each row breaks, for rows that are to be left out."""
    reasons: dict[int, list[str]] = {}
    for rule, places in zip(found, which, strict=True):
        finding = rule.finding
        if not finding.notice:
            said = f"{finding.column}: {finding.wrong}" if finding.column else finding.wrong
            for place in places:
                reasons.setdefault(int(place), []).append(said)
    return dict(sorted(reasons.items()))


def _told(finding: Finding, broken: pa.Table, sources: Sequence[str]) -> Finding:
    """Tell a finding with the rows it is about, by the numbers they have in their source."""
    places = sorted({*zip(broken[SOURCE].to_pylist(), broken[ROW].to_pylist(), strict=True)})
    by_source = groupby(places, key=lambda place: place[0])
    where = [f"{_ranges([row for _, row in own])} i {sources[n]}" for n, own in by_source]
    return replace(finding, rows=len(places), where="; ".join(where))


def _ranges(rows: Sequence[int]) -> str:
    """Write row numbers: ``"rad 4, 17–22 och 30"``."""
    runs = list(_runs(rows))
    said = [str(first) if first == last else f"{first}–{last}" for first, last in runs]
    rest = sum(last - first + 1 for first, last in runs[_MOST_PLACES:])
    shown = said[:_MOST_PLACES] + ([f"{rest} till"] if rest else [])
    *first, last = shown
    return f"rad {', '.join(first)} och {last}" if first else f"rad {last}"


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Give first and last of each run of numbers that follow each other."""
    for _, run in groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0]):
        numbers = [row for _, row in run]
        yield numbers[0], numbers[-1]


def _in_contract(table: str, rows: pa.Table) -> pa.Table:
    """Give the contract's columns, of those that need not be there only what says something."""
    columns = CASE_TABLES[table].columns
    return rows.select([
        name
        for name in columns
        if name in rows.column_names
        and (columns[name].required or rows[name].null_count < len(rows))
    ])  # fmt: skip


def _left_out(
    table: str, rows: pa.Table, sources: Sequence[str], reasons: Iterable[Sequence[str]]
) -> pd.DataFrame:
    frame: pd.DataFrame = _in_contract(table, rows).to_pandas()
    frame.insert(0, "källa", [sources[n] for n in rows[SOURCE].to_pylist()])
    frame.insert(1, "rad", rows[ROW].to_pylist())
    frame.insert(2, _REASONS, ["; ".join(said) for said in reasons])
    return frame
