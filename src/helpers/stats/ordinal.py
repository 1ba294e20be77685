"""Answers on an ordered scale, compared between two groups over the whole scale."""

from dataclasses import dataclass, replace
from math import copysign, exp, inf, sqrt
from typing import Literal, Self, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq
from scipy.special import chdtri, expit, log_expit, logit, ndtri, xlogy

from helpers.stats.chi_square import ChiSquare
from helpers.stats.estimate import Estimate

Floats: TypeAlias = npt.NDArray[np.floating]

Method: TypeAlias = Literal["profile", "wald"]

FARTHEST = 20.0  # a log odds ratio beyond what any data can tell from an infinite one
ITERATIONS = 60  # of a search, or halvings of a step: more than any takes
SETTLED = 1e-14  # rise of the log-likelihood that is none


def odds_ratio(
    first: npt.ArrayLike,
    second: npt.ArrayLike,
    level: float = 0.95,
    method: Method = "profile",
) -> Estimate:
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
    method : {"profile", "wald"}
        The limits of the profile likelihood, or those symmetric on the log scale, which take a
        tenth of the time and are open both ways where the odds ratio is 0 or infinite.

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
    best = _fit(_counts(first, second))
    if method == "wald":
        reach = float(ndtri((1 + level) / 2)) * best.se
        low, high = best.log_ratio - reach, best.log_ratio + reach
    else:
        low, high = (_limit(best, end, level) for end in (-FARTHEST, FARTHEST))
    return Estimate(_ratio(best.log_ratio), _ratio(low), _ratio(high))


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
class _Model:
    """Proportional odds: the scale cut at logits `cuts`, the first group `log_ratio` above."""

    counts: Floats
    log_ratio: float
    cuts: Floats

    @property
    def likelihood(self) -> float:
        """Log-likelihood, minus infinity where the cuts are not in order.

        An answer's chance is F(upper) - F(lower), which is F(upper) F(-lower) (1 - exp(-width)).
        """
        if not (self._widths > 0).all():
            return -inf
        fit = self.counts[:, :-1] * log_expit(self._met) + self.counts[:, 1:] * log_expit(
            -self._met
        )
        return float(fit.sum() + self._between @ np.log(-np.expm1(-self._widths)))

    @property
    def score(self) -> Floats:
        """Slope of the log-likelihood in the cuts and, last, in `log_ratio`."""
        pull = self.counts[:, :-1] * expit(-self._met) - self.counts[:, 1:] * expit(self._met)
        apart = np.diff(self._between / np.expm1(self._widths), prepend=0, append=0)
        return np.append(pull.sum(axis=0) - apart, -pull[0].sum())

    @property
    def information(self) -> Floats:
        """Minus the second derivatives, in the order of `score`."""
        k = len(self.cuts)
        density = expit(self._met) * expit(-self._met)
        first, second = density * (self.counts[:, :-1] + self.counts[:, 1:])
        apart = self._between / (np.expm1(self._widths) * -np.expm1(-self._widths))
        width = np.diff(np.eye(k), axis=0)
        information = np.diag([*(first + second), first.sum()])
        information[:k, :k] += width.T @ (apart[:, None] * width)
        information[:k, k] = information[k, :k] = -first
        return information

    @property
    def se(self) -> float:
        """Standard error of the log odds ratio, infinite where that is."""
        if abs(self.log_ratio) >= FARTHEST:
            return inf
        return sqrt(np.linalg.inv(self.information)[-1, -1])

    def moved(self, step: Floats) -> Self:
        """Change the cuts and, where `step` has one more, the log odds ratio."""
        k = len(self.cuts)
        return replace(
            self, cuts=self.cuts + step[:k], log_ratio=self.log_ratio + float(step[k:].sum())
        )

    @property
    def _met(self) -> Floats:
        """Cuts as the first and the second group meet them, shape (2, cuts)."""
        met: Floats = self.cuts - np.array([[self.log_ratio], [0.0]])
        return met

    @property
    def _widths(self) -> Floats:
        return np.diff(self.cuts)

    @property
    def _between(self) -> Floats:
        """How many gave each answer but the lowest and the highest."""
        between: Floats = self.counts[:, 1:-1].sum(axis=0)
        return between


def _fit(counts: Floats) -> _Model:
    """Maximum likelihood, as far as `FARTHEST` where it rises for ever."""
    best = _climbed(_cut(counts, 0.0), len(counts[0]))
    if abs(best.log_ratio) < FARTHEST:
        return best
    return _profile(counts, copysign(FARTHEST, best.log_ratio))


def _profile(counts: Floats, log_ratio: float) -> _Model:
    """Cut the scale where it fits best for this log odds ratio."""
    return _climbed(_cut(counts, log_ratio), len(counts[0]) - 1)


def _cut(counts: Floats, log_ratio: float) -> _Model:
    """Cut the scale about where it fits."""
    below = counts.sum(axis=0).cumsum()[:-1] / counts.sum()
    return _Model(counts, log_ratio, logit(below) + log_ratio * counts[0].sum() / counts.sum())


def _climbed(model: _Model, free: int) -> _Model:
    """Newton's method in the first `free` parameters; the log-likelihood is concave in all."""
    for _ in range(ITERATIONS):
        score = model.score[:free]
        step = np.linalg.solve(model.information[:free, :free], score)
        model = _uphill(model, step)
        if step @ score < SETTLED or abs(model.log_ratio) > FARTHEST:
            break
    return model


def _uphill(model: _Model, step: Floats) -> _Model:
    """Take the longest of the step, its half, its quarter and so on that leads uphill."""
    tried = (model.moved(step / 2**halvings) for halvings in range(ITERATIONS))
    here = model.likelihood
    return next((there for there in tried if there.likelihood >= here), model)


def _limit(best: _Model, end: float, level: float) -> float:
    """Where, towards `end`, the fit gets as much worse as `level` allows."""
    allowed = float(chdtri(1, 1 - level)) / 2

    def spare(log_ratio: float) -> float:
        return _profile(best.counts, log_ratio).likelihood - best.likelihood + allowed

    if best.log_ratio == end or spare(end) > 0:
        return end
    return float(brentq(spare, best.log_ratio, end, xtol=1e-9))


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
