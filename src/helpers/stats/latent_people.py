"""People behind noisy counts: draws of what each has of each attribute, given all the counts."""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Bools: TypeAlias = npt.NDArray[np.bool_]
Floats: TypeAlias = npt.NDArray[np.float64]
Integers: TypeAlias = npt.NDArray[np.int64]

_IMPOSSIBLE = 14.0
"""What is taken off the log-likelihood for what cannot be, so that the walk gets through."""
_WARM_UP = 0.4
"""Share of the steps before anything is kept; the likelihood grows in during most of it."""
_EVERY = 20


class LatentPeople:
    """Walks through the ways in which people could give the noisy counts that were seen.

    Attributes
    ----------
    allowed : sequence of ndarray of bool, shape (entries, values, cells)
        For each attribute: whether someone who enters then and has that value can be counted in
        that cell. A person is in a cell that all their attributes allow. The first attribute is
        the entry itself; its last value is never to enter.
    noisy : ndarray of int, shape (cells,)
        Counts seen.
    noise : sequence of ndarray of shape (d + 1, 2 d + 1)
        Of each cell: ``[min(true, d), noisy - true + d]``. All have the same d.
    clash : sequence of tuple of (int, int, ndarray of bool, shape (entries, values, values))
        Pairs of attributes, and which of their values nobody has at once.

    Notes
    -----
    The rates of each attribute's values are learned from the counts, under Jeffreys' prior
    (ones half): a new value is that of another person, or now and then any. Cells of which one
    lies within another and has as many people are the same people, so have the same noise, and
    it counts once. Metropolis' method, several walks at once.
    """

    def __init__(
        self,
        allowed: Sequence[Bools],
        noisy: Integers,
        noise: Sequence[Floats],
        clash: Sequence[tuple[int, int, Bools]] = (),
    ) -> None:
        self.allowed, self.noisy, self.clash = allowed, noisy, clash
        self.farthest = len(noise[0]) - 1
        self.log_chance = np.array([_log_chance(*cell) for cell in zip(noisy, noise, strict=True)])
        self.inner, self.outer = _nested(allowed)
        self.first_edge = np.flatnonzero(np.diff(self.inner, prepend=-1))
        self.differ = noisy[self.inner] != noisy[self.outer]

    def draws(self, steps: int, walks: int, seed: int) -> Integers:
        """Draw the true counts.

        Parameters
        ----------
        steps : int
            Of each walk.
        walks : int
            How many, from starts of their own.
        seed : int
            The same gives the same draws.

        Returns
        -------
        ndarray of int, shape (draws, cells)
        """
        random = np.random.default_rng(seed)
        places = int(1.2 * self.noisy.max()) + 3 * self.farthest
        people = np.stack(
            [random.integers(part.shape[1], size=(walks, places)) for part in self.allowed], axis=-1
        )
        counts = np.stack([self._counted(one).sum(axis=0) for one in people], axis=1)
        likelihood, kept = self._log_likelihood(counts), []
        for step in range(steps):
            warmth = min(1.0, 0.1 + step / (steps * _WARM_UP * 0.7))
            at, new = self._proposal(people, random)
            old = people[np.arange(walks), at]
            gained, lost = self._counted(np.stack([new, old])).astype(np.int64).sum(axis=1)
            moved = counts + (gained - lost).T
            proposed = self._log_likelihood(moved)
            gain = proposed - likelihood + (self._clashes(old) - self._clashes(new)) * _IMPOSSIBLE
            yes = np.log(random.random(walks)) < warmth * gain
            people[np.flatnonzero(yes), at[:, yes]] = new[:, yes]
            counts[:, yes], likelihood[yes] = moved[:, yes], proposed[yes]
            if step >= steps * _WARM_UP and step % _EVERY == 0:
                kept.append(counts.T.copy())
        return np.concatenate(kept)

    def _proposal(self, people: Integers, random: np.random.Generator) -> tuple[Integers, Integers]:
        """Let two people swap a value, or one take that of the other, or any."""
        walks, places, attributes = people.shape
        attribute = int(random.integers(attributes))
        at = random.integers(places, size=(2, walks))
        at[1] = (at[0] + 1 + at[1] % (places - 1)) % places
        new = people[np.arange(walks), at]
        mine, others = new[:, :, attribute].copy()
        if random.random() < 0.5:
            new[:, :, attribute] = others, mine
            return at, new
        values = self.allowed[attribute].shape[1]
        is_any = random.random(walks) < values / (values + 2 * places - 2)
        new[0, :, attribute] = np.where(is_any, random.integers(values, size=walks), others)
        return at, new

    def _counted(self, people: Integers) -> Bools:
        """Say which cells each person is in, shape (..., cells)."""
        entry = people[..., 0]
        inside = self.allowed[0][entry, entry]
        for attribute, part in enumerate(self.allowed[1:], start=1):
            inside = inside & part[entry, people[..., attribute]]
        return inside

    def _clashes(self, people: Integers) -> Integers:
        entry, found = people[..., 0], np.zeros(people.shape[1], dtype=np.int64)
        for one, other, impossible in self.clash:
            found += impossible[entry, people[..., one], people[..., other]].sum(axis=0)
        return found

    def _log_likelihood(self, counts: Integers) -> Floats:
        """Of each walk, for counts of shape (cells, walks)."""
        farthest = self.farthest + 1
        off = counts - self.noisy[:, None]
        own = self.log_chance[
            np.arange(len(off))[:, None], off.clip(-farthest, farthest) + farthest
        ]
        own = own - 2.0 * np.maximum(abs(off) - farthest, 0)
        same = counts.take(self.inner, axis=0) == counts.take(self.outer, axis=0)
        if len(same):
            repeated = np.logical_or.reduceat(same, self.first_edge, axis=0)
            own[self.inner[self.first_edge]] *= ~repeated
        found: Floats = own.sum(axis=0) - _IMPOSSIBLE * same[self.differ].sum(axis=0)
        return found


def _log_chance(noisy: int, noise: Floats) -> Floats:
    """Of the noisy count, for every true count up to d + 1 below or above it."""
    farthest = len(noise) - 1
    true = noisy + np.arange(-farthest, farthest + 1)
    steps = noisy - true + farthest
    chance = np.where(true < 0, 0.0, noise[true.clip(0, farthest), steps])
    logarithm: Floats = np.log(np.pad(chance, 1).clip(np.exp(-_IMPOSSIBLE)))
    return logarithm


def _nested(allowed: Sequence[Bools]) -> tuple[Integers, Integers]:
    """List the cells that lie within another and none between, and that other."""
    cells = allowed[0].shape[-1]
    within = np.ones((cells, cells), dtype=bool)
    for part in allowed:
        can = part.reshape(-1, cells).T.astype(np.float32)
        within &= can @ (1 - can).T == 0
    order = np.arange(cells)
    strictly = (within & ~(within.T & (order[:, None] >= order))).astype(np.float32)
    inner, outer = np.nonzero((strictly > 0) & (strictly @ strictly == 0))
    return inner, outer
