"""Goals for tests: from a few words each to the cases that are read."""

import pandas as pd

from helpers import goals, read_cases

AS_OF = "2025-12-31"
_DATES = ["plan_on", "reached_on", "dropped_on"]


def goal(person, plan, area="health", reached=None, dropped=None, **more):
    return {
        "person_id": person,
        "sex": "K",
        "birth_year": 1980,
        "plan_on": plan,
        "area": area,
        "wording": "staff",
        "reached_on": reached,
        "dropped_on": dropped,
    } | more


def frame(*rows):
    table = pd.DataFrame([*rows, goal("x", "2022-01-01", sex="X")])
    table["goal_id"] = [f"{n:03d}" for n in range(len(table))]
    return table.assign(**{day: pd.to_datetime(table[day]) for day in _DATES})


def tallied(*rows, by=("sex",), as_of=AS_OF):
    return goals.tally(read_cases("goals", frame(*rows)), by=list(by), as_of=as_of)


def many(sex, reached, of, area="health", **more):
    """Persons with a goal each, the first of whom reached it."""
    return [
        goal(
            f"{sex}{n}", "2024-01-01", area, "2024-06-01" if n < reached else None, sex=sex, **more
        )
        for n in range(of)
    ]
