"""What was known when: cases only accumulate, and releases tell of them at different days."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from helpers.disclosure.attack.lasting import courses
from helpers.disclosure.told import Cell, Fact, cell

ADDED = "tillkom"
"""The attribute that tells cases apart by when they became known."""


def dated(facts: Sequence[Fact]) -> list[Fact]:
    """Tell cases apart by when they became known.

    What is told as of a day is of the cases known by then; as of a later day it is of these
    and of those added since. What a case has then got for good it has later too.

    Parameters
    ----------
    facts : sequence of Fact
        All of the same cases. An unknown day is taken to be the latest.

    Returns
    -------
    list of Fact
        Each of the cases known by its day. Unchanged if all are as of one day.
    """
    days = _days(facts)
    if len(days) < 2:
        return list(facts)
    added = _added(days)
    known = {day: tuple(added[: i + 1]) for i, day in enumerate(days)} | {"": tuple(added)}
    lasting = courses(facts)

    def by(told: Cell, day: str) -> Cell:
        return _known(lasting.follow(told), known[day])

    return [
        replace(
            fact,
            cell=by(fact.cell, fact.as_of),
            among=fact.among and by(fact.among, fact.as_of),
        )
        for fact in facts
    ]


def newcomers(facts: Sequence[Fact]) -> list[Fact]:
    """Say what follows of cases that became known later: they had got nothing for good before.

    Parameters
    ----------
    facts : sequence of Fact
        As `dated` takes them.

    Returns
    -------
    list of Fact
        They stand at no place.
    """
    days, lasting = _days(facts), courses(facts)
    return [
        fact
        for day, label in zip(days, _added(days)[1:], strict=False)
        for fact in lasting.of_newcomers(facts[0].cell.cases, day, (ADDED, (label,)))
    ]


def _days(facts: Sequence[Fact]) -> list[str]:
    return sorted({fact.as_of for fact in facts} - {""})


def _added(days: Sequence[str]) -> list[str]:
    return [f"till och med {day}" for day in days[:1]] + [f"efter {day}" for day in days[:-1]]


def by_release(facts: Sequence[Fact]) -> Iterator[tuple[str, list[Fact]]]:
    """Give the facts of each release, the site at hand first, then the latest release."""
    releases = {fact.release for fact in facts}
    for release in sorted(releases, key=lambda name: (name == "", name), reverse=True):
        yield release, [fact for fact in facts if fact.release == release]


def _known(told: Cell, added: tuple[str, ...]) -> Cell:
    return cell(told.cases, {**dict(told.where), ADDED: added}, told.of)
