"""Whether women's placements are extended as often as men's, and at which step they differ.

Each person is counted once, by their first placement in the window. It is extended if somebody
applies for it and the application is granted.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from math import nan
from typing import TypeAlias

import ibis
import pandas as pd
from ibis.expr.types import Table

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
from helpers.questions import asking, half_years
from helpers.questions.gap import SEXES, Gap, Gaps, Measure, compare
from helpers.stats import adjusted, decomposition, imputation
from helpers.stats.estimate import Estimate, Whole

__all__ = ["answer", "gaps", "over_time", "protect", "tally"]

QUESTION = "extensions"
TABLE, PLACEMENTS = "extensions", "placements"
BY = ("sex", "period", asking.AGE_GROUP)
"""What its page groups by."""
WINDOW = 4
"""Calendar years, the as-of date's own the last; a placement counts that began within them.

`likavard.yml` may set another number."""
OPEN, NOT_APPLIED, DENIED, GRANTED = "open", "not applied", "denied", "granted"
STAGES = (OPEN, NOT_APPLIED, DENIED, GRANTED)
"""How far a placement has come. It is open before its planned end, and while a decision waits."""
APPLIED, SETTLED = (DENIED, GRANTED), (NOT_APPLIED, DENIED, GRANTED)
CARE = "care"
"""The grouping that is held equal: family homes, or any other care form."""

_NONE, _PENDING, _WITHDRAWN = "none", "pending", "withdrawn"
_STAGE = {
    _NONE: NOT_APPLIED, _WITHDRAWN: NOT_APPLIED, _PENDING: OPEN, DENIED: DENIED, GRANTED: GRANTED,
}  # fmt: skip
_Levels: TypeAlias = list[Level | None]


def __dir__() -> list[str]:
    return __all__


@asking.in_words
def tally(cases: Cases, by: Sequence[str] = ("sex",), as_of: date | str | None = None) -> Tally:
    """Count placements, each person's first by itself, by how far they have come.

    One expression, run where the rows are; only the counts leave.

    Parameters
    ----------
    cases : Cases
        The ``extensions`` table with its placements, as `read_cases` gives it.
    by : sequence of str
        Columns of the placements to group by, ``sex`` among them; ``half_year``, ``year`` and
        ``period`` (the earlier and the later years) are those of the start, ``age_group`` is that
        in its year; ``care`` is family home or other.
    as_of : datetime.date or str, optional
        What happened later is not yet known. The last day of the tables by default.

    Returns
    -------
    Tally
        Tables ``people``, ``stages`` (``stage``), ``extended`` (of each group's settled people),
        ``placements`` (``extended``, of all settled placements) and ``days`` (granted); unpublished
        ``outcomes`` (``is_first``, ``is_due``, ``outcome``).

    Raises
    ------
    UsageProblem
        If it is asked in a way that cannot be answered.
    """
    applications = asking.rows_of(cases, TABLE)
    placements = cases.linked[PLACEMENTS]
    as_of = asking.day(as_of) or asking.latest(
        placements.started_on, placements.ended_on, applications.applied_on, applications.decided_on
    )
    begun = _begun(placements, as_of)
    by, secret = asking.grouping(by, begun), load_secret(cases.is_sample)
    groupings = tuple(dict.fromkeys([*by, CARE]))
    kept = [*groupings, "is_first", "is_due", "outcome", "has_days"]
    cells = counted(
        _with_outcomes(begun, applications, as_of), kept, "person_id", secret, sums=["days"]
    )
    return Tally(
        question=QUESTION,
        as_of=as_of,
        by=groupings,
        secret=secret,
        tables=_tables(_staged(cells), by),
        unpublished={"outcomes": cells.drop(columns=["key", "has_days", "days"])},
    )


def _begun(placements: Table, as_of: date) -> Table:
    """Give the placements that began within the window, and what else they can be grouped by."""
    first = asking.first_year(as_of, WINDOW)
    begun = placements.filter(placements.started_on.between(date(first, 1, 1), as_of))
    begun = asking.with_age(begun, begun.started_on)
    order = ibis.window(group_by="person_id", order_by=["started_on", "placement_id"])
    year = begun.started_on.year()
    later = first + (as_of.year - first + 1) // 2
    periods = [_span(first, later - 1), _span(later, as_of.year)]
    derived = {
        "year": year,
        "period": (year < later).ifelse(*periods),
        half_years.HALF_YEAR: half_years.of(begun.started_on),
        CARE: (begun.care_form == FAMILY_HOME).ifelse("familjehem", "annan vårdform"),
    }
    return begun.mutate(
        is_first=ibis.row_number().over(order) == 0,
        is_due=begun.planned_end_on <= as_of,
        **{name: column for name, column in derived.items() if name not in begun.columns},
    )


def _span(first: int, last: int) -> str:
    """Name some years: ``2022–23``, or ``2022``."""
    return f"{first}–{last % 100:02d}" if first < last else f"{last}"


def _with_outcomes(begun: Table, applications: Table, as_of: date) -> Table:
    """Join each placement's first application, and the days it adds, up to the cap."""
    joined = begun.left_join(_first_applications(applications, as_of), "placement_id")
    return joined.mutate(
        outcome=joined.outcome.fill_null(_NONE),
        has_days=joined.days_granted.notnull(),
        days=ibis.least(joined.days_granted.fill_null(0), load_rules().contribution_cap),
    )


def _first_applications(applications: Table, as_of: date) -> Table:
    """Select each placement's first application, a withdrawn one only if it has no other."""
    known = applications.filter(applications.applied_on <= as_of)
    is_decided = (known.decided_on <= as_of).fill_null(False)
    told = known.mutate(outcome=is_decided.ifelse(known.outcome, _PENDING))
    is_withdrawn = told.outcome == _WITHDRAWN
    order = ibis.window(
        group_by="placement_id", order_by=[is_withdrawn, told.applied_on, told.application_id]
    )
    first = told.filter(ibis.row_number().over(order) == 0)
    return first.select("placement_id", "outcome", "days_granted")


def _staged(cells: pd.DataFrame) -> pd.DataFrame:
    """Give each cell its stage and, where that is settled, whether it is of extended placements."""
    stage = cells["outcome"].map(_STAGE).where(cells["is_due"], OPEN)
    extended = (stage == GRANTED).astype(object).where(stage != OPEN, None)
    return cells.assign(stage=stage, extended=extended, dated=(stage == GRANTED) & cells.has_days)


def _tables(cells: pd.DataFrame, by: Sequence[str]) -> dict[str, pd.DataFrame]:
    """Sum to tables: of everyone the stages, of groups no more than who was extended."""
    counts, extended = cells.drop(columns="days"), {"extended": [True, False]}
    first = counts[counts["is_first"]]
    of_groups = grouped(first, [*dict.fromkeys([*by, CARE])], extended)
    days = grouped(cells[cells["is_first"]], ["sex"], {"dated": [True]})
    return {
        PEOPLE: grouped(first, by, totals=["sex"]),
        "stages": grouped(first, ["sex"], {"stage": STAGES}, totals=["sex", "stage"]),
        "extended": of_groups[of_groups["grouping"] != ALL],
        "placements": grouped(counts, ["sex"], extended),
        "days": days.drop(columns="dated"),
    }


def over_time(cases: Cases, as_of: date | str | None = None) -> Tally:
    """Count as `tally` does, by the half-year that placements began."""
    return half_years.complete(tally(cases, ("sex", half_years.HALF_YEAR), as_of))


def gaps(published: Published) -> Gaps:
    """Compare how often women and men have a placement extended, and at which step they differ.

    Parameters
    ----------
    published : Published
        As `protect` gives it.

    Returns
    -------
    Gaps
        Share extended (the headline), share who applied, share granted of those who did, what
        either step contributes to the headline, share extended with care form held equal, of
        all placements, days granted; then share extended of each group.

    Raises
    ------
    UsageProblem
        If it is handed anything else.
    """
    published = asking.published_of(published, QUESTION)
    further = (_with_care_equal, _of_placements, _of_days)
    everyone = [*_by_step(published), *(gap(published) for gap in further)]
    groups = [_of_group(published, group) for group in published.groups() if group != EVERYONE]
    return Gaps([*everyone, *groups], published)


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


_LABELS = {"period": "påbörjade {}", "year": "påbörjade {}", CARE: "{}"}


def _named(group: Group) -> Group:
    label = _LABELS.get(group.grouping, "").format(group.value)
    return replace(group, label=label) if label else asking.named(PLACEMENTS, group)


def _levels(published: Published, part: Sequence[str], among: Sequence[str]) -> _Levels:
    """Share of each sex that has come to some stages, of those who have come to others."""
    return [published.share("stages", {"stage": part}, {"stage": among}, sex=sex) for sex in SEXES]


def _by_step(published: Published) -> list[Gap]:
    extended, applied, granted = (
        _levels(published, part, among)
        for part, among in (([GRANTED], SETTLED), (APPLIED, SETTLED), ([GRANTED], APPLIED))
    )
    return [
        compare(QUESTION, EXTENDED, EVERYONE, *extended, headline=True),
        compare(QUESTION, HAS_APPLIED, EVERYONE, *applied),
        compare(QUESTION, GRANTED_OF_APPLIED, EVERYONE, *granted),
        *_contributions(published, applied, granted),
    ]


def _contributions(published: Published, applied: _Levels, granted: _Levels) -> list[Gap]:
    """Split the headline, where granting may be described; the levels are each step's own."""
    if None in granted:
        return [compare(QUESTION, step, EVERYONE, None, None) for step in (APPLYING, GRANTING)]
    women, men = (
        [published.cell("stages", sex=sex, stage=each) for each in SETTLED] for sex in SEXES
    )
    apply, grant = decomposition.two_steps(women, men, published.rules.noise)
    return [
        compare(QUESTION, APPLYING, EVERYONE, *applied, estimate=apply),
        compare(QUESTION, GRANTING, EVERYONE, *granted, estimate=grant),
    ]


def _with_care_equal(published: Published) -> Gap:
    levels = _levels(published, [GRANTED], SETTLED)
    try:
        estimate = _care_held_equal(published)
    except ValueError:  # care forms are not shown, or tell women from men, or all were extended
        estimate = _number(nan)
    return compare(QUESTION, ADJUSTED, EVERYONE, *levels, estimate=estimate)


def _care_held_equal(published: Published) -> Estimate:
    table = published.tables["extended"]
    own = table[table["grouping"] == CARE]
    has = own["extended"].to_numpy(bool)
    strata = own.loc[has, ["sex", "group"]]

    def fit(true: Whole) -> Estimate:
        counts = strata.assign(count=true[has], n=true[has] + true[~has])
        return adjusted.gap(counts, group="sex", first="K")

    return imputation.estimate(own["n"].tolist(), published.rules.noise, fit)


def _of_placements(published: Published) -> Gap:
    """Compare all placements of as many people, as a number: those of one person go together."""
    people, levels = _levels(published, [GRANTED], SETTLED), _extended(published, "placements")
    numbers = [
        Level(_number(every.estimate.value), every.n) if own and every else None
        for own, every in zip(people, levels, strict=True)
    ]
    return compare(QUESTION, ALL_PLACEMENTS, EVERYONE, *numbers)


def _of_group(published: Published, group: Group) -> Gap:
    return compare(QUESTION, EXTENDED, _named(group), *_extended(published, "extended", group))


def _extended(published: Published, table: str, group: Group = EVERYONE) -> _Levels:
    part, whole = {"extended": [True]}, {"extended": [True, False]}
    return [published.share(table, part, whole, group, sex=sex) for sex in SEXES]


def _of_days(published: Published) -> Gap:
    """Compare the mean days granted, as a number: whole years over a noisy count."""
    table = published.tables["days"].set_index("sex")
    means = {
        sex: Level(_number(365.25 * years / n), n)
        for sex, n, years in table[["n", "years"]].itertuples()
        if n >= published.rules.smallest_mean
    }
    return compare(QUESTION, DAYS, EVERYONE, means.get("K"), means.get("M"))


def _number(value: float) -> Estimate:
    """Give a number without an interval."""
    return Estimate(value, nan, nan)


EXTENDED = Measure(
    code="extended",
    name="andel som fått placeringen förlängd",
    unit="share",
    method="andelar av antal med brus, mid-p och MOVER",
    more="Kvinnor får placeringen förlängd oftare än män",
    less="Kvinnor får placeringen förlängd mer sällan än män",
    alike="Om kvinnor fått placeringen förlängd lika ofta som män",
)
HAS_APPLIED = replace(
    EXTENDED,
    code="applied",
    name="andel som sökt förlängning",
)
GRANTED_OF_APPLIED = replace(
    EXTENDED,
    code="granted among applied",
    name="andel som fått ja, av dem som sökt",
)
APPLYING = replace(
    EXTENDED,
    code="contribution of applying",
    name="den del av skillnaden som uppstår när ansökan görs",
    method="Kitagawas uppdelning; brus och slump enligt Rubins regler",
)
GRANTING = replace(
    APPLYING,
    code="contribution of granting",
    name="den del av skillnaden som uppstår när ansökan avgörs",
)
ADJUSTED = replace(
    EXTENDED,
    code="extended, care form held equal",
    name="andel som fått placeringen förlängd, med lika vårdform",
    method="logistisk modell, genomsnittlig marginell skillnad; brus enligt Rubins regler",
)
ALL_PLACEMENTS = replace(
    EXTENDED,
    code="all placements extended",
    name="andel förlängda av alla placeringar",
    method="andel av antal med brus, utan intervall",
    counted="placeringar",
)
DAYS = Measure(
    code="days granted",
    name="beviljade dagar per förlängning",
    unit="days",
    method="summa i hela år genom antal med brus, utan intervall",
)
