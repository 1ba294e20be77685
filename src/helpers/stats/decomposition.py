"""Split the difference of two products of rates into what each step contributes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from math import inf, nan, prod, sqrt
from statistics import fmean
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from helpers.stats.estimate import Estimate

Floats: TypeAlias = npt.NDArray[np.floating]
Rates: TypeAlias = dict[str, float]
Counts: TypeAlias = Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class Decomposition:
    """What each step contributes to a difference of two products of rates.

    Attributes
    ----------
    first, second : float
        The two products, in the unit of the product of the rates.
    contributions : dict of str to float
        Each step's part of the difference, in the same unit; they sum to it.
    """

    first: float
    second: float
    contributions: dict[str, float]

    @property
    def difference(self) -> float:
        """First product minus second."""
        return self.first - self.second

    @property
    def shares(self) -> dict[str, float]:
        """Each contribution as a share of the difference; they sum to one."""
        return {step: part / self.difference for step, part in self.contributions.items()}


@dataclass(frozen=True)
class DecompositionIntervals:
    """A decomposition with its uncertainty.

    Attributes
    ----------
    difference : Estimate
        First product minus second.
    contributions : dict of str to Estimate
        Each step's part of the difference; their values sum to it.
    shares : dict of str to Estimate
        Each part over the difference; their values sum to one. Limits are infinite where the
        difference itself may be 0, as the data then set none; NaN is the value where it is 0.
    """

    difference: Estimate
    contributions: dict[str, Estimate]
    shares: dict[str, Estimate]


def kitagawa(
    first: Mapping[str, float],
    second: Mapping[str, float],
    order: Sequence[str] | None = None,
) -> Decomposition:
    """Split the difference of two products of step rates, first minus second.

    Each step changes from the second population's rate to the first's. What that does to
    the product depends on which steps have changed before it; the symmetric contribution
    is the mean over all orders, for two steps Kitagawa's formula.

    Parameters
    ----------
    first, second : mapping of str to float
        The rate of each step in the two populations, under the same step names.
    order : sequence of str, optional
        Change the steps in this order alone (sequential decomposition).

    Returns
    -------
    Decomposition
        The products, and each step's contribution to their difference.

    Raises
    ------
    ValueError
        If the populations, or the order, do not name the same steps.

    References
    ----------
    Kitagawa EM (1955). Components of a difference between two rates. Journal of the
    American Statistical Association 50, 1168-1194.

    Das Gupta P (1993). Standardization and decomposition of rates: a user's manual.
    U.S. Bureau of the Census, Current Population Reports P23-186.
    """
    if set(first) != set(second) or (order is not None and sorted(order) != sorted(first)):
        raise ValueError("the two populations and the order must name the same steps")
    orders = [order] if order is not None else list(permutations(first))
    paths = [_sequential(first, second, steps) for steps in orders]
    contributions = {step: fmean(path[step] for path in paths) for step in first}
    return Decomposition(prod(first.values()), prod(second.values()), contributions)


def kitagawa_intervals(
    first: Counts, second: Counts, order: Sequence[str] | None = None, level: float = 0.95
) -> DecompositionIntervals:
    """Split the difference of two products of step rates, with intervals.

    Each rate is a share of those who reached its step, independent of the other rates. Every
    contribution is linear in each rate, so its slope is known exactly and the delta method
    gives its variance; the share of the difference has Fieller's interval.

    Parameters
    ----------
    first, second : mapping of str to (int, int)
        For each step in the two populations, how many passed it and how many reached it:
        ``{"applies": (47, 100), "granted": (37, 47)}``.
    order : sequence of str, optional
        As in `kitagawa`.
    level : float, default 0.95
        Confidence level, between 0 and 1.

    Returns
    -------
    DecompositionIntervals
        The values are those of `kitagawa`.

    Raises
    ------
    ValueError
        As `kitagawa`, or if more passed a step than reached it, or nobody reached it.

    References
    ----------
    Oehlert GW (1992). A note on the delta method. The American Statistician 46, 27-29.

    Fieller EC (1954). Some problems in interval estimation. Journal of the Royal Statistical
    Society, Series B 16, 175-185.
    """
    split = kitagawa(_rates(first), _rates(second), order)
    parts = np.array(list(split.contributions.values()))
    covariance = _covariance(first, second, order)
    deviate = float(ndtri((1 + level) / 2))

    def total(weights: Floats) -> Estimate:
        reach = deviate * sqrt(weights @ covariance @ weights)
        value = float(weights @ parts)
        return Estimate(value, value - reach, value + reach)

    each = dict(zip(split.contributions, np.eye(len(parts)), strict=True))
    return DecompositionIntervals(
        total(np.ones(len(parts))),
        {step: total(one) for step, one in each.items()},
        {step: _fieller(one, parts, covariance, deviate) for step, one in each.items()},
    )


def _fieller(one: Floats, parts: Floats, covariance: Floats, deviate: float) -> Estimate:
    """One part over their sum: all ratios r for which part - r sum may be 0."""
    every, squared = np.ones(len(parts)), deviate**2
    part, total = float(one @ parts), float(parts.sum())
    value = part / total if total else nan
    a = total**2 - squared * (every @ covariance @ every)
    b = part * total - squared * (one @ covariance @ every)
    c = part**2 - squared * (one @ covariance @ one)
    if a <= 0:
        return Estimate(value, -inf, inf)
    reach = sqrt(max(float(b**2 - a * c), 0.0))
    return Estimate(value, float((b - reach) / a), float((b + reach) / a))


def _covariance(first: Counts, second: Counts, order: Sequence[str] | None) -> Floats:
    """Covariance of the contributions, from their slopes in each rate."""
    ours, theirs = _rates(first), _rates(second)

    def parts(in_first: Rates, in_second: Rates) -> Floats:
        split = kitagawa(ours | in_first, theirs | in_second, order)
        return np.array([split.contributions[step] for step in ours])

    slopes = [parts({step: 1}, {}) - parts({step: 0}, {}) for step in ours]
    slopes += [parts({}, {step: 1}) - parts({}, {step: 0}) for step in ours]
    variances = [_variance(*counts[step]) for counts in (first, second) for step in ours]
    covariance: Floats = np.transpose(slopes) @ np.diag(variances) @ slopes
    return covariance


def _rates(counts: Counts) -> Rates:
    for step, (passed, reached) in counts.items():
        if not 0 <= passed <= reached or reached == 0:
            raise ValueError(f"{step} needs 0 <= passed <= reached, and reached > 0")
    return {step: passed / reached for step, (passed, reached) in counts.items()}


def _variance(passed: int, reached: int) -> float:
    return passed * (reached - passed) / reached**3


def _sequential(
    first: Mapping[str, float], second: Mapping[str, float], order: Sequence[str]
) -> dict[str, float]:
    """Change one step at a time, and note what each change adds to the product."""
    rates, contributions = dict(second), {}
    for step in order:
        before = prod(rates.values())
        rates[step] = first[step]
        contributions[step] = prod(rates.values()) - before
    return contributions
