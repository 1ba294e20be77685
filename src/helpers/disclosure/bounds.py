"""What a reader can work out about a number from the numbers that are told."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import LinearConstraint, linprog, milp
from scipy.sparse import csr_array, vstack

_TOLERANCE = 1e-6


@dataclass(frozen=True, eq=False)
class Knowledge:
    """What is told of some counts, none of them negative: that sums of them lie between limits.

    Attributes
    ----------
    sums : csr_array, shape (statements, counts)
        How many times each statement sums each count.
    low, high : ndarray, shape (statements,)
        The limits of each sum, equal where it is told exactly.
    """

    sums: csr_array
    low: npt.NDArray[np.float64]
    high: npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Bounds:
    """A reader's best bounds of a number, and the statements they follow from.

    Attributes
    ----------
    low, high : float
        The bounds; `high` at most as far above `low` as was asked.
    told_by : ndarray of int
        Statements with a non-zero shadow price in either bound. The bounds stay as long as all
        of these are told. Empty where whole counts were asked for.
    """

    low: float
    high: float
    told_by: npt.NDArray[np.int64]

    def leave(self, room: float) -> bool:
        """Whether at least `room` lies between the bounds."""
        return self.high - self.low >= room - _TOLERANCE


class Contradiction(ValueError):  # noqa: N818
    """No counts fit all that is told."""


def bounds(knowledge: Knowledge, number: csr_array, room: float, *, whole: bool = False) -> Bounds:
    """Bound a number by programming, as a reader could.

    Parameters
    ----------
    knowledge : Knowledge
        All that is told.
    number : csr_array, shape (1, counts)
        The sum to bound.
    room : float
        How far above the lower bound to look.
    whole : bool
        Whether the reader uses that counts are whole (integer programming): the bounds are then
        the tightest there are. In tables of one or two dimensions they are so anyway.

    Returns
    -------
    Bounds

    Raises
    ------
    Contradiction
        If no counts fit all that is told.

    References
    ----------
    Fischetti M, Salazar JJ (2001). Solving the cell suppression problem on tabular data with
    linear constraints. Management Science 47, 1008-1027.
    """
    solve = _whole if whole else _relaxed
    low, below = solve(knowledge, number, sign=1)
    capped = Knowledge(
        csr_array(vstack([knowledge.sums, number])),
        np.append(knowledge.low, -np.inf),
        np.append(knowledge.high, low + room),
    )
    high, above = solve(capped, number, sign=-1)
    told_by = np.union1d(below, above)
    return Bounds(low, high, told_by[told_by < len(knowledge.low)])


def _relaxed(
    knowledge: Knowledge, number: csr_array, sign: int
) -> tuple[float, npt.NDArray[np.int64]]:
    """Find the least number, or the greatest (sign -1), and the statements it follows from."""
    exact = np.flatnonzero(knowledge.low == knowledge.high)
    above = np.flatnonzero((knowledge.low != knowledge.high) & np.isfinite(knowledge.high))
    below = np.flatnonzero((knowledge.low != knowledge.high) & np.isfinite(knowledge.low))
    solution = linprog(  # type: ignore[call-overload]  # the stubs know no sparse constraints
        sign * number.toarray()[0],
        A_eq=knowledge.sums[exact],
        b_eq=knowledge.low[exact],
        A_ub=vstack([knowledge.sums[above], -knowledge.sums[below]]),
        b_ub=np.concatenate([knowledge.high[above], -knowledge.low[below]]),
    )
    prices = np.concatenate([_solved(solution).eqlin.marginals, solution.ineqlin.marginals])
    statements = np.concatenate([exact, above, below])
    return sign * solution.fun, np.unique(statements[np.abs(prices) > _TOLERANCE])


def _whole(
    knowledge: Knowledge, number: csr_array, sign: int
) -> tuple[float, npt.NDArray[np.int64]]:
    """Find the least number in whole counts, or the greatest (sign -1)."""
    solution = milp(
        sign * number.toarray()[0],
        constraints=LinearConstraint(knowledge.sums, knowledge.low, knowledge.high),
        integrality=np.ones(number.shape[1], dtype=int),
    )
    return sign * round(_solved(solution).fun), np.array([], dtype=np.int64)


def _solved(solution: Any) -> Any:  # noqa: ANN401
    if solution.x is None:
        raise Contradiction(solution.message)
    return solution
