"""Other counts that would give the same shown numbers: they make the hidden ones uncertain."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csc_array, hstack, vstack

from helpers.disclosure.systems import System

_TOLERANCE = 1e-6
# What it costs to move a case, against one step of the number that is asked for.
_COST = 1e-3

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
        rows = csc_array(vstack([self._sums, self.system.ties[:, self._free]]))
        self._rows = csc_array(hstack([rows, -rows]))

    def room(self, reader: int, number: int) -> float:
        """How far apart the witnesses found so far put a number, for a reader."""
        return float(self._high[reader, number] - self._low[reader, number])

    def seek(self, reader: int, number: int, room: float, *, whole: bool = False) -> float:
        """Seek room for a number, and say how much there is, up to what is asked for.

        Parameters
        ----------
        reader, number : int
            Who reads, and which number.
        room : float
            How far apart to put the number, in persons.
        whole : bool
            Whether only whole counts will do. Otherwise the room may be wider than they allow.

        Returns
        -------
        float
        """
        if self.room(reader, number) >= room:
            return room
        up = self._move(reader, number, room + self._low[reader, number], sign=1, whole=whole)
        if self.room(reader, number) >= room:
            return room
        up = max(up, float(self._high[reader, number]))
        return up + self._move(reader, number, room - up, sign=-1, whole=whole)

    def _move(self, reader: int, number: int, limit: float, sign: int, whole: bool) -> float:
        """Move as few cases as it takes to raise a number, or lower it, to a limit."""
        if not len(self._free):
            return 0.0
        open_ = self.hidden & ~self.known[reader]
        high = np.where(np.append(open_, np.zeros(self.system.ties.shape[0], bool)), np.inf, 0.0)
        low = -high
        (high if sign > 0 else low)[number] = sign * limit
        step = sign * self._sums[[number]].toarray()[0]
        found = milp(
            np.concatenate([_COST - step, _COST + step]),
            constraints=LinearConstraint(self._rows, low, high),
            bounds=Bounds(0, np.append(np.full(len(step), np.inf), self.system.counts[self._free])),
            integrality=np.full(2 * len(step), int(whole)),
        )
        moved = np.subtract(*np.split(np.asarray(found.x, dtype=float), 2))
        if np.abs(moved - moved.round()).max(initial=0) < _TOLERANCE:
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
