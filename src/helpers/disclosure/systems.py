"""Tables of the same cases as one system of numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod

import numpy as np
import numpy.typing as npt
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import csr_array, vstack

from helpers.disclosure.margins import Levels, Name, Table, sums_of

_JOINT_LIMIT = 5000


@dataclass(frozen=True, eq=False)
class System:
    """Numbers that are sums of the same counts: a table with its margins, or several tables.

    Attributes
    ----------
    names : list of frozenset
        What the cases of each number share: values by column. A number stands here once,
        in however many tables it is shown.
    sums : csr_array, shape (numbers, counts)
        1 where the count is part of the number.
    ties : csr_array, shape (ties, counts)
        Sums that are known to be zero: a number less the same number by other counts.
    counts : ndarray, shape (counts,)
        Whole counts that give the numbers.
    losses : ndarray, shape (numbers,)
        What is lost where a number is hidden.
    lines : list of tuple of int
        Lines of the tables: positions of numbers, the last of which is the sum of the others.
    """

    names: list[Name]
    sums: csr_array
    ties: csr_array
    counts: npt.NDArray[np.float64]
    losses: npt.NDArray[np.float64]
    lines: list[tuple[int, ...]]

    @cached_property
    def values(self) -> npt.NDArray[np.float64]:
        """The numbers."""
        return self.sums @ self.counts

    def within(self, number: int) -> list[int]:
        """Find the numbers that count nobody but the cases of one number."""
        return [i for i, name in enumerate(self.names) if self.names[number] <= name]


def system_of(tables: Sequence[Table]) -> System:
    """Write tables of the same cases as one system.

    The counts are those of the tables that no other table holds. Tables whose columns are
    linked in a ring (A×B, B×C, A×C) may tell more of a case than any of them does: the counts
    are then those of all columns crossed, where these are at most 5000 combinations.

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
    frames = _frames(tables)
    sums, ties = _rows(tables, frames, list(values))
    return System(
        names=list(values),
        sums=sums,
        ties=ties,
        counts=_counts(tables, frames, sums, np.array(list(values.values()))),
        losses=_losses(tables, list(values)),
        lines=_lines(tables, list(values)),
    )


def _agreed_values(tables: Iterable[Table]) -> dict[Name, float]:
    values: dict[Name, float] = {}
    for table in tables:
        for name, n in zip(table.names, table.values, strict=True):
            if values.setdefault(name, n) != n:
                raise ValueError("Tabellerna räknar inte samma fall: deras summor skiljer sig åt.")
    return values


def _frames(tables: Sequence[Table]) -> list[Levels]:
    """Choose the combinations of values that are counted."""
    finest: list[Levels] = []
    for table in sorted(tables, key=lambda table: -len(table.levels)):
        if not any(table.levels.keys() <= frame.keys() for frame in finest):
            finest.append(table.levels)
    joint: Levels = {column: values for frame in finest for column, values in frame.items()}
    is_small = prod(map(len, joint.values())) <= _JOINT_LIMIT
    return [joint] if is_small and _has_ring([{*frame} for frame in finest]) else finest


def _has_ring(columns: list[set[str]]) -> bool:
    """Whether columns are linked in a ring: whether some remain when every leaf is cut off.

    References
    ----------
    Beeri C, Fagin R, Maier D, Yannakakis M (1983). On the desirability of acyclic database
    schemes. Journal of the ACM 30, 479-513 (Graham's algorithm).
    """
    while leaf := next((own for own in columns if _is_leaf(own, columns)), None):
        columns = [other for other in columns if other is not leaf]
    return len(columns) > 1


def _is_leaf(own: set[str], columns: list[set[str]]) -> bool:
    others = [other for other in columns if other is not own]
    shared = own & set[str]().union(*others)
    return any(shared <= other for other in others)


def _rows(
    tables: Sequence[Table], frames: list[Levels], names: list[Name]
) -> tuple[csr_array, csr_array]:
    """Write each number as a sum of counts, and as the same sum in each other frame."""
    width = [prod(map(len, frame.values())) for frame in frames]
    owners = [_owner(table, frames) for table in tables]
    rows = csr_array(
        vstack(
            [
                _shifted(sums_of(frames[own], list(table.levels)), sum(width[:own]), sum(width))
                for table, own in zip(tables, owners, strict=True)
            ]
        )
    )
    stand = [(name, own) for t, own in zip(tables, owners, strict=True) for name in t.names]
    row = {place: i for i, place in reversed(list(enumerate(stand)))}
    first = {name: i for i, (name, _) in reversed(list(enumerate(stand)))}
    again = [(first[name], i) for (name, _), i in row.items() if first[name] != i]
    one, other = np.array(again, dtype=int).reshape(-1, 2).T
    return rows[[first[name] for name in names]], rows[one] - rows[other]


def _owner(table: Table, frames: list[Levels]) -> int:
    return next(i for i, frame in enumerate(frames) if table.levels.keys() <= frame.keys())


def _shifted(sums: csr_array, start: int, width: int) -> csr_array:
    """Place sums among the counts of all frames."""
    return csr_array((sums.data, sums.indices + start, sums.indptr), (sums.shape[0], width))


def _counts(
    tables: Sequence[Table],
    frames: list[Levels],
    sums: csr_array,
    values: npt.NDArray[np.float64],
) -> npt.NDArray[np.float64]:
    """Find whole counts that give the numbers: those of the tables, if they hold every frame."""
    inner = {id(table.levels): table.inner for table in tables}
    if all(id(frame) in inner for frame in frames):
        return np.concatenate([inner[id(frame)] for frame in frames])
    some = milp(
        np.zeros(sums.shape[1]),
        constraints=LinearConstraint(sums, values, values),
        integrality=np.ones(sums.shape[1], dtype=int),
    )
    return np.asarray(some.x, dtype=float).round()


def _losses(tables: Sequence[Table], names: list[Name]) -> npt.NDArray[np.float64]:
    """Take the greatest loss of a number in any table."""
    losses: dict[Name, float] = {}
    for table in tables:
        for name, loss in zip(table.names, table.losses, strict=True):
            losses[name] = max(losses.get(name, 0), loss)
    return np.array([losses[name] for name in names])


def _lines(tables: Sequence[Table], names: list[Name]) -> list[tuple[int, ...]]:
    place = {name: i for i, name in enumerate(names)}
    lines = (
        tuple(place[table.names[number]] for number in line)
        for table in tables
        for line in table.lines
    )
    return list(dict.fromkeys(lines))
