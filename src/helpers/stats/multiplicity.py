"""Several comparisons at once, without finding a difference where there is only chance."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from statsmodels.stats.multitest import multipletests

from helpers.stats.estimate import Estimate

_PRECISION = 1e-6


def holm(p_values: npt.ArrayLike) -> npt.NDArray[np.floating]:
    """P-values adjusted for being several, by Holm's step-down method.

    The chance that any true null hypothesis has one below `a` is at most `a`.

    Parameters
    ----------
    p_values : array_like of float, shape (k,)
        One for each comparison; they need not be independent.

    Raises
    ------
    ValueError
        If there is none, or one is not between 0 and 1.

    References
    ----------
    Holm S (1979). A simple sequentially rejective multiple test procedure.
    Scandinavian Journal of Statistics 6, 65-70.
    """
    given = np.asarray(p_values, dtype=float)
    if not (given.size and ((given >= 0) & (given <= 1)).all()):
        raise ValueError("p-values must lie between 0 and 1, and be at least one")
    adjusted: npt.NDArray[np.floating] = multipletests(given, method="holm")[1]
    return adjusted


def p_value(interval_at: Callable[[float], Estimate], null: float = 0.0) -> float:
    """Smallest p-value in keeping with an interval: where it starts to leave out `null`.

    Parameters
    ----------
    interval_at : callable
        Gives the estimate at a confidence level, and an interval within that of any higher
        level.
    null : float, default 0
        What no difference is: 0, or 1 for ratios.

    Returns
    -------
    float
        At most 1e-6 too high: the interval at `level` leaves out `null` where it is below
        1 - `level`.
    """
    within, out = 0.0, 1.0
    while out - within > _PRECISION:
        middle = (within + out) / 2
        if interval_at(1 - middle).excludes(null):
            out = middle
        else:
            within = middle
    return out
