"""Which counts can lie behind percentages that were published without them.

A percentage given to a few decimals fits some counts and not others, and percentages of
two groups and their total, published together, fit very few. The search is over whole
numbers and complete; a half may have been rounded up or to the even digit.
"""

from collections.abc import Iterable, Mapping
from itertools import product
from typing import NamedTuple, TypeAlias

import pandas as pd

from helpers.stats.proportions import gap

Fit: TypeAlias = tuple[int, int, int, int]
"""n_first, count_first, n_second, count_second"""
Sizes: TypeAlias = tuple[int, int]


class Percentages(NamedTuple):
    """One item's percentages in two groups, and in both together where that is given."""

    first: float
    second: float
    total: float | None = None


def counts_behind(percent: float, n: int, decimals: int = 0) -> range:
    """Find the counts out of `n` that round to a percentage given to so many decimals."""
    scale = 10**decimals
    last = round(percent * scale)
    lowest = -(-(2 * last - 1) * n // (200 * scale))
    # A half just above an odd last digit is never rounded down to it; above an even one it may be.
    highest = ((2 * last + 1) * n - last % 2) // (200 * scale)
    return range(max(lowest, 0), min(highest, n) + 1)


def decimals_of(percent: float) -> int:
    """Count the decimals a percentage is given to, a final 0 left out."""
    return len(f"{percent:g}".partition(".")[2])


def sizes_behind(percent: float, max_n: int = 30, decimals: int = 0) -> pd.DataFrame:
    """Find group sizes up to `max_n`, and counts in them, that fit one percentage.

    Returns
    -------
    pandas.DataFrame
        Columns n and count, one row a possibility, smallest group first.
    """
    fits = [
        (n, count) for n in range(1, max_n + 1) for count in counts_behind(percent, n, decimals)
    ]
    return pd.DataFrame(fits, columns=["n", "count"], dtype="int64")


def groups_behind(
    items: Mapping[str, Percentages], max_total: int = 30, skipped: int = 0, decimals: int = 0
) -> pd.DataFrame:
    """Find the answers in two groups that fit all percentages published together.

    The items were put to the same people. Someone may leave an item unanswered, so the
    answers to it can be fewer than the people in the group, by at most `skipped`. A
    possibility is kept when one and the same pair of groups allows it and some possibility
    of every other item.

    Parameters
    ----------
    items : mapping of str to Percentages
        By item.
    max_total : int, default 30
        Most people considered, the two groups together.
    skipped : int, default 0
        Most people in each group who left an item unanswered; at 0 all answered all.
    decimals : int, default 0
        Decimals the percentages are given to.

    Returns
    -------
    pandas.DataFrame
        Columns item, n_first, count_first, n_second, count_second: the answers to the item
        and how many of them it counts. One row a possibility; no rows where nothing fits.
    """
    fits = {item: _item_fits(shares, max_total, decimals) for item, shares in items.items()}
    groups = _common_groups(fits.values(), max_total, skipped)
    rows = [
        (item, *fit)
        for item, fits_of_item in fits.items()
        for fit in fits_of_item
        if groups & _groups_around(fit, skipped)
    ]
    return pd.DataFrame(
        rows, columns=["item", "n_first", "count_first", "n_second", "count_second"]
    )


def gaps_behind(groups: pd.DataFrame) -> pd.DataFrame:
    """Add to `groups_behind` the gap each possibility gives: value, low and high, -1 to 1.

    The first share minus the second, with Newcombe's interval.
    """
    counts = groups[["count_first", "n_first", "count_second", "n_second"]].to_numpy(dtype=int)
    gaps = [gap(*each) for each in counts.tolist()]
    return groups.assign(
        value=[each.value for each in gaps],
        low=[each.low for each in gaps],
        high=[each.high for each in gaps],
    )


def _item_fits(shares: Percentages, max_total: int, decimals: int) -> list[Fit]:
    """Every pair of groups and counts that fits one item taken by itself."""
    first, second = (
        sizes_behind(share, max_total - 1, decimals).to_numpy().tolist() for share in shares[:2]
    )
    return [
        (n1, x1, n2, x2)
        for (n1, x1), (n2, x2) in product(first, second)
        if n1 + n2 <= max_total and _fits_total(shares.total, x1 + x2, n1 + n2, decimals)
    ]


def _fits_total(total: float | None, count: int, n: int, decimals: int) -> bool:
    return total is None or count in counts_behind(total, n, decimals)


def _common_groups(items: Iterable[list[Fit]], max_total: int, skipped: int) -> set[Sizes]:
    """Find the groups of people that allow some possibility of every item."""
    allowed = [set().union(*(_groups_around(fit, skipped) for fit in fits)) for fits in items]
    return {sizes for sizes in set.intersection(*allowed) if sum(sizes) <= max_total}


def _groups_around(fit: Fit, skipped: int) -> set[Sizes]:
    """Find the groups of people who can have given so many answers."""
    n_first, _, n_second, _ = fit
    extra = range(skipped + 1)
    return {(n_first + i, n_second + j) for i in extra for j in extra}
