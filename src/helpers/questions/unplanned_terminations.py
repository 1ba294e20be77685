"""Whether women's placements end unplanned more often than men's, for the time they last.

Each person is followed over all placements in the window, and counts once: by the first that
ended unplanned. Time placed counts also where it goes on.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from math import nan

import ibis
import numpy as np
import pandas as pd
from ibis.expr.types import BooleanValue, Table

from helpers.data import read_cases
from helpers.data.cases import Cases
from helpers.data.codes import FAMILY_HOME
from helpers.disclosure import (
    ALL,
    EVERYONE,
    PEOPLE,
    Group,
    Level,
    Published,
    Tally,
    counted,
    grouped,
    load_rules,
    load_secret,
    protect,
)
from helpers.disclosure.published import HUNDRED
from helpers.questions import asking, half_years
from helpers.questions.gap import SEXES, Gap, Gaps, Measure, compare
from helpers.stats import adjusted, imputation, rates, stratified
from helpers.stats.estimate import Estimate, Floats, Noise, Whole

__all__ = ["answer", "gaps", "over_time", "protect", "tally"]

QUESTION = "unplanned-terminations"
TABLE = "placements"
YEARS = 4
"""Calendar years in the window, that of the last day included, unless `likavard.yml` sets them."""
LANDMARKS = (91, 182, 274, 365)
"""Days after the start at which shares are read off: each quarter to 12 months."""
HALF_YEAR = 182
CARE_FORM = "care_form"
BY = ("sex", CARE_FORM, asking.AGE_GROUP)
"""What its page groups by."""
PLANNED, UNPLANNED, ONGOING = "planned", "unplanned", "ongoing"
ENDINGS = (PLANNED, UNPLANNED, ONGOING)
"""How a placement has ended."""

_ORDER = ("started_on", "placement_id")
_PERSON = ibis.window(group_by="person_id")
_HALF = 0.5
"""Years; what rounding to whole years may have moved a sum."""
_FAMILY_HOMES = Group(CARE_FORM, FAMILY_HOME)


def __dir__() -> list[str]:
    return __all__


@asking.in_words
def tally(cases: Cases, by: Sequence[str] = ("sex",), as_of: date | str | None = None) -> Tally:
    """Count people's first unplanned endings and the time placed until then, by group.

    One expression, run where the rows are; only the counts leave. Nobody is followed for longer
    than the rule ``contribution_cap``, and a day in several placements counts once.

    Parameters
    ----------
    cases : Cases
        The ``placements`` table, as `read_cases` gives it.
    by : sequence of str
        Columns to group by, ``sex`` among them; ``year`` and ``age_group`` are those of
        a person's first placement.
        Where a person's placements differ, as in ``care_form``, each group counts the time in it,
        an ending where it came, and all who were placed in it.
    as_of : datetime.date or str, optional
        The end of the window. By default the last day that a placement began or ended.

    Returns
    -------
    Tally
        Tables ``people``; ``ended``, all placements (``ending``); ``time``, whose ``n`` are
        people's first unplanned endings and ``days`` the time until then; and ``unplanned``
        (``landmark`` in days, ``unplanned``), first placements begun in the window and followed
        so long.

    Raises
    ------
    UsageProblem
        If it is asked in a way that cannot be answered.
    """
    rows = asking.rows_of(cases, TABLE)
    as_of = asking.day(as_of) or asking.latest(rows.started_on, rows.ended_on)
    placed = in_window(rows, as_of)
    by, secret = asking.grouping(by, placed), load_secret(cases.is_sample)
    spells = marked(followed(placed, load_rules().contribution_cap), by, as_of)
    marks = ["ending", "is_event", "followed", "passed", *map(first_of, by)]
    cells = counted(spells, [*dict.fromkeys([*by, *marks])], "person_id", secret, ["days"])
    return Tally(QUESTION, as_of, by, secret, _tables(cells, by))


def in_window(rows: Table, as_of: date) -> Table:
    """Keep placements that go on some day of the window, as they stand at its end."""
    start = date(asking.first_year(as_of, YEARS), 1, 1)
    placed = rows.filter(rows.started_on <= as_of, ibis.coalesce(rows.ended_on, as_of) >= start)
    has_ended = placed.ended_on <= as_of
    is_unplanned = has_ended & (placed.ending == UNPLANNED)
    placed = placed.mutate(
        ending=ibis.cases((is_unplanned, UNPLANNED), (has_ended, PLANNED), else_=ONGOING),
        since=ibis.greatest(placed.started_on, start),
        until=ibis.least(ibis.coalesce(placed.ended_on, as_of), as_of),
    )
    first = placed.since.min().over(_PERSON)
    placed, year = asking.with_age(placed, first), first.year()
    return placed if "year" in rows.columns else placed.mutate(year=year)


def followed(placed: Table, cap: int) -> Table:
    """Add the days that count of each placement, and whether it is its person's event.

    A day of two placements is of the one that began first.
    """
    up_to, before = (
        ibis.window(group_by="person_id", order_by=_ORDER, rows=(None, last)) for last in (0, -1)
    )
    is_unplanned = placed.ending == UNPLANNED
    stop = ibis.coalesce(placed.until.min(where=is_unplanned).over(_PERSON), placed.until)
    free_from = ibis.coalesce(placed.until.max().over(before), placed.since)
    begins = ibis.greatest(placed.since, free_from)
    lasted = ibis.least(placed.until, stop).delta(begins, unit="day").cast("int64")
    placed = placed.mutate(is_unplanned=is_unplanned, lasted=ibis.greatest(lasted, 0))
    reached = placed.lasted.sum().over(up_to)
    days = ibis.least(reached, cap) - ibis.least(reached - placed.lasted, cap)
    first = ibis.row_number().over(
        ibis.window(group_by=["person_id", "is_unplanned"], order_by=["until", *_ORDER])
    )
    is_within = placed.lasted.sum().over(_PERSON) <= cap
    return placed.mutate(days=days, is_event=placed.is_unplanned & (first == 0) & is_within)


def marked(spells: Table, by: Sequence[str], as_of: date) -> Table:
    """Mark the first placement of a person, and in each group, and what a new one has passed."""
    spells = spells.mutate(is_new=spells.started_on == spells.since)
    is_first_new = spells.is_new & _is_first("is_new")
    time = spells.until.delta(spells.started_on, unit="day")
    potential = ibis.literal(as_of).delta(spells.started_on, unit="day")
    remains = spells.ending != UNPLANNED
    return spells.mutate(
        is_first_new=is_first_new,
        followed=sum((is_first_new & (potential >= day)).ifelse(1, 0) for day in LANDMARKS),
        passed=sum(((time > day) | remains).ifelse(1, 0) for day in LANDMARKS),
        **{first_of(column): _is_first(column) for column in by},
    )


def first_of(column: str) -> str:
    return f"first by {column}"


def _is_first(column: str) -> BooleanValue:
    own = ibis.window(group_by=["person_id", column], order_by=_ORDER)
    first: BooleanValue = ibis.row_number().over(own) == 0
    return first


def _tables(cells: pd.DataFrame, by: Sequence[str]) -> dict[str, pd.DataFrame]:
    counts = cells.drop(columns="days")
    events = cells[["n", "key"]].where(cells["is_event"], 0)
    landmarks = {"landmark": LANDMARKS, "unplanned": [True, False]}
    return {
        PEOPLE: with_groups({column: counts[counts[first_of(column)]] for column in by}),
        "ended": with_groups(dict.fromkeys(by, counts), {"ending": ENDINGS}),
        "time": grouped(cells.assign(**events), by),
        "unplanned": grouped(_at_landmarks(counts), ["sex"], landmarks),
    }


def with_groups(
    cells: Mapping[str, pd.DataFrame], columns: Mapping[str, Sequence[object]] | None = None
) -> pd.DataFrame:
    """Sum everyone by sex, and together, and each group of further columns by sex alone."""
    everyone = grouped(cells["sex"], ["sex"], columns, totals=["sex"])
    groups = (grouped(own, ["sex", name], columns) for name, own in cells.items() if name != "sex")
    return pd.concat([everyone, *(own[own["grouping"] != ALL] for own in groups)])


def _at_landmarks(cells: pd.DataFrame) -> pd.DataFrame:
    """At each landmark, those followed so long, and whether they had ended unplanned by then."""
    return pd.concat(
        [
            own.assign(landmark=day, unplanned=own["passed"] <= place)
            for place, day in enumerate(LANDMARKS)
            for own in [cells[cells["followed"] > place]]
        ]
    )


def over_time(cases: Cases, as_of: date | str | None = None) -> Tally:
    """Count first new placements, and those ended unplanned within 6 months, by half-year begun."""
    rows = asking.rows_of(cases, TABLE)
    as_of = asking.day(as_of) or asking.latest(rows.started_on, rows.ended_on)
    spells = marked(followed(in_window(rows, as_of), load_rules().contribution_cap), ["sex"], as_of)
    spells, name = spells.mutate(half_year=half_years.of(spells.started_on)), half_years.HALF_YEAR
    kept = ["sex", name, first_of("sex"), "is_first_new", "followed", "passed"]
    secret = load_secret(cases.is_sample)
    cells = counted(spells, kept, "person_id", secret)
    within = _at_landmarks(cells).query("landmark == @HALF_YEAR")
    tables = {
        PEOPLE: with_groups(
            {"sex": cells[cells[first_of("sex")]], name: cells[cells["is_first_new"]]}
        ),
        "unplanned": grouped(
            within, ["sex", name], {"landmark": [HALF_YEAR], "unplanned": [True, False]}
        ),
    }
    return half_years.complete(Tally(QUESTION, as_of, ("sex", name), secret, tables))


def gaps(published: Published) -> Gaps:
    """Compare how often women's and men's placements end unplanned.

    Parameters
    ----------
    published : Published
        As `protect` gives it.

    Returns
    -------
    Gaps
        Ratios of first unplanned endings per placement-year, for everyone (the headline) and
        each group; within care form, where that is a grouping, pooled and by a model, without
        levels; the difference in the share ended unplanned within 6 months; and, as numbers, for
        everyone and family homes, women's share of all unplanned endings over their share of the
        placements and of the placement-days, whose levels are the two shares of the endings.

    Raises
    ------
    UsageProblem
        If it is handed anything else.
    """
    published = asking.published_of(published, QUESTION)
    groups = [_named(group) for group in published.groups() if not group.is_everyone]
    told_of = [EVERYONE, *(group for group in groups if group == _FAMILY_HOMES)]
    found = [
        _rate_gap(published, EVERYONE),
        *_within_care_form(published),
        _half_year_gap(published),
        *(gap for group in told_of for gap in _represented(published, group)),
        *(_rate_gap(published, group) for group in groups),
    ]
    return Gaps(found, published)


def answer(source: object = None, as_of: date | str | None = None) -> Gaps:
    """Read, tally, protect and compare, in one call.

    Parameters
    ----------
    source : optional
        As `read_cases` takes it.
    as_of : datetime.date or str, optional
        As `tally` takes it.

    Returns
    -------
    Gaps
    """
    return gaps(protect(tally(read_cases(TABLE, source), BY, as_of)))


def _named(group: Group) -> Group:
    """Call a care form by the municipality's own name for it."""
    if group.grouping == CARE_FORM:
        return replace(group, label=str(group.value))
    return asking.named(TABLE, group)


def _rate_gap(published: Published, group: Group) -> Gap:
    levels = [published.rate("time", sex, group) for sex in SEXES]
    women, men = (
        (published.cell("time", group, sex=sex), published.years("time", group, sex=sex))
        for sex in SEXES
    )
    found = None
    if all(levels):
        found = rates.ratio(*women, *men, noise=published.rules.noise, rounding=_HALF)
    return compare(
        QUESTION, RATE, group, *levels, contrast="ratio", estimate=found,
        at_risk=women[-1] / HUNDRED, headline=group.is_everyone,
    )  # fmt: skip


def _half_year_gap(published: Published) -> Gap:
    levels = [published.landmarks("unplanned", sex).get(HALF_YEAR) for sex in SEXES]
    return compare(QUESTION, WITHIN_HALF_YEAR, EVERYONE, *levels)


def _within_care_form(published: Published) -> Iterator[Gap]:
    """Compare women and men in the same care forms, where these are a grouping.

    Care forms in which either sex has no whole year are left out.
    """
    if CARE_FORM not in published.by:
        return
    people = [published.people(sex) for sex in SEXES]
    levels = [None if n is None else Level(_NO_ESTIMATE, n) for n in people]
    for measure, fit in ((POOLED, _pooled), (MODELLED, _modelled)):
        found = _imputed(_strata(published), published.rules.noise, fit)
        yield compare(QUESTION, measure, EVERYONE, *levels, contrast="ratio", estimate=found)


def _strata(published: Published) -> pd.DataFrame:
    """Give the care forms where both sexes have been placed: women's rows, then men's."""
    table = published.tables["time"]
    forms = table[table["grouping"] == CARE_FORM]
    has_both = forms.groupby("group")["years"].transform("min") > 0
    return forms[has_both].sort_values(["sex", "group"], ignore_index=True)


def _imputed(strata: pd.DataFrame, noise: Noise, fit: Callable[..., Estimate]) -> Estimate:
    """Estimate from true endings and years that may lie behind the noisy and rounded ones."""
    draws = np.random.default_rng(0)
    years = strata["years"].to_numpy(float)

    def drawn(events: Whole) -> Estimate:
        time = years + draws.uniform(-_HALF, _HALF, len(years))
        return fit(strata[["sex", "group"]], events, time)

    try:
        return imputation.estimate(strata["n"].tolist(), noise, drawn, log_scale=True)
    except ValueError:
        return _NO_ESTIMATE


def _pooled(_: pd.DataFrame, events: Whole, years: Floats) -> Estimate:
    (women, men), (women_years, men_years) = (own.reshape(2, -1) for own in (events, years))
    return stratified.mantel_haenszel(women, women_years, men, men_years, measure="rate ratio")


def _modelled(strata: pd.DataFrame, events: Whole, years: Floats) -> Estimate:
    counts = strata.assign(count=events, time=years)
    return adjusted.rate_ratio(counts, group="sex", first="K")


def _represented(published: Published, group: Group) -> Iterator[Gap]:
    """Set women's share of all unplanned endings over their share of what these come from."""
    ended, is_told = {"ending": UNPLANNED}, all(published.people(sex, group) for sex in SEXES)
    women, men = (
        published.share("ended", {"sex": [sex]}, {"sex": SEXES}, group, **ended)
        if is_told
        else None
        for sex in SEXES
    )
    placements = [
        sum(published.cell("ended", group, sex=sex, ending=ending) for ending in ENDINGS)
        for sex in SEXES
    ]
    years = [published.years("time", group, sex=sex) for sex in SEXES]
    for measure, base in ((OVER_PLACEMENTS, placements), (OVER_DAYS, years)):
        times = women.estimate.value * sum(base) / base[0] if women and base[0] else nan
        number = Estimate(times, nan, nan)
        yield compare(QUESTION, measure, group, women, men, contrast="ratio", estimate=number)


_NO_ESTIMATE = Estimate(nan, nan, nan)
RATE = Measure(
    code="first unplanned ending rate",
    name="första oplanerade avslut per 100 placeringsår",
    unit="rate",
    method="kvot mellan två Poissontal med brus, mid-p och MOVER",
    more="Kvinnors placeringar avslutas oplanerat oftare än mäns",
    less="Kvinnors placeringar avslutas oplanerat mer sällan än mäns",
    alike="Om kvinnors placeringar avslutats oplanerat lika ofta som mäns",
)
POOLED = replace(
    RATE,
    code="rate within care form, pooled",
    name="första oplanerade avslut per placeringsår, inom samma vårdform",
    method="Mantel–Haenszel, över dragningar av de antal som bruset kan dölja (Rubins regler)",
)
MODELLED = replace(
    RATE,
    code="rate within care form, model",
    name="första oplanerade avslut per placeringsår, med vårdform lika i en modell",
    method="Poissonregression, över dragningar av de antal som bruset kan dölja (Rubins regler)",
)
WITHIN_HALF_YEAR = Measure(
    code="ended unplanned within 6 months",
    name="andel vars första placering avslutats oplanerat inom 6 månader",
    unit="share",
    method="andel av dem som placerats minst så länge sedan, mid-p och MOVER",
)
OVER_PLACEMENTS = Measure(
    code="share of endings over share of placements",
    name="andel av oplanerade avslut, kvinnors genom deras andel av placeringarna",
    unit="share",
    method="två andelar med brus, utan intervall",
    counted="oplanerade avslut",
)
OVER_DAYS = replace(
    OVER_PLACEMENTS,
    code="share of endings over share of days",
    name="andel av oplanerade avslut, kvinnors genom deras andel av placeringsdagarna",
)
