"""When bounds give a cell away."""

from dataclasses import dataclass
from math import ceil, floor
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from helpers.disclosure.bounds import Bounds, Contradiction, Knowledge, bounds
from helpers.disclosure.rules import Rules
from helpers.disclosure.told import Cell

_TOLERANCE = 1e-6
_SHARPEST = 0.1
_FAR = 10_000

Whole = bool | npt.NDArray[np.bool_]
"""Whether counts are whole, or which are."""


class Target(NamedTuple):
    """A cell that the attack is after, and whether it is hidden by name."""

    cell: Cell
    is_hidden: bool

    @property
    def is_count(self) -> bool:
        """Whether it counts cases."""
        return self.cell.of == "n"


class Interval(NamedTuple):
    """Bounds of a number."""

    low: float
    high: float


@dataclass(frozen=True)
class Aim:
    """What gives a cell away.

    A hidden count is given away by bounds with less room between them than `min_count`. So is a
    count that is not hidden, if it may be small and is not known to be zero. A hidden sum of
    another quantity is given away if it can be told to within ten per cent: the p % rule with
    p = 10, asked of the sum itself.

    Attributes
    ----------
    rules : Rules
        What may be shown.
    largest : float
        More than any number that follows from what is told.

    References
    ----------
    Hundepool A et al. (2012). Statistical Disclosure Control. Wiley, chapter 4.
    """

    rules: Rules
    largest: float

    def is_narrow(self, found: Interval, target: Target) -> bool:
        """Whether bounds leave less room than is asked for."""
        if target.is_count:
            return found.high - found.low < self.rules.min_count - _TOLERANCE
        return found.high - found.low <= _SHARPEST * (found.high + found.low)

    def gives_away(self, found: Interval, target: Target) -> bool:
        """Whether bounds give a cell away."""
        return self.is_narrow(found, target) and self.matters(found, target)

    def matters(self, found: Interval, target: Target) -> bool:
        """Whether a cell is hidden by name, or may be small and is not known to be zero."""
        return target.is_hidden or (found.high > 0 and found.low < self.rules.min_count)

    def is_few(self, found: Interval, target: Target) -> bool:
        """Whether bounds say that a cell has few cases."""
        return target.is_count and found.high < self.rules.min_count

    def bounds(
        self,
        knowledge: Knowledge,
        number: csr_array,
        target: Target,
        *,
        whole: Whole = False,
    ) -> Bounds:
        """Bound a target, or part of it, as far as it takes to tell whether it has room."""
        # One more than asked for, since what is not whole is left out at either end.
        room = self.rules.min_count + 1 if target.is_count else self.largest
        found = bounds(knowledge, number, room, whole=whole)
        if np.any(whole) and self.is_narrow(self.interval(found.low, found.high, target), target):
            # Whole counts that fit rounded ratios lie apart: the next may be farther off.
            return bounds(knowledge, number, _FAR, whole=whole)
        return found

    def interval(self, low: float, high: float, target: Target) -> Interval:
        """Make the bounds of a count whole.

        Raises
        ------
        Contradiction
            If no whole count lies between them.
        """
        if target.is_count:
            low, high = ceil(low - _TOLERANCE), floor(high + _TOLERANCE)
        if low > high + _TOLERANCE:
            raise Contradiction("No whole count fits.")
        return Interval(low, high)
