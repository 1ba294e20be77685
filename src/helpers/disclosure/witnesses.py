"""Other numbers that would give the same shown ones: they make the hidden ones uncertain."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.sparse.csgraph import connected_components

from helpers.disclosure.changes import Steps, best_change
from helpers.disclosure.systems import System

_TOLERANCE = 1e-6
# What it costs to change a number by one, and one that counts a person alone, against a step
# of the number asked for.
_COST, _COST_ALONE = 1e-4, 1e-3
# Less than one step, of a few: as near the fewest changes as that, no nearer. Of many numbers
# at once a change is as good that moves most of them.
_GAP, _GAP_OF_MANY = 0.05, 0.3
# So many lines away is a change sought before it is sought everywhere.
_LINES_AWAY = 3
# Of so many numbers, many are changed at once; for all readers first, then for half of them.
_MANY, _FOR_ALL, _FOR_HALF = 20, 6, 24

Pattern = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]
Change = tuple[Places, Steps]


@dataclass(eq=False)
class Witnesses:
    """Changes of numbers that leave every shown one as it is, and every sum a sum.

    Each is found for some numbers and readers, and is a witness for all the numbers it
    changes, to all readers who know none of these.

    Attributes
    ----------
    system : System
        All numbers.
    known : ndarray of bool, shape (readers, numbers)
        The numbers that each reader knows beside those shown.
    hidden : ndarray of bool, shape (numbers,)
        The numbers that are not shown.
    whole : bool
        Whether readers know that counts are whole, and changes must be too.
    changes : list
        The numbers that each change changes, and by how much.
    """

    system: System
    known: Pattern
    hidden: Pattern
    whole: bool
    changes: list[Change] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._place = np.cumsum(self.hidden) - 1
        shape = (len(self.known), int(self.hidden.sum()))
        self._low, self._high = np.zeros(shape), np.zeros(shape)
        for numbers, steps in self.changes:
            if self.hidden[numbers].all() and not (self.whole and (steps % 1).any()):
                self._count(numbers, steps)

    def explore(self, room: float) -> None:
        """Change many numbers at once, as long as many may have too little room.

        Parameters
        ----------
        room : float
            How far apart the lowest and the highest must be, in persons.
        """
        draw = np.random.default_rng(0)
        for numbers in self._groups:
            for turn in range(_FOR_ALL + _FOR_HALF):
                if self._too_narrow(numbers, room).any(axis=0).sum() < _MANY:
                    break
                asked = draw.random(len(self.known)) < (1 if turn < _FOR_ALL else 0.5)
                self._change_many(numbers, asked, room, draw)

    def leave(self, room: float, number: int, reader: int) -> bool:
        """Whether a reader must leave at least so much room for a number.

        Parameters
        ----------
        room : float
            How far apart the lowest and the highest must be, in persons.
        number, reader : int
            Which number, and who reads.

        Returns
        -------
        bool
        """
        bound = self.bound_to(number)
        near = self._near(number) if self.whole else bound
        is_near = len(near) < len(bound) and self._seek(room, number, reader, near)
        return is_near or self._seek(room, number, reader, bound)

    def unsure(self, room: float, number: int) -> list[int]:
        """List the readers who do not know a number, and may leave it too little room."""
        narrow = self._too_narrow(np.array([number]), room)
        readers: list[int] = np.flatnonzero(narrow).tolist()
        return readers

    def bound_to(self, number: int) -> Places:
        """Find the hidden numbers that may change with one, itself among them."""
        group: Places = self._groups[self._group[self._place[number]]]
        return group

    def _near(self, number: int) -> Places:
        """Find those of them that are a few lines away."""
        bound = self.bound_to(number)
        lines = abs(self.system.sums[:, bound])
        reached = (bound == number).astype(float)
        for _ in range(_LINES_AWAY):
            reached = np.sign(lines.T @ (lines @ reached))
        near: Places = bound[reached > 0]
        return near

    @cached_property
    def _group(self) -> npt.NDArray[np.int32]:
        """The group of each hidden number: those that lines tie together, through hidden ones."""
        ties = self.system.sums[:, np.flatnonzero(self.hidden)]
        return np.asarray(connected_components(ties.T @ ties)[1])

    @cached_property
    def _groups(self) -> list[Places]:
        order = np.argsort(self._group, kind="stable")
        ends = np.cumsum(np.bincount(self._group))[:-1]
        return np.split(np.flatnonzero(self.hidden)[order], ends)

    def _too_narrow(self, numbers: Places, room: float) -> Pattern:
        """Mark, for each reader, the unknown numbers whose witnesses leave too little room."""
        places = self._place[numbers]
        is_narrow = self._high[:, places] - self._low[:, places] < room - _TOLERANCE
        return np.asarray(is_narrow & ~self.known[:, numbers])

    def _change_many(
        self, numbers: Places, asked: Pattern, room: float, draw: np.random.Generator
    ) -> None:
        """Change many numbers that none of the readers asked knows, each as it has not been yet."""
        narrow = self._too_narrow(numbers, room) & asked[:, np.newaxis]
        is_known = self.known[asked][:, numbers].any(axis=0)
        most = np.where(is_known, 0, room)
        steps = best_change(
            self.system.sums[:, numbers],
            gains=np.where(narrow.any(axis=0) & ~is_known, self._ways(numbers, narrow, draw), 0),
            costs=np.full(len(numbers), _COST),
            limits=(most, np.minimum(most, self.system.values[numbers])),
            whole=self.whole,
            gap=_GAP_OF_MANY,
        )
        self._keep(numbers, steps)

    def _ways(self, numbers: Places, narrow: Pattern, draw: np.random.Generator) -> Steps:
        """Choose for each number to rise, 1, or fall, -1, whichever it has done less of."""
        places = self._place[numbers]
        lead = (narrow * (self._high + self._low)[:, places]).sum(axis=0)
        return np.where(lead == 0, draw.choice([-1.0, 1.0], len(numbers)), -np.sign(lead))

    def _seek(self, room: float, number: int, reader: int, among: Places) -> bool:
        """Seek room, first by raising the number, then by lowering it."""
        place = (reader, self._place[number])
        if self._high[place] - self._low[place] < room - _TOLERANCE:
            self._move(number, reader, room + self._low[place], among)
        if self._high[place] - self._low[place] < room - _TOLERANCE:
            self._move(number, reader, self._high[place] - room, among)
        return bool(self._high[place] - self._low[place] >= room - _TOLERANCE)

    def _move(self, number: int, reader: int, limit: float, among: Places) -> None:
        """Change as little as it takes to raise a number to a limit, or lower it to one below 0."""
        is_it, is_known = among == number, self.known[reader, among]
        up = np.where(is_known, 0, np.where(is_it, max(limit, 0), np.inf))
        down = np.where(is_known, 0, self.system.values[among])
        down[is_it] = np.minimum(down[is_it], max(-limit, 0))
        is_alone = self.known[:, among].any(axis=0) & (self.system.values[among] == 1)
        steps = best_change(
            self.system.sums[:, among],
            gains=np.sign(limit) * is_it,
            costs=np.where(is_alone, _COST_ALONE, _COST),
            limits=(up, down),
            whole=self.whole,
            gap=_GAP,
        )
        self._keep(among, steps)

    def _keep(self, numbers: Places, steps: Steps) -> None:
        moved = np.flatnonzero(steps)
        self.changes.append((numbers[moved], steps[moved]))
        self._count(*self.changes[-1])

    def _count(self, numbers: Places, steps: Steps) -> None:
        readers = np.flatnonzero(~self.known[:, numbers].any(axis=1))
        place = np.ix_(readers, self._place[numbers])
        self._low[place] = np.minimum(self._low[place], steps)
        self._high[place] = np.maximum(self._high[place], steps)
