"""An estimate with its interval, and the difference of two independent ones."""

from dataclasses import dataclass
from math import hypot


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
        """Whether the interval leaves out `null`."""
        return not self.low <= null <= self.high


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
