"""A table of counts with its margins."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import product

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
    def values(self) -> npt.NDArray[np.float64]:
        """The numbers."""
        return self._sums @ self.inner

    @property
    def losses(self) -> npt.NDArray[np.float64]:
        """What is lost where each number is hidden."""
        sizes = np.log2(1 + self.inner)
        inner = np.where(self.inner == 0, 1 + sizes.max(initial=0), sizes)
        is_margin = self._sums.sum(axis=1) > 1
        return self._sums @ inner + is_margin

    def lines(self) -> Iterator[list[Name]]:
        """Give the names of each line of numbers, the last of which is the sum of the others."""
        shape = [len(values) + 1 for values in self.levels.values()]
        places = np.arange(len(self.names)).reshape(shape)
        for axis, size in enumerate(shape):
            if size > 2:
                for line in np.moveaxis(places, axis, -1).reshape(-1, size):
                    yield [self.names[place] for place in line]

    @cached_property
    def _sums(self) -> csr_array:
        """The inner counts of each number."""
        axes = [np.vstack([np.eye(len(v)), np.ones(len(v))]) for v in self.levels.values()]
        return reduce(lambda a, b: csr_array(kron(a, b, format="csr")), map(csr_array, axes))
