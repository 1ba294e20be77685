"""A share and the difference of two shares, with intervals that hold for few answers."""

import numpy as np
from scipy.special import bdtr
from statsmodels.stats.proportion import proportion_confint

from helpers.stats.estimate import (
    Estimate,
    Floats,
    Noise,
    Whole,
    chances,
    difference,
    limits,
    steps,
)


def interval(count: int, n: int, level: float = 0.95, *, noise: Noise | None = None) -> Estimate:
    """Share of `n` with Wilson's interval, or a mid-p interval that has the noise in it.

    Parameters
    ----------
    count, n : int
        How many have the property, of how many. With noise, `n` is the sum of those who have it
        and those who do not, each with noise of its own.
    noise : ndarray of shape (d + 1, 2 d + 1), optional
        As in `helpers.stats.estimate`. The limits are then those shares under which the noisy
        share is not too rare, over every true count behind it, `n` being taken as the true size.

    Raises
    ------
    ValueError
        If `count` is not between 0 and `n`, or `n` is not positive.

    References
    ----------
    Wilson EB (1927). Probable inference, the law of succession, and statistical inference.
    Journal of the American Statistical Association 22, 209-212.
    """
    if not (n > 0 and 0 <= count <= n):
        raise ValueError(f"a share needs 0 <= count <= n and n > 0, got {count} of {n}")
    if noise is None:
        low, high = proportion_confint(count, n, alpha=1 - level, method="wilson")
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
    noise: Noise | None = None,
) -> Estimate:
    """Difference of two independent shares, first minus second, with its interval.

    The two levels of `interval` are put together as Newcombe puts Wilson's (his method 10).

    Parameters
    ----------
    count1, n1, count2, n2 : int
        How many have the property, of how many, in each group.
    noise : ndarray of shape (d + 1, 2 d + 1), optional
        As in `interval`.

    Raises
    ------
    ValueError
        As `interval`.

    References
    ----------
    Newcombe RG (1998). Interval estimation for the difference between independent
    proportions: comparison of eleven methods. Statistics in Medicine 17, 873-890.
    """
    return difference(
        interval(count1, n1, level, noise=noise), interval(count2, n2, level, noise=noise)
    )


def wilson(count: Whole, n: Whole, level: float = 0.95) -> tuple[Floats, Floats, Floats]:
    """Give many shares at once, each with the limits of Wilson's interval, as `interval` does."""
    share = count / n
    low, high = proportion_confint(count, n, alpha=1 - level, method="wilson")
    return share, np.minimum(low, share), np.maximum(high, share)


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
