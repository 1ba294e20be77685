"""The same counts, with their sums of person keys, in SQL written by hand."""

import sys
from collections.abc import Sequence
from hashlib import sha256

import duckdb
import pandas as pd

from benchmarks.contenders.report import Stopwatch, report
from benchmarks.files import AS_OF, parquet
from benchmarks.tallies import TABLES
from helpers.data.codes import FAMILY_HOME
from helpers.paths import SAMPLE

_START = "date '2022-01-01'"
_CAP = 730


def _counted(person: str) -> str:
    """Count rows, and add up the keys of whose they are."""
    hashed = f"sha256(getvariable('likavard_key') || trim({person}))"
    return f"count(*) as n, sum(('0x' || {hashed}[:8])::bigint)::bigint as key"


def _days(condition: str, days: Sequence[int]) -> str:
    """Count the days for which a condition holds."""
    return " + ".join(f"({condition.format(day)})::integer" for day in days)


_STATE_AT = "max(state) filter (is_after and since <= {0} and {0} < until)"
_ENDING = """arg_min(if(until = 99999, 'ongoing', coalesce(ending, 'planned')), since)
    filter (is_after and state = '{}')"""
_AGES = """case
    when age < 30 then '0–29 år' when age < 50 then '30–49 år' when age >= 50 then '50 år och äldre'
end"""
_QUARTERS = (91, 182, 274, 365, 456, 548, 639, 730)
_QUEUE = f"""
    with first as (
        select * from read_parquet($decisions)
        where decided_on <= $as_of
        qualify row_number() over (partition by person_id order by decided_on, case_id) = 1
    ), waits as (
        select
            *,
            case
                when access_on <= $as_of then 'access'
                when left_on <= $as_of then 'left'
                else 'waiting'
            end as ended,
            least(access_on, left_on, $as_of) - decided_on as time
        from first
    )
    select
        sex,
        has_children,
        ended as "end",
        time,
        {_days("$as_of - decided_on >= {}", _QUARTERS)} as followed,
        {_days("time > {} or ended != 'access'", _QUARTERS)} as passed,
        {_counted("person_id")}
    from waits
    group by all order by all
"""

_EXTENSIONS = f"""
    with known as (
        select
            *,
            case when decided_on <= $as_of then outcome else 'pending' end as told
        from read_parquet($extensions)
        where applied_on <= $as_of
    ), first as (
        select placement_id, told, days_granted from known
        qualify 1 = row_number() over (
            partition by placement_id order by told = 'withdrawn', applied_on, application_id
        )
    ), begun as (
        select
            *,
            1 = row_number() over (partition by person_id order by started_on, placement_id)
                as is_first,
            year(started_on) - birth_year as age
        from read_parquet($placements)
        where started_on between {_START} and $as_of
    )
    select
        sex,
        if(year(started_on) < 2024, '2022–23', '2024–25') as period,
        {_AGES} as age_group,
        if(care_form = '{FAMILY_HOME}', 'familjehem', 'annan vårdform') as care,
        is_first,
        planned_end_on <= $as_of as is_due,
        coalesce(told, 'none') as outcome,
        days_granted is not null as has_days,
        {_counted("person_id")},
        sum(least(coalesce(days_granted, 0), {_CAP}))::bigint as days
    from begun left join first using (placement_id)
    group by all order by all
"""

_SURVEY = f"""
    with known as (
        select
            * replace (coalesce(answer, 'inget svar') as answer),
            row_number() over (partition by response_id order by item) = 1 as is_first
        from read_parquet($survey)
        where year <= year($as_of)
    )
    select sex, year, item, answer, is_first, {_counted("response_id")}
    from known
    group by all order by all
"""

_PLACEMENTS = f"""
    with placed as (
        select
            * replace (if(ended_on <= $as_of, ending, 'ongoing') as ending),
            greatest(started_on, {_START}) as since,
            least(ended_on, $as_of) as until
        from read_parquet($placements)
        where started_on <= $as_of and coalesce(ended_on, $as_of) >= {_START}
    ), lasting as (
        select
            *,
            started_on >= {_START} as is_new,
            year(min(since) over person) - birth_year as age,
            greatest(
                0,
                least(until, min(until) filter (ending = 'unplanned') over person)
                    - greatest(since, max(until) over earlier)
            ) as lasted,
            ending = 'unplanned' and 1 = row_number() over (
                partition by person_id, ending = 'unplanned'
                order by until, started_on, placement_id
            ) as is_first_unplanned
        from placed
        window
            person as (partition by person_id),
            earlier as (
                partition by person_id order by started_on, placement_id
                rows between unbounded preceding and 1 preceding
            )
    ), spells as (
        select
            *,
            is_first_unplanned and sum(lasted) over (partition by person_id) <= {_CAP} as is_event,
            sum(lasted) over (
                partition by person_id order by started_on, placement_id
                rows between unbounded preceding and current row
            ) as reached,
            is_new and 1 = row_number() over (
                partition by person_id, is_new order by started_on, placement_id
            ) as is_first_new,
            1 = row_number() over (
                partition by person_id, sex order by started_on, placement_id
            ) as "first by sex",
            1 = row_number() over (
                partition by person_id, care_form order by started_on, placement_id
            ) as "first by care_form",
            1 = row_number() over (
                partition by person_id, {_AGES} order by started_on, placement_id
            ) as "first by age_group"
        from lasting
    )
    select
        sex,
        care_form,
        {_AGES} as age_group,
        ending,
        is_event,
        {_days("is_first_new and $as_of - started_on >= {}", _QUARTERS[:4])} as followed,
        {_days("until - started_on > {} or ending != 'unplanned'", _QUARTERS[:4])} as passed,
        "first by sex",
        "first by care_form",
        "first by age_group",
        {_counted("person_id")},
        sum(least(reached, {_CAP}) - least(reached - lasted, {_CAP}))::bigint as days
    from spells
    group by all order by all
"""

_GOALS = f"""
    with planned as (
        select
            *,
            if(area in ('employment', 'occupation'), true, false) as of_work,
            year(plan_on) - birth_year as age,
            min(plan_on) over (partition by person_id) as first_plan,
            case
                when $as_of - plan_on < 365 then 3
                when reached_on - plan_on <= 365 then 2
                when dropped_on - plan_on <= 365 then 0
                else 1
            end as rank
        from read_parquet($goals)
        where plan_on between {_START} and $as_of
    ), marked as (
        select
            *,
            max(rank) filter (plan_on = first_plan) over (partition by person_id) as plan_rank,
            1 = row_number() over (partition by person_id order by plan_on, goal_id)
                as first_of_person,
            1 = row_number() over (partition by person_id, area order by plan_on, goal_id)
                as first_of_area,
            of_work and 1 = row_number() over (
                partition by person_id, of_work order by plan_on, goal_id
            ) as first_of_work,
            1 = row_number() over (partition by person_id, wording order by plan_on, goal_id)
                as first_of_wording
        from planned
    )
    select
        sex,
        {_AGES} as age_group,
        area,
        wording,
        rank,
        plan_rank,
        first_of_person,
        first_of_area,
        first_of_work,
        first_of_wording,
        {_counted("person_id")}
    from marked
    group by all order by all
"""

_SCREENING = f"""
    with opened as (
        select *, min(opened_on) over (partition by person_id) as first_on
        from read_parquet($screening)
        where opened_on between {_START} and $as_of
    ), first as (
        select *, coalesce(asked_on - opened_on <= 90, false) as in_time
        from opened
        where opened_on = first_on
    ), people as (
        select
            person_id,
            sex,
            min(opened_on) as opened_on,
            year(min(opened_on)) - max(birth_year) as age,
            bool_or(in_time) as is_asked,
            bool_or(coalesce(in_time and role = 'perpetrator', false)) as is_perpetrator,
            list(answer) filter (in_time and coalesce(role, 'exposed') = 'exposed') as told,
            bool_or(coalesce(in_time and role = 'exposed' and accepted, false)) as accepted,
            bool_or(coalesce(in_time and role = 'exposed' and offered, false)) as offered
        from first
        group by all
    )
    select
        sex,
        {_AGES} as age_group,
        case
            when $as_of - opened_on < 90 then 'open'
            when list_has_any(told, ['now', 'earlier']) then 'found'
            when is_asked then 'not told'
            else 'not asked'
        end as stage,
        case
            when list_contains(told, 'now') then 'now'
            when list_contains(told, 'earlier') then 'earlier'
            when list_contains(told, 'declined') then 'declined'
            when list_contains(told, 'never') then 'never'
            else 'none'
        end as answer,
        is_perpetrator,
        case when accepted then 'accepted' when offered then 'offered' else 'not offered' end
            as help,
        {_counted("person_id")}
    from people
    group by all order by all
"""

_STAYS = f"""
    with known as (
        select * replace (if(ended_on <= $as_of, ended_on, null) as ended_on)
        from read_parquet($stays)
        where started_on <= $as_of
    ), stays as (
        select
            *,
            min(ended_on) filter (state = 'institution' and ended_on between {_START} and $as_of)
                over (partition by person_id) as exit_on,
            started_on - exit_on as since,
            coalesce(ended_on - exit_on, 99999) as until,
            coalesce(started_on >= exit_on, false) as is_after
        from known
        qualify exit_on is not null or state != 'institution'
    ), people as (
        select
            person_id,
            sex,
            min(exit_on) as exit_on,
            year(min(exit_on)) - max(birth_year) as age,
            $as_of - min(exit_on) as potential,
            arg_min(state, since) filter (is_after) as via,
            coalesce(min(since) filter (is_after and state = 'own_contract'), 99999) as own_on,
            coalesce(min(since) filter (is_after and state = 'institution'), 99999) as back_on,
            {_STATE_AT.format(182)} as after_6,
            {_STATE_AT.format(365)} as after_12,
            {_STATE_AT.format(730)} as after_24,
            {_ENDING.format("family_home")} as family_home,
            {_ENDING.format("group_home")} as group_home,
            {_ENDING.format("trial_flat")} as trial_flat
        from stays
        group by all
    )
    select
        sex,
        {_AGES} as age_group,
        if(exit_on is null, 'ongoing', 'entered') as entered,
        case when potential >= 730 then 730 when potential >= 548 then 548
            when potential >= 365 then 365 when potential >= 182 then 182 else 0 end as followed,
        coalesce(after_6, 'unknown') as after_6,
        coalesce(after_12, 'unknown') as after_12,
        coalesce(after_24, 'unknown') as after_24,
        coalesce(via, 'unknown') as via,
        case when own_on <= 182 then 182 when own_on <= 365 then 365 when own_on <= 548 then 548
            when own_on <= 730 then 730 else 99999 end as contracted,
        case when back_on <= 365 then 365 when back_on <= 730 then 730 else 99999 end as returned,
        coalesce(family_home, 'none') as family_home,
        coalesce(group_home, 'none') as group_home,
        coalesce(trial_flat, 'none') as trial_flat,
        {_counted("person_id")},
        sum(if(potential >= 730, least(own_on, 730), 0))::bigint as days
    from people
    group by all order by all
"""

SQL = {
    "queue_times": _QUEUE,
    "extensions": _EXTENSIONS,
    "user_satisfaction": _SURVEY,
    "unplanned_terminations": _PLACEMENTS,
    "goals": _GOALS,
    "violence_found": _SCREENING,
    "pathways": _STAYS,
}


def tally(question: str, rows: int) -> pd.DataFrame:
    """Count what a question counts, as a data frame."""
    files = {table: str(parquet(rows, table)) for table in TABLES[question]}
    key = sha256((SAMPLE / "key").read_bytes() + b"person").hexdigest()
    with duckdb.connect() as session:
        session.execute("set variable likavard_key = ?", [key])
        counts: pd.DataFrame = session.execute(SQL[question], files | {"as_of": AS_OF}).df()
    return counts


if __name__ == "__main__":
    watch = Stopwatch()
    tally(sys.argv[1], int(sys.argv[2]))
    watch.lap("tally")
    report(watch, {})
