"""What was known when: cases only accumulate, and releases tell of them at different days."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from helpers.disclosure.told import Cell, Fact, cell

ADDED = "tillkom"
"""The attribute that tells cases apart by when they became known."""


def dated(facts: Sequence[Fact]) -> list[Fact]:
    """Tell cases apart by when they became known.

    What is told as of a day is of the cases known by then; as of a later day it is of these
    and of those added since.

    Parameters
    ----------
    facts : sequence of Fact
        All of the same cases. An unknown day is taken to be the latest.

    Returns
    -------
    list of Fact
        Each of the cases known by its day. Unchanged if all are as of one day.
    """
    days = sorted({fact.as_of for fact in facts} - {""})
    if len(days) < 2:
        return list(facts)
    added = [f"till och med {days[0]}"]
    added += [f"efter {day}" for day in days[:-1]]
    known = {day: tuple(added[: i + 1]) for i, day in enumerate(days)} | {"": tuple(added)}
    return [
        replace(
            fact,
            cell=_known(fact.cell, known[fact.as_of]),
            among=fact.among and _known(fact.among, known[fact.as_of]),
        )
        for fact in facts
    ]


def by_release(facts: Sequence[Fact]) -> Iterator[tuple[str, list[Fact]]]:
    """Give the facts of each release, the site at hand first, then the latest release."""
    releases = {fact.release for fact in facts}
    for release in sorted(releases, key=lambda name: (name == "", name), reverse=True):
        yield release, [fact for fact in facts if fact.release == release]


def _known(told: Cell, added: tuple[str, ...]) -> Cell:
    return cell(told.cases, {**dict(told.where), ADDED: added}, told.of)
