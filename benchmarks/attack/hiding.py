"""Tables with margins, hidden by the simple rule: small counts, and another where one is alone."""

from collections.abc import Iterator, Sequence
from math import inf

import numpy as np
import numpy.typing as npt

from helpers.disclosure.told import Fact, cell

LEAST = 5

Numbers = npt.NDArray[np.int64]


def with_margins(counts: Numbers) -> Numbers:
    """Add the sums along every axis, last."""
    for axis in range(counts.ndim):
        counts = np.concatenate([counts, counts.sum(axis=axis, keepdims=True)], axis=axis)
    return counts


def hidden(numbers: Numbers) -> npt.NDArray[np.bool_]:
    """Hide small counts, and the least other of each line in which one alone is hidden."""
    hides, before = (numbers > 0) & (numbers < LEAST), -1
    while before != hides.sum():
        before = hides.sum()
        for axis in range(numbers.ndim):
            lines = np.moveaxis(hides, axis, -1)
            others = np.where(lines | (np.moveaxis(numbers, axis, -1) == 0), inf, 0)
            others = others + np.moveaxis(numbers, axis, -1)
            alone = (lines.sum(axis=-1) == 1) & np.isfinite(others.min(axis=-1))
            lines[(*np.nonzero(alone), others[alone].argmin(axis=-1))] = True
    return hides


def facts(cases: str, names: Sequence[str], counts: Numbers) -> Iterator[Fact]:
    """Tell a table with its margins."""
    numbers = with_margins(counts)
    hides = hidden(numbers)
    for place in np.ndindex(numbers.shape):
        where = {
            name: str(i)
            for name, i, size in zip(names, place, counts.shape, strict=True)
            if i < size
        }
        n = int(numbers[place])
        low, high = (0, inf) if hides[place] else (n, n)
        yield Fact(cell(cases, where), low, high, place=" × ".join(names))
