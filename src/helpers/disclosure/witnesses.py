"""Other counts that would give the same shown numbers: they make the hidden ones uncertain."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csc_array, hstack, vstack

from helpers.disclosure.systems import System

_TOLERANCE = 1e-6
# What it costs to move a case, and one that is alone, against a step of the number asked for.
_COST, _COST_ALONE = 1e-4, 1e-3
# Less than one step, of a few: as near the fewest cases as that, no nearer.
_GAP = 0.05
# A limit on the search rather than on its time, so that every run finds the same.
_NODES = 500

Change = tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]


@dataclass(eq=False)
class Witnesses:
    """Changes of whole counts that leave every shown number as it is.

    Each is found for one number and one reader by moving as few cases as possible, and so is
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
        self._low = np.zeros(self.known.shape)
        self._high = np.zeros(self.known.shape)
        for change in self.changes:
            if self.hidden[change[0]].all():
                self._count(change)
        alone = np.asarray(self.system.sums.sum(axis=1)) == 1
        shown = self.system.sums[np.flatnonzero(alone & ~self.hidden)].indices
        self._free = np.setdiff1d(np.arange(len(self.system.counts)), shown)
        self._sums = self.system.sums[:, self._free]
        of_one = self.system.sums[np.flatnonzero(alone & self.known.any(axis=0))].indices
        self._cost = np.where(np.isin(self._free, of_one), _COST_ALONE, _COST)
        rows = csc_array(vstack([self._sums, self.system.ties[:, self._free]]))
        self._rows = csc_array(hstack([rows, -rows]))

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
        return self._room(number, reader) >= room or all(
            self._seek(room, number, reader, whole) >= room - _TOLERANCE for whole in (False, True)
        )

    def _room(self, number: int, reader: int) -> float:
        """How far apart the witnesses found so far put a number."""
        return float(self._high[reader, number] - self._low[reader, number])

    def _seek(self, room: float, number: int, reader: int, whole: bool) -> float:
        """Seek room, first by raising the number, then by lowering it."""
        if self._room(number, reader) >= room:
            return room
        up = self._move(number, reader, room + float(self._low[reader, number]), 1, whole)
        up = max(up, float(self._high[reader, number]))
        return up + (self._move(number, reader, room - up, -1, whole) if up < room else 0)

    def _move(self, number: int, reader: int, limit: float, sign: int, whole: bool) -> float:
        """Move as few cases as it takes to raise a number, or lower it, to a limit."""
        if not len(self._free):
            return 0.0
        told = np.append(
            ~self.hidden | self.known[reader], np.ones(self.system.ties.shape[0], bool)
        )
        high = np.where(told, 0.0, np.inf)
        low = -high
        (high if sign > 0 else low)[number] = sign * limit
        step = sign * self._sums[[number]].toarray()[0]
        found = milp(
            np.concatenate([self._cost - step, self._cost + step]),
            constraints=LinearConstraint(self._rows, low, high),
            bounds=Bounds(0, np.append(np.full(len(step), np.inf), self.system.counts[self._free])),
            integrality=np.full(2 * len(step), int(whole)),
            options={"mip_rel_gap": _GAP, "node_limit": _NODES},
        )
        moved = np.zeros(len(step)) if found.x is None else np.subtract(*np.split(found.x, 2))
        if np.abs(moved - moved.round()).max() < _TOLERANCE:
            self._keep(self._sums @ moved.round())
        return float(step @ moved)

    def _keep(self, change: npt.NDArray[np.float64]) -> None:
        numbers = np.flatnonzero(change)
        self.changes.append((numbers, change[numbers]))
        self._count(self.changes[-1])

    def _count(self, change: Change) -> None:
        numbers, steps = change
        readers = np.flatnonzero(~self.known[:, numbers].any(axis=1))
        place = np.ix_(readers, numbers)
        self._low[place] = np.minimum(self._low[place], steps)
        self._high[place] = np.maximum(self._high[place], steps)
