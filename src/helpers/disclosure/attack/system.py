"""What is told of some cases, as statements on sums of counts."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf, isfinite
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array, diags_array, vstack

from helpers.disclosure.attack.space import Space, is_within, space
from helpers.disclosure.bounds import Contradiction, Knowledge, bounds
from helpers.disclosure.told import Cell, Fact

_LINK = -1


class Statement(NamedTuple):
    """What facts that say the same say: as in `Fact`."""

    cell: Cell
    among: Cell | None
    low: float
    high: float
    facts: tuple[Fact, ...]

    @property
    def is_exact(self) -> bool:
        """Whether it tells a number, and not only its limits."""
        return self.among is None and self.low == self.high


class _Line(NamedTuple):
    """One limit, or two, of a cell plus so many times another."""

    statement: int
    cell: Cell
    other: Cell
    times: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class System:
    """What is told of some cases.

    Attributes
    ----------
    space : Space
        The counts behind it.
    statements : tuple of Statement
        What is told, each thing once, the site at hand first.
    hidden : mapping of Cell to tuple of Fact
        The hidden cells, and the facts that they are hidden.
    """

    space: Space
    statements: tuple[Statement, ...]
    hidden: dict[Cell, tuple[Fact, ...]]

    @cached_property
    def knowledge(self) -> Knowledge:
        """All that is told, and that tables with the same margin agree on it."""
        links = self.space.links()
        agreed = np.zeros(links.shape[0])
        return Knowledge(
            csr_array(vstack([self._told_sums(), links])),
            np.concatenate([[line.low for line in self._lines], agreed]),
            np.concatenate([[line.high for line in self._lines], agreed]),
        )

    def part(self, statements: Collection[int]) -> Knowledge:
        """Keep what some statements tell; of the others' sums nothing is known."""
        told = np.isin(self._statement, [*statements, _LINK])
        low = np.where(told, self.knowledge.low, -inf)
        return Knowledge(self.knowledge.sums, low, np.where(told, self.knowledge.high, inf))

    def of_rows(self, rows: npt.NDArray[np.int64]) -> list[int]:
        """Find the statements that rows of the knowledge are of."""
        return sorted({*self._statement[rows].tolist()} - {_LINK})

    @cached_property
    def largest(self) -> float:
        """More than any number that follows from what is told."""
        limits = np.concatenate([self.knowledge.low, self.knowledge.high])
        return 1 + float(np.abs(limits[np.isfinite(limits)]).sum())

    def facts(self, statements: Iterable[int]) -> list[tuple[Fact, ...]]:
        """Give the facts of each of some statements."""
        return [self.statements[i].facts for i in statements]

    def about(self, cell: Cell) -> list[Fact]:
        """Give the facts that show a cell, or that it is hidden."""
        shown = [s.facts for s in self.statements if s.cell == cell and s.among is None]
        return [fact for facts in (*shown, self.hidden.get(cell, ())) for fact in facts]

    @cached_property
    def shown(self) -> frozenset[Cell]:
        """The cells whose numbers are told."""
        return frozenset(statement.cell for statement in self.statements if statement.is_exact)

    @cached_property
    def own(self) -> list[int]:
        """The statements that the site at hand makes."""
        return [
            i
            for i, statement in enumerate(self.statements)
            if any(not fact.release for fact in statement.facts)
        ]

    @property
    def has_earlier(self) -> bool:
        """Whether earlier releases make statements that the site at hand does not."""
        return len(self.own) < len(self.statements)

    @cached_property
    def _lines(self) -> list[_Line]:
        return [line for i, told in enumerate(self.statements) for line in _lines(i, told)]

    @cached_property
    def _statement(self) -> npt.NDArray[np.int64]:
        """The statement of each row of the knowledge."""
        told = [line.statement for line in self._lines]
        return np.array(told + [_LINK] * (len(self.knowledge.low) - len(told)), dtype=np.int64)

    def _told_sums(self) -> csr_array:
        times = diags_array([line.times for line in self._lines], dtype=float)
        others = self.space.sums(line.other for line in self._lines)
        sums = csr_array(self.space.sums(line.cell for line in self._lines) + times @ others)
        sums.eliminate_zeros()
        return sums


def system(facts: Sequence[Fact]) -> System:
    """Write what is told as statements on sums of counts.

    Parameters
    ----------
    facts : sequence of Fact
        All of the same cases.

    Returns
    -------
    System
    """
    counts = space(facts)
    told: dict[tuple[Cell, Cell | None, float, float], list[Fact]] = defaultdict(list)
    hidden: dict[Cell, list[Fact]] = defaultdict(list)
    for fact in sorted(facts, key=_order):
        cell, among = counts.plain(fact.cell), fact.among and counts.plain(fact.among)
        if fact.is_hidden and not among:
            hidden[cell].append(fact)
        elif not _is_any_share(fact):
            told[cell, among, fact.low, fact.high].append(fact)
    statements = tuple(Statement(*key, tuple(same)) for key, same in told.items())
    return System(counts, statements, {cell: tuple(same) for cell, same in hidden.items()})


def fits(knowledge: Knowledge, *, whole: bool | npt.NDArray[np.bool_] = False) -> bool:
    """Whether any counts fit all that is told."""
    nothing = csr_array((1, knowledge.sums.shape[1]))
    try:
        bounds(knowledge, nothing, room=0, whole=whole)
    except Contradiction:
        return False
    return True


def _is_any_share(fact: Fact) -> bool:
    """Whether it tells no more than that a ratio has its values."""
    is_share = fact.among is not None and is_within(fact.cell, fact.among)
    return fact.low <= 0 and fact.high >= (1 if is_share else inf)


def _order(fact: Fact) -> tuple[object, ...]:
    among = (fact.among.of, fact.among.where) if fact.among else ("", ())
    cell = (fact.cell.of, fact.cell.where)
    return fact.release, cell, among, fact.low, fact.high, fact.place


def _lines(i: int, told: Statement) -> Iterator[_Line]:
    """Write a statement as limits of sums; what a ratio is among is not empty."""
    cell, among = told.cell, told.among
    if among is None:
        yield _Line(i, cell, cell, 0, told.low, told.high)
        return
    yield _Line(i, cell, among, -told.low, 0, inf)
    if isfinite(told.high):
        yield _Line(i, cell, among, -told.high, -inf, 0)
    if among.of == "n":
        yield _Line(i, among, among, 0, 1, inf)
