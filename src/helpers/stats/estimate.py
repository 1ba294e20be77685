"""An estimate with its interval, and the difference and ratio of two independent ones.

Wherever an estimator takes a ``level``, it is the confidence level of the interval, between 0
and 1.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, hypot, inf, log

from scipy.special import ndtri


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
