"""What is told of the cases: counts, and ratios of them, by the cells they are counts of.

A cell is named by the values its cases share, not by the table it stands in, so that the same
cell is the same wherever it is shown.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import ceil, inf
from typing import Any

import pandas as pd

from helpers.disclosure.grouping import TOTAL
from helpers.disclosure.hidden import Hidden
from helpers.disclosure.rules import Rules

Values = tuple[str, ...]


@dataclass(frozen=True)
class Cell:
    """Cases that share values.

    Attributes
    ----------
    cases : str
        What a case is: ``"placements"``.
    where : tuple of (str, tuple of str)
        Attributes in order of name, each with the values a case may have, in order. An attribute
        left out may have any value.
    of : str
        What is summed: ``"n"``, the cases themselves, or a quantity of theirs, as ``"days"``.
    """

    cases: str
    where: tuple[tuple[str, Values], ...] = ()
    of: str = "n"


def cell(
    cases: str, where: Mapping[str, object | Iterable[object]] | None = None, of: str = "n"
) -> Cell:
    """Name a cell.

    Parameters
    ----------
    cases, of
        As in `Cell`.
    where : mapping of str to object or iterable of objects, optional
        The value, or values, of each attribute.

    Returns
    -------
    Cell
    """
    values = {name: _values(value) for name, value in (where or {}).items()}
    return Cell(cases, tuple(sorted(values.items())), of)


def at(attribute: str, as_of: object) -> str:
    """Name an attribute that a case may lose with time, such as still waiting.

    Parameters
    ----------
    attribute : str
        The attribute.
    as_of : object
        The day the values stand for.

    Returns
    -------
    str
    """
    return f"{attribute} {as_of}"


@dataclass(frozen=True, eq=False)
class Counts:
    """A table of counts, with what may not be shown hidden.

    Attributes
    ----------
    cases, of
        As in `Cell`.
    table : DataFrame
        Grouping columns, whose values may be `TOTAL`, and ``n`` (number or Hidden). Every value
        of an attribute must be told of somewhere, `TOTAL` being their sum.
    as_of : str
        The last day (ISO) that a case may have become known.
    values : mapping
        By column, the values that a label stands for:
        ``{"year": {"2022–2023": ("2022", "2023")}}``.
    where : mapping
        Attributes that all cases of the table share.
    final : mapping
        By attribute, the values that a case keeps once it has one, such as having got a flat.
    base : int
        What the counts are rounded to multiples of; 1 where they are not.
    """

    cases: str
    table: pd.DataFrame
    of: str = "n"
    as_of: str = ""
    values: Mapping[str, Mapping[str, Values]] = field(default_factory=dict)
    where: Mapping[str, Values] = field(default_factory=dict)
    final: Mapping[str, Values] = field(default_factory=dict)
    base: int = 1


@dataclass(frozen=True)
class Ratio:
    """A share, rate or mean: one cell over another, between two limits.

    Attributes
    ----------
    cell, among : Cell
        What is counted, or summed, and among which cases.
    low, high : float
        The limits; what is rounded lies half a unit to either side.
    as_of : str
        As in `Counts`.
    """

    cell: Cell
    among: Cell
    low: float
    high: float
    as_of: str = ""


Told = Counts | Ratio


@dataclass(frozen=True)
class Fact:
    """What one number tells: that a cell, or its ratio to another, lies between two limits.

    Attributes
    ----------
    cell : Cell
        What is told of.
    low, high : float
        The limits: equal where the number is shown, 0 and infinity where it is hidden.
    among : Cell or None
        What the cell is divided by.
    as_of : str
        As in `Counts`.
    place : str
        Where it is told, in Swedish.
    release : str
        The earlier release that tells it; empty for the site at hand.
    final : tuple of (str, tuple of str)
        As in `Counts`.
    """

    cell: Cell
    low: float
    high: float
    among: Cell | None = None
    as_of: str = ""
    place: str = ""
    release: str = ""
    final: tuple[tuple[str, Values], ...] = ()

    @property
    def is_hidden(self) -> bool:
        """Whether nothing is told of the cell, but that it is there."""
        return self.low == 0 and self.high == inf


def facts(told: Told, place: str = "", release: str = "") -> Iterator[Fact]:
    """Give what each number tells.

    Parameters
    ----------
    told : Counts or Ratio
        A table of counts, or a ratio.
    place : str
        Where it stands, in Swedish.
    release : str
        The earlier release it stands in; empty for the site at hand.

    Yields
    ------
    Fact
    """
    if isinstance(told, Ratio):
        yield Fact(told.cell, told.low, told.high, told.among, told.as_of, place, release)
        return
    final = tuple((name, tuple(values)) for name, values in sorted(told.final.items()))
    columns = [column for column in told.table.columns if column != "n"]
    for *labels, n in told.table[[*columns, "n"]].itertuples(index=False, name=None):
        where = dict(told.where) | {
            column: told.values.get(column, {}).get(str(label), (str(label),))
            for column, label in zip(columns, labels, strict=True)
            if label != TOTAL
        }
        low, high = (0, inf) if isinstance(n, Hidden) else _limits(n, told.base)
        named = cell(told.cases, where, told.of)
        yield Fact(named, low, high, None, told.as_of, place, release, final)


def _limits(n: float, base: int) -> tuple[float, float]:
    """Bound what a rounded count was: halves go up, only zero to zero, and none shown is small."""
    if n == 0 or base == 1:
        return n, n
    return max(ceil(n - base / 2), Rules.min_count), ceil(n + base / 2) - 1


def read(entry: Mapping[str, Any]) -> Told:
    """Read what is told from its record in a notebook's output.

    Parameters
    ----------
    entry : mapping
        A `Counts` or `Ratio` as JSON holds it.

    Returns
    -------
    Counts or Ratio
    """
    if "table" in entry:
        table = pd.DataFrame(
            entry["table"]["rows"], columns=entry["table"]["columns"], dtype=object
        )
        return Counts(**{**entry, "table": table.map(_read_number)})
    part, whole = (_read_cell(entry[name]) for name in ("cell", "among"))
    return Ratio(part, whole, float(entry["low"]), float(entry["high"]), entry["as_of"])


def _read_number(value: object) -> object:
    return Hidden.read(value) if isinstance(value, Mapping) else value


def _read_cell(entry: Mapping[str, Any]) -> Cell:
    return cell(entry["cases"], dict(entry["where"]), entry["of"])


def _values(value: object | Iterable[object]) -> Values:
    many = [value] if isinstance(value, str) or not isinstance(value, Iterable) else value
    return tuple(sorted(map(str, many)))
