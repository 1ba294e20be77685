"""Placements counted by how they end and how long they last, and made safe to publish.

Each placement is followed within a window of calendar years, from its start or the window's,
until it ends or the window does.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import ibis
import numpy as np
import pandas as pd

from helpers.disclosure import TOTAL, Hidden, Rules, load_rules, protect

OTHER_FORMS = "övriga vårdformer"

ONGOING, UNPLANNED, PLANNED = 0, 1, 2

_MEASURES = ["placements", "unplanned", "days"]


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
        an earlier year; ``unplanned``, the endings; ``days``. In the order of the columns.
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
    counted = placed.select("sex", "care_form", **sums).group_by(["sex", "care_form"])
    totals = counted.aggregate(**{name: ibis._[name].sum().cast("int64") for name in sums})
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


@dataclass(frozen=True, eq=False)
class SafeRates:
    """Endings and days that may be published, and every number computed from them.

    Attributes
    ----------
    by_form : DataFrame
        A row for each ``sex`` and ``group`` (care form), with sums over either: ``placements``,
        ``unplanned`` and ``days``, int or Hidden.
    by_period : DataFrame
        ``sex``, ``group`` (calendar years), ``unplanned`` and ``days``.
    joined : tuple of str
        The care forms that are counted as `OTHER_FORMS`, to have none too small to show.
    rules : Rules
        The rules that were followed.
    """

    by_form: pd.DataFrame
    by_period: pd.DataFrame
    joined: tuple[str, ...]
    rules: Rules


def protect_rates(tallied: pd.DataFrame, rules: Rules | None = None) -> SafeRates:
    """Make endings and days safe to publish.

    Care forms are joined, those with the fewest unplanned endings of either sex first, and so
    are consecutive years, until no number has to be hidden. Person-time is a sum, and follows
    the counts it is summed over: it is counted in whole weeks in each cell of the tally, and
    is hidden where the placements behind it, or their endings, are.

    Parameters
    ----------
    tallied : DataFrame
        As `tally` gives it.
    rules : Rules, optional
        By default those of `helpers.disclosure.load_rules`.

    Returns
    -------
    SafeRates
        The only tables to publish of these endings. They share their sums; the combinations
        of care form and period are in neither.
    """
    rules = rules or load_rules()
    weeks = (tallied["days"] / rules.duration_unit).round().astype("int64")
    counts = tallied.assign(days=weeks * rules.duration_unit)
    forms = _joined_forms(counts)
    shown = [*_until_whole((_by_form(counts, joined) for joined in forms), rules)]
    by_period = [*_until_whole(_by_period(counts), rules)][-1]
    is_one_period = by_period["group"] != TOTAL
    return SafeRates(
        by_form=shown[-1],
        by_period=by_period[is_one_period].drop(columns="placements"),
        joined=forms[len(shown) - 1],
        rules=rules,
    )


def _joined_forms(counts: pd.DataFrame) -> list[tuple[str, ...]]:
    """List what to join: nothing, the two forms with fewest endings of either sex, and so on."""
    endings = counts.pivot_table("unplanned", "care_form", "sex", aggfunc="sum", fill_value=0)
    fewest = [str(form) for form in endings.min(axis=1).sort_values(kind="stable").index]
    return [(), *(tuple(fewest[:size]) for size in range(2, len(fewest) + 1))]


def _by_form(counts: pd.DataFrame, joined: Sequence[str]) -> pd.DataFrame:
    group = counts["care_form"].mask(counts["care_form"].isin(joined), OTHER_FORMS)
    return _summed(counts.assign(group=group, placements=counts["entered"]))


def _by_period(counts: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Give tables of each year, then of fewer and longer periods."""
    years = sorted(counts["year"].unique())
    if not years:
        yield _by_form(counts, ())
    for number in range(len(years), 0, -1):
        periods = np.array_split(years, number)
        first = {year: period[0] for period in periods for year in period}
        name = {p[0]: f"{p[0]}–{p[-1]}" if len(p) > 1 else f"{p[0]}" for p in periods}
        carried = counts["carried"].where(counts["year"].isin(name), 0)
        group = counts["year"].map(first).map(name)
        yield _summed(counts.assign(group=group, placements=counts["entered"] + carried))


def _summed(counts: pd.DataFrame) -> pd.DataFrame:
    return counts.groupby(["sex", "group"], as_index=False)[_MEASURES].sum()


def _until_whole(tables: Iterable[pd.DataFrame], rules: Rules) -> Iterator[pd.DataFrame]:
    """Protect one table after another, up to the first without holes."""
    for table in tables:
        shown = _protected(table, rules)
        yield shown
        if not shown.map(lambda cell: isinstance(cell, Hidden)).any(axis=None):
            return


def _protected(table: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """Protect placements by how they ended, and hide the days of those that are hidden."""
    other = table["placements"] - table["unplanned"]
    ended = table.assign(other=other).melt(["sex", "group"], ["unplanned", "other"], "how", "n")
    shown = protect(ended, rules=rules).pivot(index=["sex", "group"], columns="how", values="n")
    counts = shown.reindex(columns=[TOTAL, "unplanned"], fill_value=0)
    counts.columns = pd.Index(["placements", "unplanned"])
    why = counts.map(lambda n: n if isinstance(n, Hidden) else None).bfill(axis=1)["placements"]
    days = _with_margins(table)["days"].reindex(counts.index, fill_value=0).astype(object)
    return counts.assign(days=days.mask(why.notna(), why)).reset_index()


def _with_margins(table: pd.DataFrame) -> pd.DataFrame:
    over: tuple[list[str], ...] = ([], ["sex"], ["group"], ["sex", "group"])
    sums = [table.assign(**dict.fromkeys(columns, TOTAL)) for columns in over]
    return _summed(pd.concat(sums)).set_index(["sex", "group"])


def care_forms(counts: SafeRates) -> list[str]:
    """Name the groups to show: everyone first, the joined forms last.

    Parameters
    ----------
    counts : SafeRates
        Protected counts.

    Returns
    -------
    list of str
        `TOTAL` alone where there is one care form only, or all had to be joined.
    """
    forms = [str(form) for form in counts.by_form["group"].unique() if form != TOTAL]
    return [TOTAL, *sorted(forms, key=OTHER_FORMS.__eq__)] if len(forms) > 1 else [TOTAL]


def cell(table: pd.DataFrame, sex: str, group: str) -> dict[str, int] | None:
    """Find one row of a protected table.

    Parameters
    ----------
    table : pandas.DataFrame
        A table of `SafeRates`.
    sex, group : str
        Which; `TOTAL` for both sexes, or all care forms.

    Returns
    -------
    dict of str to int or None
        The numbers by column. None where some are hidden, or nobody was placed.
    """
    own = table[(table["sex"] == sex) & (table["group"] == group)]
    found = own.drop(columns=["sex", "group"]).to_dict("records")
    if not found or any(isinstance(number, Hidden) for number in found[0].values()):
        return None
    return {str(name): int(n) for name, n in found[0].items()} if found[0]["days"] else None
