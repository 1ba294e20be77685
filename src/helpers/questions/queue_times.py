"""Whether women wait longer than men for a flat, once housing support is granted.

Those who still wait count too, for as long as they have waited.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

import numpy as np
import pandas as pd

from helpers.disclosure import TOTAL, Rules, SafeCounts
from helpers.disclosure.alike import protect_unlike
from helpers.disclosure.told import at
from helpers.questions.cases import FIRST_DECISIONS
from helpers.questions.gap import Contrast, Gap, Level, Measure, compare
from helpers.questions.queue_tallies import ACCESS, ENDED, EVENTS, LEFT, WAITING, latest_date, tally
from helpers.stats import means, survival
from helpers.stats.estimate import Estimate

__all__ = [
    "ACCESS",
    "GROUPS",
    "HORIZON",
    "LANDMARKS",
    "LEFT",
    "QUESTION",
    "WAITING",
    "by_children",
    "everyone",
    "foremost",
    "gap",
    "housed",
    "latest_date",
    "protect",
    "ratios",
    "still_waiting",
    "tally",
    "tests",
]

QUESTION = "queue-times"
HORIZON = 365
"""Days within which the mean wait is compared."""
LANDMARKS = (365 / 4, 365 / 2, HORIZON, 365 * 1.5, 365 * 2)
"""Days after which shares are read off."""


def protect(
    tallied: pd.DataFrame,
    as_of: date,
    cases: str = FIRST_DECISIONS,
    rules: Rules | None = None,
) -> SafeCounts:
    """Make the counts safe to publish, and no group described whose waits all ended alike.

    Parameters
    ----------
    tallied : pandas.DataFrame
        As `tally` gives it.
    as_of : datetime.date
        The day the counts stand for.
    cases : {"queue", "queue decisions"}
        What was counted: each person's first decision, or every decision.
    rules : helpers.disclosure.Rules, optional
        By default those of `helpers.disclosure.load_rules`.

    Returns
    -------
    SafeCounts
    """
    attributes = {"event": at("ending", as_of), "time": at("time waited", as_of)}
    counts = protect_unlike(tallied, rules, LANDMARKS)
    return counts.telling(cases, as_of, attributes=attributes, events=EVENTS, final=ENDED)


def everyone(counts: SafeCounts) -> pd.DataFrame:
    """Give the counts by sex alone, summed over every other grouping.

    Parameters
    ----------
    counts : SafeCounts
        Protected counts with a ``sex`` column.

    Returns
    -------
    pandas.DataFrame
        ``sex``, ``time``, ``event``, ``n``; no rows for a sex that may not be shown.
    """
    return _by_sex(counts)


def by_children(counts: SafeCounts, has_children: bool) -> pd.DataFrame:
    """Give the counts of those with or without children; none where they may not be told apart.

    Parameters
    ----------
    counts : SafeCounts
        Protected counts with a ``sex`` column.
    has_children : bool
        Which of the two.

    Returns
    -------
    pandas.DataFrame
        ``sex``, ``time``, ``event``, ``n``.
    """
    if "has_children" not in counts.counts:
        return counts.counts.head(0)
    return _by_sex(counts.where(has_children=has_children))


def _by_sex(counts: SafeCounts) -> pd.DataFrame:
    by_sex = counts.over(*_other_groupings(counts)).counts
    return by_sex[by_sex["sex"] != TOTAL]


def _other_groupings(counts: SafeCounts) -> list[str]:
    return [c for c in counts.counts.columns if c not in {"sex", "time", "event", "n"}]


GROUPS: Mapping[str, Callable[[SafeCounts], pd.DataFrame]] = {
    "alla": everyone,
    "utan barn": partial(by_children, has_children=False),
    "med barn": partial(by_children, has_children=True),
}
"""Who is compared, by the name staff read."""


def gap(counts: SafeCounts) -> list[Gap]:
    """Compare how long women and men wait.

    Parameters
    ----------
    counts : SafeCounts
        Protected counts by sex, best also by ``has_children``.

    Returns
    -------
    list of Gap
        For everyone and, if the counts were made by ``has_children``, without and with: mean
        wait within 12 months (difference, the headline, and ratio), median wait, share housed
        within 6 months, and the mean of the completed waits alone.
    """
    return [
        compare(
            QUESTION,
            asked.measure,
            group,
            *(_level(asked, part, sex, counts) for sex in ("K", "M")),
            contrast=asked.contrast,
            headline=asked is _ASKED[0] and group == "alla",
        )
        for group, part in _compared(counts).items()
        for asked in _ASKED
    ]


def ratios(gaps: Sequence[Gap], group: str) -> list[Gap]:
    """Select the ratios of one group: everyone's waits, and the completed ones alone.

    Parameters
    ----------
    gaps : sequence of Gap
        As `gap` gives them.
    group : str
        A key of `GROUPS`.

    Returns
    -------
    list of Gap
    """
    return [gap for gap in gaps if gap.group == group and gap.contrast == "ratio"]


def foremost(gaps: Sequence[Gap]) -> list[Gap]:
    """Select the gaps a manager needs: all but the ratio that says the headline once more.

    Parameters
    ----------
    gaps : sequence of Gap
        As `gap` gives them.

    Returns
    -------
    list of Gap
    """
    return [g for g in gaps if g.contrast == "difference" or g.measure is not _MEAN_WAIT]


def still_waiting(counts: SafeCounts, group: str = "alla") -> pd.DataFrame:
    """Share still waiting for a flat (Kaplan-Meier; who left the queue is followed till then).

    Parameters
    ----------
    counts : SafeCounts
        Protected counts with a ``sex`` column.
    group : str
        A key of `GROUPS`.

    Returns
    -------
    pandas.DataFrame
        As `helpers.stats.survival.kaplan_meier` by ``sex``, time in days.
    """
    return survival.kaplan_meier(GROUPS[group](counts))


def housed(counts: SafeCounts, group: str = "alla") -> pd.DataFrame:
    """Share who have got a flat, leaving the queue being a competing event (Aalen-Johansen).

    Parameters
    ----------
    counts : SafeCounts
        Protected counts with a ``sex`` column.
    group : str
        A key of `GROUPS`.

    Returns
    -------
    pandas.DataFrame
        As `helpers.stats.survival.cumulative_incidence` by ``sex``, time in days.
    """
    return survival.cumulative_incidence(GROUPS[group](counts))


def tests(counts: SafeCounts) -> pd.DataFrame:
    """Test whether the whole curves differ, comparing like with like in every other grouping.

    Parameters
    ----------
    counts : SafeCounts
        Protected counts by sex, best also by ``has_children``.

    Returns
    -------
    pandas.DataFrame
        One row a test: ``test`` (``"log-rank"``, ``"gray"``), ``statistic``, ``df``, ``p_value``.
    """
    table, strata = counts.counts, _other_groupings(counts)
    logrank = survival.logrank(table, strata=strata).assign(test="log-rank")
    gray = survival.gray(table, strata=strata).assign(test="gray")
    return pd.concat([logrank, gray], ignore_index=True)[["test", "statistic", "df", "p_value"]]


def _compared(counts: SafeCounts) -> dict[str, pd.DataFrame]:
    names = GROUPS if "has_children" in counts.counts else ["alla"]
    return {name: GROUPS[name](counts) for name in names}


@dataclass(frozen=True)
class _Asked:
    measure: Measure
    level: Callable[[pd.DataFrame, int], Level | None]
    contrast: Contrast


def _level(asked: _Asked, part: pd.DataFrame, sex: str, counts: SafeCounts) -> Level | None:
    """Estimate one sex's level; none where all are alike, whose interval would have no width."""
    own = part[part["sex"] == sex].drop(columns="sex")
    level = asked.level(own, counts.rules.min_at_risk) if own["event"].eq(ACCESS).any() else None
    is_wide = level is not None and level.estimate.low < level.estimate.high
    return replace(level, told=counts.told) if level and is_wide else None


def _mean_wait(counts: pd.DataFrame, at_risk: int) -> Level | None:
    if not _followed(counts, HORIZON, at_risk):
        return None
    row = survival.restricted_mean(counts, HORIZON).iloc[0]
    return Level(Estimate(row["mean"], row["low"], row["high"]), _total(counts))


def _median_wait(counts: pd.DataFrame, at_risk: int) -> Level | None:
    row = survival.median(counts).iloc[0]
    if np.isinf(row["median"]) or _still_at(counts, row["median"]) < at_risk:
        return None
    return Level(Estimate(row["median"], row["low"], row["high"]), _total(counts))


def _housed_within_six_months(counts: pd.DataFrame, at_risk: int) -> Level | None:
    if not _followed(counts, HORIZON / 2, at_risk):
        return None
    row = survival.incidence_at(counts, [HORIZON / 2]).iloc[0]
    return Level(Estimate(row["incidence"], row["low"], row["high"]), _total(counts))


def _completed_wait(counts: pd.DataFrame, at_risk: int) -> Level | None:
    completed = counts[counts["event"] == ACCESS]
    if completed["n"].sum() < at_risk:
        return None
    return Level(means.interval(completed["time"], completed["n"]), _total(completed))


def _followed(counts: pd.DataFrame, time: float, at_risk: int) -> bool:
    """Whether enough are followed so long, or all have been housed before."""
    last = counts[counts["time"] == counts["time"].max()]
    is_over = bool(last["event"].eq(ACCESS).all())
    return is_over or _still_at(counts, time) >= at_risk


def _still_at(counts: pd.DataFrame, time: float) -> int:
    return int(counts.loc[counts["time"] >= time, "n"].sum())


def _total(counts: pd.DataFrame) -> int:
    return int(counts["n"].sum())


_LONGER = {"more": "Kvinnor väntar längre", "less": "Kvinnor väntar kortare tid"}
_MEAN_WAIT = Measure(
    name="medelväntetid inom 12 månader",
    unit="days",
    counted="personer",
    method="begränsat medelvärde (RMST) till 365 dagar, Kaplan–Meier",
    **_LONGER,
)
_MEDIAN_WAIT = Measure(
    name="medianväntetid",
    unit="days",
    counted="personer",
    method="Kaplan–Meier, Brookmeyer–Crowley och MOVER",
    **_LONGER,
)
_HOUSED = Measure(
    name="andel som fått bostad inom 6 månader",
    unit="share",
    more="En större andel av kvinnorna får bostad inom 6 månader",
    less="En mindre andel av kvinnorna får bostad inom 6 månader",
    counted="personer",
    method="Aalen–Johansen och MOVER",
)
_COMPLETED = Measure(
    name="medel av avslutade väntetider (räknar inte dem som väntar)",
    unit="days",
    more="Bland dem som fått bostad väntade kvinnor längre",
    less="Bland dem som fått bostad väntade kvinnor kortare tid",
    counted="personer",
    method="medelvärde med t-intervall och MOVER",
)
_ASKED = (
    _Asked(_MEAN_WAIT, _mean_wait, "difference"),
    _Asked(_MEAN_WAIT, _mean_wait, "ratio"),
    _Asked(_MEDIAN_WAIT, _median_wait, "difference"),
    _Asked(_HOUSED, _housed_within_six_months, "difference"),
    _Asked(_COMPLETED, _completed_wait, "ratio"),
)
