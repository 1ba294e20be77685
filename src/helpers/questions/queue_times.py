"""Whether women wait longer than men for a flat, once housing support is granted.

Each person is counted once, by their first decision. Those who still wait count too, for as long
as they have waited.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from math import isfinite, isinf, nan

import ibis
import pandas as pd
from ibis.expr.types import Table

from helpers.data import read_cases
from helpers.data.cases import Cases
from helpers.disclosure import (
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
from helpers.questions.gap import SEXES, Contrast, Gap, Gaps, Measure, compare
from helpers.stats import landmarks, restricted, survival
from helpers.stats.estimate import Estimate
from helpers.stats.restricted import RestrictedMean

__all__ = ["answer", "gaps", "over_time", "protect", "tally"]

QUESTION = "queue-times"
TABLE = "queue"
BY = ("sex", "has_children")
"""What its page groups by."""
HORIZON = 365
"""Days within which the mean wait is compared."""
LANDMARKS = (91, 182, 274, 365, 456, 548, 639, 730)
"""Days after the decision at which shares are read off: each quarter to 24 months."""
HALF_YEAR = 182
ACCESS, LEFT, WAITING = "access", "left", "waiting"
ENDS = (ACCESS, LEFT, WAITING)
"""How a wait has ended."""
RESTRICTED, COMPLETED = "restricted mean wait", "mean completed wait"

_NOISE_UNIT = {RESTRICTED: 3 * HORIZON / 4, COMPLETED: 365.0}
"""Days; over how many a mean is of, the standard deviation of its noise."""


def __dir__() -> list[str]:
    return __all__


@asking.in_words
def tally(cases: Cases, by: Sequence[str] = ("sex",), as_of: date | str | None = None) -> Tally:
    """Count each person's first wait by group, how it ended, and when.

    One expression, run where the rows are; only the counts leave.

    Parameters
    ----------
    cases : Cases
        The ``queue`` table, as `read_cases` gives it.
    by : sequence of str
        Columns to group by, ``sex`` among them; ``year`` is that of the decision, and
        ``age_group`` in that year where the table has ``birth_year``.
    as_of : datetime.date or str, optional
        What happened later is not yet known. The last day of a decision by default, since
        access and leaving may be entered ahead of their day.

    Returns
    -------
    Tally
        Tables ``people``, ``ended`` (``end``) and ``housed`` (``landmark`` in days, ``housed``,
        of those followed so long); means; unpublished ``waits`` (``time``, ``event``, ``n``).

    Raises
    ------
    UsageProblem
        If it is asked in a way that cannot be answered.
    """
    rows = asking.rows_of(cases, TABLE)
    rows = rows.mutate(year=rows.decided_on.year()) if "year" not in rows.columns else rows
    rows = asking.with_age(rows, rows.decided_on)
    by, as_of = asking.grouping(by, rows), asking.day(as_of) or asking.latest(rows.decided_on)
    secret = load_secret(cases.is_sample)
    waits = counted(
        _first_waits(rows, as_of), [*by, "end", "time", "followed", "passed"], "person_id", secret
    )
    return Tally(
        question=QUESTION,
        as_of=as_of,
        by=by,
        secret=secret,
        tables={
            PEOPLE: grouped(waits, by, totals=["sex"]),
            "ended": grouped(waits, by, {"end": ENDS}, totals=["sex", "end"]),
            "housed": grouped(
                _at_landmarks(waits), by, {"landmark": LANDMARKS, "housed": [True, False]}
            ),
        },
        means=_means(waits, by),
        unpublished={"waits": _as_survival(waits, [*by])},
    )


def _first_waits(rows: Table, as_of: date) -> Table:
    """Give each person's first wait, and how many landmarks it was followed to and outlasted."""
    first = asking.first_year(as_of)
    decided = rows.filter(rows.decided_on <= as_of, rows.decided_on.year() >= first)
    if "refused" in rows.columns:
        decided = decided.filter(~decided.refused.fill_null(False))
    order = ibis.window(group_by="person_id", order_by=["decided_on", "case_id"])
    first = decided.filter(ibis.row_number().over(order) == 0)
    end = ibis.cases(
        (first.access_on <= as_of, ACCESS), (first.left_on <= as_of, LEFT), else_=WAITING
    )
    ended_on = ibis.least(ibis.coalesce(first.access_on, first.left_on, as_of), as_of)
    time = ended_on.delta(first.decided_on, unit="day").cast("int64")
    potential = ibis.literal(as_of).delta(first.decided_on, unit="day")
    followed = sum((potential >= day).ifelse(1, 0) for day in LANDMARKS)
    passed = sum(((time > day) | (end != ACCESS)).ifelse(1, 0) for day in LANDMARKS)
    return first.mutate(end=end, time=time, followed=followed, passed=passed)


def _at_landmarks(waits: pd.DataFrame) -> pd.DataFrame:
    """At each landmark, those followed so long, and whether they had got a flat by then."""
    return pd.concat(
        [
            _where(waits["followed"] > place, waits).assign(
                landmark=day, housed=waits["passed"] <= place
            )
            for place, day in enumerate(LANDMARKS)
        ]
    )


def _where(kept: "pd.Series[bool]", waits: pd.DataFrame) -> pd.DataFrame:
    """Count nobody in the other rows, which stay so that every group has its cells."""
    return waits.assign(n=waits["n"].where(kept, 0), key=waits["key"].where(kept, 0))


def _as_survival(waits: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Sum to durations as `helpers.stats.survival` takes them: 1 is access, 2 has left."""
    event = waits["end"].map({WAITING: 0, ACCESS: 1, LEFT: 2})
    return waits.assign(event=event).groupby([*by, "time", "event"], as_index=False)[["n"]].sum()


def _means(waits: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Give true means of everyone's waits, and of the groups of the first yes-or-no column."""
    two_valued = [name for name in by if waits[name].dtype == bool][:1]
    waits, cap = waits.assign(total=waits["time"] * waits["n"]), load_rules().contribution_cap
    groups = [(EVERYONE, waits)]
    groups += [
        (Group(name, value), own)
        for name in two_valued
        for value, own in ((value, waits[waits[name] == value]) for value in (False, True))
    ]
    rows = [
        {"grouping": group.grouping, "group": group.value, "sex": sex, **mean}
        for group, own in groups
        for sex, of_sex in own.groupby("sex")
        for mean in _means_of(of_sex, cap)
    ]
    return pd.DataFrame(rows)


def _means_of(waits: pd.DataFrame, cap: int) -> list[dict[str, object]]:
    housed = waits[waits["end"] == ACCESS]
    capped = housed["time"].clip(upper=cap)
    within = survival.restricted_mean(_as_survival(waits, []), HORIZON)["mean"].iloc[0]
    found = [_mean(RESTRICTED, within, HORIZON, waits)]
    if len(housed):
        found.append(
            _mean(COMPLETED, (capped * housed["n"]).sum() / housed["n"].sum(), cap, housed)
        )
    return found


def _mean(measure: str, value: float, most: int, of: pd.DataFrame) -> dict[str, object]:
    sums = {"n": of["n"].sum(), "key": of["key"].sum(), "days": of["total"].sum()}
    unit = _NOISE_UNIT[measure]
    return {"measure": measure, "value": value, "most": most, "unit": unit, **sums}


def over_time(cases: Cases, as_of: date | str | None = None) -> Tally:
    """Count by half-year who was granted support, got a flat, left and still waited.

    Parameters
    ----------
    cases, as_of
        As `tally` takes them.

    Returns
    -------
    Tally
        Of each person's first wait, tables ``people`` and ``housed`` (within 6 months), by the
        half-year of the decision; ``flow`` (``flow``), by that of the end, or waited through.
    """
    rows = asking.rows_of(cases, TABLE)
    as_of, secret = (
        asking.day(as_of) or asking.latest(rows.decided_on),
        load_secret(cases.is_sample),
    )
    waits, place = _first_waits(rows, as_of), LANDMARKS.index(HALF_YEAR)
    marks = {
        half_years.HALF_YEAR: half_years.of(waits.decided_on),
        "until": half_years.of(ibis.coalesce(waits.access_on, waits.left_on)),
        "housed": (waits.followed > place).ifelse(waits.passed <= place, None),
        "landmark": ibis.literal(HALF_YEAR),
    }
    cells = counted(waits.mutate(**marks), ["sex", *marks, "end"], "person_id", secret)
    by = ("sex", half_years.HALF_YEAR)
    tables = {
        PEOPLE: grouped(cells, by),
        "housed": grouped(cells, by, {"landmark": [HALF_YEAR], "housed": [True, False]}),
        half_years.FLOW: half_years.flow(cells, WAITING, as_of),
    }
    return half_years.complete(Tally(QUESTION, as_of, by, secret, tables))


def gaps(published: Published) -> Gaps:
    """Compare how long women and men wait.

    Parameters
    ----------
    published : Published
        As `protect` gives it.

    Returns
    -------
    Gaps
        For everyone and each group: mean wait within 12 months (difference, the headline, and
        ratio), share housed within 6 months, median, and the mean of completed waits alone.
        Means are of everyone and of one yes-or-no group.

    Raises
    ------
    UsageProblem
        If it is handed anything else.
    """
    published = asking.published_of(published, QUESTION)
    found = [gap for group in _groups(published) for gap in _of_group(published, group)]
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


_CHILDREN = {True: "med barn", False: "utan barn"}


def _groups(published: Published) -> list[Group]:
    return [_named(group) for group in published.groups()]


def _named(group: Group) -> Group:
    if group.grouping == "has_children":
        return replace(group, label=_CHILDREN[bool(group.value)])
    return asking.named(TABLE, group)


def _of_group(published: Published, group: Group) -> list[Gap]:
    """List the gaps of a group; means are of everyone and of one yes-or-no column only."""
    has_means = group.is_everyone or group.grouping in {*published.means["grouping"]}
    shares = [_housed_gap(published, group), _median_gap(published, group)]
    if not has_means:
        return shares
    means = [_mean_gap(published, group, contrast) for contrast in ("difference", "ratio")]
    return [*means, *shares, _completed_gap(published, group)]


def _mean_gap(published: Published, group: Group, contrast: Contrast) -> Gap:
    headline = group.is_everyone and contrast == "difference"
    means = [_restricted_mean(published, group, sex) for sex in SEXES]
    known = [mean for mean in means if mean]
    levels = [mean and Level(mean[0].interval(), mean[1]) for mean in means]
    return compare(
        QUESTION, MEAN_WAIT, group, *levels, contrast=contrast, headline=headline,
        estimate=_contrasted(contrast, *(mean for mean, _ in known)) if len(known) == 2 else None,
    )  # fmt: skip


def _contrasted(contrast: Contrast, women: RestrictedMean, men: RestrictedMean) -> Estimate:
    if contrast == "difference":
        return restricted.difference(women, men)
    return restricted.ratio(women, men) if min(women.value, men.value) > 0 else _NO_ESTIMATE


def _restricted_mean(
    published: Published, group: Group, sex: str
) -> tuple[RestrictedMean, int] | None:
    """Put the noisy mean together with the precision that the landmarks within a year tell.

    There is none where nobody has been followed to its end.
    """
    mean = published.mean(RESTRICTED, sex, group)
    if mean is None:
        return None
    times = [day for day in LANDMARKS if day <= HORIZON]
    done, remaining = (
        [published.cell("housed", group, sex=sex, landmark=day, housed=housed) for day in times]
        for housed in (True, False)
    )
    followed = [sum(both) for both in zip(done, remaining, strict=True)]
    if not followed[-1]:
        return None
    found = restricted.mean(
        mean.value, mean.n, mean.noise, times=times, done=done, followed=followed
    )
    return found, mean.n


def _housed_gap(published: Published, group: Group) -> Gap:
    levels = [published.landmarks("housed", sex, group)[HALF_YEAR] for sex in SEXES]
    return compare(QUESTION, HOUSED, group, *levels)


def _median_gap(published: Published, group: Group) -> Gap:
    levels = [_median(published, sex, group) for sex in SEXES]
    is_reached = all(level and isfinite(level.estimate.value) for level in levels)
    return compare(
        QUESTION, MEDIAN_WAIT, group, *levels, estimate=None if is_reached else _NO_ESTIMATE
    )


def _median(published: Published, sex: str, group: Group) -> Level | None:
    """Time by which half have got a flat; None where too few are followed long enough to say."""
    at = published.landmarks("housed", sex, group)
    known = {day: level.estimate for day, level in at.items() if level}
    if not known:
        return None
    middle = landmarks.median(list(known), list(known.values()))
    if isinf(middle.value) and LANDMARKS[-1] not in known:
        return None
    return Level(middle, published.people(sex, group) or 0)


def _completed_gap(published: Published, group: Group) -> Gap:
    """Compare completed waits, as a number: those who wait longest are not among them."""
    means = [published.mean(COMPLETED, sex, group) for sex in SEXES]
    levels = [mean and Level(_number(mean.value), mean.n) for mean in means]
    known = [mean.value for mean in means if mean]
    is_known = len(known) == 2 and known[1] > 0
    number = _number(known[0] / known[1]) if is_known else _NO_ESTIMATE
    return compare(QUESTION, COMPLETED_WAIT, group, *levels, contrast="ratio", estimate=number)


def _number(value: float) -> Estimate:
    """Give a number without an interval."""
    return Estimate(value, nan, nan)


_NO_ESTIMATE = _number(nan)
MEAN_WAIT = Measure(
    code=RESTRICTED,
    name="genomsnittlig väntan under det första året",
    unit="days",
    method="begränsat medelvärde (RMST) till 365 dagar, Kaplan–Meier, med brus; t-intervall",
    more="Kvinnor väntar längre än män",
    less="Kvinnor väntar kortare tid än män",
)
HOUSED = Measure(
    code="housed within 6 months",
    name="andel som fått bostad inom 6 månader",
    unit="share",
    method="andel av dem som beviljats stöd minst så länge, mid-p och MOVER",
)
MEDIAN_WAIT = Measure(
    code="median wait",
    name="tid tills hälften har fått bostad",
    unit="days",
    method="där andelen som fått bostad når hälften, mellan kvartal; MOVER",
)
COMPLETED_WAIT = Measure(
    code=COMPLETED,
    name="medel av avslutade väntetider (räknar inte dem som väntar)",
    unit="days",
    method="medelvärde med brus, utan intervall",
)
