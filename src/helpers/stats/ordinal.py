"""Answers on an ordered scale, compared between two groups over the whole scale."""

from dataclasses import dataclass
from math import exp, inf, sqrt

import numpy as np
import numpy.typing as npt
from scipy.special import expit, log_expit, logit

from helpers.stats.estimate import Estimate, Floats, wald

FARTHEST = 20.0  # a log odds ratio beyond what any data can tell from an infinite one
ITERATIONS = 60  # of the search, or halvings of a step: more than any takes
SETTLED = 1e-14  # rise of the log-likelihood that is none


def odds_ratio(first: npt.ArrayLike, second: npt.ArrayLike, level: float = 0.95) -> Estimate:
    """Odds of a higher answer in the first group over those in the second.

    The proportional-odds model: one odds ratio wherever the scale is cut, by maximum likelihood
    on counts, with Wald's interval on the log scale. 0 or infinite, and open both ways, where all
    of one group answer at least as high as all of the other.

    Own code, since `OrderedModel` of statsmodels 0.15 takes rows only, and says nothing when
    given weights it does not use.

    Parameters
    ----------
    first, second : array_like of int, shape (categories,)
        How many in each group gave each answer, from the lowest to the highest.

    Raises
    ------
    ValueError
        If the counts differ in shape or are negative, a group gave no answer, or all
        answers are alike.

    References
    ----------
    McCullagh P (1980). Regression models for ordinal data. Journal of the Royal
    Statistical Society, Series B 42, 109-142.
    """
    best = _fitted(_counts(first, second))
    if abs(best.log_ratio) >= FARTHEST:
        return Estimate(inf if best.log_ratio > 0 else 0.0, 0.0, inf)
    return wald(best.log_ratio, best.se, level).map(exp)


@dataclass(frozen=True)
class _Model:
    """Proportional odds: the scale cut at logits `cuts`, the first group `log_ratio` above."""

    counts: Floats
    cuts: Floats
    log_ratio: float

    @property
    def likelihood(self) -> float:
        """Log-likelihood, minus infinity where the cuts are not in order.

        An answer's chance is F(upper) - F(lower), which is F(upper) F(-lower) (1 - exp(-width)).
        """
        if not (self._widths > 0).all():
            return -inf
        upper, lower = self.counts[:, :-1], self.counts[:, 1:]
        fit = upper * log_expit(self._met) + lower * log_expit(-self._met)
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
        """Standard error of the log odds ratio."""
        return sqrt(np.linalg.inv(self.information)[-1, -1])

    def moved(self, step: Floats) -> "_Model":
        """Change the cuts and, by the last number, the log odds ratio."""
        return _Model(self.counts, self.cuts + step[:-1], self.log_ratio + float(step[-1]))

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


def _fitted(counts: Floats) -> _Model:
    """Newton's method, as far as `FARTHEST`; the log-likelihood is concave."""
    below = counts.sum(axis=0).cumsum()[:-1] / counts.sum()
    model = _Model(counts, logit(below), 0.0)
    for _ in range(ITERATIONS):
        step = np.linalg.solve(model.information, model.score)
        rise = step @ model.score
        model = _uphill(model, step)
        if rise < SETTLED or abs(model.log_ratio) > FARTHEST:
            break
    return model


def _uphill(model: _Model, step: Floats) -> _Model:
    """Take the longest of the step, its half, its quarter and so on that leads uphill."""
    tried = (model.moved(step / 2**halvings) for halvings in range(ITERATIONS))
    here = model.likelihood
    return next((there for there in tried if there.likelihood >= here), model)


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
