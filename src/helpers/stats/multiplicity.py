"""Several comparisons at once, without finding a difference where there is only chance."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from statsmodels.stats.multitest import multipletests

from helpers.stats.estimate import Estimate

IntervalAt: TypeAlias = Callable[[float], Estimate]

_PRECISION = 1e-6


def holm(p_values: npt.ArrayLike) -> npt.NDArray[np.floating]:
    """P-values adjusted for being several, by Holm's step-down method.

    Parameters
    ----------
    p_values : array_like of float, shape (k,)
        One for each comparison, between 0 and 1; they need not be independent.

    Returns
    -------
    ndarray of shape (k,)
        Adjusted, in the same order. The chance that any true null hypothesis has one below
        `a` is at most `a`.

    Raises
    ------
    ValueError
        If there is none, or one is not between 0 and 1.

    References
    ----------
    Holm S (1979). A simple sequentially rejective multiple test procedure.
    Scandinavian Journal of Statistics 6, 65-70.
    """
    given = np.asarray(p_values, dtype=float)
    if not (given.size and ((given >= 0) & (given <= 1)).all()):
        raise ValueError("p-values must lie between 0 and 1, and be at least one")
    adjusted: npt.NDArray[np.floating] = multipletests(given, method="holm")[1]
    return adjusted


def p_value(interval_at: IntervalAt, null: float = 0.0) -> float:
    """Smallest p-value in keeping with an interval: where it starts to leave out `null`.

    Parameters
    ----------
    interval_at : callable
        Gives the estimate at a confidence level, and an interval within that of any higher
        level.
    null : float, default 0
        What no difference is: 0, or 1 for ratios.

    Returns
    -------
    float
        Between 0 and 1, at most 1e-6 too high: the interval at `level` leaves out `null` where
        it is below 1 - `level`.
    """
    within, out = 0.0, 1.0
    while out - within > _PRECISION:
        middle = (within + out) / 2
        if interval_at(1 - middle).excludes(null):
            out = middle
        else:
            within = middle
    return out


def holm_intervals(
    intervals: Sequence[IntervalAt], null: float = 0.0, level: float = 0.95
) -> list[Estimate]:
    """Intervals that leave out `null` exactly where Holm's method finds a difference.

    All k are first taken at the level Bonferroni asks for, 1 - (1 - level) / k. Those that
    leave out `null` keep that interval; the others are taken again, k being how many they
    are, until none leaves it out. The tests are those the intervals imply, so that verdict
    and interval cannot disagree.

    Parameters
    ----------
    intervals : sequence of callable
        Each gives its comparison's estimate at a confidence level, and an interval within
        that of any higher level: ``lambda level: gap(6, 7, 4, 7, level=level)``.
    null : float, default 0
        What no difference is: 0, or 1 for ratios.
    level : float, default 0.95
        One minus the highest chance of finding any difference where there is none.

    Returns
    -------
    list of Estimate
        In the same order. They bear on the verdicts; that all hold their true value at once
        has a lower chance than `level`, save where none leaves out `null`.

    Raises
    ------
    ValueError
        If there is no interval.

    References
    ----------
    Holm S (1979). A simple sequentially rejective multiple test procedure.
    Scandinavian Journal of Statistics 6, 65-70.
    """
    if not intervals:
        raise ValueError("there must be at least one interval")
    found: dict[int, Estimate] = {}
    undecided = list(range(len(intervals)))
    while undecided:
        at = 1 - (1 - level) / len(undecided)
        found |= {place: intervals[place](at) for place in undecided}
        still = [place for place in undecided if not found[place].excludes(null)]
        if still == undecided:
            break
        undecided = still
    return [found[place] for place in range(len(intervals))]
