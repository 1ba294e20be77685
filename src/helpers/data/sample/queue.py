"""The queue for housing support: waits that differ, people still waiting, people who left."""

import math
from dataclasses import dataclass
from datetime import date

import numpy as np

from helpers.data.sample.draws import (
    AS_OF,
    FIRST_DAY,
    Row,
    choice,
    days_after,
    generator,
    integer,
    number,
    weibull,
)

# The first seed, tried in order, that gives what the tests ask of the sample.
SEED = 11986

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


@dataclass(frozen=True)
class Group:
    """People of one kind in the queue, with the scale (days) and shape of their waits."""

    sex: str
    has_children: bool
    persons: int
    scale: float
    shape: float


GROUPS = (
    Group("K", False, 104, 400, 1.3),
    Group("K", True, 66, 270, 1.4),
    Group("M", False, 165, 255, 1.6),
    Group("M", True, 52, 300, 1.6),
)


def cases(seed: int = SEED) -> list[Row]:
    """One row a decision on housing support, as it stands on `AS_OF`.

    Among people without children, women's mean completed wait is 1.38 times men's, each person's
    first decision counted.
    """
    rng = generator(seed)
    rows = [
        case
        for group in GROUPS
        for person in range(group.persons)
        for case in _person(rng, group, f"{group.sex}{group.has_children}{person}")
    ]
    rows.sort(key=lambda case: (str(case["decided_on"]), str(case["person_id"])))
    rows = [{"case_id": n, **case} for n, case in enumerate(rows)]
    return number(number(rows, "case_id", "B"), "person_id", "P")


def _person(rng: np.random.Generator, group: Group, person: str) -> list[Row]:
    first = _case(rng, group, person, days_after(FIRST_DAY, integer(rng, 0, _days(AS_OF))))
    ended = first["access_on"] or first["left_on"]
    if not isinstance(ended, date) or rng.random() >= SHARE_DECIDED_AGAIN:
        return [first]
    again = days_after(ended, integer(rng, 30, 300))
    return [first, _case(rng, group, person, again)] if again <= AS_OF else [first]


def _case(rng: np.random.Generator, group: Group, person: str, decided: date) -> Row:
    growth = 1 + YEARLY_GROWTH_OF_WAITS * _days(decided) / 365
    access = _by_now(decided, weibull(rng, group.scale * growth, group.shape))
    left = _by_now(decided, weibull(rng, MEAN_DAYS_TO_LEAVING, 1))
    housed = access is not None and (left is None or access <= left)
    leaves = left is not None and not housed
    return {
        "person_id": person,
        "sex": group.sex,
        "has_children": group.has_children,
        "decided_on": decided,
        "access_on": access if housed else None,
        "left_on": left if leaves else None,
        "left_reason": choice(rng, LEFT_REASONS) if leaves else None,
    }


def _by_now(decided: date, wait: float) -> date | None:
    day = days_after(decided, math.ceil(wait))
    return day if day <= AS_OF else None


def _days(day: date) -> int:
    return (day - FIRST_DAY).days
