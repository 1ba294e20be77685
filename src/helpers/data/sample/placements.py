"""Placements outside home, and the applications to extend them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from helpers.data.codes import FAMILY_HOME
from helpers.data.sample.draws import AS_OF, FIRST_DAY, Draws, Row, days_after, number
from helpers.data.sample.laws import Law, Laws

SHARE_APPLYING_AGAIN = 0.3
SHARE_WITHDRAWN = 0.05
SHARE_UNPLANNED_ELSEWHERE = 0.165
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


def history(draws: Draws, persons: Mapping[str, int], laws: Laws) -> list[Placement]:
    """Every placement, as it stands on `AS_OF`, in order of its start."""
    placed = [p for sex, size in persons.items() for p in _of_one_sex(draws, sex, size, laws[sex])]
    return sorted(placed, key=lambda placement: (placement.started_on, placement.person.name))


def placements(placed: list[Placement]) -> list[Row]:
    """One row a placement.

    In the sample, women have 65 per cent of the unplanned endings in family homes for adults.
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
        for n, placement in enumerate(placed)
    ]
    return number(number(rows, "placement_id", "L"), "person_id", "V")


def extensions(placed: list[Placement]) -> list[Row]:
    """One row an application to extend a placement.

    In the sample, 47 per cent of the men placed and 28 per cent of the women have applied, and
    the same shares of their placements have an application. Of the applications granted or
    denied, 79 and 75 per cent were granted, counting every application or the first for each
    placement; those pending or withdrawn are in neither count.
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
        for n, placement in enumerate(placed, start=1)
        for application in placement.applications
    ]
    rows.sort(key=lambda row: (str(row["applied_on"]), str(row["placement_id"])))
    for n, row in enumerate(rows, start=1):
        row["application_id"] = f"A{n:04d}"
    return rows


def _of_one_sex(draws: Draws, sex: str, size: int, law: Law) -> list[Placement]:
    twice = draws.count(size, law.share_placed_twice)
    placed = [
        *_placed(draws, sex, size - twice, law, times=1),
        *_placed(draws, sex, twice, law, times=2),
    ]
    at_home, elsewhere = draws.split(placed, law.share_in_family_home)
    _give_care_form(draws, elsewhere)
    _apply(draws, [p for p in placed if p.person.applies], law.share_granted)
    again, _ = draws.split([p for p in placed if _may_apply_again(p)], SHARE_APPLYING_AGAIN)
    _apply(draws, again, law.share_granted)
    _end(draws, at_home, law.share_unplanned_in_family_home)
    _end(draws, elsewhere, SHARE_UNPLANNED_ELSEWHERE)
    return placed


def _placed(draws: Draws, sex: str, size: int, law: Law, times: int) -> Iterator[Placement]:
    applying = draws.flags(size, law.share_applying)
    persons = [
        Person(f"{sex}{times}{n:03d}", sex, draws.integer(1958, 2003), applies)
        for n, applies in enumerate(applying)
    ]
    return (placement for person in persons for placement in _stays(draws, person, times))


def _stays(draws: Draws, person: Person, times: int) -> Iterator[Placement]:
    started = days_after(FIRST_DAY, draws.integer(0, (LATEST_START[times] - FIRST_DAY).days))
    for _ in range(times):
        planned_end = days_after(started, draws.choice(PLANNED_DAYS))
        yield Placement(person, started, planned_end)
        started = days_after(planned_end, draws.integer(400, 500))


def _give_care_form(draws: Draws, elsewhere: list[Placement]) -> None:
    for placement in elsewhere:
        placement.care_form = draws.choice(OTHER_CARE_FORMS)


def _may_apply_again(placement: Placement) -> bool:
    return placement.due_on > placement.planned_end_on and _days_left(placement) > 30


def _days_left(placement: Placement) -> int:
    return (min(placement.due_on, AS_OF) - placement.seen_on).days


def _apply(draws: Draws, placed: list[Placement], share_granted: float) -> None:
    applications = [_application(draws, placement) for placement in placed]
    decided = [application for application in applications if application.decided_on]
    withdrawn, tried = draws.split(decided, SHARE_WITHDRAWN)
    granted, denied = draws.split(tried, share_granted)
    for outcome, those in (("withdrawn", withdrawn), ("granted", granted), ("denied", denied)):
        for application in those:
            application.outcome = outcome
    for application in granted:
        application.days_granted = draws.choice(GRANTED_DAYS)


def _application(draws: Draws, placement: Placement) -> Application:
    applied = days_after(placement.seen_on, draws.integer(1, _days_left(placement) - 1))
    decided = days_after(applied, draws.integer(7, 60))
    application = Application(applied, decided if decided <= AS_OF else None)
    placement.applications.append(application)
    return application


def _end(draws: Draws, placed: list[Placement], share_unplanned: float) -> None:
    ended = [placement for placement in placed if placement.last_day <= AS_OF]
    for placement, early in zip(ended, draws.flags(len(ended), share_unplanned), strict=True):
        placement.ending = "unplanned" if early else "planned"
        stay = (placement.last_day - placement.seen_on).days
        placement.ended_on = days_after(placement.last_day, -draws.integer(0, stay) if early else 0)
