"""Invented queue cases in any number, the same on every run.

``python -m benchmarks.cases 1000000`` writes ``_data/queue-1000000.parquet``, and the same dates
as plain integers for R, which reads no Parquet without packages of its own.
"""

import os
import sys
from pathlib import Path

import duckdb
import numpy as np

from benchmarks.files import AS_OF, integers, parquet

MISSING = np.iinfo(np.int32).min  # R's NA

# Each number from 0 up to 1 is a hash of the row, so that no row depends on another. Waits are
# Weibull, the longest for women without children; people leave at a constant rate.
CASES = f"""
    with draws as (
        select range as i, [hash(8 * i + k) / 2.0 ** 64 for k in range(5)] as u from range($rows)
    ), persons as (
        select
            i,
            u[1] < 0.45 as woman,
            u[2] < 0.30 as has_children,
            date '2022-01-01' + (u[3] * 1460)::integer as decided_on,
            if(woman and not has_children, 400, 260) * (-ln(1 - u[4])) ** 0.7 as wait,
            -1800 * ln(1 - u[5]) as patience
        from draws
    ), ends as (
        select *, decided_on + ceil(least(wait, patience))::integer as ended_on from persons
    ), known as (
        select *, ended_on <= date '{AS_OF}' as ended from ends
    )
    select
        'B' || i as case_id,
        'P' || i as person_id,
        if(woman, 'K', 'M') as sex,
        has_children,
        decided_on,
        if(ended and wait <= patience, ended_on, null) as access_on,
        if(ended and wait > patience, ended_on, null) as left_on,
        if(ended and wait > patience, 'flyttat från kommunen', null) as left_reason
    from known
"""

_INTEGERS = """
    select
        coalesce(decided_on - date '1970-01-01', $missing)::integer,
        coalesce(access_on - date '1970-01-01', $missing)::integer,
        coalesce(left_on - date '1970-01-01', $missing)::integer,
        (sex = 'K')::integer,
        has_children::integer
    from read_parquet($file)
"""


def write(rows: int) -> Path:
    """Write the cases, as Parquet and as integers.

    Parameters
    ----------
    rows : int
        Number of cases.

    Returns
    -------
    Path
        The Parquet file.
    """
    file = parquet(rows)
    copy(CASES, rows, file)
    columns = duckdb.execute(_INTEGERS, {"file": str(file), "missing": MISSING}).fetchnumpy()
    np.concatenate(list(columns.values())).tofile(integers(file))
    return file


def copy(select: str, rows: int, file: Path) -> None:
    """Write what a query selects, in one step: another process may be reading the file.

    Parameters
    ----------
    select : str
        The query, of ``$rows`` cases.
    rows : int
        Number of cases.
    file : Path
        The Parquet file.
    """
    file.parent.mkdir(exist_ok=True)
    part = file.with_suffix(f".{os.getpid()}")
    duckdb.execute(f"copy ({select}) to $file (format parquet)", {"file": str(part), "rows": rows})
    part.replace(file)


if __name__ == "__main__":
    write(int(sys.argv[1]))
