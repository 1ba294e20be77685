"""Case tables and published figures, read from wherever they lie and held to their contracts."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias, TypeGuard

import ibis
import pandas as pd
from ibis.expr.types import Table

from helpers import environment
from helpers.data import databases, files, provenance
from helpers.data.alike import trimmed
from helpers.data.cases import Cases
from helpers.data.contracts import CASE_TABLES, DELIVERED, REFERS_TO, TABLES, may_be_empty
from helpers.data.problems import DataProblem, Finding
from helpers.data.validation import HERE, Held, hold, stopping
from helpers.paths import PUBLISHED, SAMPLE

_ACTIONS = "actions"

Source: TypeAlias = str | os.PathLike[str] | pd.DataFrame | Table | Any
"""A folder, a CSV or Parquet file, a database address, a data frame or an ibis table."""


_WITH_ZONES = ("duckdb", "postgres")
"""Engines whose sessions have a time zone."""


class Checked(NamedTuple):
    """What became of a table that was checked: its number of rows, or what is wrong with it."""

    table: str
    result: int | DataProblem


def read_cases(table: str, source: Source | None = None) -> Cases:
    """Read a case table and those its rows refer to, once every rule is found to hold.

    Parameters
    ----------
    table : {"queue", "placements", "extensions", "survey", "goals", "screening", "stays"}
    source : str, Path, DataFrame, ibis.Table or mapping of these by table, optional
        A folder with ``<table>.parquet`` or ``<table>.csv``, such a file, the address of a
        database (``duckdb:///…``, ``sqlite:///…``, ``postgres://…``), a pandas or Polars frame,
        or an ibis table. The environment variable ``LIKAVARD_DATA`` by default, else the sample.

    Returns
    -------
    Cases
        The contract's columns and types. Rows stay in the engine until ``.to_pandas()``.

    Raises
    ------
    DataProblem
        If a table is not there or breaks its contract.
    """
    source = _default() if source is None else source
    linked = {name: _source_of(name, source) for name in REFERS_TO.get(table, ())}
    sources = {table: _source_of(table, source), **linked}
    is_sample = all(files.is_sample(name, place) for name, place in sources.items())
    provenance.read.add("sample" if is_sample else "own")
    rows = _read_all(dict(reversed(sources.items())))
    compared = {name: _compared(own) for name, own in rows.items()}
    apart = {name: own.filter(own.sex == "X") for name, own in rows.items() if "sex" in own.columns}
    return Cases(table, compared.pop(table), compared, is_sample, apart)


def _read_all(sources: Mapping[str, Source]) -> dict[str, Table]:
    """Read tables, each after those it refers to, and tell all that is wrong with any of them."""
    rows: dict[str, Table] = {}
    findings: list[Finding] = []
    for table, source in sources.items():
        try:
            rows[table] = _read(table, source, rows)
        except DataProblem as problem:
            findings = [*problem.findings, *findings]
    if findings:
        raise DataProblem(*findings)
    return rows


def _compared(table: Table) -> Table:
    """Leave out those who are neither women nor men by law, or not known."""
    return table.filter(table.sex != "X") if "sex" in table.columns else table


def _source_of(table: str, source: Source) -> Source:
    if not isinstance(source, Mapping):
        return source
    if table not in source:
        raise DataProblem(Finding(table, "tabellen saknas", f"Lägg till {table} i källan."))
    return source[table]


def read_published(table: str = "figures") -> pd.DataFrame:
    """Read figures already published; whole numbers are ``Int64``, since some are missing.

    Raises
    ------
    DataProblem
        If the table is not there or breaks its contract.
    """
    return _frame(table, _read(table, PUBLISHED))


class Tables(dict[str, pd.DataFrame]):
    """Tables by name, and whether all of them are the invented sample's own files."""

    is_sample = False


def read_tables(*tables: str, source: str | os.PathLike[str] | None = None) -> Tables:
    """Read tables that hold no cases, such as actions, once every rule is found to hold.

    Parameters
    ----------
    *tables : str
        Their names; a table after those that its rows refer to.
    source : str or Path, optional
        A folder or a database, as for `read_cases`.

    Returns
    -------
    Tables
        By name, the contract's columns; dates are ``datetime64``, whole numbers ``Int64``, and
        what is not given is missing. A table that may be empty has no rows where it is not there.

    Raises
    ------
    DataProblem
        If a table is not there or breaks its contract.
    """
    source = _default() if source is None else source
    there = set(_tables_in(source, tables))
    wanted = [table for table in tables if table in there or not may_be_empty(table)]
    is_sample = all(files.is_sample(table, source) for table in wanted)
    provenance.read.add("sample" if is_sample else "own")
    rows = _read_all(dict.fromkeys(wanted, source))
    read = Tables({table: _frame(table, rows.get(table)) for table in tables})
    read.is_sample = is_sample
    return read


def read_actions(source: str | os.PathLike[str] | None = None) -> pd.DataFrame:
    """Read what is done about what was found; no rows where the source has no such table.

    Parameters
    ----------
    source : str or Path, optional
        A folder or a database, as for `read_cases`.

    Returns
    -------
    pandas.DataFrame
        As `read_tables` gives it.

    Raises
    ------
    DataProblem
        If the table breaks its contract.
    """
    return read_tables(_ACTIONS, source=source)[_ACTIONS]


def _frame(table: str, rows: Table | None) -> pd.DataFrame:
    columns = {name: str(column.dtype) for name, column in TABLES[table].columns.items()}
    frame = pd.DataFrame(columns=[*columns]) if rows is None else rows.to_pandas()
    dtypes = {"int64": "Int64", "date": "datetime64[us]"}
    known = {name: dtypes[dtype] for name, dtype in columns.items() if dtype in dtypes}
    return frame.astype({name: dtype for name, dtype in known.items() if name in frame})


def actions_are_sample() -> bool:
    """Whether the actions are the invented sample's own, or there are none."""
    source = _default()
    return files.is_sample(_ACTIONS, source) or not _tables_in(source, [_ACTIONS])


def tables(source: str | os.PathLike[str] | None = None) -> list[str]:
    """Name the tables found in a folder, a file or a database, as for `read_cases`.

    Raises
    ------
    DataProblem
        If there is none.
    """
    return _found(_default() if source is None else source)


def is_sample(tables: Iterable[str]) -> bool:
    """Whether the tables of this session are the invented sample's own."""
    return all(files.is_sample(table, _default()) for table in tables)


def check(source: str | os.PathLike[str] | None = None) -> list[Checked]:
    """Check every table found in a folder, a file or a database, as for `read_cases`.

    Raises
    ------
    DataProblem
        If no table is found.
    """
    return [Checked(table, _result(held)) for table, held in hold_all(source).items()]


def _result(held: Held | DataProblem) -> int | DataProblem:
    if isinstance(held, DataProblem):
        return held
    if wrong := stopping(held):
        return DataProblem(*wrong)
    return int(held.rows.count().to_pyarrow().as_py())


def hold_all(
    source: str | os.PathLike[str] | None = None,
) -> dict[str, Held | DataProblem]:
    """Hold every table found in a source to its contract, and to the tables its rows refer to.

    Returns
    -------
    dict of str to Held or DataProblem
        By table; a problem where the table cannot be read or lacks columns.

    Raises
    ------
    DataProblem
        If no table is found.
    """
    source = _default() if source is None else source
    found = _found(source)
    held: dict[str, Held | DataProblem] = {}
    for table in sorted(found, key=lambda name: name in REFERS_TO):
        there = ((name, held.get(name)) for name in REFERS_TO.get(table, ()))
        linked = {name: other.rows for name, other in there if isinstance(other, Held)}
        try:
            held[table] = _held(table, source, linked)
        except DataProblem as problem:
            held[table] = problem
    return {table: held[table] for table in found}


def _found(source: str | os.PathLike[str]) -> list[str]:
    found = _tables_in(source, DELIVERED)
    if not found:
        raise DataProblem(*_nothing_in(source))
    return found


def _nothing_in(source: str | os.PathLike[str]) -> list[Finding]:
    """Say that none of the tables are there, and what nearly is one."""
    names = f"De heter {', '.join(CASE_TABLES)}."
    if not _is_address(source):
        if Path(source).is_file():
            return [Finding(Path(source).name, "filen heter inte som någon tabell", names)]
        near = [files.missing(table, Path(source)) for table in CASE_TABLES]
        if told := [finding for finding in near if finding.wrong != files.ABSENT]:
            return told if Path(source).is_dir() else [replace(told[0], table="uttaget")]
    advice = f"Lägg tabellerna dit, som filer eller vyer. {names}"
    return [Finding("uttaget", "ingen tabell hittades", advice)]


def _default() -> str | Path:
    return environment.named("LIKAVARD_DATA") or SAMPLE


def _read(table: str, source: Source, linked: Mapping[str, Table] | None = None) -> Table:
    held = _held(table, source, linked)
    if wrong := stopping(held):
        raise DataProblem(*wrong)
    return held.rows


def _held(table: str, source: Source, linked: Mapping[str, Table] | None = None) -> Held:
    if table not in TABLES:
        advice = f"Tabellerna heter {', '.join(CASE_TABLES)}."
        raise DataProblem(Finding(table, "okänd tabell", advice))
    try:
        return hold(table, _in_swedish_time(_open(table, source)), linked)
    except DataProblem:
        raise
    except Exception:  # whatever the engine raises, which may quote rows
        advice = "Kontrollera att källan är hel och att alla rader har lika många kolumner."
        raise DataProblem(Finding(table, "går inte att läsa", advice)) from None


def _in_swedish_time(table: Table) -> Table:
    """Let a moment with a time zone fall on its Swedish date, wherever the machine is."""
    backend = table.get_backend()
    if backend.name in _WITH_ZONES:
        backend.raw_sql(f"SET TimeZone = '{HERE}'")
    return table


def _open(table: str, source: Source) -> Table:
    if isinstance(source, Table):
        return source
    if _is_address(source):
        return databases.open_table(table, source)
    if isinstance(source, str | os.PathLike):
        return files.open_file(table, Path(source))
    return trimmed(ibis.memtable(_plain(source)))


def _plain(frame: object) -> Any:  # noqa: ANN401
    """Make text of the columns of a pandas frame that mix types."""
    if not isinstance(frame, pd.DataFrame):
        return frame
    mixed = [name for name in frame if frame[name].dtype == object]
    return frame.astype(dict.fromkeys(mixed, "string"))


def _is_address(source: object) -> TypeGuard[str]:
    """Whether a source is the address of a database."""
    return isinstance(source, str) and "://" in source


def _tables_in(source: str | os.PathLike[str], known: Iterable[str]) -> list[str]:
    if _is_address(source):
        return databases.tables(source, known)
    return files.tables(Path(source), known)
