"""Whether independent estimates of the same thing could all be one."""

from collections.abc import Sequence
from math import isfinite, log

import numpy as np
from scipy.special import ndtri

from helpers.stats.chi_square import ChiSquare
from helpers.stats.estimate import Estimate


def cochran(
    estimates: Sequence[Estimate], *, is_ratio: bool = False, level: float = 0.95
) -> ChiSquare:
    """Cochran's Q of estimates given with their intervals.

    Parameters
    ----------
    estimates : sequence of Estimate
        Independent; those without finite limits (or, of a ratio, with one at 0) are left out.
    is_ratio : bool, default False
        Whether they are ratios, which are compared on the log scale.

    Returns
    -------
    ChiSquare
        With one degree of freedom fewer than the estimates compared.

    References
    ----------
    Cochran WG (1954). The combination of estimates from different experiments.
    Biometrics 10, 101-129.
    """
    limits = [(each.value, each.low, each.high) for each in estimates]
    if is_ratio:
        limits = [tuple(map(log, each)) for each in limits if min(each) > 0]  # type: ignore[misc]
    known = np.array([each for each in limits if all(map(isfinite, each)) and each[2] > each[1]])
    if len(known) < 2:
        return ChiSquare("Cochran's Q", 0.0, 0)
    value, low, high = known.T
    weight = (2 * float(ndtri((1 + level) / 2)) / (high - low)) ** 2
    pooled = np.average(value, weights=weight)
    return ChiSquare("Cochran's Q", float(weight @ (value - pooled) ** 2), len(known) - 1)
