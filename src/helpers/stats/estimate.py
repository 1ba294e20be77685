"""An estimate with its interval: limits, two compared, and how many more it takes or would be.

Wherever an estimator takes a ``level``, it is the confidence level of the interval, between 0
and 1. ``noise``, wherever one takes it, has shape (d + 1, 2 d + 1):
``noise[min(true, d), noisy - true + d]`` is the chance of that noisy count given the true one,
and the last row holds for every count from d on. A true count further than d from the noisy one
cannot lie behind it, so the cost does not grow with the counts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, exp, hypot, inf, isfinite, log
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq
from scipy.special import ndtri

Noise: TypeAlias = npt.NDArray[np.float64]
Floats: TypeAlias = npt.NDArray[np.floating]
Whole: TypeAlias = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Estimate:
    """A number with its confidence limits.

    Attributes
    ----------
    value : float
        The point estimate.
    low, high : float
        Confidence limits, in the unit of `value`. Infinite where the data set no limit.
    """

    value: float
    low: float
    high: float

    def excludes(self, null: float) -> bool:
        """Whether the interval leaves out `null`; one without limits (NaN) leaves out nothing."""
        return null < self.low or self.high < null

    def map(self, rising: Callable[[float], float]) -> "Estimate":
        """Put value and limits on another scale."""
        return Estimate(rising(self.value), rising(self.low), rising(self.high))


def wald(value: float, se: float, level: float) -> Estimate:
    """Estimate with the limits of a normal law, from its standard error."""
    reach = float(ndtri((1 + level) / 2)) * se
    return Estimate(float(value), float(value - reach), float(value + reach))


def difference(first: Estimate, second: Estimate) -> Estimate:
    """Difference of two independent estimates, first minus second, from their own intervals.

    The method of variance estimates recovery (MOVER), which keeps the skewness of the
    two intervals; with Wilson intervals it is Newcombe's hybrid score interval.

    References
    ----------
    Zou GY, Donner A (2008). Construction of confidence limits about effect measures:
    a general approach. Statistics in Medicine 27, 1693-1702.
    """
    value = first.value - second.value
    return Estimate(
        value=value,
        low=value - hypot(first.value - first.low, second.high - second.value),
        high=value + hypot(first.high - first.value, second.value - second.low),
    )


def ratio(first: Estimate, second: Estimate) -> Estimate:
    """Ratio of two independent positive estimates, first over second: MOVER on the logarithms.

    A lower limit of `first` at or below zero gives the limit 0, one of `second` an infinite
    upper limit.

    Raises
    ------
    ValueError
        If a value is not positive.

    References
    ----------
    Zou GY, Donner A (2008). Statistics in Medicine 27, 1693-1702, section 3.
    """
    if first.value <= 0 or second.value <= 0:
        raise ValueError("a ratio needs two positive values")
    return difference(first.map(_log), second.map(_log)).map(exp)


def _log(value: float) -> float:
    return log(value) if value > 0 else -inf


def attributable(first: Estimate, second: Estimate, at_risk: float) -> Estimate:
    """Estimate how many more it would be in the first group, had it the second's level.

    Known as the population attributable number. The interval is that of the difference of the two
    levels (MOVER), times `at_risk`, which is taken as known. A noisy count may stand for it: noise
    of standard deviation 2 in 100 moves limits and value by 2 %, far less than they lie apart.

    Parameters
    ----------
    first, second : Estimate
        Each group's level: a share, or events per time.
    at_risk : float
        How many the first group's share is of; of a rate, the time, in the same unit.

    Returns
    -------
    Estimate
        Negative where it would be fewer.

    References
    ----------
    Mackenbach JP, Kunst AE (1997). Measuring the magnitude of socio-economic inequalities in
    health: an overview of available measures. Social Science & Medicine 44, 757-771.

    Newson RB (2013). Attributable and unattributable risks and fractions and other scenario
    comparisons. Stata Journal 13, 672-698.
    """
    return difference(second, first).map(lambda level: at_risk * level)


def agreeing(found: Estimate, is_apart: bool) -> Estimate:
    """Let a number lie on one side of zero just where another test of the same tells them apart.

    A ratio of rates and their difference are not tested by the same interval: they disagree in
    at most 2 towns of 100. The limit beyond zero is then moved to it, or the interval stretched
    to hold it.

    Parameters
    ----------
    found : Estimate
        As `attributable` gives it.
    is_apart : bool
        Whether the two groups are told apart.
    """
    if not is_apart:
        return Estimate(found.value, min(found.low, 0.0), max(found.high, 0.0))
    low, high = (0.0, inf) if found.value > 0 else (-inf, 0.0)
    return Estimate(found.value, max(found.low, low), min(found.high, high))


def more_needed(half_width: float, relevant: float, n: int) -> int:
    """How many more people it takes until half the interval is the relevant difference.

    Supposes that they come in the present ratio of the groups, and that the width falls with
    the root of their number. The part of it that is noise falls faster, so that the answer errs
    on the high side. 0 where the interval is narrow enough as it is.

    Parameters
    ----------
    half_width : float
        Half the width of the interval as it is; of a ratio, on the log scale.
    relevant : float
        The smallest difference that matters, above 0, in the same unit.
    n : int
        How many people the interval rests on, both groups together.

    Raises
    ------
    ValueError
        If `relevant` is not above 0, `n` is not positive, or the interval has an open end,
        from which nothing follows.
    """
    if not (relevant > 0 and n > 0 and half_width >= 0 and isfinite(half_width)):
        raise ValueError("it takes an interval with two ends, some people, and a relevant above 0")
    return max(ceil(n * ((half_width / relevant) ** 2 - 1)), 0)


def steps(noise: Noise) -> Whole:
    """List what noise may add: -d to d, shape (2 d + 1,)."""
    reach = len(noise) - 1
    return np.arange(-reach, reach + 1)


def chances(noise: Noise, true: Whole) -> Floats:
    """Look up the chance of each step given each true count, shape (counts, 2 d + 1)."""
    rows: Floats = noise[np.minimum(true, len(noise) - 1)]
    return rows


def limits(
    true: Whole,
    less: Floats,
    distribution: Callable[[Whole, float], Floats],
    highest: float,
    level: float,
) -> tuple[float, float]:
    """Parameters under which what was seen is neither too low nor too high (mid-p).

    Parameters
    ----------
    true : ndarray of int, shape (k,)
        Successive true counts. Under any lower one something less is sure to be seen, under any
        higher one something more.
    less : ndarray, shape (k,)
        Given each, the chance of seeing less, and half that of seeing the same.
    distribution : callable
        Distribution function of the true count: chances of at most each of some counts, under a
        parameter from 0 to `highest` with which the count grows.
    highest : float
        Highest parameter there can be, or one that is surely too high.

    Returns
    -------
    tuple of float
        Lower and upper limit, from 0 to `highest`.

    References
    ----------
    Casella G, Berger RL (2002). Statistical Inference, 2nd ed., section 9.2.3.
    """
    counts, falls = np.append(true[0] - 1, true), -np.diff(less, prepend=1, append=0)
    counts, falls = counts[counts >= 0], falls[counts >= 0]

    def tail(parameter: float) -> float:
        return float(distribution(counts, parameter) @ falls)

    rare = (1 - level) / 2
    return _reached(tail, 1 - rare, highest), _reached(tail, rare, highest)


def _reached(tail: Callable[[float], float], chance: float, highest: float) -> float:
    """Where `tail`, which falls, comes down to `chance`."""
    if tail(0.0) <= chance:
        return 0.0
    if tail(highest) >= chance:
        return highest
    return float(brentq(lambda parameter: tail(parameter) - chance, 0.0, highest))
