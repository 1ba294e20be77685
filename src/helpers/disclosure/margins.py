"""A table of counts, its margins, and how each number sums the counts."""

from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import product
from math import prod

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array, kron

from helpers.disclosure.grouping import TOTAL

Name = frozenset[tuple[str, object]]
Levels = dict[str, list[object]]


@dataclass(frozen=True, eq=False)
class Table:
    """A table and its margins.

    Attributes
    ----------
    levels : dict of str to list
        The values of each column.
    inner : ndarray
        The count of each combination, the values of the last column changing first.
    """

    levels: Levels
    inner: npt.NDArray[np.float64]

    @cached_property
    def cells(self) -> list[tuple[object, ...]]:
        """The values of each number, in order of the columns."""
        return list(product(*([*values, TOTAL] for values in self.levels.values())))

    @cached_property
    def names(self) -> list[Name]:
        """What the cases of each number share. A column of one value tells nothing."""
        return [
            frozenset(
                (column, value)
                for column, value in zip(self.levels, cell, strict=True)
                if value != TOTAL and len(self.levels[column]) > 1
            )
            for cell in self.cells
        ]

    @cached_property
    def sums(self) -> csr_array:
        """The inner counts of each number."""
        return sums_of(self.levels, list(self.levels))

    @property
    def values(self) -> npt.NDArray[np.float64]:
        """The numbers."""
        return self.sums @ self.inner

    @cached_property
    def lines(self) -> list[npt.NDArray[np.int64]]:
        """The positions of each line of numbers, the last of which is the sum of the others."""
        shape = [len(values) + 1 for values in self.levels.values()]
        places = np.arange(len(self.cells)).reshape(shape)
        return [
            line
            for axis, size in enumerate(shape)
            if size > 2
            for line in np.moveaxis(places, axis, -1).reshape(-1, size)
        ]

    @property
    def losses(self) -> npt.NDArray[np.float64]:
        """What is lost where each number is hidden."""
        sizes = np.log2(1 + self.inner)
        inner = np.where(self.inner == 0, 1 + sizes.max(initial=0), sizes)
        is_margin = self.sums.sum(axis=1) > 1
        return self.sums @ inner + is_margin


def sums_of(frame: Levels, columns: list[str]) -> csr_array:
    """Write each number of a table, in order, as a sum of counts.

    Parameters
    ----------
    frame : dict of str to list
        The values of the columns whose combinations are counted.
    columns : list of str
        Those of the table.

    Returns
    -------
    csr_array, shape (numbers, counts)
    """
    order = [*columns, *(column for column in frame if column not in columns)]
    places = np.arange(prod(map(len, frame.values()))).reshape([len(v) for v in frame.values()])
    moved = places.transpose([list(frame).index(column) for column in order]).ravel()
    axes = [
        np.vstack([np.eye(len(frame[c])), np.ones(len(frame[c]))])
        if c in columns
        else np.ones((1, len(frame[c])))
        for c in order
    ]
    crossed = reduce(lambda a, b: csr_array(kron(a, b, format="csr")), map(csr_array, axes))
    return csr_array(crossed[:, np.argsort(moved)])
