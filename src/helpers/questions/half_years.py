"""Half-years: when something began, and who had begun, ended and was left at the end of each."""

from dataclasses import replace
from datetime import date

import pandas as pd
from ibis.expr.types import DateValue, StringValue

from helpers import settings
from helpers.disclosure import Tally, grouped
from helpers.disclosure.tally import MEASURED

HALF_YEAR = "half_year"
YEARS = 4
"""Calendar years that are shown, the as-of date's own the last, unless `likavard.yml` sets them."""
FLOW = "flow"
"""The table, and its column, of those who came to an end in a half-year and those left."""


def of(day: DateValue) -> StringValue:
    """Name the half-year of a day, ``2024H1``: names in order of time."""
    half: StringValue = (day.month() <= 6).ifelse("H1", "H2")
    return day.year().cast("string") + half


def shown(as_of: date) -> list[str]:
    """List the half-years that are shown, that of the as-of date the last."""
    last = f"{as_of.year}H{1 if as_of.month <= 6 else 2}"
    years = range(as_of.year - (settings.period() or YEARS) + 1, as_of.year + 1)
    return [name for year in years for name in (f"{year}H1", f"{year}H2") if name <= last]


def complete(tally: Tally) -> Tally:
    """Give each half-year that is shown all its cells, of 0 if need be; drop other half-years."""
    names = shown(tally.as_of)
    tables = {name: _complete(table, names) for name, table in tally.tables.items()}
    return replace(tally, tables=tables)


def _complete(table: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    columns = [name for name in table if name not in MEASURED]
    cells = table[table["grouping"] == HALF_YEAR]
    if cells.empty:
        return table
    values = {name: cells[name].unique().tolist() for name in columns} | {"group": names}
    every = pd.MultiIndex.from_product([*values.values()], names=columns)
    full = cells.set_index(columns).reindex(every, fill_value=0).reset_index()
    return pd.concat([table[table["grouping"] != HALF_YEAR], full], ignore_index=True)


def flow(cells: pd.DataFrame, left: str, as_of: date) -> pd.DataFrame:
    """Count by sex who ended in each half-year, in each way, and who were left at its end.

    Those left at the end of the half-year before, and those who began in it, are those who ended
    in it and those left at its end.

    Parameters
    ----------
    cells : DataFrame
        ``sex``, ``half_year`` (of the start), ``until`` (that of the end), ``end``, ``n``, ``key``.
    left : str
        What `end` says of those who have not come to one.
    as_of : datetime.date
        The last day that is known.

    Returns
    -------
    DataFrame
        As `helpers.disclosure.grouped` gives it, with the column ``flow``: each end, and `left`.
    """
    is_left = cells["end"] == left
    ended = cells[~is_left].assign(**{HALF_YEAR: cells["until"], FLOW: cells["end"]})
    remaining = [
        cells[(cells[HALF_YEAR] <= name) & (is_left | (cells["until"] > name))].assign(
            **{HALF_YEAR: name, FLOW: left}
        )
        for name in shown(as_of)
    ]
    ways = [*cells["end"].unique(), left]
    every = grouped(
        pd.concat([ended, *remaining]), ["sex", HALF_YEAR], {FLOW: list(dict.fromkeys(ways))}
    )
    return every[every["grouping"] == HALF_YEAR]
