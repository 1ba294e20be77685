"""How often something happens per time, and how many times as often in one group."""

from math import inf

import numpy as np
from scipy.special import pdtr, pdtri

from helpers.stats import estimate
from helpers.stats.estimate import Estimate, Noise, chances, limits, steps

_NO_NOISE = np.ones((1, 1))


def interval(
    events: int,
    time: float,
    level: float = 0.95,
    *,
    noise: Noise | None = None,
    rounding: float = 0.0,
) -> Estimate:
    """Events per unit of `time`, with the mid-p interval of a Poisson count.

    Parameters
    ----------
    events : int
        How many events.
    time : float
        Person-time they happened in, above 0, in any unit.
    noise : ndarray of shape (d + 1, 2 d + 1), optional
        As in `helpers.stats.estimate`. The limits are then those rates under which `events` is
        not too rare, over every true count behind it.
    rounding : float, default 0
        How far `time` may lie from the true time, either way: the lower limit is that of the
        longest time, the upper that of the shortest, infinite where that is not above 0.

    Raises
    ------
    ValueError
        If `events` is negative or `time` not above 0.

    References
    ----------
    Cohen GR, Yang SY (1994). Mid-P confidence intervals for the Poisson expectation.
    Statistics in Medicine 13, 2189-2203.
    """
    if not (events >= 0 and time > 0):
        raise ValueError(f"a rate needs events >= 0 and time > 0, got {events} in {time}")
    low, high = _limits(events, level, _NO_NOISE if noise is None else noise)
    return Estimate(
        value=events / time,
        low=min(low, events) / (time + rounding) if events else 0.0,
        high=max(high, events) / (time - rounding) if time > rounding else inf,
    )


def ratio(  # noqa: PLR0913 - two counts in two times, and how
    events1: int,
    time1: float,
    events2: int,
    time2: float,
    *,
    level: float = 0.95,
    noise: Noise | None = None,
    rounding: float = 0.0,
) -> Estimate:
    """Rate of the first group over that of the second, two independent Poisson counts.

    The two rates of `interval` are put together on the log scale (MOVER). 0 events count as 1/2
    in the value, and the limit on their side is still open: 0 where the first group has none,
    infinite where the second has.

    Parameters
    ----------
    events1, time1, events2, time2 : int, float
        How many events, in how much person-time, in each group.
    noise, rounding
        As in `interval`.

    Raises
    ------
    ValueError
        As `interval`.

    References
    ----------
    Zou GY, Donner A (2008). Construction of confidence limits about effect measures:
    a general approach. Statistics in Medicine 27, 1693-1702.
    """
    return estimate.ratio(
        _above_zero(interval(events1, time1, level, noise=noise, rounding=rounding), time1),
        _above_zero(interval(events2, time2, level, noise=noise, rounding=rounding), time2),
    )


def _limits(events: int, level: float, noise: Noise) -> tuple[float, float]:
    """Limits of the expected number of events.

    Own code even without noise: `confint_poisson` of statsmodels takes some sixty times as long.
    """
    reach = len(noise) - 1
    true = np.arange(max(events - reach, 0), events + reach + 1)
    seen_less = (1 - np.sign(true[:, None] + steps(noise) - events)) / 2
    less = (chances(noise, true) * seen_less).sum(axis=1)
    too_high = float(pdtri(events + reach, (1 - level) / 2))
    return limits(true, less, pdtr, too_high, level)


def _above_zero(rate: Estimate, time: float) -> Estimate:
    """Let a rate of no events have the value of half an event."""
    value = rate.value or 0.5 / time
    return Estimate(value, rate.low, max(rate.high, value))
