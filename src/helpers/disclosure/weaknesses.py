"""What must be hidden beside a hidden number, lest a reader work it out.

Each condition is a row of weights, one a number: whatever pattern protects well enough hides
numbers whose weights sum to 0 or more. The number that is protected weighs -1.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array, vstack

from helpers.disclosure.bounds import Bounds, Knowledge, bounds
from helpers.disclosure.systems import System
from helpers.disclosure.witnesses import Places, Witnesses

_TOLERANCE = 1e-6

Weights = npt.NDArray[np.float64]


def readers(system: System) -> npt.NDArray[np.bool_]:
    """Say what each reader knows beside what is shown.

    Parameters
    ----------
    system : System
        All numbers.

    Returns
    -------
    ndarray of bool, shape (readers, numbers)
        For one from outside, who knows nothing, and for each person who is alone in a number:
        the numbers that count nobody else.
    """
    alone = np.flatnonzero((system.values == 1) & system.in_tables).tolist()
    known = np.zeros((1 + len(alone), len(system.values)), dtype=bool)
    for reader, number in enumerate(alone, start=1):
        known[reader, system.within(number)] = True
    return known


def line_conditions(system: System, room: float) -> csr_array:
    """Give what a line of a table asks for: something else in it is hidden too.

    Parameters
    ----------
    system : System
        All numbers.
    room : float
        How far apart the bounds of a hidden number must be, in persons.

    Returns
    -------
    csr_array, shape (conditions, numbers)
    """
    conditions = [
        _line_condition(system.values, line, number, alone, room)
        for line in system.lines
        if system.in_tables[list(line)].all()
        for alone in (None, *(part for part in line[:-1] if system.values[part] == 1))
        for number in line
        if number != alone
    ]
    columns = [column for numbers, _ in conditions for column in numbers]
    weights = [weight for _, row in conditions for weight in row]
    ends = np.cumsum([0, *(len(numbers) for numbers, _ in conditions)])
    return csr_array((weights, columns, ends), shape=(len(conditions), len(system.values)))


def _line_condition(
    values: npt.NDArray[np.float64],
    line: tuple[int, ...],
    number: int,
    alone: int | None,
    room: float,
) -> tuple[list[int], list[float]]:
    """Weigh the numbers of a line by how much each widens the bounds of one, to any who is alone.

    A part of the sum shown rises only by as much as the other parts can fall.
    """
    others = [other for other in line if other not in (number, alone)]
    lacking = room - values[number] if number != line[-1] else 0
    weights = [
        1.0 if lacking <= 0 or other == line[-1] else min(1.0, values[other] / lacking)
        for other in others
    ]
    return [*others, number], [*weights, -1.0]


def conditions(witnesses: Witnesses, room: float) -> Iterator[csr_array]:
    """Find hidden numbers that a reader can bound too narrowly, and what each asks for.

    Parameters
    ----------
    witnesses : Witnesses
        The pattern, and what has been found about it.
    room : float
        How far apart the bounds of a hidden number must be, in persons.

    Yields
    ------
    csr_array, shape (1, numbers)
        None if every hidden number is protected.
    """
    witnesses.explore(room)
    for number in np.flatnonzero(witnesses.hidden & witnesses.system.in_tables).tolist():
        for reader in witnesses.unsure(room, number):
            if not witnesses.leave(room, number, reader):
                yield _condition(witnesses, reader, number, room)
                break


def _condition(witnesses: Witnesses, reader: int, number: int, room: float) -> csr_array:
    """Weigh the shown numbers by how much hiding each widens the bounds that follow from them.

    Where the bounds are narrow only because counts are whole, all weigh the same.
    """
    system, hidden = witnesses.system, witnesses.hidden
    near = _near(system, witnesses.bound_to(number))
    told = ~hidden[near] | witnesses.known[reader, near]
    found = bounds(_knowledge(system, near, told), _one(near == number), room)
    weights = np.ones(len(hidden))
    if not found.leave(room):
        weights = np.zeros(len(hidden))
        weights[near[told]] = _widening(found, system.values[near[told]], room)
    weights[hidden] = 0
    weights[number] = -1
    return csr_array(weights[np.newaxis])


def _near(system: System, numbers: Places) -> Places:
    """Find all that shares a line with some numbers."""
    lines = system.sums[:, numbers]
    return np.union1d(numbers, system.sums[np.flatnonzero(np.diff(lines.indptr))].indices)


def _knowledge(system: System, near: Places, told: npt.NDArray[np.bool_]) -> Knowledge:
    """Tell some of the numbers near each other, and the lines that bind them."""
    lines = system.sums[:, near]
    inside = np.flatnonzero(np.diff(lines.indptr) == np.diff(system.sums.indptr))
    values = np.append(system.values[near[told]], np.zeros(len(inside)))
    ones = csr_array(np.eye(len(near)))[np.flatnonzero(told)]
    return Knowledge(csr_array(vstack([ones, lines[inside]])), values, values)


def _one(is_it: npt.NDArray[np.bool_]) -> csr_array:
    return csr_array(is_it[np.newaxis].astype(float))


def _widening(found: Bounds, values: npt.NDArray[np.float64], room: float) -> Weights:
    """Price numbers that fall, at most to 0, or rise without limit, by what is lacking of room."""
    lower, upper = (price[: len(values)] for price in found.prices)
    fall = (np.maximum(lower, 0) + np.maximum(-upper, 0)) * values
    rises = np.maximum(-lower, upper) > _TOLERANCE
    lacking = room - (found.high - found.low)
    return np.where(rises, 1, np.minimum(fall / lacking, 1)).round(9)
