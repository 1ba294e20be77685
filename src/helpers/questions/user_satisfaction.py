"""Whether women and men are equally content with the support: the national user survey.

Seven items, each on a scale of its own. A positive answer is what Kolada counts as one. "Vet
inte" and no answer are not on the scale, and not in any denominator.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from math import nan

import pandas as pd

from helpers.data.codes import SEX
from helpers.disclosure import TOTAL, Hidden
from helpers.questions.cells import count
from helpers.questions.gap import Gap, Level, Measure, Verdict, compare, quotient
from helpers.questions.safe_answers import Both, Positive, SafeAnswers, positive_answers
from helpers.questions.survey_answers import protect, tally
from helpers.stats import ordinal, proportions, stratified
from helpers.stats.estimate import Estimate
from helpers.stats.multiplicity import IntervalAt, holm, holm_intervals
from helpers.stats.power import answers_needed

__all__ = [
    "by_period",
    "changes",
    "foremost",
    "gap",
    "levels",
    "needed",
    "protect",
    "tally",
    "whole_scale",
]

QUESTION = "user-satisfaction"
WHOLE, INFLUENCE = "U35543", "U35542"
"""The two items whose published shares started the question; the first is about the whole."""

LEVEL = 0.95
"""Confidence level of all items together."""
POINTS = 0.10
"""A gap worth knowing of, whatever was found."""


def _measure(name: str, more: str, less: str) -> Measure:
    method = "Newcombe, justerat för sju frågor enligt Holm"
    return Measure(name, "share", f"Kvinnor {more}", f"Kvinnor {less}", method, counted="svar")


MEASURES = {
    WHOLE: _measure(
        "andel som är nöjda med stödet som helhet",
        more="är oftare nöjda med stödet",
        less="är mer sällan nöjda med stödet",
    ),
    INFLUENCE: _measure(
        "andel som kan påverka vilken hjälp de får",
        more="kan oftare påverka vilken hjälp de får",
        less="kan mer sällan påverka vilken hjälp de får",
    ),
    "U35538": _measure(
        "andel som lätt får kontakt med socialsekreteraren",
        more="har lättare att få kontakt med socialsekreteraren",
        less="har svårare att få kontakt med socialsekreteraren",
    ),
    "U35539": _measure(
        "andel som har lätt att förstå informationen",
        more="har lättare att förstå informationen",
        less="har svårare att förstå informationen",
    ),
    "U35540": _measure(
        "andel som möter stor förståelse för sin situation",
        more="möter oftare stor förståelse för sin situation",
        less="möter mer sällan stor förståelse för sin situation",
    ),
    "U35541": _measure(
        "andel som tillfrågas om hur situationen kan förändras",
        more="tillfrågas oftare om hur situationen kan förändras",
        less="tillfrågas mer sällan om hur situationen kan förändras",
    ),
    "U35544": _measure(
        "andel som fått en bättre situation",
        more="får oftare en bättre situation",
        less="får mer sällan en bättre situation",
    ),
}
"""The items in the order they are shown, the one about the whole first."""


def _pooled(counts: SafeAnswers) -> dict[str, Both]:
    """Positive answers of women and men, for each item that may be judged."""
    found = {item: positive_answers(counts.replies, counts.rules, item=item) for item in MEASURES}
    return {item: both for item, both in found.items() if both}


def gap(counts: SafeAnswers) -> list[Gap]:
    """Compare the share of positive answers, item by item, over all years.

    Intervals and verdicts are adjusted together for the number of items (Holm).

    Parameters
    ----------
    counts : SafeAnswers
        Protected counts.

    Returns
    -------
    list of Gap
        One an item, the one about the whole first; it is the headline.
    """
    pooled = _pooled(counts)
    adjusted = _adjusted([partial(_gap_at, both) for both in pooled.values()])
    estimates = dict(zip(pooled, adjusted, strict=True))
    return [
        compare(
            QUESTION,
            measure,
            "alla",
            *_levels(counts, item, pooled.get(item)),
            estimate=estimates.get(item),
            headline=item == WHOLE,
        )
        for item, measure in MEASURES.items()
    ]


def _levels(counts: SafeAnswers, item: str, both: Both | None) -> list[Level | None]:
    if both is None:
        return [None, None]
    return [_level(counts, item, sex, own) for sex, own in zip(SEX, both, strict=True)]


def _level(counts: SafeAnswers, item: str, sex: str, positive: Positive) -> Level:
    found = proportions.interval(*positive)
    shown = quotient(found.value, *counts.cells(item, sex), counts.as_of, counts.rules)
    return Level(found, positive.n, (counts.told[item], *shown))


def _adjusted(intervals: Sequence[IntervalAt], null: float = 0.0) -> list[Estimate]:
    """Adjust the intervals of all items together."""
    return holm_intervals(intervals, null, LEVEL) if intervals else []


def _gap_at(both: Both, level: float) -> Estimate:
    return proportions.gap(*both.women, *both.men, level=level)


def foremost(gaps: Sequence[Gap], most: int = 4) -> list[Gap]:
    """Select what a manager needs: the two items that started it, and others that are established.

    Parameters
    ----------
    gaps : sequence of Gap
        As `gap` gives them.
    most : int
        How many at most; the widest go first.

    Returns
    -------
    list of Gap
        In the order of `gaps`.
    """
    started = [gap for gap in gaps if gap.measure in (MEASURES[WHOLE], MEASURES[INFLUENCE])]
    others = [g for g in gaps if g.verdict is Verdict.ESTABLISHED and g not in started]
    widest = sorted(others, key=_width, reverse=True)[: most - len(started)]
    return [gap for gap in gaps if gap in (*started, *widest)]


def _width(gap: Gap) -> float:
    return 0.0 if isinstance(gap.estimate, Hidden) else abs(gap.estimate)


def levels(counts: SafeAnswers) -> pd.DataFrame:
    """Give the share of positive answers by item and sex, over all years.

    Parameters
    ----------
    counts : SafeAnswers
        Protected counts.

    Returns
    -------
    pandas.DataFrame
        ``item``, ``sex``, ``n``, ``share``, ``low``, ``high`` (Wilson); items that may not be
        judged have no rows.
    """
    return _shares({(item,): both for item, both in _pooled(counts).items()}, ["item"])


def by_period(counts: SafeAnswers) -> pd.DataFrame:
    """Give the share of positive answers by item, period and sex.

    Parameters
    ----------
    counts : SafeAnswers
        Protected counts.

    Returns
    -------
    pandas.DataFrame
        ``item``, ``period``, ``sex``, ``n``, ``share``, ``low``, ``high`` (Wilson).
    """
    found: dict[tuple[str, ...], Both] = {
        (item, period): both
        for item, periods in _split(counts).items()
        for period, both in zip(counts.periods, periods, strict=True)
    }
    return _shares(found, ["item", "period"])


def _split(counts: SafeAnswers) -> dict[str, list[Both]]:
    """Positive answers of women and men in each period, for the items shown in all of them."""
    found = {
        item: [
            positive_answers(counts.by_period, counts.rules, item=item, period=period)
            for period in counts.periods
        ]
        for item in MEASURES
    }
    return {item: [*filter(None, own)] for item, own in found.items() if own and all(own)}


def _shares(found: Mapping[tuple[str, ...], Both], keys: list[str]) -> pd.DataFrame:
    rows = [
        (*key, sex, own.n, level.value, level.low, level.high)
        for key, both in found.items()
        for sex, own in zip(SEX, both, strict=True)
        for level in [proportions.interval(*own)]
    ]
    return pd.DataFrame(rows, columns=[*keys, "sex", "n", "share", "low", "high"])


def changes(counts: SafeAnswers) -> pd.DataFrame:
    """Test whether the gap has changed between periods, and pool it within them.

    Parameters
    ----------
    counts : SafeAnswers
        Protected counts.

    Returns
    -------
    pandas.DataFrame
        ``item``; ``gap``, ``low``, ``high``, the difference in shares within periods
        (Mantel-Haenszel); ``p_value`` of the test that it is the same in all (Cochran's Q).
        Intervals and p-values are adjusted for the number of items (Holm). No rows where there
        is but one period.
    """
    split = _split(counts) if len(counts.periods) > 1 else {}
    strata = {item: _strata(periods) for item, periods in split.items()}
    within = _adjusted([partial(_within, columns) for columns in strata.values()])
    p_values = [_same(columns) for columns in strata.values()]
    return pd.DataFrame(
        {
            "item": list(strata),
            "gap": [estimate.value for estimate in within],
            "low": [estimate.low for estimate in within],
            "high": [estimate.high for estimate in within],
            "p_value": holm(p_values) if p_values else [],
        }
    )


def _strata(periods: Sequence[Both]) -> list[list[int]]:
    """List the women's answers and numbers by period, then the men's."""
    return [
        list(column) for sexes in zip(*periods, strict=True) for column in zip(*sexes, strict=True)
    ]


def _within(columns: Sequence[Sequence[int]], level: float) -> Estimate:
    return stratified.mantel_haenszel(*columns, measure="risk difference", level=level)


def _same(columns: Sequence[Sequence[int]]) -> float:
    return stratified.homogeneity(*columns, measure="risk difference").p_value


def whole_scale(counts: SafeAnswers) -> pd.DataFrame:
    """Compare the answers over the whole scale, not only on each side of the cut at positive.

    Parameters
    ----------
    counts : SafeAnswers
        Protected counts.

    Returns
    -------
    pandas.DataFrame
        ``item``, ``steps`` on the scale; ``odds_ratio``, ``low``, ``high``, the odds of a better
        answer, women over men (proportional odds); ``p_value`` of the test that the odds ratio
        is the same wherever the scale is cut, missing where there is but one cut. Intervals and
        p-values are adjusted for the number of items (Holm).
    """
    scales = {item: scale for item in _pooled(counts) if (scale := _on_scale(counts, item))}
    odds = _adjusted([partial(ordinal.odds_ratio, *both) for both in scales.values()], null=1.0)
    return pd.DataFrame(
        {
            "item": list(scales),
            "steps": [len(women) for women, _ in scales.values()],
            "odds_ratio": [estimate.value for estimate in odds],
            "low": [estimate.low for estimate in odds],
            "high": [estimate.high for estimate in odds],
            "p_value": _proportional(list(scales.values())),
        }
    )


def _proportional(scales: Sequence[tuple[list[int], list[int]]]) -> "pd.Series[float]":
    p_values = pd.Series([ordinal.proportionality(*both).p_value for both in scales], dtype=float)
    tested = p_values.dropna()
    adjusted = holm(tested) if len(tested) else tested
    return pd.Series(adjusted, tested.index, dtype=float).reindex(p_values.index)


def _on_scale(counts: SafeAnswers, item: str) -> tuple[list[int], list[int]] | None:
    """Count each sex's answers on each step, unless one of them is hidden, or all left out."""
    own = counts.by_step[counts.by_step["item"] == item]
    steps = [step for step in own["step"].unique() if step != TOTAL]
    women, men = (
        [n for step in steps if (n := count(own, item=item, sex=sex, step=step)) is not None]
        for sex in SEX
    )
    return (women, men) if len(women) == len(men) == len(steps) > 0 else None


def needed(counts: SafeAnswers) -> pd.DataFrame:
    """Work out how many answers it would take to establish a gap.

    With 80 % power, at the strictest level an item can meet when all are judged together, and
    with as many men to each woman as now.

    Parameters
    ----------
    counts : SafeAnswers
        Protected counts.

    Returns
    -------
    pandas.DataFrame
        ``item``; ``n_women``, ``n_men`` now; ``seen_women``, ``seen_men`` for a gap as wide as
        the one found; ``points_women``, ``points_men`` for one of 10 percentage points (women
        below men). Missing (NaN) where no number would do.
    """
    pooled = _pooled(counts)
    level = 1 - (1 - LEVEL) / max(len(pooled), 1)
    rows = [
        (item, both.women.n, both.men.n, *_needed(both, level)) for item, both in pooled.items()
    ]
    columns = ["n_women", "n_men", "seen_women", "seen_men", "points_women", "points_men"]
    return pd.DataFrame(rows, columns=["item", *columns])


def _needed(both: Both, level: float) -> tuple[float, ...]:
    women, men = both
    ratio = men.n / women.n
    assumed = (women.share, men.share - POINTS)
    return tuple(
        answers
        for share in assumed
        for answers in (
            answers_needed(share, men.share, ratio=ratio, level=level)
            if share > 0 and share != men.share
            else (nan, nan)
        )
    )
