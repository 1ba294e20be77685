"""A share and the difference of two shares, with intervals that hold for few answers."""

from math import acos, copysign, cos, pi, sqrt
from typing import Literal

import numpy as np
from scipy.optimize import brentq
from scipy.special import bdtr, ndtri
from statsmodels.stats.proportion import proportion_confint

from helpers.stats.estimate import Estimate, difference
from helpers.stats.inversion import Floats, Noise, Whole, chances, limits, steps

GapMethod = Literal["newcombe", "miettinen-nurminen"]


def interval(
    count: int,
    n: int,
    level: float = 0.95,
    method: str = "wilson",
    *,
    noise: Noise | None = None,
) -> Estimate:
    """Share of `n` with its confidence interval.

    Parameters
    ----------
    count : int
        How many of the `n` have the property.
    n : int
        How many there are, at least one. With noise, the sum of those who have the property
        and those who do not, each with noise of its own.
    level : float, default 0.95
        Confidence level, between 0 and 1.
    method : str, default "wilson"
        Any method of `statsmodels.stats.proportion.proportion_confint`; not used with noise.
    noise : ndarray of shape (d + 1, 2 d + 1), optional
        Chance of each noisy count given the true one, as in `helpers.stats.inversion`. The
        limits are then those shares under which the noisy share is not too rare (mid-p), over
        every true count behind it, `n` being taken as the true size.

    Returns
    -------
    Estimate
        A share between 0 and 1.

    Raises
    ------
    ValueError
        If `count` is not between 0 and `n`, or `n` is not positive.

    References
    ----------
    Wilson EB (1927). Probable inference, the law of succession, and statistical inference.
    Journal of the American Statistical Association 22, 209-212.
    """
    _require_share(count, n)
    if noise is None:
        low, high = proportion_confint(count, n, alpha=1 - level, method=method)
    else:
        low, high = _noisy_limits(count, n, level, noise)
    share = count / n
    # The limits of a share of 0 or 1 may miss it by the last binary digit, and those of a level
    # near 0 enclose the median-unbiased share only.
    return Estimate(share, min(float(low), share), max(float(high), share))


def gap(  # noqa: PLR0913 - two counts out of two sizes, and how
    count1: int,
    n1: int,
    count2: int,
    n2: int,
    *,
    level: float = 0.95,
    method: GapMethod = "newcombe",
    noise: Noise | None = None,
) -> Estimate:
    """Difference of two independent shares, first minus second, with its interval.

    Parameters
    ----------
    count1, n1 : int
        The first group: how many have the property, of how many.
    count2, n2 : int
        The second group.
    level : float, default 0.95
        Confidence level, between 0 and 1.
    method : {"newcombe", "miettinen-nurminen"}
        Newcombe's hybrid score interval (his method 10), or the score interval with
        Miettinen and Nurminen's variance factor.
    noise : ndarray of shape (d + 1, 2 d + 1), optional
        As in `interval`, whose two noisy levels are then put together as Newcombe puts Wilson's.

    Returns
    -------
    Estimate
        A difference of shares between -1 and 1.

    Raises
    ------
    ValueError
        If a count is not between 0 and its group's size, or a size is not positive,
        or Miettinen and Nurminen's method is asked for with noise.

    References
    ----------
    Newcombe RG (1998). Interval estimation for the difference between independent
    proportions: comparison of eleven methods. Statistics in Medicine 17, 873-890.

    Miettinen O, Nurminen M (1985). Comparative analysis of two rates.
    Statistics in Medicine 4, 213-226.
    """
    if noise is not None and method != "newcombe":
        raise ValueError(f"{method} takes no noise")
    first, second = (interval(*share, level, noise=noise) for share in ((count1, n1), (count2, n2)))
    if method == "newcombe":
        return difference(first, second)
    return Estimate(
        value=first.value - second.value,
        low=_score_limit(count1, n1, count2, n2, level),
        high=-_score_limit(count2, n2, count1, n1, level),
    )


def _noisy_limits(count: int, n: int, level: float, noise: Noise) -> tuple[float, float]:
    reach = len(noise) - 1
    true = np.arange(max(count - reach, 0), min(count + reach, n) + 1)
    less = _less(true, count, n, noise)
    return limits(true, less, lambda counts, share: bdtr(counts, n, share), 1.0, level)


def _less(true: Whole, count: int, n: int, noise: Noise) -> Floats:
    """Chance of a noisy share below count / n, and half that of the same, by true count."""
    step = steps(noise)
    # Of x + a who have it and n - x + b who have not, cross-multiplied with those seen.
    more = n * (true - count)[:, None, None] + (n - count) * step[:, None] - count * step
    seen_less = (1 - np.sign(more)) / 2
    have, have_not = chances(noise, true), chances(noise, n - true)
    less: Floats = np.einsum("xa,xb,xab->x", have, have_not, seen_less)
    return less


def _score_limit(count1: int, n1: int, count2: int, n2: int, level: float) -> float:
    """Lower Miettinen-Nurminen limit: the smallest difference the data do not reject.

    Own code, since the score method of statsmodels 0.15 solves another cubic than the
    paper's: it gives 0.3440, not 0.3382, as the upper limit for 56/70 against 48/80.
    """
    value = count1 / n1 - count2 / n2
    deviate = float(ndtri((1 + level) / 2))

    def beyond(gap: float) -> float:
        return value - gap - deviate * sqrt(_score_variance(count1, n1, count2, n2, gap))

    below = value - 1e-9  # at a gap of 0 or 1 the variance itself may be 0
    return float(brentq(beyond, -1, below)) if below > -1 else -1.0


def _score_variance(count1: int, n1: int, count2: int, n2: int, gap: float) -> float:
    """Variance of the observed difference, were the true one `gap`."""
    second = _restricted_share(count1 + count2, count2, n1, n2, gap)
    first = min(max(second + gap, 0.0), 1.0)
    n = n1 + n2
    return (first * (1 - first) / n1 + second * (1 - second) / n2) * n / (n - 1)


def _restricted_share(count: int, count2: int, n1: int, n2: int, gap: float) -> float:
    """Most likely share of the second group, were the true difference `gap`.

    The root of Miettinen and Nurminen's cubic, divided through by its leading coefficient.
    """
    n = n1 + n2
    b = ((n1 + 2 * n2) * gap - n - count) / n
    c = ((n2 * gap - n - 2 * count2) * gap + count) / n
    d = count2 * gap * (1 - gap) / n
    q = (b / 3) ** 3 - b * c / 6 + d / 2
    p = copysign(sqrt(max(b**2 / 9 - c / 3, 0.0)), q)
    angle = (pi + acos(min(max(q / p**3, -1.0), 1.0))) / 3 if p else pi / 2
    return min(max(2 * p * cos(angle) - b / 3, 0.0, -gap), 1.0, 1 - gap)


def _require_share(count: int, n: int) -> None:
    if not (n > 0 and 0 <= count <= n):
        raise ValueError(f"a share needs 0 <= count <= n and n > 0, got {count} of {n}")
