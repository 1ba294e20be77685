"""Tables of the same cases as one system of numbers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import prod

import numpy as np
import numpy.typing as npt
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import csr_array

from helpers.disclosure.margins import Name, Table

_JOINT_LIMIT = 5000


@dataclass(frozen=True, eq=False)
class System:
    """Numbers, none of them negative, that are sums of each other.

    Attributes
    ----------
    names : list of frozenset
        What the cases of each number share: values by column. A number stands here once,
        in however many tables it is.
    values : ndarray, shape (numbers,)
        The numbers.
    losses : ndarray, shape (numbers,)
        What is lost where a number is hidden.
    lines : list of tuple of int
        Positions of numbers, the last of which is the sum of the others.
    in_tables : ndarray of bool, shape (numbers,)
        Whether a number is in a table. The others are never shown; their values are not the
        true ones, but fit the tables.
    """

    names: list[Name]
    values: npt.NDArray[np.float64]
    losses: npt.NDArray[np.float64]
    lines: list[tuple[int, ...]]
    in_tables: npt.NDArray[np.bool_]

    @cached_property
    def sums(self) -> csr_array:
        """The lines as a matrix, shape (lines, numbers): each sum of parts less the whole is 0."""
        columns = [number for line in self.lines for number in line]
        signs = [1.0] * len(columns)
        ends = np.cumsum([0, *map(len, self.lines)])
        for end in ends[1:]:
            signs[end - 1] = -1.0
        return csr_array((signs, columns, ends), shape=(len(self.lines), len(self.names)))

    def within(self, number: int) -> list[int]:
        """Find the numbers in tables that count nobody but the cases of one number."""
        shared = self.names[number]
        return [i for i in np.flatnonzero(self.in_tables).tolist() if shared <= self.names[i]]


def system_of(tables: Sequence[Table]) -> System:
    """Write tables of the same cases as one system.

    Tables whose columns are linked in a ring (A×B, B×C, A×C) may tell more of a case than any
    of them does. The counts of all columns crossed are then part of the system, where these
    are at most 5000 combinations.

    Parameters
    ----------
    tables : sequence of Table
        A column of the same name has the same values in each.

    Returns
    -------
    System

    Raises
    ------
    ValueError
        If the tables disagree on a number, and so do not count the same cases.

    References
    ----------
    Vorob'ev NN (1962). Consistent families of measures and their extensions. Theory of
    Probability and its Applications 7, 147-163: without rings, any tables that agree on what
    they share have a joint table.
    """
    values = _agreed_values(tables)
    losses = _losses(tables)
    joint = _joint(tables)
    place = {name: i for i, name in enumerate(dict.fromkeys([*values, *joint]))}
    lines = dict.fromkeys(line for table in tables for line in _placed(table.lines(), place))
    crossed = list(_placed(_crossed(tables, joint), place))
    numbers = np.array([values.get(name, 0.0) for name in place])
    return System(
        names=list(place),
        values=_fitting(numbers, crossed, len(values)),
        losses=np.array([losses.get(name, 0.0) for name in place]),
        lines=[*lines, *crossed],
        in_tables=np.arange(len(place)) < len(values),
    )


def _agreed_values(tables: Iterable[Table]) -> dict[Name, float]:
    values: dict[Name, float] = {}
    for table in tables:
        for name, n in zip(table.names, table.values, strict=True):
            if values.setdefault(name, n) != n:
                raise ValueError("Tabellerna räknar inte samma fall: deras summor skiljer sig åt.")
    return values


def _losses(tables: Iterable[Table]) -> dict[Name, float]:
    """Take the greatest loss of a number in any table."""
    losses: dict[Name, float] = {}
    for table in tables:
        for name, loss in zip(table.names, table.losses, strict=True):
            losses[name] = max(losses.get(name, 0.0), loss)
    return losses


def _placed(lines: Iterable[list[Name]], place: dict[Name, int]) -> Iterator[tuple[int, ...]]:
    return (tuple(place[name] for name in line) for line in lines)


def _joint(tables: Sequence[Table]) -> list[Name]:
    """Name the combinations of all columns, where these must be told apart and are few."""
    levels = {c: v for table in tables for c, v in table.levels.items() if len(v) > 1}
    is_small = prod(map(len, levels.values())) <= _JOINT_LIMIT
    if not is_small or not _has_ring([{*table.levels} & {*levels} for table in tables]):
        return []
    return [frozenset(zip(levels, of_all, strict=True)) for of_all in product(*levels.values())]


def _has_ring(columns: list[set[str]]) -> bool:
    """Whether columns are linked in a ring: whether some remain when every leaf is cut off.

    References
    ----------
    Beeri C, Fagin R, Maier D, Yannakakis M (1983). On the desirability of acyclic database
    schemes. Journal of the ACM 30, 479-513 (Graham's algorithm).
    """
    while (leaf := _leaf(columns)) is not None:
        columns = columns[:leaf] + columns[leaf + 1 :]
    return len(columns) > 1


def _leaf(columns: list[set[str]]) -> int | None:
    """Find columns of which one other table has all that any other has."""
    for i, own in enumerate(columns):
        others = columns[:i] + columns[i + 1 :]
        shared = own & set[str]().union(*others)
        if any(shared <= other for other in others):
            return i
    return None


def _crossed(tables: Iterable[Table], joint: list[Name]) -> Iterator[list[Name]]:
    """Write the finest numbers of each table as sums of joint counts."""
    for table in tables if joint else []:
        splits = {column for column, values in table.levels.items() if len(values) > 1}
        parts: dict[Name, list[Name]] = {}
        for name in joint:
            own = frozenset((column, value) for column, value in name if column in splits)
            parts.setdefault(own, []).append(name)
        yield from ([*names, own] for own, names in parts.items() if names != [own])


def _fitting(
    values: npt.NDArray[np.float64], lines: list[tuple[int, ...]], start: int
) -> npt.NDArray[np.float64]:
    """Give whole values to the joint counts, which come from a start on."""
    if not lines:
        return values
    rows = np.zeros((len(lines), len(values)))
    for row, (*parts, _) in zip(rows, lines, strict=True):
        row[parts] = 1
    wholes = values[[line[-1] for line in lines]]
    found = milp(
        np.zeros(len(values)),
        constraints=LinearConstraint(csr_array(rows), wholes, wholes),
        integrality=np.ones(len(values), dtype=int),
    )
    fitted = values.copy()
    fitted[start:] = np.asarray(found.x, dtype=float)[start:].round()
    return fitted
