"""Hide enough, and as little as will do."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse import csr_array, vstack

from helpers.disclosure.systems import System
from helpers.disclosure.weaknesses import conditions, line_conditions, readers
from helpers.disclosure.witnesses import Change, Witnesses

_TOLERANCE = 1e-6
# Limits on the search rather than on its time, so that every run finds the same: turns, nodes
# of each turn, and as many numbers as both are spent on in full.
_TURNS, _NODES, _FULL = 30, 500, 2500

Pattern = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Suppression:
    """Which numbers are hidden.

    Attributes
    ----------
    hidden : ndarray of bool, shape (numbers,)
        Whether each number is hidden.
    loss : float
        Sum of the losses of the hidden numbers.
    least : float
        No pattern that protects as well loses less than this: `loss` itself where the pattern
        is proven the best.
    """

    hidden: Pattern
    loss: float
    least: float


def suppress(system: System, primary: Pattern, room: float) -> Suppression:
    """Hide numbers at the least loss, so that no reader can bound a hidden one too narrowly.

    The readers are one from outside, and each person who is alone in a number. Where the
    search for the least loss meets its limit, what it has hidden stays hidden, more is hidden
    until all is protected, and whatever turns out not to be needed is shown again.

    Parameters
    ----------
    system : System
        All numbers.
    primary : ndarray of bool, shape (numbers,)
        The numbers that must be hidden.
    room : float
        How far apart the bounds of each hidden number must be, in persons.

    Returns
    -------
    Suppression

    References
    ----------
    Fischetti M, Salazar JJ (2001). Solving the cell suppression problem on tabular data with
    linear constraints. Management Science 47, 1008-1027.
    """
    search = _Search(system, primary, room)
    least = search.least_loss()
    search.complete()
    return Suppression(search.hidden, float(system.losses[search.hidden].sum()), least)


class _Search:
    """A pattern that is made to meet more and more conditions, until it meets all there are."""

    def __init__(self, system: System, primary: Pattern, room: float) -> None:
        self.hidden = self._primary = primary | ~system.in_tables
        self._system, self._room = system, room
        self._readers = readers(system)
        self._lines = line_conditions(system, room)
        self._conditions = csr_array((0, len(primary)))
        self._changes: list[Change] = []

    def least_loss(self) -> float:
        """Seek the pattern that loses least, and say what any loses at least."""
        least = self._meet_lines()
        for _ in range(self._limit(_TURNS)):
            if self._is_enough(self.hidden):
                break
            found = self._solve(self._primary)
            self.hidden, least = found.x > 0.5, float(found.mip_dual_bound)
        return least

    def complete(self) -> None:
        """Hide more until all is protected, then show again whatever need not be hidden."""
        if self._is_enough(self.hidden):
            return
        while not self._is_enough(self.hidden):
            self.hidden = self._solve(self.hidden).x > 0.5
        for number in self._complements():
            fewer = self.hidden & (np.arange(len(self.hidden)) != number)
            if self._is_enough(fewer):
                self.hidden = fewer

    def _meet_lines(self) -> float:
        """Collect what the lines ask of a pattern that may hide parts of numbers."""
        part = self._primary.astype(float)
        least = float(self._system.losses @ part)
        while self._ask_lines(part):
            found = self._solve(self._primary, whole=False)
            part, least = found.x, float(found.fun)
        return least

    def _complements(self) -> npt.NDArray[np.int64]:
        """List what need not be hidden for its own sake, the greatest loss first."""
        numbers = np.flatnonzero(self.hidden & ~self._primary)
        return numbers[np.argsort(-self._system.losses[numbers], kind="stable")]

    def _is_enough(self, hidden: Pattern) -> bool:
        """Whether all is protected. If not, there is a condition that the pattern does not meet."""
        is_met = bool((self._conditions @ hidden > -_TOLERANCE).all())
        return is_met and not self._ask_lines(hidden.astype(float)) and not self._ask(hidden)

    def _ask(self, hidden: Pattern) -> bool:
        """Ask for what readers would otherwise work out; lastly those who know counts are whole."""
        for whole in (False, True):
            witnesses = Witnesses(self._system, self._readers, hidden, whole, self._changes)
            rows = list(conditions(witnesses, self._room))
            self._changes = witnesses.changes
            if rows:
                break
        self._conditions = csr_array(vstack([self._conditions, *rows]))
        return bool(rows)

    def _ask_lines(self, hidden: npt.NDArray[np.float64]) -> bool:
        """Ask for what lines do, where they ask for more, of all that is hidden."""
        is_unmet = self._lines @ hidden < -_TOLERANCE
        if not is_unmet.any():
            return False
        is_due = is_unmet | (self._lines.minimum(0) @ hidden == -1)
        self._conditions = csr_array(vstack([self._conditions, self._lines[is_due]]))
        self._lines = self._lines[~is_due]
        return True

    def _limit(self, most: int) -> int:
        """Spend less on each turn, and fewer turns, where there are many numbers."""
        return min(most, -(-most * _FULL // len(self.hidden)))

    def _solve(self, forced: Pattern, *, whole: bool = True) -> OptimizeResult:
        """Meet the conditions found so far at the least loss, as everything hidden would."""
        return milp(
            self._system.losses,
            constraints=LinearConstraint(self._conditions, 0, np.inf),
            bounds=Bounds(forced.astype(float), 1),
            integrality=np.full(len(forced), int(whole)),
            options={"mip_rel_gap": 0, "node_limit": self._limit(_NODES)},
        )
