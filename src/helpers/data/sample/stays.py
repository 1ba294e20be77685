"""The way from an institution to a home of one's own, by steps that may end unplanned."""

import math
from collections.abc import Iterator, Mapping
from datetime import date

from helpers.data.sample.draws import AS_OF, FIRST_DAY, Draws, Row, days_after, number
from helpers.data.sample.laws import Law, Laws

SHARE_UNDER_WAY = 0.1
DAYS = {
    "institution": 130,
    "family_home": 260,
    "group_home": 240,
    "trial_flat": 280,
    "own_contract": 2200,
    "no_home": 110,
}
"""Scale of the time in each state, of shape 1.3."""
STEPS = ("family_home", "group_home", "trial_flat")
_AFTER_UNPLANNED = {"institution": 0.40, "no_home": 0.52, "left": 0.08}
_AFTER_NO_HOME = {"institution": 0.50, "group_home": 0.25, "trial_flat": 0.15, "left": 0.10}


def rows(draws: Draws, persons: Mapping[str, int], laws: Laws) -> list[Row]:
    """One row a stay in one place, as it stands on `AS_OF`.

    In the sample, women have 65 per cent of the unplanned endings in family homes.
    """
    stays = [
        stay
        for sex, size in persons.items()
        for n, under_way in enumerate(draws.flags(size, SHARE_UNDER_WAY))
        for stay in _of_person(draws, f"{sex}{n}", sex, under_way, laws[sex])
    ]
    stays.sort(key=lambda stay: (str(stay["started_on"]), str(stay["person_id"])))
    stays = [{"stay_id": n, **stay} for n, stay in enumerate(stays)]
    return number(number(stays, "stay_id", "T"), "person_id", "H")


def _of_person(draws: Draws, name: str, sex: str, under_way: bool, law: Law) -> Iterator[Row]:
    person: Row = {"person_id": name, "sex": sex, "birth_year": draws.integer(1958, 2003)}
    entered = days_after(FIRST_DAY, draws.integer(0, (AS_OF - FIRST_DAY).days))
    if not under_way:
        began = days_after(entered, -draws.integer(60, 300))
        yield _stay(person, "institution", began, entered, "planned")
    first = draws.choice(STEPS) if under_way else one_of(draws, law.next_after_institution)
    for state, started, ended, ending in path(draws, law, first):
        begins, ends = days_after(entered, started), days_after(entered, ended)
        if begins > AS_OF:
            return
        is_over = state != "left" and ends <= AS_OF
        yield _stay(person, state, begins, ends if is_over else None, ending if is_over else None)


def path(
    draws: Draws, law: Law, state: str, days: int = 1500
) -> Iterator[tuple[str, int, int, str]]:
    """Give the states somebody passes from day 0, each with its first and last day and ending."""
    now = 0
    while now < days:
        if state == "left":
            yield state, now, days, "planned"
            return
        until = now + math.ceil(draws.weibull(DAYS[state], 1.3))
        unplanned = draws.chance(law.share_unplanned_step.get(state, 0.5))
        yield state, now, until, "unplanned" if unplanned else "planned"
        state, now = _next(draws, law, state, unplanned), until


def _next(draws: Draws, law: Law, state: str, unplanned: bool) -> str:
    if state == "institution":
        return one_of(draws, law.next_after_institution)
    if state in ("no_home", "own_contract"):
        return one_of(draws, _AFTER_NO_HOME) if state == "no_home" else "no_home"
    if unplanned:
        return one_of(draws, _AFTER_UNPLANNED)
    if draws.chance(law.share_to_contract):
        return "own_contract"
    return "no_home" if state == "trial_flat" else "trial_flat"


def one_of(draws: Draws, shares: Mapping[str, float]) -> str:
    """Draw a state, by the probability of each."""
    drawn, reached = draws.uniform(), 0.0
    for state, share in shares.items():
        reached += share
        if drawn < reached:
            return state
    return [*shares][-1]


def _stay(person: Row, state: str, started: date, ended: date | None, ending: str | None) -> Row:
    return {
        **person,
        "state": state,
        "started_on": started,
        "ended_on": ended,
        "ending": ending,
    }
