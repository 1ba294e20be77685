"""Split the difference of two products of rates into what each step contributes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import permutations
from math import prod, sqrt
from statistics import fmean
from typing import TypeAlias

import numpy as np

from helpers.stats import imputation
from helpers.stats.estimate import Estimate, Floats, Noise, Whole, wald

Rates: TypeAlias = Mapping[str, float]
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
    """

    difference: Estimate
    contributions: dict[str, Estimate]


def kitagawa(first: Rates, second: Rates) -> Decomposition:
    """Split the difference of two products of step rates, first minus second.

    Each step changes from the second population's rate to the first's. What that does to
    the product depends on which steps have changed before it; the contribution is the mean
    over all orders, for two steps Kitagawa's formula.

    Parameters
    ----------
    first, second : mapping of str to float
        The rate of each step in the two populations, under the same step names.

    Raises
    ------
    ValueError
        If the populations do not name the same steps.

    References
    ----------
    Kitagawa EM (1955). Components of a difference between two rates. Journal of the
    American Statistical Association 50, 1168-1194.

    Das Gupta P (1993). Standardization and decomposition of rates: a user's manual.
    U.S. Bureau of the Census, Current Population Reports P23-186.
    """
    if set(first) != set(second):
        raise ValueError("the two populations must name the same steps")
    paths = [_in_order(first, second, order) for order in permutations(first)]
    contributions = {step: fmean(path[step] for path in paths) for step in first}
    return Decomposition(prod(first.values()), prod(second.values()), contributions)


def kitagawa_intervals(
    first: Counts, second: Counts, level: float = 0.95
) -> DecompositionIntervals:
    """Split the difference of two products of step rates as `kitagawa`, with intervals.

    Each rate is a share of those who reached its step, independent of the other rates. Every
    contribution is linear in each rate, so its slope is known exactly and the delta method
    gives its variance.

    Parameters
    ----------
    first, second : mapping of str to (int, int)
        For each step in the two populations, how many passed it and how many reached it:
        ``{"applies": (47, 100), "granted": (37, 47)}``.

    Raises
    ------
    ValueError
        As `kitagawa`, or if more passed a step than reached it, or nobody reached it.

    References
    ----------
    Oehlert GW (1992). A note on the delta method. The American Statistician 46, 27-29.
    """
    parts = kitagawa(_rates(first), _rates(second)).contributions
    covariance = _covariance(first, second)

    def total(weights: Floats) -> Estimate:
        value = float(weights @ list(parts.values()))
        return wald(value, sqrt(weights @ covariance @ weights), level)

    each = zip(parts, np.eye(len(parts)), strict=True)
    return DecompositionIntervals(
        total(np.ones(len(parts))), {step: total(alone) for step, alone in each}
    )


def two_steps(first: Sequence[int], second: Sequence[int], noise: Noise) -> list[Estimate]:
    """Split a difference of shares who passed two steps, from noisy counts, first minus second.

    Parameters
    ----------
    first, second : sequence of int, length 3
        Of each population, noisy counts of those who did not take the first step, of those who
        took it and not the second, and of those who took both.
    noise : ndarray
        As in `helpers.stats.estimate`.

    Returns
    -------
    list of Estimate
        What each step contributes: values that add up to the difference of the noisy shares,
        intervals by Rubin's rules.

    Raises
    ------
    ValueError
        As `helpers.stats.imputation.estimate`, or if nobody took the first step.
    """
    noisy = [*first, *second]
    values = [each.value for each in _split(noisy).contributions.values()]
    fitted = [imputation.estimate(noisy, noise, _part(step)) for step in _STEPS]
    return [replace(each, value=value) for each, value in zip(fitted, values, strict=True)]


_STEPS = ("first", "second")


def _part(step: str) -> imputation.Fit:
    return lambda true: _split(true, added=1).contributions[step]


def _split(cells: Sequence[int] | Whole, added: int = 0) -> DecompositionIntervals:
    """Split by Kitagawa, with so many more who took each step and so many who did not.

    One of either keeps an interval from vanishing where everybody took a step (Agresti A, Caffo
    B, 2000, The American Statistician 54, 280-288).
    """
    one, other = (_passed(own, added) for own in (cells[:3], cells[3:]))
    return kitagawa_intervals(one, other)


def _passed(counts: Sequence[int] | Whole, added: int) -> Counts:
    out, stopped, both = map(int, counts)
    took = stopped + both + 2 * added
    return dict(zip(_STEPS, ((took - added, out + took), (both + added, took)), strict=True))


def _in_order(first: Rates, second: Rates, order: tuple[str, ...]) -> dict[str, float]:
    """Change one step at a time, and note what each change adds to the product."""
    rates, contributions = dict(second), {}
    for step in order:
        before = prod(rates.values())
        rates[step] = first[step]
        contributions[step] = prod(rates.values()) - before
    return contributions


def _covariance(first: Counts, second: Counts) -> Floats:
    """Covariance of the contributions, from their slopes in each rate."""
    ours, theirs = _rates(first), _rates(second)

    def parts(in_first: dict[str, float], in_second: dict[str, float]) -> Floats:
        split = kitagawa(ours | in_first, theirs | in_second)
        return np.array([*split.contributions.values()])

    slopes = [parts({step: 1}, {}) - parts({step: 0}, {}) for step in ours]
    slopes += [parts({}, {step: 1}) - parts({}, {step: 0}) for step in ours]
    variances = [_variance(*counts[step]) for counts in (first, second) for step in ours]
    covariance: Floats = np.transpose(slopes) @ np.diag(variances) @ slopes
    return covariance


def _rates(counts: Counts) -> dict[str, float]:
    for step, (passed, reached) in counts.items():
        if not 0 <= passed <= reached or reached == 0:
            raise ValueError(f"{step} needs 0 <= passed <= reached, and reached > 0")
    return {step: passed / reached for step, (passed, reached) in counts.items()}


def _variance(passed: int, reached: int) -> float:
    return passed * (reached - passed) / reached**3
