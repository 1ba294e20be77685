"""What a reader can work out about a hidden number from the numbers that are shown."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog
from scipy.sparse import csr_array

_TOLERANCE = 1e-6


@dataclass(frozen=True, eq=False)
class System:
    """Numbers that are sums of the same counts: a table with its margins, or several tables.

    Attributes
    ----------
    sums : csr_array, shape (numbers, counts)
        1 where the count is part of the number.
    values : ndarray, shape (numbers,)
        The numbers.
    """

    sums: csr_array
    values: npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Bounds:
    """A reader's best bounds of a hidden number, and the shown numbers they follow from.

    Attributes
    ----------
    low, high : float
        The bounds, in persons.
    shown_by : ndarray of int
        Positions of the numbers with a non-zero shadow price in either bound. The bounds stay
        as long as all of these are shown.
    """

    low: float
    high: float
    shown_by: npt.NDArray[np.int64]

    def leave(self, room: int) -> bool:
        """Whether at least `room` persons lie between the bounds."""
        return self.high - self.low >= room - _TOLERANCE


def bounds(system: System, hidden: Sequence[int], number: int, reach: int) -> Bounds:
    """Bound a hidden number by linear programming, as a reader of the table could.

    The reader knows every number that is not hidden, that the others are sums of the same
    counts, and that no count is negative. In tables of one or two dimensions the bounds are
    also the best that whole counts allow.

    Parameters
    ----------
    system : System
        All numbers, shown and hidden.
    hidden : sequence of int
        Positions of the hidden numbers.
    number : int
        Position of the number to bound.
    reach : int
        How far above the number's value to look, in persons.

    Returns
    -------
    Bounds

    References
    ----------
    Fischetti M, Salazar JJ (2001). Solving the cell suppression problem on tabular data with
    linear constraints. Management Science 47, 1008-1027.
    """
    shown = np.setdiff1d(np.arange(len(system.values)), hidden)
    low, below = _extreme(system, shown, number, reach, sign=1)
    high, above = _extreme(system, shown, number, reach, sign=-1)
    return Bounds(low, high, np.union1d(below, above))


def _extreme(
    system: System, shown: npt.NDArray[np.int64], number: int, reach: int, sign: int
) -> tuple[float, npt.NDArray[np.int64]]:
    part = system.sums[[number]]
    solution = linprog(  # type: ignore[call-overload]  # the stubs know no sparse constraints
        sign * part.toarray()[0],
        A_ub=part,
        b_ub=[system.values[number] + reach],
        A_eq=system.sums[shown],
        b_eq=system.values[shown],
    )
    prices = np.abs(solution.eqlin.marginals)
    return sign * solution.fun, shown[prices > _TOLERANCE]
