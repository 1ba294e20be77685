"""The counts behind what is told: how many cases have each combination of values."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations, pairwise, product
from math import prod
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array, vstack

from helpers.disclosure.attack.cliques import cliques
from helpers.disclosure.told import Cell, Fact, Values

REST = "övriga"
"""Values that a share tells of only by leaving them out."""

_LARGEST = 2000
"""Counts in a table that joins attributes told of apart, at most."""

Indices = npt.NDArray[np.int64]


class Table(NamedTuple):
    """A cross table of counts, or of another quantity, the first of them at `start`."""

    of: str
    attributes: tuple[str, ...]
    start: int


@dataclass(frozen=True, eq=False)
class Space:
    """The counts behind what is told of some cases.

    Attributes
    ----------
    cases : str
        What the cases are.
    values : mapping
        The base values of each attribute: what no cell tells apart is one.
    used : tuple of (str, tuple of str)
        Each quantity and attributes that some cell is told by, few attributes first.
    """

    cases: str
    values: Mapping[str, tuple[Values, ...]]
    used: tuple[tuple[str, tuple[str, ...]], ...]

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The cross tables, the small ones of each quantity last.

        Their attributes are the cliques of a triangulated graph, in which attributes told of
        together are joined: then counts that agree on every shared margin are those of one
        table of all attributes, which need not be written out. Where a clique is too large,
        what is told of together stays by itself, and a reader may know somewhat more.
        """
        tables, start = [], 0
        for of in sorted({of for of, _ in self.used}):
            for attributes in self._joined(of):
                tables.append(Table(of, tuple(sorted(attributes)), start))
                start += self._size(attributes)
        return tuple(tables)

    @property
    def size(self) -> int:
        """How many counts there are."""
        last = self.tables[-1]
        return last.start + self._size(last.attributes)

    @property
    def is_whole(self) -> npt.NDArray[np.bool_]:
        """Which counts are whole: those of cases, not of another quantity."""
        sizes = [self._size(table.attributes) for table in self.tables]
        return np.repeat([table.of == "n" for table in self.tables], sizes)

    def plain(self, cell: Cell) -> Cell:
        """Leave out attributes of which the cell has every value."""
        where = tuple(
            (name, values) for name, values in cell.where if len(values) < len(self._place[name])
        )
        return Cell(cell.cases, where, cell.of)

    def cells(self) -> Iterator[Cell]:
        """Give every cell by the attributes that something is told by, large cells first."""
        for of, attributes in self.used:
            for base in product(*(self.values[name] for name in attributes)):
                yield Cell(self.cases, tuple(zip(attributes, base, strict=True)), of)

    def sums(self, cells: Iterable[Cell]) -> csr_array:
        """Write cells as sums of counts, one row a cell."""
        parts = [self._counts_in(cell) for cell in cells]
        ends = np.cumsum([0, *map(len, parts)])
        columns = np.concatenate([*parts, np.array([], dtype=np.int64)])
        return csr_array((np.ones(len(columns)), columns, ends), shape=(len(parts), self.size))

    def links(self) -> csr_array:
        """Write that tables with the same margin agree on it, one row a cell: zero if so."""
        rows = [
            self._margin(one, margin) - self._margin(other, margin)
            for margin, tables in self._shared()
            for one, other in pairwise(tables)
        ]
        return csr_array(vstack([csr_array((0, self.size)), *rows]))

    @cached_property
    def _place(self) -> dict[str, dict[str, int]]:
        """The place of each value among the base values of its attribute."""
        return {
            name: {value: i for i, base in enumerate(bases) for value in base}
            for name, bases in self.values.items()
        }

    def _size(self, attributes: Iterable[str]) -> int:
        return prod(len(self.values[name]) for name in attributes)

    def _joined(self, of: str) -> list[frozenset[str]]:
        """Join a quantity's attributes into tables, the largest first."""
        used = [frozenset(attributes) for what, attributes in self.used if what == of]
        tables: set[frozenset[str]] = set()
        for clique in cliques(used, self._size):
            small = self._size(clique) <= _LARGEST
            tables |= {clique} if small else {own for own in used if own <= clique}
        largest = {table for table in tables if not any(table < other for other in tables)}
        return sorted(largest, key=lambda table: (-self._size(table), sorted(table)))

    def _counts_in(self, cell: Cell) -> Indices:
        """Find the counts that sum to a cell, in the smallest table that has its attributes."""
        chosen = {name: {self._place[name][v] for v in values} for name, values in cell.where}
        table = next(
            table
            for table in reversed(self.tables)
            if table.of == cell.of and chosen.keys() <= {*table.attributes}
        )
        axes = [
            sorted(chosen.get(name, range(len(self.values[name])))) for name in table.attributes
        ]
        # The first axis, of length one, lets a table have no attributes.
        shape = (1, *(len(self.values[name]) for name in table.attributes))
        return table.start + np.ravel_multi_index(np.ix_([0], *axes), shape).ravel()

    def _shared(self) -> list[tuple[tuple[str, ...], list[Table]]]:
        """Find the margins that several tables have, and which tables."""
        margins = {
            (one.of, tuple(sorted({*one.attributes} & {*other.attributes})))
            for one, other in combinations(self.tables, 2)
            if one.of == other.of
        }
        return [
            (margin, [t for t in self.tables if t.of == of and {*margin} <= {*t.attributes}])
            for of, margin in sorted(margins)
        ]

    def _margin(self, table: Table, margin: tuple[str, ...]) -> csr_array:
        """Write a table's margin as sums of its counts, one row a cell."""
        shape = [1, *(len(self.values[name]) for name in table.attributes)]
        counts = np.arange(prod(shape))
        axes = [0, *(1 + table.attributes.index(name) for name in margin)]
        place = np.unravel_index(counts, shape)
        cells = np.ravel_multi_index([place[i] for i in axes], [shape[i] for i in axes])
        size = (self._size(margin), self.size)
        return csr_array((np.ones(len(counts)), (cells, table.start + counts)), shape=size)


def space(facts: Sequence[Fact]) -> Space:
    """Find the counts behind what is told.

    Parameters
    ----------
    facts : sequence of Fact
        All of the same cases.

    Returns
    -------
    Space
    """
    cells = [cell for fact in facts for cell in (fact.cell, fact.among) if cell]
    told: dict[str, set[Values]] = defaultdict(set)
    for name, values in (pair for cell in cells for pair in cell.where):
        told[name].add(values)
    bases = {name: _bases(sets) for name, sets in sorted(told.items())}
    shared = {name for fact in facts if fact.among for name in _narrowed(fact.cell, fact.among)}
    for name in shared:
        if len(bases[name]) == 1:
            bases[name] += ((REST,),)
    bare = Space(facts[0].cell.cases, bases, ())
    return replace(bare, used=_used(map(bare.plain, cells), bare))


def is_within(cell: Cell, other: Cell) -> bool:
    """Whether all cases of a cell are of another."""
    where = dict(cell.where)
    return (cell.cases, cell.of) == (other.cases, other.of) and all(
        name in where and {*where[name]} <= {*values} for name, values in other.where
    )


def by_size(cell: Cell) -> tuple[int, int]:
    """Put every cell before those within it."""
    return len(cell.where), -sum(len(values) for _, values in cell.where)


def _used(cells: Iterable[Cell], space: Space) -> tuple[tuple[str, tuple[str, ...]], ...]:
    used = {(cell.of, tuple(name for name, _ in cell.where)) for cell in cells}
    return tuple(sorted(used, key=lambda each: (len(each[1]), each)))


def _bases(sets: Iterable[Values]) -> tuple[Values, ...]:
    """Part values into those that always occur together."""
    occurs: dict[str, list[int]] = defaultdict(list)
    for i, values in enumerate(sorted(sets)):
        for value in values:
            occurs[value].append(i)
    together: dict[tuple[int, ...], list[str]] = defaultdict(list)
    for value in sorted(occurs):
        together[tuple(occurs[value])].append(value)
    return tuple(map(tuple, together.values()))


def _narrowed(cell: Cell, among: Cell) -> set[str]:
    """Name the attributes that set a cell apart among others."""
    return {name for name, _ in cell.where} - {name for name, _ in among.where}
