"""What is given away, and by what."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import NamedTuple

from helpers.disclosure.told import Cell, Fact

_A_FEW = 3


class Rule(StrEnum):
    """What is broken."""

    NARROW = "narrow"
    """A hidden number can be worked out, or nearly."""
    SMALL_COUNT = "small-count"
    """A small count is shown, or can be worked out, or nearly."""
    BACK_CALCULATION = "back-calculation"
    """Rounded shares fit one small group only, or nearly."""
    DIFFERENCING = "differencing"
    """A number can be worked out together with an earlier release."""
    CONTRADICTION = "contradiction"
    """The numbers cannot all be right."""


class Source(NamedTuple):
    """Where something is told: a place, in an earlier release or (empty) the site at hand."""

    place: str
    release: str = ""


@dataclass(frozen=True)
class Leak:
    """Something that is given away. It holds no number, neither told nor found.

    Attributes
    ----------
    rule : Rule
        What is broken.
    cell : Cell
        What is given away.
    places : tuple of Source
        The first few places where the cell is told of or hidden; empty where it is only worked
        out.
    given_by : tuple of Source
        Where it is told what gives the cell away: few of the places that tell the same.
        Empty where the search stopped before it was settled: that counts as given away.
    """

    rule: Rule
    cell: Cell
    places: tuple[Source, ...]
    given_by: tuple[Source, ...]

    @property
    def across_releases(self) -> bool:
        """Whether it takes an earlier release."""
        return any(source.release for source in self.given_by)


def first_sources(facts: Iterable[Fact]) -> tuple[Source, ...]:
    """Name where facts are told, the site at hand first, at most a few places."""
    named = {_source(fact) for fact in facts}
    return tuple(sorted(named, key=lambda source: (source.release, source.place))[:_A_FEW])


def fewest_sources(told: Iterable[Iterable[Fact]]) -> tuple[Source, ...]:
    """Name few places that together tell everything, those of the site at hand if they can.

    Parameters
    ----------
    told : iterable of iterable of Fact
        Facts that say the same, for each thing that is told. What stands at no place goes
        without saying.

    Returns
    -------
    tuple of Source
        The place that tells most first, as the greedy cover has it.

    References
    ----------
    Chvátal V (1979). A greedy heuristic for the set-covering problem. Mathematics of Operations
    Research 4, 233-235.
    """
    left = [{*map(_source, facts)} for facts in told if any(fact.place for fact in facts)]
    chosen: list[Source] = []
    while left:
        tells = Counter(chain.from_iterable(left))
        best = min(tells, key=lambda source: (source.release != "", -tells[source], source))
        chosen.append(best)
        left = [sources for sources in left if best not in sources]
    return tuple(chosen)


def _source(fact: Fact) -> Source:
    return Source(fact.place, fact.release)
