"""Two groups compared within strata, pooled with Mantel and Haenszel's weights."""

from collections.abc import Callable, Mapping
from math import exp, log, sqrt
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from helpers.stats.estimate import Estimate, Floats, wald

Measure: TypeAlias = Literal["risk difference", "rate ratio"]


def mantel_haenszel(  # noqa: PLR0913 - two counts out of two sizes, and how
    events1: npt.ArrayLike,
    total1: npt.ArrayLike,
    events2: npt.ArrayLike,
    total2: npt.ArrayLike,
    *,
    measure: Measure,
    level: float = 0.95,
) -> Estimate:
    """Compare two groups within strata by one pooled figure.

    Holds for few large strata as for many small ones. A stratum without both groups says
    nothing and counts for nothing.

    Parameters
    ----------
    events1, total1, events2, total2 : array_like, shape (strata,)
        How many have the event, of how many persons (risk) or in how much person-time (rate), in
        each group.
    measure : {"risk difference", "rate ratio"}
        What is taken to be one and the same in all strata: the first group minus, or over, the
        second.

    Returns
    -------
    Estimate
        A difference of shares, or a ratio with limits symmetric on the log scale.

    Raises
    ------
    ValueError
        If the arrays differ in shape, a count is negative or above its number of persons, no
        stratum has both groups, or a ratio is asked for and a group has no events.

    References
    ----------
    Sato T (1989). On the variance estimator for the Mantel-Haenszel risk difference.
    Biometrics 45, 1323-1324.

    Greenland S, Robins JM (1985). Estimation of a common effect parameter from sparse
    follow-up data. Biometrics 41, 55-68. (The rate ratio.)
    """
    pool, back = _MEASURES[measure]
    value, variance = pool(*_with_both(events1, total1, events2, total2))
    return wald(value, sqrt(max(variance, 0.0)), level).map(back)


def _with_both(*columns: npt.ArrayLike) -> list[Floats]:
    """Give the strata that have both groups, once every count is found possible."""
    _, n1, _, n2 = arrays = [np.asarray(column, dtype=float) for column in columns]
    if len({array.shape for array in arrays}) > 1 or n1.ndim != 1:
        raise ValueError("the four columns must be one-dimensional and of one length")
    if np.min(arrays, initial=0) < 0:
        raise ValueError("counts must be 0 or more")
    both = (n1 > 0) & (n2 > 0)
    if not both.any():
        raise ValueError("no stratum has both groups")
    return [array[both] for array in arrays]


def _risk_difference(x1: Floats, n1: Floats, x2: Floats, n2: Floats) -> tuple[float, float]:
    """Pooled difference and its variance."""
    if (x1 > n1).any() or (x2 > n2).any():
        raise ValueError("counts must be at most their number of persons")
    n = n1 + n2
    weight = (n1 * n2 / n).sum()
    value = float((x1 * n2 / n - x2 * n1 / n).sum() / weight)
    skew = (n1**2 * x2 - n2**2 * x1 + n1 * n2 * (n2 - n1) / 2) / n**2
    mixed = (x1 * (n2 - x2) + x2 * (n1 - x1)) / (2 * n)
    return value, float((value * skew + mixed).sum() / weight**2)


def _rate_ratio(x1: Floats, n1: Floats, x2: Floats, n2: Floats) -> tuple[float, float]:
    """Logarithm of the pooled ratio, and its variance."""
    n = n1 + n2
    first, second = (x1 * n2 / n).sum(), (x2 * n1 / n).sum()
    if not (first > 0 and second > 0):
        raise ValueError("a ratio needs events in both groups")
    return log(first / second), float(((x1 + x2) * n1 * n2 / n**2).sum() / (first * second))


Pool: TypeAlias = Callable[[Floats, Floats, Floats, Floats], tuple[float, float]]

_MEASURES: Mapping[Measure, tuple[Pool, Callable[[float], float]]] = {
    "risk difference": (_risk_difference, float),
    "rate ratio": (_rate_ratio, exp),
}
