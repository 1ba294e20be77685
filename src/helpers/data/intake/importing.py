"""Exports in, validated contract tables out: all of it, or what was there before."""

import json
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

import ibis
import pandas as pd
import pyarrow.parquet as pq
from filelock import FileLock, Timeout
from ibis.expr.types import Table

from helpers.data import files
from helpers.data.contracts import CASE_TABLES, REFERS_TO
from helpers.data.intake import exports, holding, mapping
from helpers.data.intake.holding import Split
from helpers.data.intake.persons import KEY, Pseudonym
from helpers.data.problems import DataProblem, Finding, counted_rows
from helpers.data.validation import EMPTY, IDENTITY_FORM, today
from helpers.problem import Problem

LEFT_OUT = "left-out-{}.csv"
"""The rows of a table that break its rules."""
_NEW = ".new"
"""Folder that is written in; once whole it is renamed to `files.READY`."""
_LOCK = ".lock"


class Request(NamedTuple):
    """What is to be imported.

    Attributes
    ----------
    sources : sequence of Path
        Exports: xlsx, xls, ods or delimited text.
    mapping, to : Path
        The mapping; the folder to write Parquet to, outside any repository.
    accept_partial : bool
        Whether rows that break a rule may be left out. They go to a file of their own either way.
    """

    sources: Sequence[Path]
    mapping: Path
    to: Path
    accept_partial: bool = False


def run(
    request: Request,
    pseudonym: Pseudonym,
    advance: Callable[[str, int, int], None] = lambda *_: None,
) -> list[str]:
    """Read exports by a mapping, and write the tables that are in them.

    Parameters
    ----------
    request : Request
    pseudonym : callable
        What becomes of a person's id: text that stands for it, and the person key.
    advance : callable, optional
        Told of each part that is read: source, about how many rows it has, rows read.

    Returns
    -------
    list of str
        What was done, in Swedish.

    Raises
    ------
    DataProblem
        With all that is wrong. The tables in the folder are then as they were.
    """
    to = request.to
    files.refuse_repository(to)
    plan = mapping.load(request.mapping)
    latest = plan.extracted_on or today()
    read = exports.Reading(plan.tables, pseudonym, advance).of(request.sources)
    if read.findings:
        raise DataProblem(*read.findings)
    with _alone(to):
        splits = _split_all(read, to, latest)
        wrong = [finding for split in splits for finding in split.stopping]
        is_kept = not wrong or (request.accept_partial and not any(map(_is_empty, wrong)))
        with _replacing(to) as new:
            _write_left_out(splits, new)
            if is_kept:
                _write_tables(splits, new, latest, pseudonym)
        for split in splits:
            if split.left_out.empty:
                (to / LEFT_OUT.format(split.table)).unlink(missing_ok=True)
    if not is_kept:
        raise DataProblem(*wrong, _on_left_out(to))
    return [*read.told, *(line for split in splits for line in _told(split))]


def _is_empty(finding: Finding) -> bool:
    return finding.wrong == EMPTY


def _split_all(read: exports.Exports, to: Path, latest: date) -> list[Split]:
    """Hold each table to its contract, against the rows kept of those it refers to."""
    linked: dict[str, Table] = {}
    splits = []
    for table in (name for name in CASE_TABLES if name in read.tables):
        for other in REFERS_TO.get(table, {}):
            if other not in linked and (to / f"{other}.parquet").exists():
                linked[other] = files.open_file(other, to)
        splits.append(holding.split(table, read.tables[table], linked, latest, read.sources))
        linked[table] = ibis.memtable(splits[-1].kept)
    return splits


@contextmanager
def _alone(to: Path) -> Iterator[None]:
    """Let one import at a time write in a folder that nobody else may read."""
    try:
        to.mkdir(parents=True, exist_ok=True, mode=0o700)
        with FileLock(to / _LOCK, blocking=False):
            yield
    except Timeout:
        raise Problem(f"En annan import skriver i {to}. Vänta tills den är klar.") from None
    except OSError:
        raise Problem(f"Det går inte att skriva i {to}. Välj en annan mapp.") from None


@contextmanager
def _replacing(to: Path) -> Iterator[Path]:
    """Give an empty folder, all or nothing of which takes the place of what is there.

    Once it is renamed its files are read before those they replace, so that whoever stops the
    import leaves either what was there or what is new.
    """
    _put_in_place(to)
    new = to / _NEW
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(mode=0o700)
    yield new
    for file in new.iterdir():
        file.chmod(0o600)
    new.rename(to / files.READY)
    _put_in_place(to)


def _put_in_place(to: Path) -> None:
    ready = to / files.READY
    for file in sorted(ready.glob("*")):
        file.replace(to / file.name)
    if ready.exists():
        ready.rmdir()


def _write_tables(splits: Sequence[Split], new: Path, latest: date, pseudonym: Pseudonym) -> None:
    for split in splits:
        told = {
            "extracted_on": str(latest),
            "left_out": len(split.left_out),
            "left_out_key": sum(_keys(split, pseudonym)),
        }
        rows = split.kept.replace_schema_metadata({files.METADATA: json.dumps(told)})
        pq.write_table(rows, new / f"{split.table}.parquet")


def _keys(split: Split, pseudonym: Pseudonym) -> Iterator[int]:
    """Give a key for each row left out: the person's, or in a table without persons the row's."""
    columns = CASE_TABLES[split.table].columns
    unique = next((name for name in columns if columns[name].unique), "")
    for row in split.left_out.to_dict("records"):
        key = row.get(KEY)
        yield pseudonym(str(row.get(unique)))[1] if pd.isna(key) else int(key)


def _write_left_out(splits: Sequence[Split], new: Path) -> None:
    for split in splits:
        if not split.left_out.empty:
            file = new / LEFT_OUT.format(split.table)
            split.left_out.map(_safe).to_csv(file, sep=";", index=False, encoding="utf-8-sig")


def _safe(value: object) -> object:
    """Take away what a spreadsheet would run, and who it is about."""
    if not isinstance(value, str):
        return value
    return files.harmless(re.sub(IDENTITY_FORM, " (personnummer) ", value))


def _on_left_out(to: Path) -> Finding:
    advice = "Rätta dem i systemet eller mappningen, eller kör om med --accept-partial."
    return Finding("importen", f"raderna ligger i {to}, tabellerna där är som förut", advice)


def _told(split: Split) -> Iterator[str]:
    kept, left_out = counted_rows(len(split.kept)), len(split.left_out)
    yield f"{split.table}: {kept} skrivna, {left_out} utelämnade."
    yield from (str(finding) for finding in split.findings)
