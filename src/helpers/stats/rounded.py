"""What rounded percentages allow, where only the number of people in both groups together is known.

As `helpers.stats.published`, for groups of any size: the possibilities are not listed, only how
far they reach.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from helpers.stats.estimate import Floats
from helpers.stats.proportions import wilson
from helpers.stats.published import Percentages, counts_behind, decimals_of

Whole = npt.NDArray[np.int64]
_FEW = 2
"""So many may always have left an item unanswered."""


class Reach(NamedTuple):
    """How far a gap and its interval may lie, first minus second, from -1 to 1.

    Attributes
    ----------
    gap_low, gap_high : float
        Least and greatest gap.
    low, high : float
        Outermost 95 % limits.
    """

    gap_low: float
    gap_high: float
    low: float
    high: float


class Behind(NamedTuple):
    """What can lie behind percentages of the same people.

    Attributes
    ----------
    first : tuple of int
        Fewest and most people in the first group; empty where nothing fits.
    reaches : dict of str to Reach
        By item.
    """

    first: tuple[int, int] | tuple[()]
    reaches: dict[str, Reach]


def behind(
    items: Mapping[str, Percentages],
    people: int,
    answered: float = 0.8,
    first: int | None = None,
) -> Behind:
    """Find how far gaps may reach, given how many people both groups are together.

    Parameters
    ----------
    items : mapping of str to Percentages
        By item, put to the same people, with the total's percentage where it is given.
    people : int
        In both groups together.
    answered : float, default 0.8
        The least share of each group that is counted in an item, or all but two; the others left
        it unanswered or answered off the scale.

    first : int, optional
        How many people are in the first group, where that is known.

    Returns
    -------
    Behind
        The groups that allow all items, and each item's gap in them by Newcombe's interval. Each
        limit is that of the outermost counts, so that the truth lies within.
    """
    grids = {item: _Grid(shares, people) for item, shares in items.items()}
    sizes = [size for size in range(1, people) if first in (None, size)]
    windows = [_window(size, people, answered) for size in sizes]
    allowed = [own for own in windows if all(grid.fits[own].any() for grid in grids.values())]
    if not allowed or not grids:
        return Behind((), {})
    kept = [own[0].stop - 1 for own in allowed]
    reaches = {item: grid.reach(allowed) for item, grid in grids.items()}
    return Behind((min(kept), max(kept)), reaches)


def _window(size: int, people: int, answered: float) -> tuple[slice, slice]:
    """Give how many may have answered in each group of a pair."""
    sizes = size, people - size
    least = [max(min(int(answered * n), n - _FEW), 1) for n in sizes]
    return slice(least[0], sizes[0] + 1), slice(least[1], sizes[1] + 1)


class _Grid:
    """Which pairs of sizes fit an item, by the answers in each group."""

    def __init__(self, shares: Percentages, people: int) -> None:
        self.first, self.second = (_counts(share, people) for share in shares[:2])
        fits = (self.first[0] <= self.first[1])[:, None] & (self.second[0] <= self.second[1])
        if shares.total is not None:
            lowest, highest = _counts(shares.total, 2 * people)
            n = np.add.outer(np.arange(people + 1), np.arange(people + 1))
            low, high = (np.add.outer(a, b) for a, b in zip(self.first, self.second, strict=True))
            fits &= (low <= highest[n]) & (lowest[n] <= high)
        self.fits = fits

    def reach(self, windows: Sequence[tuple[slice, slice]]) -> Reach:
        """Find the outermost gaps and limits of the pairs that fit within some windows."""
        within = np.zeros_like(self.fits)
        for own in windows:
            within[own] = True
        n = np.nonzero(within & self.fits)
        low, _, gap_low = _newcombe(self.first[0], self.second[1], *n)
        _, high, gap_high = _newcombe(self.first[1], self.second[0], *n)
        return Reach(*map(float, (gap_low.min(), gap_high.max(), low.min(), high.max())))


@lru_cache(maxsize=1024)
def _counts(percent: float, largest: int) -> tuple[Whole, Whole]:
    """Give the lowest and the highest count behind a percentage, out of 0, 1, 2, … people."""
    decimals = decimals_of(percent)
    found = [counts_behind(percent, n, decimals) for n in range(1, largest + 1)]
    lowest, highest = [each.start for each in found], [each.stop - 1 for each in found]
    return np.array([1, *lowest]), np.array([0, *highest])


def _newcombe(count1: Whole, count2: Whole, n1: Whole, n2: Whole) -> tuple[Floats, Floats, Floats]:
    """Newcombe's limits of many differences at once, and the differences."""
    share1, low1, high1 = wilson(count1[n1], n1)
    share2, low2, high2 = wilson(count2[n2], n2)
    gap = share1 - share2
    low = gap - np.hypot(share1 - low1, high2 - share2)
    return low, gap + np.hypot(high1 - share1, share2 - low2), gap
