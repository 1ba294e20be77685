"""Split the difference of two products of rates into what each step contributes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from math import prod
from statistics import fmean


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
