"""Tables in files: CSV, as Excel and registers write it, and Parquet."""

import glob
import json
import os
import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from hashlib import file_digest
from pathlib import Path
from typing import Any, NamedTuple

import ibis
import ibis.expr.datatypes as dt
import pyarrow.parquet as pq
from ibis.expr.types import Table

from helpers.data import hand_kept
from helpers.data.alike import trimmed
from helpers.data.hand_kept import HAND_KEPT
from helpers.data.problems import DataProblem, Finding
from helpers.paths import SAMPLE, SHIPPED
from helpers.problem import Problem

_SUMS = SAMPLE / "SHA256SUMS"
DELIMITERS = (";", "\t", ",")
METADATA = b"likavard"
"""Where a table that was imported says so."""
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠].|[\t\r\n]", re.DOTALL)
READY = ".ready"
"""Folder of the tables that an import has written whole and is about to put in place."""
WORKBOOK = ".xlsx"
ABSENT = "filen saknas"
_PACKED = (".gz", ".zip", ".bz2", ".xz", ".zst", ".7z")


def open_file(table: str, source: Path) -> Table:
    """Open a table that lies in a folder or is a file; the columns of a CSV file come as text.

    Raises
    ------
    DataProblem
        If there is no such file, or it is not CSV in UTF-8, nor Parquet.
    """
    found = find(table, source)
    if found is None:
        raise DataProblem(missing(table, source))
    if found.suffix.lower() == WORKBOOK and table in HAND_KEPT:
        return trimmed(ibis.memtable(hand_kept.read(table, found)))
    if found.suffix.lower() not in _OPENERS:
        advice = f"Spara {found.name} som CSV (UTF-8) eller Parquet."
        raise DataProblem(Finding(table, "okänt filformat", advice))
    return _OPENERS[found.suffix.lower()](table, found)


@ibis.udf.scalar.builtin(
    name="timezone",
    signature=((dt.string, dt.timestamp), dt.Timestamp("UTC")),
)  # type: ignore[untyped-decorator]  # ibis has no types
def in_zone(zone: Any, moment: Any) -> Any:  # noqa: ANN401 - the signature says it
    """Take a moment without a time zone to be of this one."""


class Imported(NamedTuple):
    """What an import wrote of a table: the day of its extract, and how many rows were left out.

    `left_out_key` adds up their keys, so that the count can have noise like any other.
    """

    extracted_on: date
    left_out: int
    left_out_key: int


def imported(table: str, source: Path) -> Imported | None:
    """Give what is told in the file of an imported table; None of any other."""
    file = find(table, source)
    if file is None or file.suffix.lower() != ".parquet":
        return None
    told = (pq.read_schema(file).metadata or {}).get(METADATA)
    if told is None:
        return None
    entry = json.loads(told)
    on = date.fromisoformat(entry["extracted_on"])
    return Imported(on, entry["left_out"], entry["left_out_key"])


def refuse_repository(to: Path) -> None:
    """Refuse a place where what is secret could be committed.

    Raises
    ------
    Problem
        If it lies in the program's own folder or in any repository.
    """
    place = to.resolve()
    folders = (place, *place.parents)
    if place.is_relative_to(SHIPPED) or any((folder / ".git").exists() for folder in folders):
        raise Problem(f"{to} ligger i ett kodarkiv. Välj en skyddad mapp utanför det.")


def harmless(value: object) -> object:
    """Put an apostrophe before words that a spreadsheet would take for a formula and run."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def find(table: str, source: Path) -> Path | None:
    """Find the file of a table in a folder, or the file itself; None where there is none."""
    places = [*_candidates(table, source / READY), *_candidates(table, source)]
    return next((file for file in places if file.is_file()), None)


def tables(source: Path, known: Iterable[str]) -> list[str]:
    """Which of the known tables lie in a folder, or are the file, which is named for its table."""
    if source.is_file():
        return [table for table in known if table == source.stem]
    return [table for table in known if find(table, source)]


def is_sample(table: str, source: object) -> bool:
    """Whether a table is the invented sample's own file, by what it holds and not where it lies."""
    if not isinstance(source, str | os.PathLike) or "://" in str(source):
        return False
    file = find(table, Path(source))
    own = SAMPLE / f"{table}.csv"
    # A file of another size is not read a second time only to be told apart.
    if file is None or not own.is_file() or file.stat().st_size != own.stat().st_size:
        return False
    return _digest(file) == _sums().get(own.name)


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()


@cache
def _sums() -> dict[str, str]:
    lines = _SUMS.read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, name in (line.split() for line in lines)}


def _candidates(table: str, source: Path) -> list[Path]:
    if source.suffix and not source.is_dir():
        return [source]
    kinds = [*_OPENERS, WORKBOOK] if table in HAND_KEPT else [*_OPENERS]
    return [source / f"{table}{suffix}" for suffix in kinds]


def missing(table: str, source: Path) -> Finding:
    """Say why there is no file: no folder, another spelling, packed, or just `ABSENT`."""
    files = _candidates(table, source)
    folder, names = files[0].parent, " eller ".join(file.name for file in files)
    if not folder.is_dir() and not source.suffix:
        return Finding(table, "mappen finns inte", f"Rätta sökvägen {folder}.")
    there = sorted(folder.iterdir()) if folder.is_dir() else []
    near = next((file for file in there if _is_nearly(file, files)), None)
    if near is None:
        return Finding(table, ABSENT, f"Lägg {names} i mappen {folder}.")
    if near.suffix.lower() in _PACKED:
        return Finding(table, "filen är packad", f"Packa upp {near.name} till {names}.")
    return Finding(table, "filen heter fel", f"Byt namn på {near.name} till {names}.")


def _is_nearly(file: Path, wanted: list[Path]) -> bool:
    """Whether a file differs from those wanted in upper case or in being packed."""
    name = file.name.lower()
    plain = name.removesuffix(file.suffix.lower()) if file.suffix.lower() in _PACKED else name
    return any(plain in (other.name.lower(), other.stem.lower()) for other in wanted)


def _open_csv(table: str, file: Path) -> Table:
    delimiter = _delimiter(_header(table, file))
    text = ibis.read_csv(
        _literal(file),
        all_varchar=True,
        header=True,
        delim=delimiter,
        quote='"',
        escape='"',
        skip=0,  # else lines above the header would be left out in silence
    )
    return trimmed(text)


def _header(table: str, file: Path) -> str:
    """Read the whole file, to be sure of its encoding, and give its first line."""
    try:
        with file.open(encoding="utf-8") as text:
            header = text.readline()
            while text.read(1 << 20):
                pass
    except UnicodeDecodeError:
        advice = f"Spara {file.name} som CSV UTF-8."
        raise DataProblem(Finding(table, "filen är inte UTF-8", advice)) from None
    return header


def _delimiter(header: str) -> str:
    return max(DELIMITERS, key=header.count)


def _open_parquet(table: str, file: Path) -> Table:
    """Open Parquet; moments of the old kind, INT96, are in UTC though they do not say so."""
    rows = ibis.read_parquet(_literal(file))
    schema = pq.read_metadata(file).schema
    columns = [schema.column(n) for n in range(len(schema))]
    old = [column.name for column in columns if column.physical_type == "INT96"]
    return rows.mutate(**{name: in_zone("UTC", rows[name]) for name in old}) if old else rows


def _literal(file: Path) -> str:
    """Name a file whose name may look like a pattern."""
    return glob.escape(str(file))


_OPENERS = {".parquet": _open_parquet, ".csv": _open_csv}
