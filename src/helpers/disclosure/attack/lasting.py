"""What a case keeps: whoever has got a flat has got it on every later day too."""

from collections.abc import Iterator, Sequence
from itertools import pairwise, product
from typing import NamedTuple

from helpers.disclosure.told import Cell, Fact, Values, cell

_MOST = 100
"""So many courses are told apart; of more, the days are not joined."""


class Course(NamedTuple):
    """The values that a case has of an attribute, day by day."""

    days: tuple[str, ...]
    values: Values
    is_final: tuple[bool, ...]

    @property
    def is_possible(self) -> bool:
        """Whether what is final stays."""
        steps = zip(pairwise(self.values), self.is_final[:-1], strict=True)
        return all(before == after for (before, after), final in steps if final)

    @property
    def label(self) -> str:
        """Say the value, or what it has been day by day."""
        if len({*self.values}) == 1:
            return self.values[0]
        return ", ".join(map(" ".join, zip(self.values, self.days, strict=True)))

    def is_final_on(self, day: str) -> bool:
        """Whether the case has a final value as of a day."""
        return any(final and on <= day for on, final in zip(self.days, self.is_final, strict=True))


class Courses(NamedTuple):
    """The courses of attributes that are told of at several days, by the attributes' term."""

    by_term: dict[str, list[Course]]

    def follow(self, told: Cell) -> Cell:
        """Tell of a cell by the courses of its cases."""
        return cell(told.cases, dict(map(self._follow, told.where)), told.of)

    def of_newcomers(self, cases: str, since: str, where: tuple[str, Values]) -> Iterator[Fact]:
        """Say that what became known after a day cannot have been final before."""
        for term, courses in self.by_term.items():
            final = [course.label for course in courses if course.is_final_on(since)]
            if final:
                yield Fact(cell(cases, {where[0]: where[1], term: final}), 0, 0)

    def _follow(self, attribute: tuple[str, Values]) -> tuple[str, Values]:
        name, values = attribute
        term, _, day = name.rpartition(" ")
        courses = self.by_term.get(term, [])
        if not courses or day not in courses[0].days:
            return attribute
        on = courses[0].days.index(day)
        return term, tuple(course.label for course in courses if course.values[on] in values)


def courses(facts: Sequence[Fact]) -> Courses:
    """Find the attributes that last, are told of at several days, and their possible courses.

    Parameters
    ----------
    facts : sequence of Fact
        All of the same cases.

    Returns
    -------
    Courses
    """
    final = dict(pair for fact in facts for pair in fact.final)
    days: dict[str, list[str]] = {}
    for name in sorted(final):
        term, _, day = name.rpartition(" ")
        days.setdefault(term, []).append(day)
    found = {term: _possible(term, on, final, facts) for term, on in days.items() if on[1:]}
    return Courses({term: some for term, some in found.items() if len(some) <= _MOST})


def _possible(
    term: str, days: Sequence[str], final: dict[str, Values], facts: Sequence[Fact]
) -> list[Course]:
    names = [f"{term} {day}" for day in days]
    where = [
        pair for fact in facts for told in (fact.cell, fact.among) if told for pair in told.where
    ]
    values = sorted({value for name, values in where if name in names for value in values})
    return [
        course
        for statuses in product(values, repeat=len(days))
        if (course := _course(days, statuses, [final[name] for name in names])).is_possible
    ]


def _course(days: Sequence[str], statuses: Values, final: Sequence[Values]) -> Course:
    is_final = tuple(status in kept for status, kept in zip(statuses, final, strict=True))
    return Course(tuple(days), statuses, is_final)
