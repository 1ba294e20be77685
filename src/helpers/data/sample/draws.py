"""The random draws the sample is made of, and how its rows are put in order."""

import math
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeAlias, TypeVar

import numpy as np

T = TypeVar("T")
Row: TypeAlias = dict[str, str | int | bool | date | None]

FIRST_DAY = date(2022, 1, 1)
AS_OF = date(2025, 12, 31)


def generator(seed: int) -> np.random.Generator:
    """Make a generator whose stream NumPy keeps from one version to the next."""
    return np.random.Generator(np.random.PCG64(seed))


def integer(rng: np.random.Generator, low: int, high: int) -> int:
    """Draw a whole number from `low` to `high`, both included."""
    return int(rng.integers(low, high + 1))


def choice(rng: np.random.Generator, options: Sequence[T]) -> T:
    """Draw one of `options`, all equally likely."""
    return options[integer(rng, 0, len(options) - 1)]


def weibull(rng: np.random.Generator, scale: float, shape: float) -> float:
    """Draw a waiting time, in the unit of `scale`. Shape 1 is the exponential distribution."""
    return float(scale * (-math.log(1 - rng.random())) ** (1 / shape))


def pick(rng: np.random.Generator, size: int, count: int) -> list[bool]:
    """Pick `count` of `size` members at random: one flag a member."""
    return [bool(rank < count) for rank in rng.permutation(size)]


def split(rng: np.random.Generator, items: Sequence[T], share: float) -> tuple[list[T], list[T]]:
    """Split off `share` of `items` at random, to the nearest whole number, from the rest."""
    picked = pick(rng, len(items), round(share * len(items)))
    chosen = [item for item, taken in zip(items, picked, strict=True) if taken]
    return chosen, [item for item, taken in zip(items, picked, strict=True) if not taken]


def days_after(day: date, days: int) -> date:
    """Add days to a date."""
    return day + timedelta(days=days)


def number(rows: list[Row], column: str, prefix: str) -> list[Row]:
    """Replace each distinct value of `column` by a running number, in the order of the rows."""
    numbers = {value: n for n, value in enumerate(dict.fromkeys(r[column] for r in rows), start=1)}
    return [{**row, column: f"{prefix}{numbers[row[column]]:04d}"} for row in rows]
