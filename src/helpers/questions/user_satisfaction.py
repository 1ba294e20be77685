"""Whether women and men are equally content with the support: the national user survey.

Seven items, each on a scale of its own. A positive answer is what Kolada counts as one. "Vet
inte" and no answer are not on the scale, and not in any denominator.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import nan
from typing import NamedTuple

import ibis
import pandas as pd

from helpers import disclosure
from helpers.data.codes import SEX, SURVEY_ITEMS
from helpers.disclosure import Hidden, Rules, load_rules
from helpers.questions.cells import count
from helpers.questions.gap import Gap, Level, Measure, Verdict, compare
from helpers.stats import ordinal, proportions, stratified
from helpers.stats.estimate import Estimate
from helpers.stats.multiplicity import IntervalAt, holm, holm_intervals
from helpers.stats.power import answers_needed

QUESTION = "user-satisfaction"
POSITIVE, NOT_POSITIVE, NO_ANSWER = "positivt", "inte positivt", "inget svar"
ON_SCALE = (POSITIVE, NOT_POSITIVE)

WHOLE, INFLUENCE = "U35543", "U35542"
"""The two items whose published shares started the question; the first is about the whole."""

LEVEL = 0.95
"""Confidence level of all items together."""
POINTS = 0.10
"""A gap worth knowing of, whatever was found."""


class Positive(NamedTuple):
    """Positive answers, of how many on the scale."""

    answers: int
    n: int

    @property
    def share(self) -> float:
        """Share of those on the scale."""
        return self.answers / self.n


class Both(NamedTuple):
    """The positive answers of each sex."""

    women: Positive
    men: Positive


def _measure(name: str, more: str, less: str) -> Measure:
    method = "Newcombe, justerat för sju frågor enligt Holm"
    return Measure(name, "share", f"Kvinnor {more}", f"Kvinnor {less}", method)


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


def tally(cases: ibis.Table) -> pd.DataFrame:
    """Count the answers.

    One expression, run where the rows are; only the counts leave.

    Parameters
    ----------
    cases : ibis.Table
        The ``survey`` table.

    Returns
    -------
    pandas.DataFrame
        ``item``, ``sex``, ``year``, ``answer`` (``"inget svar"`` where it is missing) and ``n``,
        in the order of the columns.
    """
    by = ["item", "sex", "year", "answer"]
    answers = cases.select(
        "item", "sex", year=cases.year.cast("int64"), answer=cases.answer.coalesce(NO_ANSWER)
    )
    counts = answers.group_by(by).aggregate(n=ibis._.count().cast("int64"))
    return pd.DataFrame(counts.order_by(by).to_pandas())


@dataclass(frozen=True, eq=False)
class SafeAnswers:
    """Counts of answers that may be published, and everything computed from them.

    Attributes
    ----------
    replies : pandas.DataFrame
        ``item``, ``sex``, ``reply`` (positive or not, "vet inte", none), ``n``, with margins.
    by_period : pandas.DataFrame
        ``item``, ``sex``, ``period``, ``reply``, ``n``, with margins; on the scale only.
    by_step : pandas.DataFrame
        ``item``, ``sex``, ``step`` (1 is the worst), ``n``, with margins; on the scale only.
    rules : Rules
        The rules that were followed.
    """

    replies: pd.DataFrame
    by_period: pd.DataFrame
    by_step: pd.DataFrame
    rules: Rules

    @property
    def periods(self) -> list[str]:
        """The periods shown, in order."""
        return sorted({*self.by_period["period"]} - {disclosure.TOTAL})


def protect(tallied: pd.DataFrame, rules: Rules | None = None) -> SafeAnswers:
    """Hide what may not be shown; put years, and steps of a scale, together to hide less.

    The tables by period and by step split numbers of the first one. They hold the items whose
    numbers it shows, and no small count of their own, so that they give no other away.

    Parameters
    ----------
    tallied : pandas.DataFrame
        As `tally` gives it.
    rules : Rules, optional
        By default those of `helpers.disclosure.load_rules`.

    Returns
    -------
    SafeAnswers
    """
    rules = rules or load_rules()
    kinds = [
        _reply(item, given) for item, given in zip(tallied["item"], tallied["answer"], strict=True)
    ]
    replied = tallied.assign(reply=kinds)
    replies = _each_item(replied, ["sex", "reply"], rules)
    shown = [item for item in MEASURES if _both(replies, rules, item=item)]
    scaled = replied[replied["item"].isin(shown) & replied["reply"].isin(ON_SCALE)]
    in_periods = scaled.assign(period=scaled["year"].map(_periods(scaled, rules)))
    in_steps = scaled.assign(step=_steps(scaled, rules))
    return SafeAnswers(
        replies=replies,
        by_period=_each_item(in_periods, ["sex", "period", "reply"], rules),
        by_step=_each_item(in_steps, ["sex", "step"], rules),
        rules=rules,
    )


def _reply(item: str, given: str) -> str:
    scale = SURVEY_ITEMS[item]
    if given in scale.positive:
        return POSITIVE
    return NOT_POSITIVE if given in scale.negative else given


def _each_item(counts: pd.DataFrame, by: list[str], rules: Rules) -> pd.DataFrame:
    """Protect each item by itself: summed over items, a person would count several times."""
    columns = ["item", *by, "n"]
    parts = [
        disclosure.protect(own.groupby(by, as_index=False)[["n"]].sum(), rules=rules).assign(
            item=item
        )
        for item, own in counts.groupby("item")
    ]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


def _periods(scaled: pd.DataFrame, rules: Rules) -> dict[int, str]:
    """Put years together, in order, until every share of every item may be shown."""
    periods: list[list[int]] = []
    waiting: list[int] = []
    for year in sorted({*scaled["year"]}):
        waiting.append(year)
        if _has_shares(scaled[scaled["year"].isin(waiting)], {*scaled["item"]}, rules):
            periods.append(waiting)
            waiting = []
    # What is left at the end joins the period before it, if there is one.
    last = [year for period in periods[-1:] for year in period] + waiting
    return {year: _span(period) for period in [*periods[:-1], last] for year in period}


def _has_shares(counts: pd.DataFrame, items: Iterable[str], rules: Rules) -> bool:
    every = pd.MultiIndex.from_product([items, SEX, ON_SCALE])
    summed = counts.groupby(["item", "sex", "reply"])["n"].sum().reindex(every, fill_value=0)
    wide = summed.unstack()
    shares = map(disclosure.share, wide[POSITIVE], wide.sum(axis=1), [rules] * len(wide))
    return not any(isinstance(share, Hidden) for share in shares)


def _span(years: Sequence[int]) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"


def _steps(scaled: pd.DataFrame, rules: Rules) -> "pd.Series[int]":
    """Give each answer's step on its item's scale, the worst 1, small steps put together."""
    numbers = {
        (item, given): step
        for item, own in scaled.groupby("item")
        for step, together in enumerate(_ladder(str(item), own, rules), start=1)
        for given in together
    }
    keys = zip(scaled["item"], scaled["answer"], strict=True)
    return pd.Series([numbers[key] for key in keys], index=scaled.index, dtype="int64")


def _ladder(item: str, counts: pd.DataFrame, rules: Rules) -> list[list[str]]:
    """List an item's steps from the worst, none of them across the cut at positive."""
    scale = SURVEY_ITEMS[item]
    by_answer = counts.pivot_table(
        index="answer", columns="sex", values="n", aggfunc="sum", fill_value=0
    ).reindex([*scale.positive, *scale.negative], fill_value=0)
    worse = _merged(scale.negative, by_answer, rules)
    better = _merged(scale.positive[::-1], by_answer, rules)
    return [*worse[::-1], *better]


def _merged(outward: Sequence[str], by_answer: pd.DataFrame, rules: Rules) -> list[list[str]]:
    """Put a small step together with the next one outward; the outermost with that inside it."""
    steps = [[given] for given in outward]
    while len(steps) > 1 and (small := _small_step(steps, by_answer, rules)) is not None:
        inner = min(small, len(steps) - 2)
        steps[inner : inner + 2] = [steps[inner] + steps[inner + 1]]
    return steps


def _small_step(steps: list[list[str]], by_answer: pd.DataFrame, rules: Rules) -> int | None:
    sums = [by_answer.loc[step].sum() for step in steps]
    return next((i for i, n in enumerate(sums) if n.between(1, rules.min_count - 1).any()), None)


def _both(counts: pd.DataFrame, rules: Rules, **cell: str) -> Both | None:
    """Find the positive answers of women and of men, unless one of the shares is hidden."""
    women, men = (_positive(counts, rules, sex=sex, **cell) for sex in SEX)
    return Both(women, men) if women and men else None


def _positive(counts: pd.DataFrame, rules: Rules, **cell: str) -> Positive | None:
    good, bad = (count(counts, reply=reply, **cell) for reply in ON_SCALE)
    if good is None or bad is None:
        return None
    hidden = isinstance(disclosure.share(good, good + bad, rules), Hidden)
    return None if hidden else Positive(good, good + bad)


def _pooled(counts: SafeAnswers) -> dict[str, Both]:
    """Positive answers of women and men, for each item that may be judged."""
    found = {item: _both(counts.replies, counts.rules, item=item) for item in MEASURES}
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
            *(_level(own) for own in pooled.get(item, (None, None))),
            estimate=estimates.get(item),
            headline=item == WHOLE,
        )
        for item, measure in MEASURES.items()
    ]


def _level(positive: Positive | None) -> Level | None:
    return Level(proportions.interval(*positive), positive.n) if positive else None


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
            _both(counts.by_period, counts.rules, item=item, period=period)
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
    """Count each sex's answers on each step, unless one of them is hidden."""
    own = counts.by_step[counts.by_step["item"] == item]
    steps = [step for step in own["step"].unique() if step != disclosure.TOTAL]
    women, men = (
        [n for step in steps if (n := count(own, item=item, sex=sex, step=step)) is not None]
        for sex in SEX
    )
    return (women, men) if len(women) == len(men) == len(steps) else None


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
