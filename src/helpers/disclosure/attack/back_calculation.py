"""Small groups that rounded shares give away, though their size is not told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, vstack

from helpers.disclosure.attack.aim import Aim, Interval, Target
from helpers.disclosure.attack.evidence import irreducible
from helpers.disclosure.attack.remainder import remainder
from helpers.disclosure.attack.space import is_within
from helpers.disclosure.attack.system import System, fits
from helpers.disclosure.bounds import Contradiction, Knowledge
from helpers.disclosure.told import Cell

_GUESSED = 3
"""A reader guesses that a group is small: at most so many times `min_denominator`."""


def back_calculated(told: System, aim: Aim) -> Iterator[tuple[Cell, list[int]]]:
    """Find shares that fit one small group only, or nearly, if the group is small.

    57 % of the women, 92 % of the men and 79 % of all leave 7 women and 12 men, among groups
    of at most 30.

    Parameters
    ----------
    told : System
        What is told.
    aim : Aim
        What gives a count away.

    Yields
    ------
    (Cell, list of int)
        Who has what the share is of, and the statements that give the group away. The group
        is smaller than `min_denominator`, or those who have it, or have it not, are few.
    """
    shares = _of_untold_size(told)
    everything = range(len(told.statements))
    given: set[Cell] = set()
    for guessed in _possibly_small(told, aim, shares):
        for cell, among in shares:
            guess = _Guess(told, aim, guessed, cell, among)
            if cell not in given and is_within(among, guessed) and guess.gives_away(everything):
                given.add(cell)
                yield cell, irreducible(everything, guess.gives_away)


def _possibly_small(told: System, aim: Aim, shares: Sequence[tuple[Cell, Cell]]) -> Iterator[Cell]:
    for guessed in dict.fromkeys(among for _, among in shares):
        guess = _Guess(told, aim, guessed, guessed, guessed)
        knowledge = guess.knowledge(range(len(told.statements)))
        if fits(knowledge, whole=told.space.is_whole):
            yield guessed


def _of_untold_size(told: System) -> list[tuple[Cell, Cell]]:
    """Select the shares of cases whose number does not follow by subtraction."""
    shares = [
        (statement.cell, statement.among)
        for statement in told.statements
        if statement.among and statement.cell.of == statement.among.of == "n"
        if statement.among not in told.shown
    ]
    parts = remainder(told.knowledge).parts_of(told.space.sums(among for _, among in shares))
    return [share for share, untold in zip(shares, parts, strict=True) if untold]


@dataclass(frozen=True)
class _Guess:
    """A share, and a group that is guessed to be small."""

    told: System
    aim: Aim
    guessed: Cell
    cell: Cell
    among: Cell

    def gives_away(self, statements: Sequence[int]) -> bool:
        """Whether some statements fit one small group only, or nearly."""
        knowledge = self.knowledge(statements)
        numbers = self.told.space.sums([self.cell, self.among])
        count, group = csr_array(numbers[[0]]), csr_array(numbers[[1]])
        try:
            size = self._bound(knowledge, group)
            if not self.aim.is_narrow(size, self._target):
                return False
            parts = [self._bound(knowledge, part) for part in (count, csr_array(group - count))]
        except Contradiction:
            return False
        return size.low < self.aim.rules.min_denominator or any(
            self.aim.gives_away(part, self._target) for part in parts
        )

    @property
    def _target(self) -> Target:
        return Target(self.cell, is_hidden=False)

    def knowledge(self, statements: Sequence[int]) -> Knowledge:
        """Add the guess to what some statements tell."""
        told, guess = self.told.part(statements), self.told.space.sums([self.guessed])
        limit = _GUESSED * self.aim.rules.min_denominator
        return Knowledge(
            csr_array(vstack([told.sums, guess])),
            np.append(told.low, 1),
            np.append(told.high, limit),
        )

    def _bound(self, knowledge: Knowledge, number: csr_array) -> Interval:
        whole = self.told.space.is_whole
        found = self.aim.bounds(knowledge, number, self._target, whole=whole)
        return self.aim.interval(found.low, found.high, self._target)
