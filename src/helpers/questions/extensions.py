"""Whether women's placements are extended as often as men's, and at which step they differ.

A placement is extended if somebody applies for it and the application is granted.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from helpers.disclosure import TOTAL, Hidden, Rules, SafeCounts, load_rules, share
from helpers.disclosure.shares import is_small
from helpers.questions.cells import count
from helpers.questions.extension_tallies import (
    GRANTED,
    NOT_APPLIED,
    OPEN,
    STAGES,
    latest_date,
    merge,
    pool,
    settled,
    tally,
    tally_days,
    tally_persons,
)
from helpers.questions.gap import Gap, Level, Measure, compare
from helpers.stats import adjusted, clustered, means, proportions
from helpers.stats.decomposition import DecompositionIntervals, kitagawa_intervals
from helpers.stats.estimate import Estimate

__all__ = [
    "STAGES",
    "by_stratum",
    "gap",
    "latest_date",
    "merge",
    "pool",
    "sensitivity",
    "settled",
    "split",
    "steps",
    "tally",
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


def steps(counts: pd.DataFrame, sex: str) -> Steps:
    """Count how many of one sex's placements took each step.

    Parameters
    ----------
    counts : pandas.DataFrame
        `merge` of a tally by sex, protected.
    sex : {"K", "M"}
        Whose placements.

    Returns
    -------
    Steps
    """
    total, still_open, not_applied, granted = (
        count(counts, sex=sex, stage=stage) for stage in (TOTAL, OPEN, NOT_APPLIED, GRANTED)
    )
    known = _minus(total, still_open)
    return Steps(known, _minus(known, not_applied), granted)


def _minus(whole: int | None, part: int | None) -> int | None:
    return None if whole is None or part is None else whole - part


def gap(
    counts: pd.DataFrame, days: SafeCounts | None = None, rules: Rules | None = None
) -> list[Gap]:
    """Compare how often women's and men's placements are extended, and at which step.

    Parameters
    ----------
    counts : pandas.DataFrame
        Protected counts, as `steps` takes them.
    days : SafeCounts, optional
        Protected counts of days granted by sex.
    rules : helpers.disclosure.Rules, optional
        By default those of `helpers.disclosure.load_rules`.

    Returns
    -------
    list of Gap
        Share extended (the headline), share applied for, share granted of the applications
        decided, and the mean days granted if they are given.
    """
    rules = rules or load_rules()
    both = {sex: steps(counts, sex) for sex in "KM"}
    headline = _compare(_EXTENDED, _levels(counts, rules))
    gaps = [
        replace(headline, headline=True),
        _compare(_APPLIED, [_share(own.applied, own.settled, rules) for own in both.values()]),
        _compare(_GRANTED, [_share(own.granted, own.applied, rules) for own in both.values()]),
    ]
    if days is None:
        return gaps
    lengths = [_mean_days(days, sex, own.granted) for sex, own in both.items()]
    return [*gaps, _compare(_DAYS, lengths)]


def _compare(
    measure: Measure,
    levels: Sequence[Level | None],
    group: str = "alla",
    estimate: Estimate | None = None,
) -> Gap:
    return compare(QUESTION, measure, group, *levels, estimate=estimate)


def _share(n: int | None, total: int | None, rules: Rules) -> Level | None:
    if n is None or total is None or isinstance(share(n, total, rules), Hidden):
        return None
    return Level(proportions.interval(n, total), total)


def _mean_days(days: SafeCounts, sex: str, granted: int | None) -> Level | None:
    """Mean days granted; none if how many lack them would be told by how many have them."""
    own = days.counts[days.counts["sex"] == sex]
    n = int(own["n"].sum())
    if granted is None or n == 0 or is_small(granted - n, days.rules):
        return None
    mean = means.interval(own["time"], own["n"])
    return Level(mean, n) if mean.low < mean.high else None


def split(
    counts: pd.DataFrame, order: Sequence[str] | None = None, rules: Rules | None = None
) -> DecompositionIntervals | None:
    """Split the gap in extended placements into what applying and granting contribute.

    Parameters
    ----------
    counts : pandas.DataFrame
        Protected counts, as `steps` takes them.
    order : sequence of {"apply", "grant"}, optional
        Change the steps in this order; the mean of both by default (Kitagawa).
    rules : helpers.disclosure.Rules, optional
        By default those of `helpers.disclosure.load_rules`.

    Returns
    -------
    helpers.stats.decomposition.DecompositionIntervals or None
        Contributions of the steps ``apply`` and ``grant``, women minus men; the difference has
        the headline's interval. None where a step may not be shown.
    """
    if any(isinstance(found.estimate, Hidden) for found in gap(counts, rules=rules)):
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


def sensitivity(
    counts: pd.DataFrame,
    persons: pd.DataFrame,
    turns: pd.DataFrame,
    strata: pd.DataFrame,
    rules: Rules | None = None,
) -> list[Gap]:
    """Measure the share extended in other ways, to see how much the answer rests on a choice.

    Parameters
    ----------
    counts : pandas.DataFrame
        Protected counts, as `steps` takes them.
    persons : pandas.DataFrame
        `tally_persons`, protected.
    turns : pandas.DataFrame
        `settled` of a tally by sex and turn, protected.
    strata : pandas.DataFrame
        `pool`, protected.
    rules : helpers.disclosure.Rules, optional
        By default those of `helpers.disclosure.load_rules`.

    Returns
    -------
    list of Gap
        As in the headline; with intervals for persons rather than placements; each person's
        first placement alone; and, with care form and period held equal, the average marginal
        difference of a logistic model.
    """
    rules = rules or load_rules()
    levels = _levels(counts, rules)
    return [
        _compare(_EXTENDED, levels, "varje placering för sig"),
        _clustered(levels, _complete(persons)),
        _compare(_EXTENDED, _shares(turns, rules, turn="first"), "personens första placering"),
        _adjusted(levels, _complete(strata)),
    ]


def _levels(counts: pd.DataFrame, rules: Rules) -> list[Level | None]:
    """Share extended of each sex."""
    both = [steps(counts, sex) for sex in "KM"]
    return [_share(own.granted, own.settled, rules) for own in both]


def _shares(table: pd.DataFrame, rules: Rules, **group: str) -> list[Level | None]:
    """Share extended of each sex within a group; none if the table hides anything."""
    if _complete(table) is None:
        return [None, None]
    return [
        _share(count(table, sex=sex, extended=True, **group), count(table, sex=sex, **group), rules)
        for sex in "KM"
    ]


def _clustered(levels: Sequence[Level | None], persons: pd.DataFrame | None) -> Gap:
    """Widen the intervals by a design effect common to both sexes, as few have several."""
    if persons is None or None in levels:
        return _compare(_CLUSTERED, [None, None], _SEVERAL)
    effect = clustered.design_effect(persons["trials"], persons["successes"], persons["n"])
    return _compare(_CLUSTERED, [_widened(level, effect) for level in levels], _SEVERAL)


def _widened(level: Level | None, effect: float) -> Level | None:
    if level is None:
        return None
    extended = level.estimate.value * level.n
    return replace(level, estimate=clustered.widened(extended, level.n, effect))


def _adjusted(levels: Sequence[Level | None], strata: pd.DataFrame | None) -> Gap:
    if strata is None or None in levels:
        return _compare(_ADJUSTED, [None, None], _HELD_EQUAL)
    place = ["sex", "stratum"]
    table = strata.groupby(place, as_index=False)["n"].sum()
    extended = strata[strata["extended"].astype(bool)].set_index(place)["n"].rename("count")
    estimate = adjusted.gap(table.join(extended, on=place), group="sex", first="K")
    return _compare(_ADJUSTED, levels, _HELD_EQUAL, estimate)


def by_stratum(counts: pd.DataFrame, strata: pd.DataFrame, rules: Rules | None = None) -> list[Gap]:
    """Compare the share extended within each care form and period.

    Parameters
    ----------
    counts, strata, rules
        As in `sensitivity`.

    Returns
    -------
    list of Gap
        Empty where the strata, or all together, hold something that may not be shown.
    """
    rules = rules or load_rules()
    seen = _complete(strata)
    if seen is None or None in _levels(counts, rules):
        return []
    return [
        _compare(_EXTENDED, _shares(strata, rules, stratum=stratum), stratum)
        for stratum in dict.fromkeys(seen["stratum"])
    ]


def _complete(protected: pd.DataFrame) -> pd.DataFrame | None:
    """Give a table without its margins; none if it hides anything.

    The table counts the same placements as another: with something hidden, the two together
    might give it away.
    """
    if any(isinstance(n, Hidden) for n in protected["n"]):
        return None
    inner = protected[(protected != TOTAL).all(axis=1) & (protected["n"] > 0)]
    return inner.astype({"n": "int64"})


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
