"""An estimate with its interval, and the difference of two independent ones."""

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, hypot, inf, log


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


def difference(first: Estimate, second: Estimate) -> Estimate:
    """Difference of two independent estimates, first minus second, from their own intervals.

    The method of variance estimates recovery (MOVER), which keeps the skewness of the
    two intervals; with Wilson intervals it is Newcombe's hybrid score interval.

    Parameters
    ----------
    first, second : Estimate
        Two independent estimates with intervals of one confidence level.

    Returns
    -------
    Estimate
        In the unit of the two.

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
    """Ratio of two independent positive estimates, first over second.

    MOVER on the logarithms, turned back.

    Parameters
    ----------
    first, second : Estimate
        Two independent estimates whose values are positive.

    Returns
    -------
    Estimate
        Without unit. A lower limit of `first` at or below zero gives the limit 0, one of
        `second` an infinite upper limit.

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
    return _map(exp, difference(_map(_log, first), _map(_log, second)))


def _map(function: Callable[[float], float], estimate: Estimate) -> Estimate:
    return Estimate(function(estimate.value), function(estimate.low), function(estimate.high))


def _log(value: float) -> float:
    return log(value) if value > 0 else -inf
