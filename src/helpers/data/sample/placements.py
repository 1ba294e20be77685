"""Placements outside home, and the applications to extend them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache

import numpy as np

from helpers.data.codes import FAMILY_HOME
from helpers.data.sample.draws import (
    AS_OF,
    FIRST_DAY,
    Row,
    choice,
    days_after,
    generator,
    integer,
    number,
    pick,
    split,
)

# The first seed, tried in order, that gives what the tests ask of the sample.
SEED = 1071

PERSONS_PLACED = {("K", 1): 100, ("K", 2): 14, ("M", 1): 200, ("M", 2): 30}
SHARE_APPLYING = {"K": 0.28, "M": 0.47}
SHARE_APPLYING_AGAIN = 0.3
SHARE_GRANTED = {"K": 0.75, "M": 0.79}
SHARE_WITHDRAWN = 0.05
SHARE_IN_FAMILY_HOME = {"K": 0.40, "M": 0.20}
UNPLANNED_IN_FAMILY_HOME = {"K": 13, "M": 7}
SHARE_UNPLANNED_ELSEWHERE = 0.15
OTHER_CARE_FORMS = ("HVB", "stödboende", "externt boende med stöd")
PLANNED_DAYS = (90, 120, 180, 270, 365)
GRANTED_DAYS = (30, 60, 90, 180)
LATEST_START = {1: date(2025, 10, 31), 2: date(2023, 2, 28)}


@dataclass
class Application:
    """An application to extend a placement, and what became of it."""

    applied_on: date
    decided_on: date | None
    outcome: str | None = None
    days_granted: int | None = None


@dataclass(frozen=True)
class Person:
    """Someone placed, who applies to have every placement extended or none."""

    name: str
    sex: str
    birth_year: int
    applies: bool


@dataclass
class Placement:
    """A placement in the making: planned, then extended, then ended."""

    person: Person
    started_on: date
    planned_end_on: date
    care_form: str = FAMILY_HOME
    ended_on: date | None = None
    ending: str | None = None
    applications: list[Application] = field(default_factory=list)

    @property
    def due_on(self) -> date:
        """The planned end, with the extensions granted."""
        extra = sum(application.days_granted or 0 for application in self.applications)
        return days_after(self.planned_end_on, extra)

    @property
    def last_day(self) -> date:
        """When it ends if all goes as planned; a late decision is waited for."""
        return max(self.due_on, self.seen_on)

    @property
    def seen_on(self) -> date:
        """The last day the placement is known to have gone on."""
        return max([self.started_on, *(a.decided_on or a.applied_on for a in self.applications)])


def placements(seed: int = SEED) -> list[Row]:
    """One row a placement, as it stands on `AS_OF`.

    Women have 65 per cent of the unplanned endings in family homes for adults.
    """
    rows: list[Row] = [
        {
            "placement_id": n,
            "person_id": placement.person.name,
            "sex": placement.person.sex,
            "birth_year": placement.person.birth_year,
            "care_form": placement.care_form,
            "started_on": placement.started_on,
            "planned_end_on": placement.planned_end_on,
            "ended_on": placement.ended_on,
            "ending": placement.ending,
        }
        for n, placement in enumerate(_history(seed))
    ]
    return number(number(rows, "placement_id", "L"), "person_id", "V")


def extensions(seed: int = SEED) -> list[Row]:
    """One row an application to extend a placement, as it stands on `AS_OF`.

    47 per cent of the men placed and 28 per cent of the women have applied, and the same shares
    of their placements have an application. Of the applications granted or denied, 79 and 75
    per cent were granted, counting every application or the first for each placement; those
    pending or withdrawn are in neither count.
    """
    rows: list[Row] = [
        {
            "application_id": "",
            "placement_id": f"L{n:04d}",
            "applied_on": application.applied_on,
            "decided_on": application.decided_on,
            "outcome": application.outcome,
            "days_granted": application.days_granted,
        }
        for n, placement in enumerate(_history(seed), start=1)
        for application in placement.applications
    ]
    rows.sort(key=lambda row: (str(row["applied_on"]), str(row["placement_id"])))
    return [{**row, "application_id": f"A{n:04d}"} for n, row in enumerate(rows, start=1)]


@cache
def _history(seed: int) -> list[Placement]:
    rng = generator(seed)
    history = [placement for sex in "KM" for placement in _of_one_sex(rng, sex)]
    return sorted(history, key=lambda placement: (placement.started_on, placement.person.name))


def _of_one_sex(rng: np.random.Generator, sex: str) -> list[Placement]:
    placed = [*_placed(rng, sex, times=1), *_placed(rng, sex, times=2)]
    at_home, elsewhere = split(rng, placed, SHARE_IN_FAMILY_HOME[sex])
    _give_care_form(rng, elsewhere)
    _apply(rng, [p for p in placed if p.person.applies], SHARE_GRANTED[sex])
    again, _ = split(rng, [p for p in placed if _may_apply_again(p)], SHARE_APPLYING_AGAIN)
    _apply(rng, again, SHARE_GRANTED[sex])
    _end(rng, at_home, UNPLANNED_IN_FAMILY_HOME[sex])
    _end(rng, elsewhere, round(SHARE_UNPLANNED_ELSEWHERE * len(elsewhere)))
    return placed


def _placed(rng: np.random.Generator, sex: str, times: int) -> list[Placement]:
    size = PERSONS_PLACED[sex, times]
    applying = pick(rng, size, round(SHARE_APPLYING[sex] * size))
    persons = [
        Person(f"{sex}{times}{n:03d}", sex, integer(rng, 1958, 2003), applies)
        for n, applies in enumerate(applying)
    ]
    return [placement for person in persons for placement in _stays(rng, person, times)]


def _stays(rng: np.random.Generator, person: Person, times: int) -> Iterator[Placement]:
    started = days_after(FIRST_DAY, integer(rng, 0, (LATEST_START[times] - FIRST_DAY).days))
    for _ in range(times):
        planned_end = days_after(started, choice(rng, PLANNED_DAYS))
        yield Placement(person, started, planned_end)
        started = days_after(planned_end, integer(rng, 400, 500))


def _give_care_form(rng: np.random.Generator, elsewhere: list[Placement]) -> None:
    for placement in elsewhere:
        placement.care_form = choice(rng, OTHER_CARE_FORMS)


def _may_apply_again(placement: Placement) -> bool:
    return placement.due_on > placement.planned_end_on and _days_left(placement) > 30


def _days_left(placement: Placement) -> int:
    return (min(placement.due_on, AS_OF) - placement.seen_on).days


def _apply(rng: np.random.Generator, placed: list[Placement], share_granted: float) -> None:
    applications = [_application(rng, placement) for placement in placed]
    decided = [application for application in applications if application.decided_on]
    withdrawn, tried = split(rng, decided, SHARE_WITHDRAWN)
    granted, denied = split(rng, tried, share_granted)
    for outcome, those in (("withdrawn", withdrawn), ("granted", granted), ("denied", denied)):
        for application in those:
            application.outcome = outcome
    for application in granted:
        application.days_granted = choice(rng, GRANTED_DAYS)


def _application(rng: np.random.Generator, placement: Placement) -> Application:
    applied = days_after(placement.seen_on, integer(rng, 1, _days_left(placement) - 1))
    decided = days_after(applied, integer(rng, 7, 60))
    application = Application(applied, decided if decided <= AS_OF else None)
    placement.applications.append(application)
    return application


def _end(rng: np.random.Generator, placed: list[Placement], unplanned: int) -> None:
    ended = [placement for placement in placed if placement.last_day <= AS_OF]
    for placement, early in zip(ended, pick(rng, len(ended), unplanned), strict=True):
        placement.ending = "unplanned" if early else "planned"
        stay = (placement.last_day - placement.seen_on).days
        placement.ended_on = days_after(placement.last_day, -integer(rng, 0, stay) if early else 0)
