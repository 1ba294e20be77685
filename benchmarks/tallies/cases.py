"""Invented cases of every question, the same on every run.

``python -m benchmarks.tallies.cases 1000000`` writes so many decisions, placements, answers,
goals, questions about violence and stays, and half as many applications to extend a placement.
"""

import sys

from benchmarks.cases import CASES, copy
from benchmarks.files import AS_OF, parquet
from helpers.data.codes import AREA, FAMILY_HOME, STATE, SURVEY_ITEMS

# As in the queue, each number is a hash of the row. One decision in ten, and one placement in ten,
# is a person's second.
_DECISIONS = f"""
    select * replace (
        'P' || sex || has_children || 9 * row_number() over alike // 10 as person_id
    )
    from ({CASES})
    window alike as (partition by sex, has_children order by case_id)
    order by case_id
"""

_STAYS = f"""
    with draws as (
        select
            range as i,
            9 * range // 10 as person,
            [hash(8 * range + k) / 2.0 ** 64 for k in range(6)] as u
        from range($rows)
    ), stays as (
        select
            *,
            hash(person) / 2.0 ** 64 < 0.35 as woman,
            date '2020-01-01' + (u[1] * 2190)::integer as started_on,
            started_on + [90, 120, 180, 270, 365][1 + (u[2] * 5)::integer % 5] as planned_end_on,
            started_on + ceil(-240 * ln(1 - u[3]))::integer as last_day,
            last_day <= date '{AS_OF}' as ended
        from draws
    )
"""

_PLACEMENTS = f"""
    {_STAYS}
    select
        'L' || i as placement_id,
        'V' || person as person_id,
        if(woman, 'K', 'M') as sex,
        1958 + person % 45 as birth_year,
        ['{FAMILY_HOME}', 'HVB', 'stödboende'][1 + (u[4] * 3)::integer % 3] as care_form,
        started_on,
        planned_end_on,
        if(ended, last_day, null) as ended_on,
        if(ended, if(u[5] < 0.15, 'unplanned', 'planned'), null) as ending
    from stays
"""

# A fourth of the placements have one application, an eighth have two.
_EXTENSIONS = f"""
    {_STAYS}, applications as (
        select
            *,
            hash(i, nth) / 2.0 ** 64 as v,
            started_on + (20 + 30 * nth + 30 * u[5])::integer as applied_on,
            applied_on + 7 + (v * 50)::integer as settled_on,
            settled_on <= date '{AS_OF}' as settled,
            ['granted', 'granted', 'denied', 'withdrawn'][1 + (v * 997)::integer % 4] as became
        from stays, range(2) as nths(nth)
        where u[6] < [0.375, 0.125][nth + 1] and applied_on <= date '{AS_OF}'
    )
    select
        'A' || 2 * i + nth as application_id,
        'L' || i as placement_id,
        applied_on,
        if(settled, settled_on, null) as decided_on,
        if(settled, became, null) as outcome,
        if(outcome = 'granted', 30 + i % 150, null) as days_granted
    from applications
"""

_ITEMS = [(name, list(item.answers)) for name, item in SURVEY_ITEMS.items()]
_SURVEY = f"""
    with answers as (
        select
            range // 7 as response,
            {_ITEMS}[1 + range % 7] as item,
            hash(range) / 2.0 ** 64 as u,
            hash(response + 1) / 2.0 ** 64 as v
        from range($rows)
    )
    select
        'S' || response as response_id,
        2022 + response % 4 as year,
        if(v < 0.4, 'K', 'M') as sex,
        item[1] as item,
        if(u < 0.05, null, item[2][1 + (u * 9973)::integer % len(item[2])]) as answer
    from answers
"""

# Two goals a person, set the same day by half of them.
_GOALS = f"""
    with goals as (
        select
            range as i,
            range // 2 as person,
            [hash(8 * range + k) / 2.0 ** 64 for k in range(4)] as u,
            date '2020-01-01' + (hash(person) // 2 % 2190 + range % 2 * (hash(person) % 2) * 300)
                ::integer as plan_on,
            plan_on + ceil(-500 * ln(1 - u[1]))::integer as ends_on,
            ends_on <= date '{AS_OF}' as ended
        from range($rows)
    )
    select
        'M' || i as goal_id,
        'G' || person as person_id,
        if(hash(person + 1) / 2.0 ** 64 < 0.4, 'K', 'M') as sex,
        1958 + person % 45 as birth_year,
        plan_on,
        {[*AREA]}[1 + (u[2] * 8)::integer % 8] as area,
        if(u[3] < 0.45, 'person', 'staff') as wording,
        if(ended and u[4] > 0.2, ends_on, null) as reached_on,
        if(ended and u[4] <= 0.2, ends_on, null) as dropped_on
    from goals
"""

# One case in ten has a row for violence used, beside that for violence suffered.
_SCREENING = f"""
    with cases as (
        select
            range as i,
            9 * range // 10 as person,
            [hash(8 * range + k) / 2.0 ** 64 for k in range(6)] as u,
            date '2020-01-01' + (hash(person) % 2190)::integer as opened_on,
            opened_on + (u[1] * 150)::integer as day,
            u[2] < 0.6 and day <= date '{AS_OF}' as asked
        from range($rows)
    ), answered as (
        select
            *,
            ['never', 'never', 'earlier', 'now', 'declined'][1 + (u[3] * 5)::integer % 5] as said,
            if(asked, said, null) as told
        from cases
    )
    select
        'W' || i as screening_id,
        'D' || person as person_id,
        if(hash(person + 1) / 2.0 ** 64 < 0.4, 'K', 'M') as sex,
        1958 + person % 45 as birth_year,
        opened_on,
        if(asked, day, null) as asked_on,
        if(asked, ['routine', 'indication', 'instrument'][1 + i % 3], 'none') as method,
        told as answer,
        if(told in ('earlier', 'now'), if(u[4] < 0.8, 'exposed', 'perpetrator'), null) as role,
        if(role is null, null, u[5] < 0.7) as offered,
        if(role is null, null, u[5] < 0.4) as accepted
    from answered
"""

# Four stays a person, one after another: first an institution, last one that may go on.
_HOMES = f"""
    with stays as (
        select
            range as i,
            range // 4 as person,
            range % 4 as nth,
            date '2020-01-01' + (hash(person) % 1800)::integer as entered,
            [hash(8 * range + k) / 2.0 ** 64 for k in range(2)] as u,
            hash(person + 1) / 2.0 ** 64 < 0.4 as woman
        from range($rows)
    ), dated as (
        select *, entered + (150 * nth)::integer as started_on, started_on + 150 as day
        from stays
    )
    select
        'T' || i as stay_id,
        'H' || person as person_id,
        if(woman, 'K', 'M') as sex,
        1958 + person % 45 as birth_year,
        if(nth = 0, 'institution', {[*STATE]}[2 + (u[1] * 5)::integer % 5]) as state,
        started_on,
        if(day <= date '{AS_OF}' and nth < 3, day, null) as ended_on,
        if(ended_on is null, null, if(u[2] < 0.3, 'unplanned', 'planned')) as ending
    from dated
    where started_on <= date '{AS_OF}'
"""

_TABLES = {
    "decisions": _DECISIONS,
    "placements": _PLACEMENTS,
    "extensions": _EXTENSIONS,
    "survey": _SURVEY,
    "goals": _GOALS,
    "screening": _SCREENING,
    "stays": _HOMES,
}


def write(rows: int) -> None:
    """Write every table as Parquet.

    Parameters
    ----------
    rows : int
        Number of cases in each; half as many extensions.
    """
    for table, select in _TABLES.items():
        copy(select, rows, parquet(rows, table))


if __name__ == "__main__":
    write(int(sys.argv[1]))
