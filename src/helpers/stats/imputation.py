"""Estimates from noisy counts, by drawing the true counts that may lie behind them.

For what has no distribution of its own to invert: models and pooled figures. Each draw of true
counts is analysed as if it were the truth, and the results are joined by Rubin's rules.
"""

from collections.abc import Callable, Sequence
from math import exp, isfinite, log
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri, stdtrit

from helpers.stats.estimate import Estimate, Noise, Whole, chances, steps

Fit: TypeAlias = Callable[[Whole], Estimate]

DRAWS = 200
_REACH = float(ndtri(0.975))


def draw(noisy: Sequence[int], noise: Noise, draws: int = DRAWS, seed: int = 0) -> Whole:
    """Draw true counts given noisy ones, each by itself.

    Parameters
    ----------
    noisy : sequence of int, shape (k,)
        Noisy counts of cells that share nobody.
    noise : ndarray of shape (d + 1, 2 d + 1)
        As in `helpers.stats.estimate`.

    Returns
    -------
    ndarray of int, shape (draws, k)
        From their distribution given the noisy counts, all true counts from 0 on being equally
        likely beforehand.

    Raises
    ------
    ValueError
        If no true count can have given one of the noisy ones.

    References
    ----------
    Raghunathan TE, Reiter JP, Rubin DB (2003). Multiple imputation for statistical disclosure
    limitation. Journal of Official Statistics 19, 1-16.
    """
    cumulative = np.cumsum([_behind(count, noise) for count in noisy], axis=1)
    if not cumulative[:, -1].all():
        raise ValueError("no true count can have given one of the noisy counts")
    where = np.random.default_rng(seed).random((draws, len(cumulative))) * cumulative[:, -1]
    place = (cumulative <= where[..., None]).sum(axis=-1)
    true: Whole = np.asarray(noisy) + steps(noise)[place]
    return true


def pool(values: npt.ArrayLike, variances: npt.ArrayLike, level: float = 0.95) -> Estimate:
    """Join the analyses of several draws by Rubin's rules.

    The mean of the values, with Student's t interval of their mean variance and the variance
    between them.

    Parameters
    ----------
    values, variances : array_like of float, shape (draws,)
        Estimate and its variance from each.

    Raises
    ------
    ValueError
        If there are fewer than two draws.

    References
    ----------
    Rubin DB (1987). Multiple Imputation for Nonresponse in Surveys, section 3.3.
    """
    values, variances = np.asarray(values, dtype=float), np.asarray(variances, dtype=float)
    if len(values) < 2:
        raise ValueError("Rubin's rules take at least two draws")
    value, within = float(values.mean()), float(variances.mean())
    between = (1 + 1 / len(values)) * float(values.var(ddof=1))
    df = (len(values) - 1) * (1 + within / between) ** 2 if between else np.inf
    reach = float(stdtrit(df, (1 + level) / 2)) * np.sqrt(within + between)
    return Estimate(value, value - reach, value + reach)


def estimate(  # noqa: PLR0913 - the counts, their noise, what is made of them, and how
    noisy: Sequence[int],
    noise: Noise,
    fit: Fit,
    *,
    log_scale: bool = False,
    level: float = 0.95,
    draws: int = DRAWS,
) -> Estimate:
    """Estimate from noisy counts what `fit` estimates from true ones.

    Parameters
    ----------
    noisy, noise
        As in `draw`. Of a share, those who have it and those who have not, not those who have it
        and all.
    fit : callable
        Takes true counts of shape (k,) and gives an estimate with its 95 percent interval, which
        is taken to be symmetric, on the log scale where `log_scale`.
    log_scale : bool, default False
        Whether what is estimated is a ratio, to be joined on the log scale.

    Returns
    -------
    Estimate
        By Rubin's rules, from the draws that `fit` gives an estimate with finite limits for.

    Raises
    ------
    ValueError
        As `draw`, or if those draws are fewer than two.
    """
    forward, back = (log, exp) if log_scale else (float, float)
    fitted = [_fitted(fit, true, forward) for true in draw(noisy, noise, draws)]
    usable = [pair for pair in fitted if pair is not None]
    if len(usable) < 2:
        raise ValueError("nothing can be estimated from the true counts that may lie behind")
    values, variances = np.transpose(usable)
    return pool(values, variances, level).map(back)


def _behind(noisy: int, noise: Noise) -> npt.NDArray[np.floating]:
    """Chance of `noisy` given each true count from d less to d more, shape (2 d + 1,)."""
    true = noisy + steps(noise)
    given = chances(noise, np.maximum(true, 0))[:, ::-1].diagonal()
    return np.where(true >= 0, given, 0.0)


def _fitted(fit: Fit, true: Whole, scale: Callable[[float], float]) -> tuple[float, float] | None:
    """Value and variance on `scale`, or None where they cannot be had."""
    try:
        found = fit(true).map(scale)
    except (ValueError, OverflowError):
        return None
    variance = ((found.high - found.low) / (2 * _REACH)) ** 2
    return (found.value, variance) if isfinite(found.value) and isfinite(variance) else None
