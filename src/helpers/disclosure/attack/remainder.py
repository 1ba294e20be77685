"""The counts that are not told, apart from those that follow by subtraction alone."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from helpers.disclosure.bounds import Knowledge

_TOLERANCE = 1e-6
_SETTLED = -1

Counts = npt.NDArray[np.float64]
Columns = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Part:
    """What is known of some counts, by themselves.

    Attributes
    ----------
    knowledge : Knowledge
        What is told of them.
    columns : ndarray of int
        Which counts they are.
    """

    knowledge: Knowledge
    columns: Columns


@dataclass(frozen=True, eq=False)
class Remainder:
    """What is left to solve.

    Attributes
    ----------
    knowledge : Knowledge
        All that is told.
    counts : ndarray
        The counts that follow by subtraction; NaN where one does not.
    parts : ndarray of int
        The part of each count that is not settled, else -1: nothing that is told joins two parts.
    """

    knowledge: Knowledge
    counts: Counts
    parts: npt.NDArray[np.int64]

    def settled(self, numbers: csr_array) -> Counts:
        """Sum the settled counts of numbers, one a row."""
        settled: Counts = numbers @ np.nan_to_num(self.counts)
        return settled

    def parts_of(self, numbers: csr_array) -> list[tuple[int, ...]]:
        """Name the parts of which each number, one a row, has counts that are not settled."""
        parts = self.parts[numbers.indices].tolist()
        return [
            tuple(sorted({*parts[start:end]} - {_SETTLED}))
            for start, end in pairwise(numbers.indptr)
        ]

    def part(self, parts: tuple[int, ...]) -> Part:
        """Select what is known of some parts."""
        columns = np.flatnonzero(np.isin(self.parts, parts))
        sums = csr_array(self.knowledge.sums[:, columns])
        rows = np.flatnonzero(np.diff(sums.indptr))
        settled = self.settled(self.knowledge.sums[rows])
        limits = self.knowledge.low[rows] - settled, self.knowledge.high[rows] - settled
        return Part(Knowledge(sums[rows], *limits), columns)


def remainder(knowledge: Knowledge) -> Remainder:
    """Settle the counts that follow by subtraction, and part the rest.

    A sum told exactly settles the only count of it that is not settled yet, and a sum of which
    nothing is left settles all its counts to zero.

    Parameters
    ----------
    knowledge : Knowledge
        All that is told, without contradiction.

    Returns
    -------
    Remainder
    """
    counts = np.full(knowledge.sums.shape[1], np.nan)
    while len((found := _next(knowledge, counts))[0]):
        counts[found[0]] = found[1]
    return Remainder(knowledge, counts, _parts(knowledge, np.isnan(counts)))


def _next(knowledge: Knowledge, counts: Counts) -> tuple[Columns, Counts]:
    """Find counts that follow from those settled, and what they are."""
    is_open = np.isnan(counts)
    left = knowledge.high - knowledge.sums @ np.nan_to_num(counts)
    zero = _zero(knowledge.sums, left, is_open)
    return (zero, np.zeros(len(zero))) if len(zero) else _last(knowledge, left, is_open)


def _zero(sums: csr_array, left: Counts, is_open: npt.NDArray[np.bool_]) -> Columns:
    """Find the open counts of sums of which nothing is left."""
    positive = np.diff(sums.indptr) == (sums > 0).sum(axis=1)
    columns = sums[positive & (np.abs(left) < _TOLERANCE)].indices
    return np.unique(columns[is_open[columns]]).astype(np.int64)


def _last(
    knowledge: Knowledge, left: Counts, is_open: npt.NDArray[np.bool_]
) -> tuple[Columns, Counts]:
    """Find the only open count of each sum that is told exactly and has but one."""
    n_open = abs(knowledge.sums).sign() @ is_open
    single = np.flatnonzero((n_open == 1) & (knowledge.low == knowledge.high))
    rows = knowledge.sums[single].tocoo()
    last = is_open[rows.col]
    return rows.col[last].astype(np.int64), left[single][rows.row[last]] / rows.data[last]


def _parts(knowledge: Knowledge, is_open: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """Part the open counts: those that one statement tells of belong together."""
    open_sums = knowledge.sums[:, np.flatnonzero(is_open)]
    _, labels = connected_components(open_sums.T @ open_sums)
    parts = np.full(len(is_open), _SETTLED, dtype=np.int64)
    parts[is_open] = labels
    return parts
