"""People behind noisy counts: draws of what each has of each attribute, given all the counts."""

from collections.abc import Sequence

import numpy as np

from helpers.stats.latent_walk import IMPOSSIBLE, Bools, Floats, Integers, Space, walk

_EVERY = 100
"""Steps between the counts that are kept."""


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
    it counts once. Metropolis' method, several walks.
    """

    def __init__(
        self,
        allowed: Sequence[Bools],
        noisy: Integers,
        noise: Sequence[Floats],
        clash: Sequence[tuple[int, int, Bools]] = (),
    ) -> None:
        self.values = [part.shape[1] for part in allowed]
        self.farthest = len(noise[0]) - 1
        first = np.concatenate([[0], np.cumsum(self.values)])
        inner, outer = _nested(allowed)
        self.space = Space(
            np.concatenate(allowed, axis=1),
            first,
            np.array([(one, other) for one, other, _ in clash], dtype=np.int64).reshape(-1, 2),
            _joined(clash, first, len(allowed[0])),
            noisy,
            np.array([_log_chance(*cell) for cell in zip(noisy, noise, strict=True)]),
            *_listed(inner, outer, len(noisy)),
            *_listed(outer, inner, len(noisy)),
        )

    @property
    def places(self) -> int:
        """How many people there may be, those who never enter included."""
        return int(1.2 * self.space.noisy.max()) + 3 * self.farthest

    def draws(self, sweeps: int, walks: int, seed: int) -> Integers:
        """Draw the true counts.

        Parameters
        ----------
        sweeps : int
            Of each walk: how often each attribute of each person is tried.
        walks : int
            How many, from starts of their own.
        seed : int
            The same gives the same draws.

        Returns
        -------
        ndarray of int, shape (draws, cells)
        """
        randoms = [np.random.default_rng([seed, number]) for number in range(walks)]
        steps = sweeps * self.places * len(self.values)
        return np.concatenate(
            [walk(self.space, self._start(random), steps, _EVERY, random) for random in randoms]
        )

    def _start(self, random: np.random.Generator) -> Integers:
        return random.integers(self.values, size=(self.places, len(self.values)))


def _joined(clash: Sequence[tuple[int, int, Bools]], first: Integers, entries: int) -> Bools:
    """Put what clashes in one table over all attributes' values."""
    joined = np.zeros((entries, first[-1], first[-1]), dtype=np.bool_)
    for one, other, impossible in clash:
        joined[:, first[one] : first[one + 1], first[other] : first[other + 1]] = impossible
    return joined


def _listed(of: Integers, which: Integers, cells: int) -> tuple[Integers, Integers]:
    """List what belongs to each cell after one another, and where each cell's begin."""
    order = np.argsort(of, kind="stable")
    return which[order], np.searchsorted(of[order], np.arange(cells + 1))


def _log_chance(noisy: int, noise: Floats) -> Floats:
    """Of the noisy count, for every true count up to d + 1 below or above it."""
    farthest = len(noise) - 1
    true = noisy + np.arange(-farthest, farthest + 1)
    steps = noisy - true + farthest
    chance = np.where(true < 0, 0.0, noise[true.clip(0, farthest), steps])
    logarithm: Floats = np.log(np.pad(chance, 1).clip(np.exp(-IMPOSSIBLE)))
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
