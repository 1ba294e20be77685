"""Goals in people's plans: what they are about, who worded them, and what became of them."""

import math
from collections.abc import Iterator, Mapping
from datetime import date

from helpers.data.sample.draws import AS_OF, FIRST_DAY, Draws, Row, days_after, number
from helpers.data.sample.laws import Law, Laws

OTHER = "other"
SHARE_DROPPED = 0.15
SHARE_WORDED_BY_PERSON = 0.45
SHARE_PLANNED_AGAIN = 0.2


def rows(draws: Draws, persons: Mapping[str, int], laws: Laws) -> list[Row]:
    """One row a goal, as it stands on `AS_OF`.

    In the sample, men more often have goals of sobriety, employment and a driving licence, and
    women of a home, an occupation, health and family.
    """
    goals = [
        goal for sex, size in persons.items() for goal in _of_one_sex(draws, sex, size, laws[sex])
    ]
    goals.sort(key=lambda goal: (str(goal["plan_on"]), str(goal["person_id"]), str(goal["area"])))
    goals = [{"goal_id": n, **goal} for n, goal in enumerate(goals)]
    return number(number(goals, "goal_id", "M"), "person_id", "G")


def _of_one_sex(draws: Draws, sex: str, size: int, law: Law) -> Iterator[Row]:
    has = {area: draws.flags(size, share) for area, share in law.share_with_goal.items()}
    again = draws.flags(size, SHARE_PLANNED_AGAIN)
    for n in range(size):
        person: Row = {
            "person_id": f"{sex}{n}",
            "sex": sex,
            "birth_year": draws.integer(1958, 2003),
        }
        planned = days_after(FIRST_DAY, draws.integer(0, (AS_OF - FIRST_DAY).days))
        areas = [area for area, flags in has.items() if flags[n]]
        for area in areas or [OTHER]:
            yield _goal(draws, person, planned, area, law)
        later = days_after(planned, draws.integer(200, 600))
        if again[n] and later <= AS_OF:
            yield _goal(draws, person, later, draws.choice([*has]), law)


def _goal(draws: Draws, person: Row, planned: date, area: str, law: Law) -> Row:
    worded = draws.chance(SHARE_WORDED_BY_PERSON)
    dropped = draws.chance(SHARE_DROPPED)
    time = law.days_to_goal
    wait = draws.integer(30, 500) if dropped else math.ceil(draws.weibull(time.scale, time.shape))
    day = days_after(planned, wait)
    ended = day if day <= AS_OF else None
    return {
        **person,
        "plan_on": planned,
        "area": area,
        "wording": "person" if worded else "staff",
        "reached_on": None if dropped else ended,
        "dropped_on": ended if dropped else None,
    }
