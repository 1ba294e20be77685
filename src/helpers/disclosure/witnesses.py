"""Other counts that would give the same shown numbers: they make the hidden ones uncertain."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csc_array, csr_array, hstack
from scipy.sparse.csgraph import connected_components

from helpers.disclosure.systems import System

_TOLERANCE = 1e-6
# What it costs to change a number by one, and one that counts a person alone, against a step
# of the number asked for.
_COST, _COST_ALONE = 1e-4, 1e-3
# Less than one step, of a few: as near the fewest changes as that, no nearer.
_GAP = 0.05
# A limit on the search rather than on its time, so that every run finds the same.
_NODES = 500

Places = npt.NDArray[np.int64]
Change = tuple[Places, npt.NDArray[np.float64]]


@dataclass(eq=False)
class Witnesses:
    """Changes of whole numbers that leave every shown one as it is, and every sum a sum.

    Each is found for one number and one reader by changing as little as possible, and so is
    a witness for all the numbers it changes, to all readers who know none of these.

    Attributes
    ----------
    system : System
        All numbers.
    known : ndarray of bool, shape (readers, numbers)
        The numbers that each reader knows beside those shown.
    hidden : ndarray of bool, shape (numbers,)
        The numbers that are not shown.
    changes : list
        The numbers that each change changes, and by how much.
    """

    system: System
    known: npt.NDArray[np.bool_]
    hidden: npt.NDArray[np.bool_]
    changes: list[Change] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._place = np.cumsum(self.hidden) - 1
        shape = (len(self.known), int(self.hidden.sum()))
        self._low, self._high = np.zeros(shape), np.zeros(shape)
        for change in self.changes:
            if self.hidden[change[0]].all():
                self._count(change)

    def leave(self, room: float, number: int, reader: int) -> bool:
        """Whether a reader must leave at least so much room for a number, in whole counts.

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
        return all(
            self._seek(room, number, reader, whole) >= room - _TOLERANCE for whole in (False, True)
        )

    def unsure(self, room: float, number: int) -> list[int]:
        """List the readers who do not know a number, and may leave it too little room."""
        found = self._high[:, self._place[number]] - self._low[:, self._place[number]]
        readers: list[int] = np.flatnonzero((found < room) & ~self.known[:, number]).tolist()
        return readers

    def bound_to(self, number: int) -> Places:
        """Find the hidden numbers that may change with one, itself among them."""
        group: Places = self._groups[self._group[self._place[number]]]
        return group

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

    @cached_property
    def _rows(self) -> list[csc_array]:
        """What each group must keep: its lines, for rises and for falls."""
        return [_both_ways(self.system.sums[:, numbers]) for numbers in self._groups]

    def _seek(self, room: float, number: int, reader: int, whole: bool) -> float:
        """Seek room, first by raising the number, then by lowering it."""
        place = (reader, self._place[number])
        if self._high[place] - self._low[place] >= room:
            return room
        up = self._move(number, reader, room + self._low[place], 1, whole)
        up = max(up, self._high[place])
        return float(up + (self._move(number, reader, room - up, -1, whole) if up < room else 0))

    def _move(self, number: int, reader: int, limit: float, sign: int, whole: bool) -> float:
        """Change as little as it takes to raise a number, or lower it, to a limit."""
        numbers = self.bound_to(number)
        step = sign * (numbers == number)
        up = np.where(self.known[reader, numbers], 0, np.inf)
        down = np.where(self.known[reader, numbers], 0, self.system.values[numbers])
        towards = up if sign > 0 else down
        towards[step != 0] = np.minimum(towards[step != 0], limit)
        is_alone = self.known[:, numbers].any(axis=0) & (self.system.values[numbers] == 1)
        cost = np.where(is_alone, _COST_ALONE, _COST)
        found = milp(
            np.concatenate([cost - step, cost + step]),
            constraints=LinearConstraint(self._rows[self._group[self._place[number]]], 0, 0),
            bounds=Bounds(0, np.concatenate([up, down])),
            integrality=np.full(2 * len(step), int(whole)),
            options={"mip_rel_gap": _GAP, "node_limit": _NODES},
        )
        moved = np.zeros(len(step)) if found.x is None else np.subtract(*np.split(found.x, 2))
        if np.abs(moved - moved.round()).max() < _TOLERANCE:
            self._keep(numbers, moved.round())
        return float(step @ moved)

    def _keep(self, numbers: Places, steps: npt.NDArray[np.float64]) -> None:
        moved = np.flatnonzero(steps)
        self.changes.append((numbers[moved], steps[moved]))
        self._count(self.changes[-1])

    def _count(self, change: Change) -> None:
        numbers, steps = change
        readers = np.flatnonzero(~self.known[:, numbers].any(axis=1))
        place = np.ix_(readers, self._place[numbers])
        self._low[place] = np.minimum(self._low[place], steps)
        self._high[place] = np.maximum(self._high[place], steps)


def _both_ways(lines: csr_array) -> csc_array:
    touched = csc_array(lines[np.flatnonzero(np.diff(lines.indptr))])
    return csc_array(hstack([touched, -touched]))
