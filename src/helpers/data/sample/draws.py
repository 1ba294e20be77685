"""The random draws an invented municipality is made of, and how its rows are put in order."""

import math
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TypeAlias, TypeVar

import numpy as np

T = TypeVar("T")
Row: TypeAlias = dict[str, str | int | bool | date | None]

FIRST_DAY = date(2022, 1, 1)
AS_OF = date(2025, 12, 31)


class Draws:
    """Draws that meet each share exactly, to the nearest whole number of people.

    The seeds are of a stream that NumPy keeps from one version to the next.
    """

    def __init__(self, *seed: int) -> None:
        self._rng = np.random.Generator(np.random.PCG64(seed))

    def integer(self, low: int, high: int) -> int:
        """Draw a whole number from `low` to `high`, both included."""
        return int(self._rng.integers(low, high + 1))

    def choice(self, options: Sequence[T]) -> T:
        """Draw one of `options`, all equally likely."""
        return options[self.integer(0, len(options) - 1)]

    def uniform(self) -> float:
        """Draw a number between 0 and 1."""
        return float(self._rng.random())

    def chance(self, probability: float) -> bool:
        """Draw whether something happens."""
        return bool(self._rng.random() < probability)

    def weibull(self, scale: float, shape: float) -> float:
        """Draw a waiting time, in the unit of `scale`. Shape 1 is the exponential distribution."""
        return float(scale * (-math.log(1 - self._rng.random())) ** (1 / shape))

    def count(self, size: int, share: float) -> int:
        """Draw how many of `size` there are of a kind."""
        return round(share * size)

    def counts(self, size: int, shares: Mapping[T, float]) -> dict[T, int]:
        """Draw how many of `size` there are of each kind; `shares` sum to 1."""
        return {kind: round(share * size) for kind, share in shares.items()}

    def flags(self, size: int, share: float) -> list[bool]:
        """Draw who of `size` are of a kind: one flag each."""
        count = self.count(size, share)
        return [bool(rank < count) for rank in self._rng.permutation(size)]

    def split(self, items: Sequence[T], share: float) -> tuple[list[T], list[T]]:
        """Split off a share of `items` at random from the rest."""
        flagged = list(zip(items, self.flags(len(items), share), strict=True))
        return [item for item, taken in flagged if taken], [i for i, taken in flagged if not taken]


class IndependentDraws(Draws):
    """Draws in which a share is each person's own probability, whatever becomes of the others."""

    def count(self, size: int, share: float) -> int:
        """Draw from the binomial distribution."""
        return int(self._rng.binomial(size, share))

    def counts(self, size: int, shares: Mapping[T, float]) -> dict[T, int]:
        """Draw from the multinomial distribution."""
        drawn = self._rng.multinomial(size, list(shares.values()))
        return dict(zip(shares, drawn.tolist(), strict=True))

    def flags(self, size: int, share: float) -> list[bool]:
        """Draw each flag by itself."""
        return [bool(flag) for flag in self._rng.random(size) < share]


def days_after(day: date, days: int) -> date:
    """Add days to a date."""
    return day + timedelta(days=days)


def number(rows: list[Row], column: str, prefix: str) -> list[Row]:
    """Replace each distinct value of `column` by a running number, in the order of the rows."""
    numbers = {value: n for n, value in enumerate(dict.fromkeys(r[column] for r in rows), start=1)}
    for row in rows:
        row[column] = f"{prefix}{numbers[row[column]]:04d}"
    return rows
