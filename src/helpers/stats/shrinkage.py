"""Shares of many groups, each drawn towards the others as far as its own answers are few."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.special import betaincinv, betaln

from helpers.stats.estimate import Estimate


class Prior(NamedTuple):
    """A beta law of the groups' true shares: mean a / (a + b), narrower the larger a + b."""

    a: float
    b: float


def prior(counts: Sequence[int], n: Sequence[int]) -> Prior:
    """Find the law of the groups' shares from the counts of all (empirical Bayes).

    The mode of its marginal posterior, flat in the mean and in the law's width but for that an
    infinite a + b is ruled out.

    Parameters
    ----------
    counts, n : sequence of int
        How many have the property, of how many, in each of at least two groups.

    Raises
    ------
    ValueError
        If there are fewer groups.

    References
    ----------
    Gelman A et al. (2013). Bayesian Data Analysis, 3rd ed., section 5.3.
    """
    if len(counts) < 2:
        raise ValueError("it takes two groups or more")
    x, size = np.asarray(counts, float), np.asarray(n, float)

    def minus_log_density(place: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> float:
        a, b = _shape(*place)
        fits = betaln(a + x, b + size - x) - betaln(a, b)
        return -float(fits.sum() + np.log(a * b) - 2.5 * np.log(a + b))

    start = np.array([np.log((x.sum() + 0.5) / (size.sum() - x.sum() + 0.5)), 3.0])
    found = minimize(minus_log_density, start, method="Nelder-Mead", options={"xatol": 1e-6})
    return Prior(*_shape(*found.x))


def _shape(log_odds: float, log_size: float) -> tuple[float, float]:
    share = 1 / (1 + np.exp(-log_odds))
    return float(share * np.exp(log_size)), float((1 - share) * np.exp(log_size))


def drawn(count: int, n: int, law: Prior, level: float = 0.95) -> Estimate:
    """Give a group's share drawn towards the others', with the interval of its posterior law."""
    a, b = law.a + count, law.b + n - count
    low, high = (float(betaincinv(a, b, tail)) for tail in ((1 - level) / 2, (1 + level) / 2))
    return Estimate(a / (a + b), low, high)
