"""What a delivery holds: how many, of which time, and what is missing, by sex. For the analyst."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeAlias

import ibis
import pandas as pd
from ibis.expr.types import Table

from helpers.data import files
from helpers.data.contracts import TABLES
from helpers.data.problems import DataProblem, Finding
from helpers.data.reading import hold_all
from helpers.data.validation import Held

Source: TypeAlias = str | os.PathLike[str] | None
EVERYONE = "alla"
"""Whom the missing are counted among, in a table without sex."""


@dataclass(frozen=True)
class Quality:
    """What a table holds. The counts are true: secret.

    Attributes
    ----------
    table : str
    findings : sequence of Finding
        The rules that are broken, and what is only told.
    rows : dict of str to int
        Number of rows by sex, or of ``"alla"``; empty where the table cannot be read.
    period : tuple of (date, date), optional
        First and last day of what is not planned.
    missing : pandas.DataFrame
        Shares missing, 0 to 1: a row a column that lacks something, a column a sex.
    left_out : int
        Rows that an import left out.
    """

    table: str
    findings: Sequence[Finding]
    rows: dict[str, int]
    period: tuple[date, date] | None
    missing: pd.DataFrame
    left_out: int = 0

    @property
    def is_usable(self) -> bool:
        """Whether questions can be answered from it."""
        return bool(self.rows) and all(finding.notice for finding in self.findings)


def examine(source: Source = None) -> list[Quality]:
    """Say what every table found in a folder, a file or a database holds.

    Raises
    ------
    DataProblem
        If no table is found.
    """
    return [_examined(table, held, source) for table, held in hold_all(source).items()]


def _examined(table: str, held: Held | DataProblem, source: Source) -> Quality:
    if isinstance(held, DataProblem):
        return Quality(table, held.findings, {}, None, pd.DataFrame())
    counts = _counts(held.rows)
    sizes = counts.pop("size")
    missing = counts.div(sizes, axis="index").T
    return Quality(
        table,
        held.findings,
        {str(sex): int(n) for sex, n in sizes.items()},
        _period(table, held.rows),
        missing[(missing > 0).any(axis="columns")],
        _left_out(table, source),
    )


def _left_out(table: str, source: Source) -> int:
    if source is None or "://" in str(source):
        return 0
    imported = files.imported(table, Path(source))
    return imported.left_out if imported else 0


def _counts(rows: Table) -> pd.DataFrame:
    """Count rows, and those that lack a column, by sex where there is one."""
    if "sex" not in rows.columns:
        rows = rows.mutate(sex=ibis.literal(EVERYONE))
    lacking = {name: rows[name].isnull().sum() for name in rows.columns if name != "sex"}
    counted = rows.group_by("sex").aggregate(size=rows.count(), **lacking).order_by("sex")
    frame: pd.DataFrame = counted.to_pandas().set_index("sex")
    return frame


def _period(table: str, rows: Table) -> tuple[date, date] | None:
    """Give the first and the last day that something was, not is planned to be."""
    columns = TABLES[table].columns
    days = [
        rows[name]
        for name in rows.columns
        if str(columns[name].dtype) == "date" and not columns[name].metadata["ahead"]
    ]
    if not days:
        return None
    ends = {f"first{n}": day.min() for n, day in enumerate(days)}
    ends |= {f"last{n}": day.max() for n, day in enumerate(days)}
    found = [day for day in rows.aggregate(**ends).to_pyarrow().to_pylist()[0].values() if day]
    return (min(found), max(found)) if found else None
