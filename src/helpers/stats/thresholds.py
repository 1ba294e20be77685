"""Which two thresholds on shares give known classes: low, middle and high."""

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

Classes: TypeAlias = npt.NDArray[np.int8]
LOW, MIDDLE, HIGH = 0, 1, 2


class Span(NamedTuple):
    """Whole per cents from and to, both included."""

    first: int
    last: int


class Fit(NamedTuple):
    """Thresholds that give the same classes, and how many items they class rightly.

    An item is low where its share is at most any per cent in `low`, high where it is above any in
    `high`, else in the middle.
    """

    low: Span
    high: Span
    agrees: int


def classes(counts: npt.ArrayLike, sizes: npt.ArrayLike, low: int, high: int) -> Classes:
    """Class each share.

    Parameters
    ----------
    counts, sizes : array_like of int, shape (items,)
        The shares' numerators and denominators.
    low, high : int
        Per cents: at most the one is `LOW`, above the other is `HIGH`.
    """
    found = _every_pair(counts, sizes)
    mine: Classes = found[:, low, high]
    return mine


def by_class(counts: npt.ArrayLike, sizes: npt.ArrayLike, known: npt.ArrayLike) -> list[Fit]:
    """Find the thresholds that class most items as they are known to be.

    Parameters
    ----------
    counts, sizes : array_like of int, shape (items,)
        As in `classes`.
    known : array_like of int, shape (items,)
        The items' classes.

    Returns
    -------
    list of Fit
        Every pair of whole per cents is tried; one fit for each classing that does equally well.
    """
    found = _every_pair(counts, sizes)
    agreeing = (found == np.asarray(known)[:, None, None]).sum(axis=0)
    agreeing[_CROSSED] = -1
    most = int(agreeing.max())
    return _fits(found, agreeing == most, most)


def by_totals(counts: npt.ArrayLike, sizes: npt.ArrayLike, totals: Sequence[int]) -> list[Fit]:
    """Find the thresholds that give so many items of each class.

    Parameters
    ----------
    counts, sizes : array_like of int, shape (items,)
        As in `classes`.
    totals : sequence of int, shape (3,)
        Items that are low, in the middle and high.

    Returns
    -------
    list of Fit
        One for each classing that gives the totals; none where no thresholds do.
    """
    found = _every_pair(counts, sizes)
    sums = [(found == one).sum(axis=0) == totals[one] for one in (LOW, MIDDLE, HIGH)]
    return _fits(found, np.logical_and.reduce(sums) & ~_CROSSED, len(found))


_PER_CENTS = np.arange(101)
_CROSSED = _PER_CENTS[:, None] > _PER_CENTS
"""Pairs whose low threshold is above the high one."""


def _every_pair(counts: npt.ArrayLike, sizes: npt.ArrayLike) -> Classes:
    """Class each item under each pair of whole per cents: shape (items, 101, 101)."""
    hundreds = 100 * np.asarray(counts, dtype=np.int64)[:, None]
    limits = np.asarray(sizes, dtype=np.int64)[:, None] * _PER_CENTS
    low, high = hundreds <= limits, hundreds > limits
    found = np.where(low[:, :, None], LOW, np.where(high[:, None, :], HIGH, MIDDLE))
    return found.astype(np.int8)


def _fits(found: Classes, fitting: npt.NDArray[np.bool_], agrees: int) -> list[Fit]:
    """Put together the pairs that class the items alike."""
    pairs = np.argwhere(fitting)
    if not len(pairs):
        return []
    _, which = np.unique(found[:, *pairs.T], axis=1, return_inverse=True)
    alike = (pairs[which.ravel() == one] for one in range(which.max() + 1))
    return [Fit(_span(each[:, 0]), _span(each[:, 1]), agrees) for each in alike]


def _span(per_cents: npt.NDArray[np.int64]) -> Span:
    return Span(int(per_cents.min()), int(per_cents.max()))
