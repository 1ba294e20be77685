"""The queue for housing support: waits that differ, people still waiting, people who left."""

import math
from collections.abc import Iterator, Mapping
from datetime import date

from helpers.data.sample.draws import AS_OF, FIRST_DAY, Draws, Row, days_after, number
from helpers.data.sample.laws import Law, Laws, Wait

YEARLY_GROWTH_OF_WAITS = 0.08
MEAN_DAYS_TO_LEAVING = 1800
SHARE_DECIDED_AGAIN = 0.10
LEFT_REASONS = (
    "eget kontrakt på annat sätt",
    "flyttat från kommunen",
    "tackat nej till erbjudande",
    "beslutet har upphört",
    "avliden",
)


def cases(draws: Draws, persons: Mapping[str, int], laws: Laws) -> list[Row]:
    """One row a decision on housing support, as it stands on `AS_OF`.

    In the sample, among people without children, women's mean completed wait is 1.38 times
    men's, each person's first decision counted.
    """
    rows = [
        case
        for sex, size in persons.items()
        for has_children, those in _by_children(draws, size, laws[sex].share_with_children)
        for person in range(those)
        for case in _person(
            draws,
            laws[sex].wait[has_children],
            {"person_id": f"{sex}{has_children}{person}", "sex": sex, "has_children": has_children},
        )
    ]
    rows.sort(key=lambda case: (str(case["decided_on"]), str(case["person_id"])))
    rows = [{"case_id": n, **case} for n, case in enumerate(rows)]
    return number(number(rows, "case_id", "B"), "person_id", "P")


def with_applications(rows: list[Row], draws: Draws, laws: Laws) -> list[Row]:
    """Say of each decision when it was applied for, and add first applications that were refused.

    In the sample, women's applications take longer to decide and are refused more often.
    """
    granted: list[Row] = []
    refused: list[Row] = []
    seen: set[object] = set()
    for row in rows:
        law, decided = laws[str(row["sex"])], row["decided_on"]
        assert isinstance(decided, date)
        applied = _applied(draws, law, decided)
        before = days_after(applied, -draws.integer(20, 200))
        is_first = row["person_id"] not in seen
        seen.add(row["person_id"])
        granted.append({**row, "applied_on": applied, "refused": False})
        if is_first and draws.chance(law.share_refused) and before >= FIRST_DAY:
            ends = dict.fromkeys(("access_on", "left_on", "left_reason"))
            own = {"decided_on": before, "applied_on": _applied(draws, law, before)}
            refused.append({**row, **ends, **own, "refused": True})
    numbered = enumerate(refused, start=len(rows) + 1)
    return [*granted, *({**row, "case_id": f"B{n:04d}"} for n, row in numbered)]


def _applied(draws: Draws, law: Law, decided: date) -> date:
    time = law.days_to_decision
    return days_after(decided, -math.ceil(draws.weibull(time.scale, time.shape)))


def growth_of_waits(day: int) -> float:
    """How many times as long waits are for a decision this many days after the first day."""
    return 1 + YEARLY_GROWTH_OF_WAITS * day / 365


def _by_children(draws: Draws, size: int, share: float) -> Iterator[tuple[bool, int]]:
    with_children = draws.count(size, share)
    yield False, size - with_children
    yield True, with_children


def _person(draws: Draws, wait: Wait, person: Row) -> list[Row]:
    first = _case(draws, wait, person, days_after(FIRST_DAY, draws.integer(0, _days(AS_OF))))
    ended = first["access_on"] or first["left_on"]
    if not isinstance(ended, date) or not draws.chance(SHARE_DECIDED_AGAIN):
        return [first]
    again = days_after(ended, draws.integer(30, 300))
    return [first, _case(draws, wait, person, again)] if again <= AS_OF else [first]


def _case(draws: Draws, wait: Wait, person: Row, decided: date) -> Row:
    scale = wait.scale * growth_of_waits(_days(decided))
    access = _by_now(decided, draws.weibull(scale, wait.shape))
    left = _by_now(decided, draws.weibull(MEAN_DAYS_TO_LEAVING, 1))
    housed = access is not None and (left is None or access <= left)
    leaves = left is not None and not housed
    return {
        **person,
        "decided_on": decided,
        "access_on": access if housed else None,
        "left_on": left if leaves else None,
        "left_reason": draws.choice(LEFT_REASONS) if leaves else None,
    }


def _by_now(decided: date, wait: float) -> date | None:
    day = days_after(decided, math.ceil(wait))
    return day if day <= AS_OF else None


def _days(day: date) -> int:
    return (day - FIRST_DAY).days
