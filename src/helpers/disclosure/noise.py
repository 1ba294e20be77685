"""The perturbation table: how far from its true count each noisy count may fall."""

from functools import cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq, root

Floats: TypeAlias = npt.NDArray[np.float64]
Integers: TypeAlias = npt.NDArray[np.int64]

KEY_BITS = 32


@cache
def table(max_noise: int, variance: float) -> Floats:
    """Probability of each deviation, for each true count.

    Of all distributions with mean 0, variance at most `variance` and no noisy count below 0,
    the one of greatest entropy: an exponential family in the deviation and its square. A true
    0 stays 0. The variance is less than asked for where greatest entropy alone gives less:
    1.885 for a true 1, since 4 would show a 0 in two cases of three.

    Parameters
    ----------
    max_noise : int
        The largest deviation either way, d.
    variance : float
        Of the deviation, in squared persons.

    Returns
    -------
    ndarray of shape (d + 1, 2 d + 1)
        ``[min(true, d), noisy - true + d]``. The last row holds for every count from d on.

    Raises
    ------
    ValueError
        If deviations of at most `max_noise` cannot vary so much.

    References
    ----------
    Marley JK, Leaver VL (2011). A method for confidentialising user-defined tables: statistical
    properties and a risk-utility analysis. Proceedings of the 58th World Statistics Congress.

    Giessing S (2016). Computational issues in the design of transition probabilities and
    disclosure risk estimation for additive noise. Privacy in Statistical Databases.
    """
    if not 0 < variance < max_noise * (max_noise + 1) / 3:
        raise ValueError(f"deviations of at most {max_noise} cannot have a variance of {variance}")
    rows = np.zeros((max_noise + 1, 2 * max_noise + 1))
    rows[0, max_noise] = 1.0
    for true in range(1, max_noise + 1):
        deviations = np.arange(-true, max_noise + 1, dtype=float)
        rows[true, max_noise - true :] = _greatest_entropy(deviations, variance)
    rows.setflags(write=False)
    return rows


def _greatest_entropy(deviations: Floats, variance: float) -> Floats:
    free = _with_mean_zero(deviations)
    if free @ deviations**2 <= variance:
        return free

    def misfit(tilts: Floats) -> Floats:
        chances = _family(deviations, *tilts)
        return np.array([chances @ deviations, chances @ deviations**2 - variance])

    found = root(misfit, [0.0, -1 / (2 * variance)], tol=1e-12)
    if np.abs(misfit(found.x)).max() > 1e-6:
        raise ValueError(f"no noise has mean 0 and variance {variance}")
    return _family(deviations, *found.x)


def _with_mean_zero(deviations: Floats) -> Floats:
    """Greatest entropy under mean 0 alone."""

    def mean(tilt: float) -> float:
        return float(_family(deviations, tilt, 0.0) @ deviations)

    return _family(deviations, float(brentq(mean, -20, 20, xtol=1e-14)), 0.0)


def _family(deviations: Floats, first: float, second: float) -> Floats:
    exponent = first * deviations + second * deviations**2
    weights = np.exp(exponent - exponent.max())
    chances: Floats = weights / weights.sum()
    return chances


def perturbed(counts: Integers, cell_keys: Integers, noise: Floats) -> Integers:
    """Look up the noisy count of each cell by its true count and its key.

    Parameters
    ----------
    counts : ndarray of int, shape (cells,)
        True counts, 0 or more.
    cell_keys : ndarray of int, shape (cells,)
        0 up to 2**32, evenly spread.
    noise : ndarray of shape (d + 1, 2 d + 1)
        As `table` gives it.

    Returns
    -------
    ndarray of int, shape (cells,)
        0 or more, and at most d from the true count.
    """
    farthest = len(noise) - 1
    reached = noise.cumsum(axis=1)[np.minimum(counts, farthest)]
    place = (cell_keys + 0.5) / 2**KEY_BITS * reached[:, -1]
    steps = (reached <= place[:, None]).sum(axis=1)
    moved: Integers = counts + steps - farthest
    return moved


def of_sum(noise: Floats) -> Floats:
    """Noise of the sum of two noisy counts, which is what a share of a sum needs.

    The true count is taken to lie half in each, since how it does is not known. Shape
    (d + 1, 2 d + 1) of each count gives (2 d + 1, 4 d + 1) of the sum, by its true count.
    """
    last = len(noise) - 1
    halves = [(true // 2, true - true // 2) for true in range(2 * last + 1)]
    return np.array([np.convolve(noise[one], noise[other]) for one, other in halves])
