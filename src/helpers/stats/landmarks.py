"""A curve known at a few landmarks, each a share with an interval of its own."""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from math import inf

from helpers.stats.estimate import Estimate


def curve(shares: Sequence[Estimate]) -> list[Estimate]:
    """Make the shares of those done by each landmark rise: the highest so far.

    At each landmark others are counted than at the one before, so that a share may fall by
    chance, though nobody done can be undone. The running maximum of values, of lower and of
    upper limits.
    """
    return list(accumulate(shares, _highest))


def median(times: Sequence[float], shares: Sequence[Estimate]) -> Estimate:
    """Time by which half are done, linear between landmarks.

    Parameters
    ----------
    times : sequence of float
        The landmarks, rising from above 0, in any unit.
    shares : sequence of Estimate
        Share done by each, of which `curve` is made first. Nobody is done at time 0.

    Returns
    -------
    Estimate
        In the unit of `times`; infinite where one half is not reached. Its limits are where the
        pointwise limits reach one half, as Brookmeyer and Crowley's.

    Raises
    ------
    ValueError
        If there are not as many shares as times.

    References
    ----------
    Brookmeyer R, Crowley J (1982). A confidence interval for the median survival time.
    Biometrics 38, 29-41.
    """
    rising = curve(shares)
    return Estimate(
        value=_half_reached(times, [share.value for share in rising]),
        low=_half_reached(times, [share.high for share in rising]),
        high=_half_reached(times, [share.low for share in rising]),
    )


def _highest(first: Estimate, second: Estimate) -> Estimate:
    return Estimate(
        max(first.value, second.value), max(first.low, second.low), max(first.high, second.high)
    )


def _half_reached(times: Sequence[float], shares: Sequence[float]) -> float:
    """When a curve that rises from 0 at time 0 comes up to one half."""
    points = zip([0.0, *times], [0.0, *shares], strict=True)
    for (before, lower), (after, upper) in pairwise(points):
        if upper >= 0.5:
            return before + (after - before) * (0.5 - lower) / (upper - lower)
    return inf
