"""Which cells a reader can work out."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from helpers.disclosure.attack.aim import Aim, Interval, Target, Whole
from helpers.disclosure.attack.remainder import Counts, remainder
from helpers.disclosure.attack.space import is_within
from helpers.disclosure.attack.system import System
from helpers.disclosure.bounds import Knowledge, bounds, some_counts
from helpers.disclosure.told import Cell

_TOLERANCE = 1e-6
_MANY = 20
# Fewer targets than this are sooner searched for one by one.
_WORTHWHILE = 4


@dataclass(frozen=True)
class Found:
    """A cell that is given away.

    Attributes
    ----------
    target : Target
        The cell.
    whole : bool
        Whether it takes that counts are whole to see it.
    is_few : bool
        Whether it has few cases, and so have all cells within it.
    is_settled : bool
        Whether that is known: else no room was shown before the search had to stop.
    """

    target: Target
    whole: bool
    is_few: bool
    is_settled: bool = True


def search(system: System, targets: Sequence[Target], aim: Aim) -> Iterator[Found]:
    """Find the cells that a reader can work out, or nearly.

    Most follow by subtraction. The others are bounded by linear programming, and where that
    leaves room enough, in whole counts: by whole counts met on the way, else by integer
    programming.

    Parameters
    ----------
    system : System
        What is told.
    targets : sequence of Target
        Cells to try.
    aim : Aim
        What gives a cell away.

    Yields
    ------
    Found

    Raises
    ------
    Contradiction
        If no whole counts fit all that is told.
    """
    numbers = system.space.sums(target.cell for target in targets)
    left = remainder(system.knowledge)
    settled = left.settled(numbers)
    for parts, members in _alike(left.parts_of(numbers)).items():
        part = left.part(parts)
        group = _Group(
            [targets[i] for i in members],
            csr_array(numbers[members][:, part.columns]),
            settled[members],
            part.knowledge,
            system.space.is_whole[part.columns],
            aim,
            system.has_earlier,
        )
        yield from group.search()


def _alike(parts: Iterable[tuple[int, ...]]) -> dict[tuple[int, ...], list[int]]:
    """Give the targets that have each combination of parts."""
    together: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for i, each in enumerate(parts):
        together[each].append(i)
    return together


@dataclass(eq=False)
class _Group:
    """Targets whose counts are in the same parts.

    What is met in search of one shows the room of others: the least and the most of each target
    among all whole counts met are kept.
    """

    targets: list[Target]
    numbers: csr_array
    settled: Counts
    knowledge: Knowledge
    whole: npt.NDArray[np.bool_]
    aim: Aim
    has_earlier: bool

    def __post_init__(self) -> None:
        self.least = np.full(len(self.targets), np.inf)
        self.most = np.full(len(self.targets), -np.inf)
        self.outer: list[Cell] = []

    def search(self) -> Iterator[Found]:
        """Find the targets that are given away."""
        is_settled = self.numbers @ self._may_be_positive() == 0
        if np.sum(~is_settled) > _MANY:
            self._scatter()
        for i, target in enumerate(self.targets):
            if is_settled[i]:
                yield from self._judged(i, self._interval(i, 0, 0))
            elif not (self._has_room(i) or self._is_skipped(target)):
                yield from self._try(i)

    def _may_be_positive(self) -> npt.NDArray[np.bool_]:
        """Find the counts that are not known to be zero, if there is much to search."""
        zero = np.full(len(self.whole), len(self.targets) > _MANY)
        while zero.any():
            found = bounds(self.knowledge, csr_array([zero.astype(float)]), self.aim.largest)
            if found.high < _TOLERANCE:
                break
            zero &= found.met_by[1] < _TOLERANCE
        return ~zero

    def _scatter(self) -> None:
        """Meet whole counts far apart, as long as that shows the room of many targets."""
        weights = np.random.default_rng(seed=0)
        left, before = len(self.targets), np.inf
        while before - left >= _WORTHWHILE:
            drawn = weights.random(len(self.targets)) ** 3
            self._meet(some_counts(self.knowledge, drawn @ self.numbers, self.whole))
            self._meet(some_counts(self.knowledge, (1 - drawn) @ self.numbers, self.whole))
            left, before = sum(not self._has_room(i) for i in range(len(self.targets))), left

    def _try(self, i: int) -> Iterator[Found]:
        found, in_whole = self._bound(i), False
        if not (self.aim.is_narrow(found, self.targets[i]) or self._has_room(i)):
            found, in_whole = self._bound(i, whole=self.whole), True
        if found.high <= 0 or (not self.has_earlier and self.aim.is_few(found, self.targets[i])):
            self.outer.append(self.targets[i].cell)
        yield from self._judged(i, found, in_whole=in_whole)

    def _judged(self, i: int, found: Interval, *, in_whole: bool = False) -> Iterator[Found]:
        target = self.targets[i]
        if self.aim.gives_away(found, target):
            yield Found(target, in_whole, self.aim.is_few(found, target))
        elif in_whole and self.aim.matters(found, target) and not self._has_room(i):
            yield Found(target, in_whole, is_few=False, is_settled=False)

    def _is_skipped(self, target: Target) -> bool:
        """Whether a cell is not hidden by name, and lies within one that says enough.

        That one has no cases, or few and is given away by the site at hand: what earlier
        releases gave away by themselves is not told of, but its parts may be.
        """
        return not target.is_hidden and any(is_within(target.cell, cell) for cell in self.outer)

    def _has_room(self, i: int) -> bool:
        """Whether whole counts have been met far enough apart."""
        met = Interval(self.least[i], self.most[i])
        return met.low < met.high and not self.aim.is_narrow(met, self.targets[i])

    def _bound(self, i: int, whole: Whole = False) -> Interval:
        number = csr_array(self.numbers[[i]])
        found = self.aim.bounds(self.knowledge, number, self.targets[i], whole=whole)
        for counts in found.met_by:
            self._meet(counts)
        return self._interval(i, found.low, found.high)

    def _interval(self, i: int, low: float, high: float) -> Interval:
        """Add what is settled."""
        return self.aim.interval(low + self.settled[i], high + self.settled[i], self.targets[i])

    def _meet(self, counts: Counts) -> None:
        if np.all(np.abs(counts - counts.round())[self.whole] < _TOLERANCE):
            met = self.settled + self.numbers @ counts
            self.least, self.most = np.minimum(self.least, met), np.maximum(self.most, met)
