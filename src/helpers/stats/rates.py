"""How often something happens per time, and how many times as often in one group."""

from collections.abc import Callable
from math import inf
from typing import Literal, TypeAlias

import numpy as np
from scipy.optimize import brentq
from scipy.special import bdtrc, pdtr, pdtri
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.rates import confint_poisson

from helpers.stats import estimate
from helpers.stats.estimate import Estimate
from helpers.stats.inversion import Noise, chances, limits, steps

Method: TypeAlias = Literal["mid-p", "exact"]

_POISSON = {"mid-p": "midp-c", "exact": "exact-c"}


def interval(  # noqa: PLR0913 - a count in a time, how, and how well each is known
    events: int,
    time: float,
    level: float = 0.95,
    method: Method = "mid-p",
    *,
    noise: Noise | None = None,
    rounding: float = 0.0,
) -> Estimate:
    """Events per unit of time, with the interval of a Poisson count.

    The difference of two rates is `helpers.stats.estimate.difference` of two such intervals.

    Parameters
    ----------
    events : int
        How many events.
    time : float
        Person-time they happened in, above 0, in any unit.
    level : float, default 0.95
        Confidence level, between 0 and 1.
    method : {"mid-p", "exact"}
        Half of the observed count's own probability in each tail, or all of it (Garwood).
        With noise always the former.
    noise : ndarray of shape (d + 1, 2 d + 1), optional
        Chance of each noisy count given the true one, as in `helpers.stats.inversion`. The
        limits are then those rates under which `events` is not too rare, over every true count
        behind it.
    rounding : float, default 0
        How far `time` may lie from the true time, either way, in its unit: the lower limit is
        that of the longest time, the upper that of the shortest, infinite where that is not
        above 0.

    Returns
    -------
    Estimate
        Per unit of `time`.

    Raises
    ------
    ValueError
        If `events` is negative or `time` not above 0.

    References
    ----------
    Cohen GR, Yang SY (1994). Mid-P confidence intervals for the Poisson expectation.
    Statistics in Medicine 13, 2189-2203.

    Garwood F (1936). Fiducial limits for the Poisson distribution. Biometrika 28, 437-442.
    """
    _require_rate(events, time)
    if noise is None:
        low, high = confint_poisson(events, 1, method=_POISSON[method], alpha=1 - level)
    else:
        low, high = _noisy_limits(events, level, noise)
    return Estimate(
        value=events / time,
        low=min(float(low), events) / (time + rounding) if events else 0.0,
        high=max(float(high), events) / (time - rounding) if time > rounding else inf,
    )


def _noisy_limits(events: int, level: float, noise: Noise) -> tuple[float, float]:
    """Limits of the expected number of events."""
    reach = len(noise) - 1
    true = np.arange(max(events - reach, 0), events + reach + 1)
    seen_less = (1 - np.sign(true[:, None] + steps(noise) - events)) / 2
    less = (chances(noise, true) * seen_less).sum(axis=1)
    too_high = float(pdtri(events + reach, (1 - level) / 2))
    return limits(true, less, pdtr, too_high, level)


def ratio(  # noqa: PLR0913 - two counts in two times, and how
    events1: int,
    time1: float,
    events2: int,
    time2: float,
    *,
    level: float = 0.95,
    method: Method = "mid-p",
    noise: Noise | None = None,
    rounding: float = 0.0,
) -> Estimate:
    """Rate of the first group over that of the second, two independent Poisson counts.

    Given how many events there are in all, the first group's are binomial, and the rate
    ratio is the odds of their share over the odds of the time's. With noise or rounding, the
    two rates' own intervals are put together on the log scale (MOVER).

    Parameters
    ----------
    events1, time1 : int, float
        The first group: how many events, in how much person-time.
    events2, time2 : int, float
        The second group, its time in the same unit.
    level : float, default 0.95
        Confidence level, between 0 and 1.
    method : {"mid-p", "exact"}
        Interval of the binomial share: mid-p, or Clopper and Pearson's, which never covers
        less often than `level` and mostly covers more.
    noise, rounding
        As in `interval`, of both groups.

    Returns
    -------
    Estimate
        Without unit. No events in the second group give an infinite value and upper limit.
        With noise or rounding 0 events count as 1/2 in the value, and the limit on their side
        is still open: 0 where the first group has none, infinite where the second has.

    Raises
    ------
    ValueError
        If a count is negative or a time not above 0, or, without noise and rounding, there are
        no events at all.

    References
    ----------
    Rothman KJ, Greenland S, Lash TL (2008). Modern Epidemiology, 3rd ed., chapter 14.

    Berry G, Armitage P (1995). Mid-P confidence intervals: a brief review.
    The Statistician 44, 417-423.

    Zou GY, Donner A (2008). Construction of confidence limits about effect measures:
    a general approach. Statistics in Medicine 27, 1693-1702.
    """
    if noise is not None or rounding:
        levels = (
            _above_zero(interval(events, time, level, method, noise=noise, rounding=rounding), time)
            for events, time in ((events1, time1), (events2, time2))
        )
        return estimate.ratio(*levels)
    _require_rate(events1, time1)
    _require_rate(events2, time2)
    if events1 + events2 == 0:
        raise ValueError("a rate ratio needs at least one event")
    share = _share(events1, events1 + events2, level, method)
    return ratio_from_shares(share, time1 / (time1 + time2))


def ratio_from_shares(events: Estimate, exposed: float) -> Estimate:
    """Rate ratio of a group and all others, from its share of events and of those exposed.

    Parameters
    ----------
    events : Estimate
        The group's share of all events, between 0 and 1.
    exposed : float
        Its share of all person-time, or of all persons, taken as known: above 0, below 1.

    Returns
    -------
    Estimate
        The group's rate over that of the others.

    Raises
    ------
    ValueError
        If `exposed` is not between 0 and 1.

    See Also
    --------
    representation : The same facts as one share over the other.
    """
    _require_part(exposed)
    return _map(lambda share: _odds(share) / _odds(exposed), events)


def representation(ratio: Estimate, exposed: float) -> Estimate:
    """Share of all events over share of those exposed, from the ratio of the two rates.

    With a rate ratio r and the group's share w of those exposed it is r / (w r + 1 - w): 1
    where the group has the events its share lets expect, at most 1 / w. It rises with r, so
    the interval of r carries over; it takes w as known, as r itself does.

    Parameters
    ----------
    ratio : Estimate
        The group's rate over that of all others: `ratio` for person-time,
        `helpers.stats.estimate.ratio` of two shares for events that strike once.
    exposed : float
        The group's share of all person-time, or of all persons: above 0, below 1.

    Returns
    -------
    Estimate
        Without unit.

    Raises
    ------
    ValueError
        If `exposed` is not between 0 and 1.
    """
    _require_part(exposed)
    return _map(lambda r: 1 / (exposed + (1 - exposed) / r) if r else 0.0, ratio)


def _above_zero(rate: Estimate, time: float) -> Estimate:
    """Let a rate of no events have the value of half an event."""
    value = rate.value or 0.5 / time
    return Estimate(value, rate.low, max(rate.high, value))


def _share(count: int, n: int, level: float, method: Method) -> Estimate:
    """Binomial share with its mid-p or Clopper-Pearson interval."""
    if method == "exact":
        low, high = proportion_confint(count, n, alpha=1 - level, method="beta")
    else:
        low, high = _mid_p_low(count, n, level), 1 - _mid_p_low(n - count, n, level)
    return Estimate(count / n, float(low), float(high))


def _mid_p_low(count: int, n: int, level: float) -> float:
    """Smallest share under which `count` or more, half of `count`, is not too rare."""
    if count == 0:
        return 0.0

    def excess(share: float) -> float:
        tail = bdtrc(count - 1, n, share) + bdtrc(count, n, share)
        return float(tail) / 2 - (1 - level) / 2

    return float(brentq(excess, 0, 1, xtol=1e-14))


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else float("inf")


def _map(function: Callable[[float], float], of: Estimate) -> Estimate:
    return Estimate(function(of.value), function(of.low), function(of.high))


def _require_rate(events: int, time: float) -> None:
    if not (events >= 0 and time > 0):
        raise ValueError(f"a rate needs events >= 0 and time > 0, got {events} in {time}")


def _require_part(share: float) -> None:
    if not 0 < share < 1:
        raise ValueError(f"the share exposed must lie between 0 and 1, got {share}")
