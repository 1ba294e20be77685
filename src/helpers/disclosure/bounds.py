"""What a reader can work out about a number from the numbers that are told."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import LinearConstraint, linprog, milp
from scipy.sparse import csr_array, vstack

_TOLERANCE = 1e-6
# A limit on the search rather than on its time, so that every run finds the same.
_NODES = 10_000
# HiGHS: infeasible; infeasible or unbounded, and nothing here is unbounded.
_IMPOSSIBLE = {2, 4}


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
    met_by : tuple of ndarray
        Counts that meet the lower bound, and counts that meet the upper; NaN where none were
        found.
    prices : tuple of ndarray
        How much the lower bound, and the upper, rise with each statement's limits: the shadow
        prices. All 0 where whole counts were asked for.
    """

    low: float
    high: float
    told_by: npt.NDArray[np.int64]
    met_by: tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]
    prices: tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]

    def leave(self, room: float) -> bool:
        """Whether at least `room` lies between the bounds."""
        return self.high - self.low >= room - _TOLERANCE


@dataclass(frozen=True, eq=False)
class _Extreme:
    value: float
    prices: npt.NDArray[np.float64]
    met_by: npt.NDArray[np.float64]


class Contradiction(ValueError):  # noqa: N818
    """No counts fit all that is told."""


def bounds(
    knowledge: Knowledge,
    number: csr_array,
    room: float,
    *,
    whole: bool | npt.NDArray[np.bool_] = False,
) -> Bounds:
    """Bound a number by programming, as a reader could.

    Parameters
    ----------
    knowledge : Knowledge
        All that is told.
    number : csr_array, shape (1, counts)
        The sum to bound.
    room : float
        How far above the lower bound to look.
    whole : bool or ndarray of bool, shape (counts,)
        Whether the reader uses that counts are whole (integer programming), or which are: the
        bounds are then the tightest there are. In tables of one or two dimensions they are so
        anyway.

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
    low = _extreme(knowledge, number, 1, whole)
    capped = Knowledge(
        csr_array(vstack([knowledge.sums, number])),
        np.append(knowledge.low, -np.inf),
        np.append(knowledge.high, low.value + room),
    )
    high = _extreme(capped, number, -1, whole)
    prices = (low.prices, high.prices[:-1])
    told_by = np.flatnonzero(np.abs(prices).max(axis=0) > _TOLERANCE)
    return Bounds(low.value, high.value, told_by, (low.met_by, high.met_by), prices)


def some_counts(
    knowledge: Knowledge, weights: npt.NDArray[np.float64], whole: npt.NDArray[np.bool_]
) -> npt.NDArray[np.float64]:
    """Find counts that fit all that is told, low where weights are high, though not the lowest.

    Parameters
    ----------
    knowledge : Knowledge
        All that is told.
    weights : ndarray, shape (counts,)
        None of them negative.
    whole : ndarray of bool, shape (counts,)
        Which counts are whole.

    Returns
    -------
    ndarray
        NaN where none were found.

    Raises
    ------
    Contradiction
        If no counts fit all that is told.
    """
    return _integer(knowledge, weights, whole, nodes=50, gap=0.2)[1]


def _extreme(
    knowledge: Knowledge, number: csr_array, sign: int, whole: bool | npt.NDArray[np.bool_]
) -> _Extreme:
    """Find the least number, or the greatest (sign -1)."""
    if np.any(whole):
        return _whole(knowledge, number, sign, np.broadcast_to(whole, number.shape[1]))
    return _relaxed(knowledge, number, sign)


def _relaxed(knowledge: Knowledge, number: csr_array, sign: int) -> _Extreme:
    exact = np.flatnonzero(knowledge.low == knowledge.high)
    above = np.flatnonzero((knowledge.low != knowledge.high) & np.isfinite(knowledge.high))
    below = np.flatnonzero((knowledge.low != knowledge.high) & np.isfinite(knowledge.low))
    solution = _solved(
        linprog(  # type: ignore[call-overload]  # the stubs know no sparse constraints
            sign * number.toarray()[0],
            A_eq=knowledge.sums[exact],
            b_eq=knowledge.low[exact],
            A_ub=vstack([knowledge.sums[above], -knowledge.sums[below]]),
            b_ub=np.concatenate([knowledge.high[above], -knowledge.low[below]]),
        )
    )
    prices = np.zeros(len(knowledge.low))
    prices[exact] = sign * solution.eqlin.marginals
    of_above, of_below = np.split(solution.ineqlin.marginals, [len(above)])
    prices[above] += sign * of_above
    prices[below] -= sign * of_below
    return _Extreme(sign * solution.fun, prices, solution.x)


def _whole(
    knowledge: Knowledge, number: csr_array, sign: int, whole: npt.NDArray[np.bool_]
) -> _Extreme:
    """Stop at the node limit with a bound that holds, if not the tightest."""
    least, met_by = _integer(knowledge, sign * number.toarray()[0], whole, nodes=_NODES, gap=0)
    return _Extreme(sign * least, np.zeros(len(knowledge.low)), met_by)


def _integer(
    knowledge: Knowledge,
    weights: npt.NDArray[np.float64],
    whole: npt.NDArray[np.bool_],
    *,
    nodes: int,
    gap: float,
) -> tuple[float, npt.NDArray[np.float64]]:
    """Bound a weighted sum from below, and give counts that come near."""
    solution = _solved(
        milp(
            weights,
            constraints=LinearConstraint(knowledge.sums, knowledge.low, knowledge.high),
            integrality=whole.astype(int),
            options={"node_limit": nodes, "mip_rel_gap": gap},
        )
    )
    counts = np.full(len(weights), np.nan) if solution.x is None else solution.x
    return solution.mip_dual_bound, counts


def _solved(solution: Any) -> Any:  # noqa: ANN401
    if solution.status in _IMPOSSIBLE:
        raise Contradiction(solution.message)
    return solution
