"""Confidence limits of what is known through a noisy count, by inverting its distribution.

``noise``, wherever an estimator takes it, has shape (d + 1, 2 d + 1):
``noise[min(true, d), noisy - true + d]`` is the chance of that noisy count given the true one,
and the last row holds for every count from d on. A true count further than d from the noisy one
cannot lie behind it, so the cost does not grow with the counts.
"""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq

Noise: TypeAlias = npt.NDArray[np.float64]
Floats: TypeAlias = npt.NDArray[np.floating]
Whole: TypeAlias = npt.NDArray[np.int64]


def steps(noise: Noise) -> Whole:
    """List what noise may add: -d to d, shape (2 d + 1,)."""
    reach = len(noise) - 1
    return np.arange(-reach, reach + 1)


def chances(noise: Noise, true: Whole) -> Floats:
    """Look up the chance of each step given each true count, shape (counts, 2 d + 1)."""
    rows: Floats = noise[np.minimum(true, len(noise) - 1)]
    return rows


def limits(
    true: Whole,
    less: Floats,
    distribution: Callable[[Whole, float], Floats],
    highest: float,
    level: float,
) -> tuple[float, float]:
    """Parameters under which what was seen is neither too low nor too high (mid-p).

    Parameters
    ----------
    true : ndarray of int, shape (k,)
        Successive true counts. Under any lower one something less is sure to be seen, under any
        higher one something more.
    less : ndarray, shape (k,)
        Given each, the chance of seeing less, and half that of seeing the same.
    distribution : callable
        Distribution function of the true count: chances of at most each of some counts, under a
        parameter from 0 to `highest` with which the count grows.
    highest : float
        Highest parameter there can be, or one that is surely too high.

    Returns
    -------
    tuple of float
        Lower and upper limit, from 0 to `highest`.

    References
    ----------
    Casella G, Berger RL (2002). Statistical Inference, 2nd ed., section 9.2.3.
    """
    counts, falls = np.append(true[0] - 1, true), -np.diff(less, prepend=1, append=0)
    counts, falls = counts[counts >= 0], falls[counts >= 0]

    def tail(parameter: float) -> float:
        return float(distribution(counts, parameter) @ falls)

    rare = (1 - level) / 2
    return _reached(tail, 1 - rare, highest), _reached(tail, rare, highest)


def _reached(tail: Callable[[float], float], chance: float, highest: float) -> float:
    """Where `tail`, which falls, comes down to `chance`."""
    if tail(0.0) <= chance:
        return 0.0
    if tail(highest) >= chance:
        return highest
    return float(brentq(lambda parameter: tail(parameter) - chance, 0.0, highest))
