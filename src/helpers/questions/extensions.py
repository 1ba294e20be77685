"""Whether women's placements are extended as often as men's, and at which step they differ.

A placement is extended if somebody applies for it and the application is granted.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from helpers.disclosure import TOTAL, Hidden, SafeCounts, share
from helpers.disclosure.shares import is_small
from helpers.disclosure.told import Told, cell
from helpers.questions.cases import PLACEMENTS
from helpers.questions.cells import count
from helpers.questions.extension_strata import pool
from helpers.questions.extension_tallies import (
    GRANTED,
    NOT_APPLIED,
    OPEN,
    STAGES,
    latest_date,
    merge,
    settled,
    tally,
    tally_all,
    tally_days,
    tally_persons,
)
from helpers.questions.gap import Gap, Level, Measure, compare, quotient
from helpers.questions.safe_extensions import (
    APPLIED,
    SETTLED,
    SafeExtensions,
    complete,
    protect,
)
from helpers.stats import adjusted, clustered, means, proportions
from helpers.stats.decomposition import DecompositionIntervals, kitagawa_intervals
from helpers.stats.estimate import Estimate

__all__ = [
    "STAGES",
    "SafeExtensions",
    "by_period",
    "gap",
    "gaps_by_step",
    "latest_date",
    "merge",
    "pool",
    "protect",
    "sensitivity",
    "settled",
    "split",
    "steps",
    "tally",
    "tally_all",
    "tally_days",
    "tally_persons",
]

QUESTION = "extensions"
APPLY, GRANT = "apply", "grant"
"""The two steps to an extension."""


@dataclass(frozen=True)
class Steps:
    """How many of one sex's placements took each step; None where it may not be shown.

    Attributes
    ----------
    settled : int or None
        Placements whose outcome is known.
    applied, granted : int or None
        How many of them were applied for, and extended.
    """

    settled: int | None
    applied: int | None
    granted: int | None


def steps(counts: SafeExtensions, sex: str) -> Steps:
    """Count how many of one sex's placements took each step.

    Parameters
    ----------
    counts : SafeExtensions
        Protected counts.
    sex : {"K", "M"}
        Whose placements.

    Returns
    -------
    Steps
    """
    total, still_open, not_applied, granted = (
        count(counts.stages, sex=sex, stage=stage) for stage in (TOTAL, OPEN, NOT_APPLIED, GRANTED)
    )
    known = _minus(total, still_open)
    return Steps(known, _minus(known, not_applied), granted)


def _minus(whole: int | None, part: int | None) -> int | None:
    return None if whole is None or part is None else whole - part


_STAGES = {"settled": SETTLED, "applied": APPLIED, "granted": (GRANTED,)}
"""The stages of those who took each of the `Steps`."""


def gap(counts: SafeExtensions) -> list[Gap]:
    """Compare how often women's and men's placements are extended, and at which step.

    Parameters
    ----------
    counts : SafeExtensions
        Protected counts.

    Returns
    -------
    list of Gap
        Share extended (the headline), share applied for, share granted of the applications
        decided, and the mean days granted.
    """
    lengths = [_mean_days(counts.days, sex, steps(counts, sex).granted) for sex in "KM"]
    return [*gaps_by_step(counts), _compare(_DAYS, lengths)]


def gaps_by_step(counts: SafeExtensions) -> list[Gap]:
    """Compare how often women's and men's placements take each step.

    Parameters
    ----------
    counts : SafeExtensions
        Protected counts.

    Returns
    -------
    list of Gap
        Those of `gap` but the days.
    """
    return [
        replace(_compare(_EXTENDED, _levels(counts)), headline=True),
        _compare(_APPLIED, _levels(counts, "applied")),
        _compare(_GRANTED, _levels(counts, among="applied")),
    ]


def _compare(
    measure: Measure,
    levels: Sequence[Level | None],
    group: str = "alla",
    estimate: Estimate | None = None,
) -> Gap:
    return compare(QUESTION, measure, group, *levels, estimate=estimate)


def _levels(
    counts: SafeExtensions, step: str = "granted", among: str = "settled"
) -> list[Level | None]:
    """Share of each sex that took a step, among those who took another."""
    return [_taken_by(counts, sex, step, among) for sex in "KM"]


def _taken_by(counts: SafeExtensions, sex: str, step: str, among: str) -> Level | None:
    own = steps(counts, sex)
    level = _share(getattr(own, step), getattr(own, among), counts)
    if level is None:
        return None
    part, whole = (
        cell(PLACEMENTS, {"sex": sex, counts.stage: _STAGES[name]}) for name in (step, among)
    )
    shown = quotient(level.estimate.value, part, whole, counts.as_of, counts.rules)
    return replace(level, told=(*counts.told, *shown))


def _share(n: int | None, total: int | None, counts: SafeExtensions) -> Level | None:
    if n is None or total is None or isinstance(share(n, total, counts.rules), Hidden):
        return None
    return Level(proportions.interval(n, total), total)


def _mean_days(days: SafeCounts | None, sex: str, granted: int | None) -> Level | None:
    """Mean days granted; none if how many lack them would be told by how many have them."""
    if days is None or granted is None:
        return None
    own = days.counts[days.counts["sex"] == sex]
    n = int(own["n"].sum())
    if n == 0 or is_small(granted - n, days.rules):
        return None
    mean = means.interval(own["time"], own["n"])
    return Level(mean, n, days.told) if mean.low < mean.high else None


def split(
    counts: SafeExtensions, order: Sequence[str] | None = None
) -> DecompositionIntervals | None:
    """Split the gap in extended placements into what applying and granting contribute.

    Parameters
    ----------
    counts : SafeExtensions
        Protected counts.
    order : sequence of {"apply", "grant"}, optional
        Change the steps in this order; the mean of both by default (Kitagawa).

    Returns
    -------
    helpers.stats.decomposition.DecompositionIntervals or None
        Contributions of the steps ``apply`` and ``grant``, women minus men; the difference has
        the headline's interval. None where a step may not be shown.
    """
    if any(isinstance(found.estimate, Hidden) for found in gaps_by_step(counts)):
        return None
    women, men = (_taken(steps(counts, sex)) for sex in "KM")
    parts = kitagawa_intervals(women, men, order)
    return replace(parts, difference=proportions.gap(*_extended(women), *_extended(men)))


def _extended(taken: dict[str, tuple[int, int]]) -> tuple[int, int]:
    """How many were extended, of how many."""
    return taken[GRANT][0], taken[APPLY][1]


def _taken(own: Steps) -> dict[str, tuple[int, int]]:
    """How many took each step, of how many who reached it."""
    settled, applied, granted = own.settled or 0, own.applied or 0, own.granted or 0
    return {APPLY: (applied, settled), GRANT: (granted, applied)}


def sensitivity(counts: SafeExtensions) -> list[Gap]:
    """Measure the share extended in other ways, to see how much the answer rests on a choice.

    Parameters
    ----------
    counts : SafeExtensions
        Protected counts.

    Returns
    -------
    list of Gap
        As in the headline; with intervals for persons rather than placements; each person's
        first placement alone; and, with care form and period held equal, the average marginal
        difference of a logistic model.
    """
    first = _shares(counts, counts.turns, counts.told_by_turn, turn="first")
    return [
        _compare(_EXTENDED, _levels(counts), "varje placering för sig"),
        _clustered(counts),
        _compare(_EXTENDED, first, "personens första placering"),
        _adjusted(counts),
    ]


def _shares(
    counts: SafeExtensions, table: pd.DataFrame | None, told: tuple[Told, ...], **group: str
) -> list[Level | None]:
    """Share extended of each sex within a group; none if the table hides anything."""
    if table is None or complete(table) is None:
        return [None, None]
    numbers = [
        (count(table, sex=sex, extended=True, **group), count(table, sex=sex, **group))
        for sex in "KM"
    ]
    return _also_telling(told, [_share(*both, counts) for both in numbers])


def _also_telling(told: tuple[Told, ...], levels: Sequence[Level | None]) -> list[Level | None]:
    return [level and replace(level, told=(*level.told, *told)) for level in levels]


def _clustered(counts: SafeExtensions) -> Gap:
    """Widen the intervals by a design effect common to both sexes, as few have several."""
    levels, persons = _levels(counts), complete(counts.persons)
    if persons is None or None in levels:
        return _compare(_CLUSTERED, [None, None], _SEVERAL)
    effect = clustered.design_effect(persons["trials"], persons["successes"], persons["n"])
    widened = [_widened(level, effect) for level in levels]
    return _compare(_CLUSTERED, _also_telling(counts.told_by_person, widened), _SEVERAL)


def _widened(level: Level | None, effect: float) -> Level | None:
    if level is None:
        return None
    extended = level.estimate.value * level.n
    return replace(level, estimate=clustered.widened(extended, level.n, effect))


def _adjusted(counts: SafeExtensions) -> Gap:
    levels, strata = _levels(counts), complete(counts.strata)
    if strata is None or None in levels:
        return _compare(_ADJUSTED, [None, None], _HELD_EQUAL)
    place = ["sex", "stratum"]
    table = strata.groupby(place, as_index=False)["n"].sum()
    extended = strata[strata["extended"].astype(bool)].set_index(place)["n"].rename("count")
    estimate = adjusted.gap(table.join(extended, on=place), group="sex", first="K")
    return _compare(_ADJUSTED, levels, _HELD_EQUAL, _in_points(estimate))


def _in_points(estimate: Estimate) -> Estimate:
    """Round to percentage points, as the table the model rests on is not shown."""
    return Estimate(*(round(limit, 2) for limit in (estimate.value, estimate.low, estimate.high)))


def by_period(counts: SafeExtensions) -> list[Gap]:
    """Compare the share extended of placements that began in the same two years.

    Parameters
    ----------
    counts : SafeExtensions
        Protected counts.

    Returns
    -------
    list of Gap
        Empty where the periods, or all together, hold something that may not be shown.
    """
    seen = complete(counts.periods)
    if seen is None or None in _levels(counts):
        return []
    levels = {
        period: _shares(counts, counts.periods, counts.told_by_period, period=period)
        for period in dict.fromkeys(seen["period"])
    }
    return [_compare(_EXTENDED, both, f"påbörjade {period}") for period, both in levels.items()]


_SEVERAL = "hänsyn till flera per person"
_HELD_EQUAL = "lika vårdform och period"
_EXTENDED = Measure(
    name="andel förlängda placeringar",
    unit="share",
    more="Kvinnors placeringar förlängs oftare",
    less="Kvinnors placeringar förlängs mer sällan",
    method="Wilson och Newcombe",
    counted="placeringar",
)
_CLUSTERED = replace(_EXTENDED, method="Newcombe, antalen delade med designeffekten")
_ADJUSTED = replace(_EXTENDED, method="logistisk modell, genomsnittlig marginell skillnad")
_APPLIED = Measure(
    name="andel som söker förlängning",
    unit="share",
    more="Kvinnor söker förlängning oftare",
    less="Kvinnor söker förlängning mer sällan",
    method="Wilson och Newcombe",
    counted="placeringar",
)
_GRANTED = Measure(
    name="andel beviljade av avgjorda ansökningar",
    unit="share",
    more="Kvinnors ansökningar beviljas oftare",
    less="Kvinnors ansökningar beviljas mer sällan",
    method="Wilson och Newcombe",
    counted="avgjorda ansökningar",
)
_DAYS = Measure(
    name="beviljade dagar per förlängning",
    unit="days",
    more="Kvinnors förlängningar är längre",
    less="Kvinnors förlängningar är kortare",
    method="medelvärde med t-intervall och MOVER",
    counted="förlängningar",
)
