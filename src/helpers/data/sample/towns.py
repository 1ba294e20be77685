"""The tables put together, as data frames and as files."""

import csv
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias

import pandas as pd
import pandera.ibis as pa

from helpers.data.contracts import CASE_TABLES, TABLES
from helpers.data.sample import (
    actions,
    audit,
    dialogue,
    goals,
    interviews,
    mapping,
    placements,
    queue,
    screening,
    stays,
    survey,
)
from helpers.data.sample.draws import Draws, IndependentDraws, Row
from helpers.data.sample.laws import Laws, laws
from helpers.paths import SAMPLE

Tables: TypeAlias = dict[str, list[Row]]

# Each the first, tried in order, that gives what the tests ask of the sample.
SEEDS = {
    "queue": 11986,
    "placements": 1071,
    "survey": 0,
    "goals": 14,
    "screening": 2,
    "stays": 21,
    "applications": 0,
}
PERSONS = {
    "queue": {"K": 170, "M": 217},
    "placements": {"K": 114, "M": 230},
    "survey": {"K": 90, "M": 152},
    "goals": {"K": 120, "M": 168},
    "screening": {"K": 270, "M": 380},
    "stays": {"K": 190, "M": 260},
}

LARGEST = 1_000_000
_DTYPES = {"string": "str", "boolean": "bool", "date": "datetime64[us]", "int64": "int64"}
_WRITTEN = ("applied_on", "refused")
"""Columns that need not be there, and are."""
_MAY_BE_BLANK = {"int64": "Int64", "bool": "boolean"}


def write(folder: Path = SAMPLE) -> list[Path]:
    """Write the sample over what is there: a CSV file a table, and last their ``SHA256SUMS``."""
    draws = {table: Draws(seed) for table, seed in SEEDS.items()}
    tables = _tables(draws, PERSONS, laws(gap=True)) | {
        **audit.TABLES,
        **dialogue.TABLES,
        **mapping.TABLES,
        **interviews.TABLES,
        "actions": actions.ROWS,
        "milestones": screening.MILESTONES,
    }
    files = _write(folder, tables)
    return [*files, _write_checksums(files)]


def town(women: int, men: int, seed: int, gap: bool = True) -> dict[str, pd.DataFrame]:
    """Make an invented town of any size.

    Each person is an independent draw from one law for each sex: the shares and waits of the
    sample, met on average instead of exactly. Placements of one person go together.

    Parameters
    ----------
    women, men : int
        How many queue, are placed, have a plan, have a case in which they may be asked about
        violence, come from an institution, and answer the survey in all years together, each
        1 to 1,000,000.
    seed : int
        0 or more. The same seed makes the same town.
    gap : bool
        Whether women and men differ as in the sample, or in nothing: then both follow the law of
        the sample's men.

    Returns
    -------
    dict of str to pandas.DataFrame
        By case table, with the columns of its contract; dates as ``datetime64``.

    Raises
    ------
    ValueError
        If a number is out of range.
    """
    made = _town(women, men, seed, gap)
    return {table: _frame(table, rows) for table, rows in made.items()}


def write_town(folder: Path, women: int, men: int, seed: int, gap: bool = True) -> list[Path]:
    """Write an invented `town`, one CSV file a table.

    Raises
    ------
    ValueError
        If a number is out of range, or one of the files is there already. Nothing is written.
    """
    files = [f"{table}.csv" for table in CASE_TABLES]
    there = [name for name in files if (folder / name).exists()]
    if there:
        raise ValueError(f"I {folder} finns redan {', '.join(there)}. Välj en annan mapp.")
    return _write(folder, _town(women, men, seed, gap))


def _town(women: int, men: int, seed: int, gap: bool) -> Tables:
    if not (1 <= women <= LARGEST and 1 <= men <= LARGEST):
        raise ValueError("Antalet kvinnor och antalet män ska vara mellan 1 och 1 000 000.")
    if seed < 0:
        raise ValueError("Fröet (seed) ska vara 0 eller större.")
    draws = {table: IndependentDraws(seed, n) for n, table in enumerate(SEEDS)}
    return _tables(draws, {table: {"K": women, "M": men} for table in PERSONS}, laws(gap))


def _tables(
    draws: Mapping[str, Draws], persons: Mapping[str, Mapping[str, int]], by_sex: Laws
) -> Tables:
    placed = placements.history(draws["placements"], persons["placements"], by_sex)
    return {
        "queue": queue.with_applications(
            queue.cases(draws["queue"], persons["queue"], by_sex), draws["applications"], by_sex
        ),
        "placements": placements.placements(placed),
        "extensions": placements.extensions(placed),
        "survey": survey.answers(draws["survey"], persons["survey"], by_sex),
        "goals": goals.rows(draws["goals"], persons["goals"], by_sex),
        "screening": screening.rows(draws["screening"], persons["screening"], by_sex),
        "stays": stays.rows(draws["stays"], persons["stays"], by_sex),
    }


def _frame(table: str, rows: list[Row]) -> pd.DataFrame:
    dtypes = {name: _dtype(column) for name, column in _columns(table).items()}
    return pd.DataFrame(rows, columns=list(dtypes)).astype(dtypes)


def _columns(table: str) -> dict[str, pa.Column]:
    columns = TABLES[table].columns
    return {name: column for name, column in columns.items() if column.required or name in _WRITTEN}


def _dtype(column: pa.Column) -> str:
    dtype = _DTYPES[str(column.dtype)]
    return _MAY_BE_BLANK.get(dtype, dtype) if column.nullable else dtype


def _write(folder: Path, tables: Tables) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    return [_write_csv(folder / f"{table}.csv", table, rows) for table, rows in tables.items()]


def _write_csv(path: Path, table: str, rows: list[Row]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_columns(table))
        writer.writerows([_text(value) for value in row.values()] for row in rows)
    return path


def _write_checksums(files: list[Path]) -> Path:
    """Write what ``sha256sum --check`` reads."""
    sums = "".join(f"{sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files)
    path = files[0].with_name("SHA256SUMS")
    path.write_text(sums, encoding="utf-8", newline="\n")
    return path


def _text(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
