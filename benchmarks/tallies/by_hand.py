"""The same tallies in SQL written by hand."""

import sys

import duckdb
import pandas as pd

from benchmarks.contenders import sql
from benchmarks.contenders.report import Stopwatch, report
from benchmarks.files import AS_OF, parquet
from benchmarks.tallies import TABLES

_FIRST_DECISIONS = """(
    select * from read_parquet($decisions)
    where decided_on <= $as_of
    qualify row_number() over (partition by person_id order by decided_on, case_id) = 1
)"""

_EXTENSIONS = """
    with known as (
        select
            *,
            case when decided_on <= $as_of then outcome else 'pending' end as told
        from read_parquet($extensions)
        where applied_on <= $as_of
    ), first as (
        select placement_id, told from known
        qualify 1 = row_number() over (
            partition by placement_id order by told = 'withdrawn', applied_on, application_id
        )
    )
    select
        sex,
        case
            when planned_end_on > $as_of then 'too early' else coalesce(told, 'not applied')
        end as stage,
        count(*) as n
    from read_parquet($placements) left join first using (placement_id)
    where started_on <= $as_of
    group by all order by all
"""

_SURVEY = """
    select item, sex, year, coalesce(answer, 'inget svar') as answer, count(*) as n
    from read_parquet($survey)
    group by all order by all
"""

_PLACEMENTS = """
    with yearly as (
        select
            *,
            unnest(range(
                greatest(year(started_on), year($as_of) - 3),
                year(least(ended_on, $as_of)) + 1
            )) as year
        from read_parquet($placements)
        where started_on <= $as_of
    ), parts as (
        select
            *,
            make_date(year, 1, 1) as first,
            least(make_date(year + 1, 1, 1), $as_of) as until,
            year > year($as_of) - 3 and started_on < first as is_carried
        from yearly
    ), persons as (
        select
            sex,
            care_form,
            year,
            person_id,
            count(*) filter (not is_carried) as entered,
            count(*) filter (is_carried) as carried,
            count(*) filter (ending = 'unplanned' and year = year(ended_on) and ended_on <= $as_of)
                as unplanned,
            sum(least(ended_on, until) - greatest(started_on, first)) as days
        from parts
        group by all
    )
    select
        sex,
        care_form,
        year,
        sum(entered) as entered,
        sum(carried) as carried,
        sum(unplanned) as unplanned,
        sum(days) as days,
        max(days) as largest
    from persons
    group by all order by all
"""

SQL = {
    "queue-times": sql.TALLY.format(decisions=_FIRST_DECISIONS),
    "extensions": _EXTENSIONS,
    "user-satisfaction": _SURVEY,
    "unplanned-terminations": _PLACEMENTS,
}


def tally(question: str, rows: int) -> pd.DataFrame:
    """Count what a question counts, as a data frame."""
    values: dict[str, object] = {table: str(parquet(rows, table)) for table in TABLES[question]}
    if "$as_of" in SQL[question]:
        values["as_of"] = AS_OF
    counts: pd.DataFrame = duckdb.execute(SQL[question], values).df()
    return counts


if __name__ == "__main__":
    watch = Stopwatch()
    tally(sys.argv[1], int(sys.argv[2]))
    watch.lap("tally")
    report(watch, {})
