"""The one shape of figures from any source: what was asked for, and an answer to each of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import product
from typing import Any, NamedTuple, TypeAlias, TypeVar

import pandas as pd

from helpers.problem import Problem

SEXES = ("K", "M", "T")
"""Women, men, and the total, which never stands in for either."""

COUNTRY = "0000"
"""The whole country, as Kolada writes it; each source has a code of its own."""

COLUMNS = {
    "source": "str",
    "kpi": "str",
    "place": "str",
    "place_code": "str",
    "year": "int64",
    "sex": "str",
    "value": "float64",
    "status": "str",
    "fetched_on": "object",
}


class PeersProblem(Problem):
    """Open data that cannot be fetched or used. ``str()`` is the Swedish message."""


class Status(StrEnum):
    """What is known of a figure; each is kept apart from the others everywhere."""

    OK = "ok"
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"
    SECRET = "secret"
    DELETED = "deleted"


T = TypeVar("T")
Key: TypeAlias = tuple[str, str, int, str]
"""kpi, place_code, year, sex"""


class Cell(NamedTuple):
    """A figure, or why there is none."""

    value: float | None
    status: Status


NONE = Cell(None, Status.MISSING)


@dataclass(frozen=True)
class Asked:
    """What is asked of a source.

    Attributes
    ----------
    kpis, places : tuple of str
        Ids, as the source writes them; `COUNTRY` is understood by all.
    years : tuple of int
    """

    kpis: tuple[str, ...]
    places: tuple[str, ...]
    years: tuple[int, ...]

    def __iter__(self) -> Iterator[Key]:
        """Give every figure asked for."""
        yield from product(self.kpis, self.places, self.years, SEXES)

    def batches(self, size: int) -> Iterator["Asked"]:
        """Part it into such with at most so many of each."""
        parts = parted(self.kpis, size), parted(self.places, size), parted(self.years, size)
        for kpis, places, years in product(*parts):
            yield Asked(kpis, places, years)


@dataclass
class Answer:
    """What a source answered.

    Attributes
    ----------
    cells : dict of Key to Cell
        What it has; anything else asked for is missing.
    places, titles : dict of str to str
        Names of places, and of figures.
    notes : list of str
        What the source says of its figures.
    words : list of tuple
        Figures with a status that is not known, each with the word; they count as missing.
    """

    cells: dict[Key, Cell] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    words: list[tuple[Key, str]] = field(default_factory=list)

    def add(self, key: Key, value: object, word: str, signs: Mapping[str, Status]) -> None:
        """Take in one figure with the word its source has for its status.

        Raises
        ------
        ValueError
            If the value is no number.
        """
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
            raise ValueError("not a number")
        status = signs.get(word.casefold(), Status.MISSING)
        if word.casefold() not in signs:
            self.words.append((key, word))
        if status is Status.OK and value is None:
            status = Status.MISSING
        self.cells[key] = Cell(value if status is Status.OK else None, status)


def frame(source: str, asked: Asked, answer: Answer, day: date) -> pd.DataFrame:
    """Lay out an answer: a row for everything asked for, missing where nothing was answered."""
    rows = [
        (source, kpi, answer.places.get(place, place), place, year, sex, *cell, day)
        for kpi, place, year, sex in asked
        for cell in [answer.cells.get((kpi, place, year, sex), NONE)]
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def parted(ids: tuple[T, ...], size: int) -> list[tuple[T, ...]]:
    """Part ids into lots of at most so many."""
    return [ids[first : first + size] for first in range(0, len(ids), size)]


def as_list(answered: object, keys: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Make sure that what a source answered is rows that have some keys.

    Raises
    ------
    ValueError
        If it is not.
    """
    if not isinstance(answered, list):
        raise ValueError("not a list")
    for row in answered:
        if not isinstance(row, dict) or not set(keys) <= row.keys():
            raise ValueError("not rows with these keys")
    return answered
