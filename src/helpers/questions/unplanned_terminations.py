"""Whether women's placements end unplanned more often than men's, for the time they last.

Every placement counts for the days it lasted, also those that still go on.
"""

from collections.abc import Iterator
from math import nan

import pandas as pd

from helpers.data.codes import FAMILY_HOME
from helpers.disclosure import TOTAL, Hidden, SafeCounts, share
from helpers.disclosure.told import Told
from helpers.questions.gap import Gap, Level, Measure, compare, quotient
from helpers.questions.placement_time import (
    ONGOING,
    PLANNED,
    UNPLANNED,
    Window,
    follow,
    tally,
    window,
)
from helpers.questions.safe_rates import OTHER_FORMS, SafeRates, care_forms, cell
from helpers.questions.safe_terminations import LANDMARKS, SafeTerminations, protect
from helpers.stats import adjusted, estimate, proportions, rates, stratified, survival
from helpers.stats.estimate import Estimate

__all__ = [
    "HALF_YEAR",
    "HUNDRED_YEARS",
    "LANDMARKS",
    "ONGOING",
    "OTHER_FORMS",
    "PLANNED",
    "QUESTION",
    "UNPLANNED",
    "SafeRates",
    "SafeTerminations",
    "Window",
    "by_care_form",
    "care_forms",
    "cell",
    "follow",
    "from_start",
    "gap",
    "incidence",
    "incidence_gap",
    "like_with_like",
    "likeness",
    "protect",
    "rate",
    "ratio",
    "representation",
    "tally",
    "window",
]

QUESTION = "unplanned-terminations"
HALF_YEAR = 365 / 2
"""Days within which the share that ended unplanned is compared."""
HUNDRED_YEARS = 100 * 365.25
"""Days."""

_Pair = tuple[dict[str, int], dict[str, int]]
"""Women's numbers and men's."""


def rate(table: pd.DataFrame, sex: str, group: str) -> Estimate | None:
    """Unplanned endings per 100 placement-years.

    Parameters
    ----------
    table, sex, group
        As in `cell`.

    Returns
    -------
    Estimate or None
        None where it may not be shown.
    """
    own = cell(table, sex, group)
    if own is None:
        return None
    return rates.interval(own["unplanned"], own["days"] / HUNDRED_YEARS)


def ratio(table: pd.DataFrame, group: str) -> Estimate | None:
    """Women's rate of unplanned endings over men's.

    Parameters
    ----------
    table, group
        As in `cell`.

    Returns
    -------
    Estimate or None
        None where it may not be shown, or either sex has no unplanned ending.
    """
    women, men = cell(table, "K", group), cell(table, "M", group)
    if not (women and men and women["unplanned"] and men["unplanned"]):
        return None
    return rates.ratio(women["unplanned"], women["days"], men["unplanned"], men["days"])


def gap(counts: SafeRates, followed: SafeCounts) -> list[Gap]:
    """Compare how often women's and men's placements end unplanned.

    Parameters
    ----------
    counts : SafeRates
        Protected endings and days.
    followed : SafeCounts
        Protected durations.

    Returns
    -------
    list of Gap
        The ratio of unplanned endings per 100 placement-years for everyone (the headline) and
        in family homes for adults; the share ended unplanned within 6 months, where a planned
        ending competes.
    """
    return [
        _rate_gap(counts, TOTAL, headline=True),
        _rate_gap(counts, FAMILY_HOME),
        incidence_gap(followed),
    ]


def by_care_form(counts: SafeRates) -> list[Gap]:
    """Compare the rates of unplanned endings in each care form.

    Parameters
    ----------
    counts : SafeRates
        Protected endings and days.

    Returns
    -------
    list of Gap
        Everyone first.
    """
    return [_rate_gap(counts, form) for form in care_forms(counts)]


def _rate_gap(counts: SafeRates, group: str, headline: bool = False) -> Gap:
    women, men = (_rate_level(counts, sex, group) for sex in ("K", "M"))
    found = ratio(counts.by_form, group) if women and men else None
    return compare(
        QUESTION, _RATE, group, women, men, contrast="ratio", estimate=found, headline=headline
    )


def _rate_level(counts: SafeRates, sex: str, group: str) -> Level | None:
    """Estimate one sex's rate; none where all its placements have ended alike."""
    own, found = cell(counts.by_form, sex, group), rate(counts.by_form, sex, group)
    if own is None or found is None:
        return None
    is_hidden = isinstance(share(own["unplanned"], own["placements"], counts.rules), Hidden)
    return None if is_hidden else Level(found, own["placements"], _told(counts, sex, group, found))


def _told(counts: SafeRates, sex: str, group: str, found: Estimate) -> tuple[Told, ...]:
    """Say what a rate tells, beside the tables it rests on."""
    endings, days = (counts.cell(measure, sex, group) for measure in ("unplanned", "days"))
    where = endings, days, counts.within.as_of, counts.rules
    return (*counts.told, *quotient(found.value, *where, per=HUNDRED_YEARS))


def from_start(followed: SafeCounts) -> pd.DataFrame:
    """Give the durations of the placements that were followed from their start.

    Parameters
    ----------
    followed : SafeCounts
        Protected durations.

    Returns
    -------
    pandas.DataFrame
        ``sex``, ``time``, ``event``, ``n``; none where they may not be told from the others.
    """
    return followed.where(is_new=True).counts


def incidence(followed: SafeCounts) -> pd.DataFrame:
    """Share that has ended unplanned, a planned ending being a competing event (Aalen-Johansen).

    Parameters
    ----------
    followed : SafeCounts
        Protected durations.

    Returns
    -------
    pandas.DataFrame
        As `helpers.stats.survival.cumulative_incidence` by ``sex``, time in days.
    """
    return survival.cumulative_incidence(from_start(followed), cause=UNPLANNED)


def incidence_gap(followed: SafeCounts) -> Gap:
    """Compare the shares that have ended unplanned within 6 months.

    Parameters
    ----------
    followed : SafeCounts
        Protected durations.

    Returns
    -------
    Gap
    """
    women, men = (_incidence_level(followed, sex) for sex in ("K", "M"))
    return compare(QUESTION, _WITHIN_HALF_YEAR, TOTAL, women, men)


def _incidence_level(followed: SafeCounts, sex: str) -> Level | None:
    """Estimate one sex's share; none where nobody's placement ended so, or too few remain."""
    table = from_start(followed)
    own = table[table["sex"] == sex].drop(columns="sex")
    remain = own.loc[own["time"] >= HALF_YEAR, "n"].sum()
    if remain < followed.rules.min_at_risk:
        return None
    row = survival.incidence_at(own, [HALF_YEAR], cause=UNPLANNED).iloc[0]
    found = Estimate(row["incidence"], row["low"], row["high"])
    n = int(own["n"].sum())
    return Level(found, n, followed.told) if found.low < found.high else None


def representation(counts: SafeRates) -> pd.DataFrame:
    """Set women's share of the unplanned endings over their share of what these come from.

    Parameters
    ----------
    counts : SafeRates
        Protected endings and days.

    Returns
    -------
    pandas.DataFrame
        Two rows for each group of `care_forms` that may be shown: ``group``, ``base``
        (``"placements"`` or ``"days"``), ``endings`` and ``exposed`` (women's share of the
        unplanned endings and of the base, 0 to 1), ``ratio`` (1 is in proportion), ``low``,
        ``high``, ``women`` and ``both`` (unplanned endings).
    """
    rows = [row for form in care_forms(counts) for row in _represented(counts, form)]
    columns = ["group", "base", "endings", "exposed", "ratio", "low", "high", "women", "both"]
    return pd.DataFrame(rows, columns=columns)


def _represented(counts: SafeRates, group: str) -> Iterator[tuple[object, ...]]:
    women, men, both = (cell(counts.by_form, sex, group) for sex in ("K", "M", TOTAL))
    per_day = ratio(counts.by_form, group)
    if not (women and men and both and per_day):
        return
    per_placement = estimate.ratio(_share_ended(women), _share_ended(men))
    endings = share(women["unplanned"], both["unplanned"], counts.rules)
    for base, times in (("placements", per_placement), ("days", per_day)):
        exposed = women[base] / both[base]
        found = rates.representation(times, exposed)
        if not isinstance(endings, Hidden):
            yield (
                *(group, base, endings, exposed, found.value, found.low, found.high),
                *(women["unplanned"], both["unplanned"]),
            )


def _share_ended(own: dict[str, int]) -> Estimate:
    return proportions.interval(own["unplanned"], own["placements"])


def like_with_like(counts: SafeRates) -> pd.DataFrame:
    """Compare the rates of women and men in the same care forms.

    Parameters
    ----------
    counts : SafeRates
        Protected endings and days.

    Returns
    -------
    pandas.DataFrame
        ``method`` (``"crude"``, ``"mantel-haenszel"``, ``"poisson"``, and ``"scaled"``, the same
        with its interval widened by overdispersion), ``ratio``, ``low``, ``high``; none where
        fewer than two care forms may be shown.
    """
    strata, crude = _strata(counts), ratio(counts.by_form, TOTAL)
    if len(strata) < 2 or crude is None:
        return pd.DataFrame(columns=["method", "ratio", "low", "high"])
    model = _poisson(counts)
    pooled = stratified.mantel_haenszel(*_columns(strata), measure="rate ratio")
    found = {"crude": crude, "mantel-haenszel": pooled, "poisson": model.ratio}
    found |= {"scaled": model.scaled}
    rows = [(method, e.value, e.low, e.high) for method, e in found.items()]
    return pd.DataFrame(rows, columns=["method", "ratio", "low", "high"])


def likeness(counts: SafeRates) -> dict[str, float]:
    """Look at whether one rate ratio will do for all care forms, and one rate for each.

    Parameters
    ----------
    counts : SafeRates
        Protected endings and days.

    Returns
    -------
    dict of str to float
        ``statistic``, ``df`` and ``p_value`` of the test that the rate ratio is the same in all
        care forms (Cochran's Q); ``dispersion`` of the Poisson model, about 1 where endings
        come one by one. NaN where fewer than two care forms may be shown.
    """
    strata = _strata(counts)
    if len(strata) < 2 or ratio(counts.by_form, TOTAL) is None:
        return dict.fromkeys(["statistic", "df", "p_value", "dispersion"], nan)
    test = stratified.homogeneity(*_columns(strata), measure="rate ratio")
    return {
        "statistic": test.statistic,
        "df": test.df,
        "p_value": test.p_value,
        "dispersion": _poisson(counts).dispersion,
    }


def _strata(counts: SafeRates) -> list[_Pair]:
    """List the care forms in which both women and men may be shown."""
    pairs = [
        (cell(counts.by_form, "K", form), cell(counts.by_form, "M", form))
        for form in care_forms(counts)
        if form != TOTAL
    ]
    return [(women, men) for women, men in pairs if women and men]


def _columns(strata: list[_Pair]) -> tuple[list[int], ...]:
    """Women's endings and days, then men's, a number for each stratum."""
    return tuple(
        [pair[i][name] for pair in strata] for i in (0, 1) for name in ("unplanned", "days")
    )


def _poisson(counts: SafeRates) -> adjusted.RateRatio:
    names = {"unplanned": "count", "days": "time"}
    rows = [
        {"form": form, "sex": sex} | {names[name]: pair[i][name] for name in names}
        for form, pair in enumerate(_strata(counts))
        for i, sex in enumerate("KM")
    ]
    return adjusted.rate_ratio(pd.DataFrame(rows), group="sex", first="K")


_RATE = Measure(
    name="oplanerade avslut per 100 placeringsår",
    unit="rate",
    more="Kvinnors placeringar avslutas oftare oplanerat",
    less="Kvinnors placeringar avslutas mer sällan oplanerat",
    method="kvot mellan två Poissontal, mid-p",
    counted="placeringar",
)
_WITHIN_HALF_YEAR = Measure(
    name="andel placeringar som avslutats oplanerat inom 6 månader",
    unit="share",
    more="En större andel av kvinnors placeringar avslutas oplanerat",
    less="En mindre andel av kvinnors placeringar avslutas oplanerat",
    method="Aalen–Johansen och MOVER",
    counted="placeringar",
)
