"""Which cells a reader can work out."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from helpers.disclosure.attack.narrow import Aim, Interval, Target
from helpers.disclosure.attack.remainder import Counts, remainder
from helpers.disclosure.attack.space import is_within
from helpers.disclosure.attack.system import System
from helpers.disclosure.bounds import Knowledge, bounds, some_counts
from helpers.disclosure.told import Cell

_TOLERANCE = 1e-6
_MANY = 20
# Fewer targets than this are sooner searched for one by one.
_WORTHWHILE = 4

Whole = bool | npt.NDArray[np.bool_]


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
    """

    target: Target
    whole: bool
    is_few: bool


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
    together: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for i, parts in enumerate(left.parts_of(numbers)):
        together[parts].append(i)
    for parts, members in together.items():
        part = left.part(parts)
        group = _Group(
            [targets[i] for i in members],
            csr_array(numbers[members][:, part.columns]),
            settled[members],
            part.knowledge,
            system.space.is_whole[part.columns],
            aim,
        )
        yield from group.search()


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

    def __post_init__(self) -> None:
        self.least = np.full(len(self.targets), np.inf)
        self.most = np.full(len(self.targets), -np.inf)
        self.zero = np.zeros(len(self.targets), dtype=bool)
        self.few: list[Cell] = []

    def search(self) -> Iterator[Found]:
        """Find the targets that are given away."""
        if len(self.targets) > _MANY and self.knowledge.sums.shape[1]:
            self._scatter()
            self.zero = self.numbers @ ~self._only_zero() == 0
        for i, target in enumerate(self.targets):
            if not self._has_room(i) and (target.is_hidden or not self._is_in_few(target.cell)):
                yield from self._try(i)

    def _only_zero(self) -> npt.NDArray[np.bool_]:
        """Find the counts that can only be zero: those whose sum can be nothing else."""
        zero = np.ones(len(self.whole), dtype=bool)
        while zero.any():
            found = bounds(self.knowledge, csr_array([zero.astype(float)]), self.aim.largest)
            if found.high < _TOLERANCE:
                break
            zero &= found.met_by[1] < _TOLERANCE
        return zero

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
        target, in_whole = self.targets[i], False
        found = self._bound(i)
        if not (self.aim.is_narrow(found, target) or self._has_room(i)):
            in_whole, found = True, self._bound(i, whole=self.whole)
        is_few = self.aim.is_few(found, target)
        if is_few:
            self.few.append(target.cell)
        if self.aim.gives_away(found, target):
            yield Found(target, in_whole, is_few)

    def _is_in_few(self, cell: Cell) -> bool:
        """Whether a cell is part of one of no cases, or of few that is found itself."""
        return any(is_within(cell, other) for other in self.few)

    def _has_room(self, i: int) -> bool:
        """Whether whole counts have been met far enough apart."""
        met = Interval(self.least[i], self.most[i])
        return met.low < met.high and not self.aim.is_narrow(met, self.targets[i])

    def _bound(self, i: int, whole: Whole = False) -> Interval:
        settled = self.settled[i]
        if not self.knowledge.sums.shape[1] or self.zero[i]:
            return Interval(settled, settled)
        number = csr_array(self.numbers[[i]])
        found = self.aim.bounds(self.knowledge, number, self.targets[i], whole=whole)
        for counts in found.met_by:
            self._meet(counts)
        return self.aim.interval(found, self.targets[i], settled)

    def _meet(self, counts: Counts) -> None:
        if np.all(np.abs(counts - counts.round())[self.whole] < _TOLERANCE):
            met = self.settled + self.numbers @ counts
            self.least, self.most = np.minimum(self.least, met), np.maximum(self.most, met)
