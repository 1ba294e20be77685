"""The mean of values given with how often each occurs.

Own code, since statsmodels' `DescrStatsW`, which gives the same, takes half a second to import.
"""

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

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
    values, counts = np.asarray(values), np.asarray(counts)
    n = counts.sum()
    if n < 2:
        raise ValueError("a mean with an interval needs at least two values")
    mean = np.average(values, weights=counts)
    variance = np.average((values - mean) ** 2, weights=counts) * n / (n - 1)
    margin = stdtrit(n - 1, (1 + level) / 2) * np.sqrt(variance / n)
    return Estimate(float(mean), float(mean - margin), float(mean + margin))
