"""Placements counted by how they end and how long they last.

Each placement is followed within a window of calendar years, from its start or the window's,
until it ends or the window does.
"""

from dataclasses import dataclass
from datetime import date

import ibis
import pandas as pd

from helpers.disclosure.told import Told, Values, at
from helpers.questions.cases import PLACEMENTS, some

ONGOING, UNPLANNED, PLANNED = 0, 1, 2
ENDINGS = {ONGOING: "ongoing", UNPLANNED: "unplanned", PLANNED: "planned"}
ENDED = (ENDINGS[UNPLANNED], ENDINGS[PLANNED])


@dataclass(frozen=True)
class Window:
    """The time in which placements are followed.

    Attributes
    ----------
    start : datetime.date
        First day. A placement that began earlier is followed from here.
    as_of : datetime.date
        Last day. What happened later is not yet known.
    """

    start: date
    as_of: date

    @property
    def years(self) -> range:
        """The calendar years it touches."""
        return range(self.start.year, self.as_of.year + 1)

    @property
    def ending(self) -> str:
        """The attribute of how a placement has ended."""
        return at("ending", self.as_of)

    @property
    def followed(self) -> dict[str, Values]:
        """What the placements followed have in common."""
        return {f"followed from {self.start}": ("yes",)}

    @property
    def told(self) -> tuple[Told, ...]:
        """That there may be placements that are not followed."""
        [(attribute, values)] = self.followed.items()
        return (some(PLACEMENTS, attribute, values, "no", self.as_of),)


def window(cases: ibis.Table, years: int = 4) -> Window:
    """Calendar years up to the last date that anything happened.

    Parameters
    ----------
    cases : ibis.Table
        The ``placements`` table.
    years : int
        How many, the last one included.

    Returns
    -------
    Window

    Raises
    ------
    ValueError
        If the table holds no dates.
    """
    latest = ibis.coalesce(cases.ended_on, cases.started_on).max()
    found = cases.aggregate(latest=latest).to_pandas()["latest"].iloc[0]
    if pd.isna(found):
        raise ValueError("Tabellen har inga datum. Ange vilken tid uppgifterna gäller (window).")
    as_of = pd.Timestamp(found).date()
    return Window(date(as_of.year - years + 1, 1, 1), as_of)


def tally(cases: ibis.Table, within: Window) -> pd.DataFrame:
    """Count placements, their unplanned endings and their days, by sex, care form and year.

    One expression, run where the rows are; only the counts leave. A placement that lasts over
    a new year is split there. Its ending is counted in the year of its end date, also where
    it has no days in that year.

    Parameters
    ----------
    cases : ibis.Table
        The ``placements`` table.
    within : Window
        The time followed.

    Returns
    -------
    pandas.DataFrame
        One row for each ``sex``, ``care_form`` and ``year`` that has a placement:
        ``entered``, placements followed from this year on; ``carried``, those followed since
        an earlier year; ``unplanned``, the endings; ``days``; ``largest``, the most days that
        are one person's. In the order of the columns.
    """
    yearly = [_in_year(cases, within, year) for year in within.years]
    table = ibis.union(yearly[0], *yearly[1:]) if len(yearly) > 1 else yearly[0]
    return pd.DataFrame(table.order_by(["sex", "care_form", "year"]).to_pandas())


def _in_year(cases: ibis.Table, within: Window, year: int) -> ibis.Table:
    first = max(within.start, date(year, 1, 1))
    last = min(within.as_of, date(year, 12, 31))
    until = min(within.as_of, date(year + 1, 1, 1))
    placed = _ongoing_between(cases, first, last)
    is_carried = placed.started_on < (first if year > within.start.year else date.min)
    is_unplanned = (placed.ended_on <= last) & (placed.ending == "unplanned")
    begins = ibis.greatest(placed.started_on, first)
    ends = ibis.least(ibis.coalesce(placed.ended_on, until), until)
    sums = {
        "entered": (~is_carried).cast("int64"),
        "carried": is_carried.cast("int64"),
        "unplanned": is_unplanned.fill_null(False).cast("int64"),
        "days": ends.delta(begins, unit="day"),
    }
    total = {name: ibis._[name].sum().cast("int64") for name in sums}
    cell = ["sex", "care_form"]
    persons = placed.select("person_id", *cell, **sums).group_by(["person_id", *cell])
    totals = persons.aggregate(**total).group_by(cell)
    totals = totals.aggregate(**total, largest=ibis._.days.max().cast("int64"))
    return totals.mutate(year=ibis.literal(year, "int64")).relocate("year", after="care_form")


def _ongoing_between(cases: ibis.Table, first: date, last: date) -> ibis.Table:
    """Keep the placements that went on some day from the first to the last."""
    ends = ibis.coalesce(cases.ended_on, ibis.literal(last))
    return cases.filter(cases.started_on <= last, ends >= first)


def follow(cases: ibis.Table, within: Window) -> pd.DataFrame:
    """Count placements by how long they lasted and how they ended.

    One expression, run where the rows are; only the counts leave.

    Parameters
    ----------
    cases : ibis.Table
        The ``placements`` table.
    within : Window
        The time followed.

    Returns
    -------
    pandas.DataFrame
        ``sex``, ``is_new`` (whether it began within the window), ``time`` (days from its start,
        the middle of the week: 3.5, 10.5, …), ``event`` (0 ongoing, 1 unplanned ending,
        2 planned) and ``n``, in the order of the columns.
    """
    placed = _ongoing_between(cases, within.start, within.as_of)
    has_ended = placed.ended_on <= within.as_of
    event = ibis.cases(
        (has_ended & (placed.ending == "unplanned"), UNPLANNED), (has_ended, PLANNED), else_=ONGOING
    )
    end = ibis.least(ibis.coalesce(placed.ended_on, within.as_of), within.as_of)
    weeks = end.delta(placed.started_on, unit="day") // 7
    by = {
        "sex": placed.sex,
        "is_new": placed.started_on >= within.start,
        "week": weeks.cast("int64"),
        "event": event.cast("int64"),
    }
    counts = placed.select(**by).group_by(list(by)).aggregate(n=ibis._.count().cast("int64"))
    table = counts.order_by(list(by)).to_pandas()
    return pd.DataFrame(table.assign(week=7 * table["week"] + 3.5)).rename(columns={"week": "time"})
