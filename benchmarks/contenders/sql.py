"""The tally alone, in SQL written by hand."""

import sys

import duckdb
import pandas as pd

from benchmarks.contenders.report import Stopwatch, report
from benchmarks.files import AS_OF

TALLY = """
    with waits as (
        select
            sex,
            has_children,
            (least(access_on, left_on, $as_of) - decided_on) // 7 as week,
            case when access_on <= $as_of then 1 when left_on <= $as_of then 2 else 0 end as event
        from {decisions}
        where decided_on <= $as_of
    ), counts as (
        select sex, has_children, week, event, count(*) as n from waits group by all
    )
    select sex, has_children, 7.0::double * week + 3.5 as time, event, n from counts order by all
"""


def tally(file: str) -> pd.DataFrame:
    """Count the waits by sex, children, week and how they ended, as a data frame."""
    query = TALLY.format(decisions="read_parquet($file)")
    counts: pd.DataFrame = duckdb.execute(query, {"file": file, "as_of": AS_OF}).df()
    return counts


if __name__ == "__main__":
    watch = Stopwatch()
    tally(sys.argv[1])
    watch.lap("tally")
    report(watch, {})
