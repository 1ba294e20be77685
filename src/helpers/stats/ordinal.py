"""Answers on an ordered scale, compared between two groups over the whole scale."""

from dataclasses import dataclass
from math import exp, inf
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq, minimize
from scipy.special import chdtri, expit, log_expit, logit, xlogy

from helpers.stats.chi_square import ChiSquare
from helpers.stats.estimate import Estimate

Floats: TypeAlias = npt.NDArray[np.floating]

FARTHEST = 20.0  # a log odds ratio beyond what any data can tell from an infinite one


def odds_ratio(first: npt.ArrayLike, second: npt.ArrayLike, level: float = 0.95) -> Estimate:
    """Odds of a higher answer in the first group over those in the second.

    The proportional-odds model: one odds ratio wherever the scale is cut. Maximum
    likelihood on counts with the profile-likelihood interval, which holds for few answers.

    Own code, since `OrderedModel` of statsmodels 0.15 takes rows only, says nothing when
    given weights it does not use, and has no profile likelihood.

    Parameters
    ----------
    first, second : array_like of int, shape (categories,)
        How many in each group gave each answer, from the lowest to the highest.
    level : float, default 0.95
        Confidence level, between 0 and 1.

    Returns
    -------
    Estimate
        Above 1 where the first group answers higher. 0 or infinite, with one limit alike,
        where all of one group answer at least as high as all of the other.

    Raises
    ------
    ValueError
        If the counts differ in shape or are negative, a group gave no answer, or all
        answers are alike.

    References
    ----------
    McCullagh P (1980). Regression models for ordinal data. Journal of the Royal
    Statistical Society, Series B 42, 109-142.

    Venzon DJ, Moolgavkar SH (1988). A method for computing profile-likelihood-based
    confidence intervals. Applied Statistics 37, 87-94.
    """
    return _fit(_counts(first, second)).interval(level)


def proportionality(first: npt.ArrayLike, second: npt.ArrayLike) -> ChiSquare:
    """Test that the odds ratio is one and the same wherever the scale is cut.

    Likelihood ratio of the proportional-odds model against the cumulative model with an odds
    ratio of its own at each cut, which for two groups fits the counts as they are.

    Parameters
    ----------
    first, second : array_like of int, shape (categories,)
        As in `odds_ratio`.

    Returns
    -------
    ChiSquare
        With one degree of freedom fewer than cuts between answers that were given.

    Raises
    ------
    ValueError
        As `odds_ratio`.

    References
    ----------
    Agresti A (2010). Analysis of Ordinal Categorical Data, 2nd ed., section 3.6.
    """
    counts = _counts(first, second)
    saturated = xlogy(counts, counts / counts.sum(axis=1, keepdims=True)).sum()
    statistic = max(2 * float(saturated - _fit(counts).likelihood), 0.0)
    return ChiSquare("likelihood ratio, proportional odds", statistic, counts.shape[1] - 2)


@dataclass(frozen=True)
class _Fit:
    """The proportional-odds model fitted to counts of shape (2, categories)."""

    counts: Floats
    log_ratio: float
    likelihood: float

    def interval(self, level: float) -> Estimate:
        """Odds ratio with the limits its profile likelihood sets."""
        low, high = (self._limit(end, level) for end in (-FARTHEST, FARTHEST))
        return Estimate(*(_ratio(log_ratio) for log_ratio in (self.log_ratio, low, high)))

    def _limit(self, end: float, level: float) -> float:
        """Where, towards `end`, the fit gets as much worse as `level` allows."""
        allowed = float(chdtri(1, 1 - level)) / 2

        def spare(log_ratio: float) -> float:
            return _profile(self.counts, log_ratio)[0] - self.likelihood + allowed

        if self.log_ratio == end or spare(end) > 0:
            return end
        return float(brentq(spare, self.log_ratio, end, xtol=1e-9))


def _fit(counts: Floats) -> _Fit:
    """Maximum likelihood: where the profile likelihood is level, or as far as it rises."""

    def slope(log_ratio: float) -> float:
        return _profile(counts, log_ratio)[1]

    if slope(FARTHEST) > 0:
        best = FARTHEST
    elif slope(-FARTHEST) < 0:
        best = -FARTHEST
    else:
        best = float(brentq(slope, -FARTHEST, FARTHEST, xtol=1e-9))
    return _Fit(counts, best, _profile(counts, best)[0])


def _profile(counts: Floats, log_ratio: float) -> tuple[float, float]:
    """Log-likelihood at the best cutpoints for this log odds ratio, and its slope there."""
    shares = counts.sum(axis=0).cumsum() / counts.sum()
    cuts = logit(shares[:-1])
    start = np.append(cuts[0] + log_ratio / 2, np.log(np.diff(cuts)))
    found = minimize(_misfit, start, (counts, log_ratio), "BFGS", jac=True, options={"gtol": 1e-8})
    return -float(found.fun), -float(_pull(_cutpoints(found.x), counts, log_ratio)[0].sum())


def _misfit(free: Floats, counts: Floats, log_ratio: float) -> tuple[float, Floats]:
    """Minus the log-likelihood, and its gradient in the first cutpoint and the log widths.

    An answer's chance is F(upper) - F(lower), which is F(upper) F(-lower) (1 - exp(-width)).
    """
    cuts, widths, between = _cutpoints(free), np.exp(free[1:]), counts[:, 1:-1].sum(axis=0)
    upper = _from_group(cuts, log_ratio)
    fit = (counts[:, :-1] * log_expit(upper) + counts[:, 1:] * log_expit(-upper)).sum()
    within = -np.expm1(-widths)
    fit += between @ np.log(within)
    beyond = _pull(cuts, counts, log_ratio).sum(axis=0)[::-1].cumsum()[::-1]
    slope = np.append(beyond[0], widths * (beyond[1:] + between * np.exp(-widths) / within))
    return -float(fit), -slope


def _pull(cuts: Floats, counts: Floats, log_ratio: float) -> Floats:
    """Slope of each group's log-likelihood as a cutpoint moves, the widths kept."""
    upper = _from_group(cuts, log_ratio)
    pull: Floats = counts[:, :-1] * expit(-upper) - counts[:, 1:] * expit(upper)
    return pull


def _cutpoints(free: Floats) -> Floats:
    cuts: Floats = np.cumsum(np.append(free[0], np.exp(free[1:])))
    return cuts


def _from_group(cuts: Floats, log_ratio: float) -> Floats:
    """Cutpoints as the first and the second group meet them."""
    met: Floats = cuts - np.array([[log_ratio], [0.0]])
    return met


def _ratio(log_ratio: float) -> float:
    return exp(log_ratio) if abs(log_ratio) < FARTHEST else (inf if log_ratio > 0 else 0.0)


def _counts(first: npt.ArrayLike, second: npt.ArrayLike) -> Floats:
    """Both groups' counts of the answers that somebody gave, once found possible."""
    rows = [np.asarray(counts, dtype=float) for counts in (first, second)]
    if rows[0].ndim != 1 or rows[0].shape != rows[1].shape:
        raise ValueError("both groups need a count for each answer of the scale")
    counts = np.array(rows)
    if (counts < 0).any() or not counts.sum(axis=1).all():
        raise ValueError("counts must be 0 or more, and each group must have answered")
    given: Floats = counts[:, counts.any(axis=0)]
    if given.shape[1] < 2:
        raise ValueError("all answers are alike")
    return given
