"""How far interviews have come: kinds found as interviews are added, and the share not yet seen."""

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln

from helpers.stats.estimate import Floats


def accumulation(incidences: npt.ArrayLike, interviews: int) -> Floats:
    """Kinds expected in 1, 2, … interviews, over every order that they may come in.

    Parameters
    ----------
    incidences : array_like of int, shape (kinds,)
        In how many interviews each kind is found, 1 or more.
    interviews : int
        How many there are.

    Returns
    -------
    ndarray of shape (interviews,)

    References
    ----------
    Colwell RK, Mao CX, Chang J (2004). Interpolating, extrapolating, and comparing incidence-based
    species accumulation curves. Ecology 85, 2717-2727.
    """
    found = np.asarray(incidences, dtype=float)
    missing = interviews - found
    expected = [
        len(found) - _missed(missing, taken, interviews) for taken in range(1, interviews + 1)
    ]
    return np.array(expected)


def _missed(missing: Floats, taken: int, interviews: int) -> float:
    """Kinds that none of so many interviews has: a share of all ways to choose them."""
    able = missing[missing >= taken]
    ways = _log_ways(able, taken) - _log_ways(np.array([float(interviews)]), taken)
    return float(np.exp(ways).sum())


def _log_ways(things: Floats, taken: int) -> Floats:
    ways: Floats = gammaln(things + 1) - gammaln(taken + 1) - gammaln(things - taken + 1)
    return ways


def unseen(incidences: npt.ArrayLike) -> float:
    """Share of what one more interview would hold that is of kinds not yet seen.

    Good's estimate by Turing: what has been found once, of all that has been found. NaN where
    nothing has.

    Parameters
    ----------
    incidences : array_like of int, shape (kinds,)
        In how many interviews each kind is found.

    References
    ----------
    Good IJ (1953). The population frequencies of species and the estimation of population
    parameters. Biometrika 40, 237-264.
    """
    found = np.asarray(incidences, dtype=float)
    return float((found == 1).sum() / found.sum()) if found.sum() else float("nan")
