"""True counts with their cell keys: the last secret thing on the way from rows to page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, combinations
from typing import NoReturn

import pandas as pd
from ibis.expr.types import Table, Value

from helpers.disclosure.engines import person_key, set_key
from helpers.disclosure.keys import PERSON_KEY, Secret

ALL = "all"
"""Everyone: the grouping that has one group."""
TOTAL = "total"
"""The row of a column that sums over its values."""
PEOPLE = "people"
"""The table that every tally has: how many each group holds."""


@dataclass(frozen=True)
class Group:
    """Some of those counted.

    Attributes
    ----------
    grouping : str
        The column that the group is a value of; `ALL` for everyone.
    value : object
        The value; `ALL` for everyone.
    label : str
        What readers know it by.
    """

    grouping: str = ALL
    value: object = ALL
    label: str = field(default="alla", compare=False)

    @property
    def is_everyone(self) -> bool:
        """Whether nobody is left out."""
        return self.grouping == ALL

    def __str__(self) -> str:
        return ALL if self.is_everyone else f"{self.grouping}: {self.value}"


EVERYONE = Group()

_SEXES = ("K", "M")
MEASURED = ("n", "key", "days")
"""What is summed in the tables; any other column tells cells apart."""


@dataclass(frozen=True, repr=False, eq=False)
class Tally:
    """True counts of a question, secret; ``protect`` makes them what may be known.

    Attributes
    ----------
    question : str
        The question's name: ``"queue-times"``.
    as_of : datetime.date
        The day the counts stand for.
    by : tuple of str
        What the cases are grouped by, sex first.
    secret : Secret
        The key that decides the noise.
    tables : mapping of str to DataFrame
        As `grouped` gives them: ``grouping``, ``group``, ``sex``, typed columns, ``n``, ``key``
        and, of times, ``days``. `PEOPLE` is one of them.
    means : DataFrame
        ``grouping``, ``group``, ``sex``, ``measure``, ``value``, ``most`` (its upper bound) and
        ``unit`` (the standard deviation of its noise, times persons), in days; ``n``, ``key``
        and ``days`` of those it is of.
    unpublished : mapping of str to DataFrame
        Further counts, for the analyst's own eyes.
    is_sensitive : bool
        Whether it is of what is most sensitive, which takes larger groups.
    """

    question: str
    as_of: date
    by: tuple[str, ...]
    secret: Secret
    tables: Mapping[str, pd.DataFrame]
    means: pd.DataFrame = field(default_factory=pd.DataFrame)
    unpublished: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    is_sensitive: bool = False

    def __repr__(self) -> str:
        cells = sum(map(len, self.tables.values()))
        return f"Tally of {self.question}: {len(self.tables)} tables, {cells} cells (secret)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a tally is secret, and is not written to a file by chance")

    def true_counts(self) -> dict[str, pd.DataFrame]:
        """Give the true counts, for the analyst's own eyes: the gate refuses such an output.

        Returns
        -------
        dict of str to DataFrame
            The tables without their keys, and what is never published.
        """
        counts = {name: table.drop(columns="key") for name, table in self.tables.items()}
        return counts | {name: table.copy() for name, table in self.unpublished.items()}


def counted(
    rows: Table,
    by: Sequence[str],
    person: str,
    secret: Secret,
    sums: Sequence[str] = (),
) -> pd.DataFrame:
    """Count rows by group, and add up their person keys: one expression, run where the rows are.

    Parameters
    ----------
    rows : ibis.Table
        Rows of cases. A column ``person_key`` is taken as it stands.
    by, sums : sequence of str
        Columns to group by, and of whole numbers to add up.
    person : str
        The column that says whose row it is.

    Returns
    -------
    pandas.DataFrame
        The columns of `by`, ``n``, ``key`` (sum of person keys) and the sums, in the order of
        the columns of `by`.

    Raises
    ------
    KeyProblem
        If the engine cannot hash, or would log the key, and the rows have no ``person_key``.
    """
    key = rows[PERSON_KEY] if PERSON_KEY in rows.columns else person_key(rows[person])
    totals: Mapping[str, Value] = {name: rows[name].sum().cast("int64") for name in sums}
    groups = rows.group_by([*by]).aggregate(
        n=rows.count().cast("int64"), key=key.cast("int64").sum().cast("int64"), **totals
    )
    if PERSON_KEY not in rows.columns:
        set_key(rows.get_backend(), secret)
    return pd.DataFrame(groups.order_by([*by]).to_pandas())


def grouped(
    cells: pd.DataFrame,
    by: Sequence[str],
    columns: Mapping[str, Sequence[object]] | None = None,
    totals: Sequence[str] = (),
) -> pd.DataFrame:
    """Sum cells to each sex of everyone, and of each group of each other column of `by`.

    Columns beyond sex are taken one at a time, never crossed. Every combination has a row, of 0
    if need be: that one is missing would tell a true 0 from a noisy one.

    Parameters
    ----------
    cells : DataFrame
        The columns of `by` and of `columns`, ``n``, ``key`` and perhaps ``days``.
    by : sequence of str
        What the cases are grouped by; ``sex`` is one.
    columns : mapping of str to sequence
        Every value of each further column that is kept.
    totals : sequence of str
        Columns, ``sex`` or of `columns`, that get a row `TOTAL` too.

    Returns
    -------
    DataFrame
        ``grouping`` (`ALL` or a column of `by`), ``group``, ``sex``, the columns, and sums.
    """
    kept: dict[str, list[object]] = {
        "sex": [*_SEXES],
        **{k: [*v] for k, v in (columns or {}).items()},
    }
    subsets = chain.from_iterable(combinations(totals, size) for size in range(len(totals) + 1))
    summed = pd.concat([cells.assign(**dict.fromkeys(subset, TOTAL)) for subset in subsets])
    values = {name: [*own, *([TOTAL] if name in totals else [])] for name, own in kept.items()}
    return pd.concat(_each_grouping(summed, by, values), ignore_index=True)


def _each_grouping(
    cells: pd.DataFrame, by: Sequence[str], values: Mapping[str, Sequence[object]]
) -> Iterator[pd.DataFrame]:
    groupings = {ALL: cells.assign(group=ALL)}
    groupings |= {name: cells.assign(group=cells[name]) for name in by if name != "sex"}
    for grouping, own in groupings.items():
        groups = [ALL] if grouping == ALL else sorted({*own["group"].dropna().tolist()})
        full = _complete(own, groups, values).assign(grouping=grouping)
        yield full[["grouping", "group", *values, *_measured(cells)]]


def _complete(
    cells: pd.DataFrame, groups: Sequence[object], values: Mapping[str, Sequence[object]]
) -> pd.DataFrame:
    measured = _measured(cells)
    every = pd.MultiIndex.from_product([groups, *values.values()], names=["group", *values])
    sums = cells.groupby(["group", *values], observed=True)[measured].sum()
    full = sums.reindex(every, fill_value=0).reset_index()
    return full.astype({"group": object, **dict.fromkeys(measured, "int64")})


def _measured(cells: pd.DataFrame) -> list[str]:
    return [name for name in MEASURED if name in cells]
