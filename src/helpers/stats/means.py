"""The mean of values given with how often each occurs."""

import numpy as np
import numpy.typing as npt
from statsmodels.stats.weightstats import DescrStatsW

from helpers.stats.estimate import Estimate


def interval(values: npt.ArrayLike, counts: npt.ArrayLike, level: float = 0.95) -> Estimate:
    """Mean with Student's t interval.

    Parameters
    ----------
    values : array_like of float, shape (k,)
        Distinct values, in any unit.
    counts : array_like of int, shape (k,)
        How many times each value occurs; at least two in all.
    level : float
        Confidence level.

    Returns
    -------
    Estimate
        In the unit of `values`.

    Raises
    ------
    ValueError
        If there are fewer than two values in all.
    """
    if np.sum(counts) < 2:
        raise ValueError("a mean with an interval needs at least two values")
    described = DescrStatsW(values, weights=counts)
    low, high = described.tconfint_mean(alpha=1 - level)
    return Estimate(float(described.mean), float(low), float(high))
