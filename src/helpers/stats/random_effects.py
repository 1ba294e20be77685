"""One effect from several places whose true effects may differ."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy.special import ndtri
from statsmodels.stats.meta_analysis import combine_effects

from helpers.stats.estimate import Estimate


class Pooled(NamedTuple):
    """The mean of the places' effects, and how much they differ.

    Attributes
    ----------
    mean : Estimate
        With the interval of Hartung and Knapp, and no narrower than if the places' own intervals
        told all there is of chance.
    between : float
        Standard deviation of the true effects between places (DerSimonian and Laird).
    heterogeneity : float
        I², the part of the spread that is not chance, from 0 to 1.
    """

    mean: Estimate
    between: float
    heterogeneity: float


def pool(estimates: Sequence[Estimate], level: float = 0.95) -> Pooled:
    """Pool independent estimates, of which each has two finite limits at the level.

    Ratios are pooled on the log scale, by whoever calls.

    Raises
    ------
    ValueError
        If there are fewer than two.

    References
    ----------
    DerSimonian R, Laird N (1986). Meta-analysis in clinical trials. Controlled Clinical Trials 7,
    177-188. Knapp G, Hartung J (2003). Statistics in Medicine 22, 2693-2710.
    """
    if len(estimates) < 2:
        raise ValueError("it takes two estimates or more")
    value, low, high = np.array([(one.value, one.low, one.high) for one in estimates]).T
    variance = ((high - low) / (2 * ndtri((1 + level) / 2))) ** 2
    with np.errstate(
        invalid="ignore", divide="ignore"
    ):  # where the places do not differ, and nothing of it is used
        found = combine_effects(value, variance, method_re="chi2", use_t=True, alpha=1 - level)
        fixed, spread, fixed_scaled, spread_scaled = found.conf_int(alpha=1 - level)
    differ = found.tau2 > 0
    mean = found.mean_effect_re if differ else found.mean_effect_fe
    limits = np.array([spread, spread_scaled] if differ else [fixed, fixed_scaled])
    return Pooled(
        Estimate(float(mean), float(limits[:, 0].min()), float(limits[:, 1].max())),
        between=float(np.sqrt(max(found.tau2, 0))),
        heterogeneity=float(max(found.i2, 0)),
    )
