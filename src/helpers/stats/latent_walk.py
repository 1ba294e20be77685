"""One walk of Metropolis' method through possible people, compiled, since it takes many steps."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

IMPOSSIBLE = 14.0
"""What is taken off the log-likelihood for what cannot be, so that the walk gets through."""
WARM_UP = 0.4
"""Share of the steps before anything is kept; the likelihood grows in during most of it."""

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


class Space(NamedTuple):
    """What people can be, and what is seen of them.

    Attributes
    ----------
    allowed : ndarray of bool, shape (entries, values, cells)
        Of every attribute, one after the other: the entry itself first.
    first_value : ndarray of int, shape (attributes + 1,)
        Where each attribute's values begin.
    clashing : ndarray of int, shape (pairs, 2)
        Attributes of which some values nobody has at once.
    clash : ndarray of bool, shape (entries, values, values)
        Which those are.
    noisy : ndarray of int, shape (cells,)
        Counts seen.
    log_chance : ndarray of float, shape (cells, 2 d + 3)
        Of what is seen, for a true count d + 1 lower to d + 1 higher.
    outer, first_outer : ndarray of int
        Cells that each cell lies next within, and where those of each cell begin.
    inner, first_inner : ndarray of int
        Cells that lie next within each cell.
    """

    allowed: Bools
    first_value: Integers
    clashing: Integers
    clash: Bools
    noisy: Integers
    log_chance: Floats
    outer: Integers
    first_outer: Integers
    inner: Integers
    first_inner: Integers


@njit(cache=True)
def walk(
    space: Space, people: Integers, steps: int, every: int, random: np.random.Generator
) -> Integers:
    """Walk, and keep the counts of every so many steps.

    Parameters
    ----------
    space : Space
    people : ndarray of int, shape (people, attributes)
        Where to start; changed in place.
    steps, every : int
    random : numpy.random.Generator

    Returns
    -------
    ndarray of int, shape (kept, cells)
    """
    counts = _counted(space, people)
    everywhere = np.ones(len(counts), np.bool_)
    scores = _scored(space, counts, everywhere, np.zeros(len(counts)))
    silent = int(steps * WARM_UP)
    kept = np.empty(((steps - silent) // every, len(counts)), dtype=np.int64)
    for step in range(silent + len(kept) * every):
        warmth = min(1.0, 0.1 + step / (silent * 0.7 + 1))
        at, new = _proposal(space, people, random)
        if (new != people[at]).any():
            moved = counts + _counted(space, new) - _counted(space, people[at])
            proposed = _scored(space, moved, _touched(space, moved != counts), scores)
            fewer = _clashes(space, people[at]) - _clashes(space, new)
            gain = (proposed - scores).sum() + fewer * IMPOSSIBLE
            if np.log(random.random()) < warmth * gain:
                people[at], counts, scores = new, moved, proposed
        if step >= silent and (step - silent) % every == 0:
            kept[(step - silent) // every] = counts
    return kept


@njit(cache=True)
def _proposal(
    space: Space, people: Integers, random: np.random.Generator
) -> tuple[Integers, Integers]:
    """Let two people swap a value, or one take that of the other, or any."""
    places, attributes = people.shape
    one, first = random.integers(0, attributes), random.integers(0, places)
    at = np.array([first, (first + 1 + random.integers(0, places - 1)) % places])
    new = people[at]
    new[0, one] = people[at[1], one]
    if random.random() < 0.5:
        new[1, one] = people[at[0], one]
        return at, new
    values = space.first_value[one + 1] - space.first_value[one]
    if random.random() < values / (values + 2 * places - 2):
        new[0, one] = random.integers(0, values)
    return at, new


@njit(cache=True)
def _counted(space: Space, people: Integers) -> Integers:
    """Count who is in each cell: whom all their attributes allow there."""
    allowed, first_value = space.allowed, space.first_value
    counts = np.zeros(allowed.shape[2], np.int64)
    for person in people:
        inside = np.ones(len(counts), np.bool_)
        for attribute, value in enumerate(person):
            inside &= allowed[person[0], first_value[attribute] + value]
        counts += inside
    return counts


@njit(cache=True)
def _clashes(space: Space, people: Integers) -> int:
    first_value, clash, found = space.first_value, space.clash, 0
    for one, other in space.clashing:
        for person in people:
            first = first_value[one] + person[one]
            found += clash[person[0], first, first_value[other] + person[other]]
    return found


@njit(cache=True)
def _touched(space: Space, changed: Bools) -> Bools:
    """Find the cells whose score may change: those that do, and those next within them."""
    inner, first_inner, touched = space.inner, space.first_inner, changed.copy()
    for cell in np.flatnonzero(changed):
        for within in inner[first_inner[cell] : first_inner[cell + 1]]:
            touched[within] = True
    return touched


@njit(cache=True)
def _scored(space: Space, counts: Integers, touched: Bools, before: Floats) -> Floats:
    """Give each cell's part of the log-likelihood, anew for those touched.

    What is seen counts once for all cells that are the same people.
    """
    noisy, log_chance, outer = space.noisy, space.log_chance, space.outer
    first_outer, farthest, scores = space.first_outer, log_chance.shape[1] // 2, before.copy()
    for cell in np.flatnonzero(touched):
        repeated, differ = False, 0
        for around in outer[first_outer[cell] : first_outer[cell + 1]]:
            if counts[around] == counts[cell]:
                repeated = True
                differ += noisy[around] != noisy[cell]
        off = counts[cell] - noisy[cell]
        within = min(max(off, -farthest), farthest)
        own = log_chance[cell, within + farthest] - 2.0 * abs(off - within)
        scores[cell] = -differ * IMPOSSIBLE if repeated else own
    return scores
