"""The mean of values given with how often each occurs."""

from collections.abc import Sequence

from statsmodels.stats.weightstats import DescrStatsW

from helpers.stats.estimate import Estimate


def interval(values: Sequence[float], counts: Sequence[int], level: float = 0.95) -> Estimate:
    """Mean with Student's t interval.

    Parameters
    ----------
    values : sequence of float, shape (k,)
        Distinct values, in any unit.
    counts : sequence of int, shape (k,)
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
    if sum(counts) < 2:
        raise ValueError("a mean with an interval needs at least two values")
    described = DescrStatsW(values, weights=counts)
    low, high = described.tconfint_mean(alpha=1 - level)
    return Estimate(float(described.mean), float(low), float(high))
