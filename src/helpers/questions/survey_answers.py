"""Answers to the national user survey: counted, and put together until they may be shown."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import ibis
import pandas as pd

from helpers import disclosure
from helpers.data.codes import SEX, SURVEY_ITEMS
from helpers.disclosure import Hidden, Rules, load_rules
from helpers.disclosure.attack import first_safe
from helpers.questions.safe_answers import (
    NO_ANSWER,
    NOT_POSITIVE,
    ON_SCALE,
    POSITIVE,
    REPLIES,
    SafeAnswers,
    positive_answers,
)


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


def protect(tallied: pd.DataFrame, rules: Rules | None = None) -> SafeAnswers:
    """Hide what may not be shown; put years, and steps of a scale, together to hide less.

    The replies to all items are of the same responses, and are protected together. The tables by
    period and by step split them for the items whose numbers are then shown, and hold no small
    count of their own. Years are put together until the tables of all items give nothing away:
    one item's answers in a year say how many at least were asked. If they still do, the tables by
    step are left empty, and then those by period.

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
    alike = _alike(replied)
    replies = _replies(replied, alike, rules)
    shown = [item for item in SURVEY_ITEMS if positive_answers(replies, rules, item=item)]
    scaled = replied[replied["item"].isin(shown) & replied["reply"].isin(ON_SCALE)]
    ladders = {str(item): _ladder(str(item), own, rules) for item, own in scaled.groupby("item")}
    in_steps = scaled.assign(step=_steps(scaled, ladders))

    def split(periods: Mapping[int, str]) -> SafeAnswers:
        in_periods = scaled.assign(period=scaled["year"].map(periods))
        by_period, by_step = _each_item(
            {("sex", "period", "reply"): in_periods, ("sex", "step"): in_steps}, rules
        )
        as_of = f"{tallied['year'].max()}-12-31" if len(tallied) else ""
        return SafeAnswers(
            replies, by_period, by_step, ladders, as_of, rules, is_complete=len(alike) <= 1
        )

    candidates = _ever_less(map(split, _periods(scaled, rules)))
    return first_safe(candidates, SafeAnswers.everything_told, rules)


def _reply(item: str, given: str) -> str:
    scale = SURVEY_ITEMS[item]
    if given in scale.positive:
        return POSITIVE
    return NOT_POSITIVE if given in scale.negative else given


def _alike(replied: pd.DataFrame) -> list[list[str]]:
    """Group the items that have as many rows of each sex in each year: of the same responses."""
    rows = replied.pivot_table("n", "item", ["sex", "year"], aggfunc="sum", fill_value=0)
    alike: dict[tuple[int, ...], list[str]] = defaultdict(list)
    for item, *numbers in rows.itertuples(name=None):
        alike[tuple(numbers)].append(item)
    return list(alike.values())


def _replies(replied: pd.DataFrame, alike: Sequence[Sequence[str]], rules: Rules) -> pd.DataFrame:
    """Protect the replies to items of the same responses together: they share how many these are.

    Each item's replies are an attribute of the response, named by the item. That nobody gave a
    reply is told too.
    """
    counts = replied.pivot_table("n", ["item", "sex"], "reply", aggfunc="sum", fill_value=0)
    by_reply = counts.reindex(columns=REPLIES, fill_value=0)
    parts: list[pd.DataFrame] = []
    for items in alike:
        tables = [
            by_reply.loc[item].melt(var_name=item, value_name="n", ignore_index=False).reset_index()
            for item in items
        ]
        shown = disclosure.protect_together(tables, rules=rules)
        parts += [
            table.rename(columns={item: "reply"}).assign(item=item)
            for item, table in zip(items, shown, strict=True)
        ]
    return _joined(parts, ["sex", "reply"])


def _each_item(counts: Mapping[tuple[str, ...], pd.DataFrame], rules: Rules) -> list[pd.DataFrame]:
    """Protect each item by itself: they do not count the same responses.

    The tables by different columns do, and are protected together.
    """
    parts: list[list[pd.DataFrame]] = [[] for _ in counts]
    for item in sorted({item for table in counts.values() for item in table["item"]}):
        tables = [
            own[own["item"] == item].groupby([*by], as_index=False)[["n"]].sum()
            for by, own in counts.items()
        ]
        for part, table in zip(
            parts, disclosure.protect_together(tables, rules=rules), strict=True
        ):
            part.append(table.assign(item=item))
    return [_joined(part, by) for part, by in zip(parts, counts, strict=True)]


def _joined(parts: Sequence[pd.DataFrame], by: Sequence[str]) -> pd.DataFrame:
    columns = ["item", *by, "n"]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


def _ever_less(splits: Iterable[SafeAnswers]) -> Iterator[SafeAnswers]:
    """Leave out the tables by step, and then those by period, where no split is safe."""
    for split in splits:
        yield split
    without_steps = replace(split, by_step=split.by_step.iloc[:0])
    yield without_steps
    yield replace(without_steps, by_period=split.by_period.iloc[:0])


def _periods(scaled: pd.DataFrame, rules: Rules) -> Iterator[dict[int, str]]:
    """Put years together, and then periods, so that ever less is told of who gave no answer."""
    periods = _shown_years(scaled, rules)
    yield _names(periods)
    while len(periods) > 1:
        answers = [int(scaled.loc[scaled["year"].isin(years), "n"].sum()) for years in periods]
        first = min(range(len(periods) - 1), key=lambda i: answers[i] + answers[i + 1])
        periods[first : first + 2] = [periods[first] + periods[first + 1]]
        yield _names(periods)


def _shown_years(scaled: pd.DataFrame, rules: Rules) -> list[list[int]]:
    """Put years together, in order, until every share of every item may be shown."""
    periods: list[list[int]] = []
    waiting: list[int] = []
    for year in sorted({*scaled["year"]}):
        waiting.append(year)
        if _has_shares(scaled[scaled["year"].isin(waiting)], {*scaled["item"]}, rules):
            periods.append(waiting)
            waiting = []
    # What is left at the end joins the period before it, if there is one.
    return [*periods[:-1], [year for period in periods[-1:] for year in period] + waiting]


def _names(periods: Sequence[Sequence[int]]) -> dict[int, str]:
    return {year: _span(period) for period in periods for year in period}


def _has_shares(counts: pd.DataFrame, items: Iterable[str], rules: Rules) -> bool:
    every = pd.MultiIndex.from_product([items, SEX, ON_SCALE])
    summed = counts.groupby(["item", "sex", "reply"])["n"].sum().reindex(every, fill_value=0)
    wide = summed.unstack()
    shares = map(disclosure.share, wide[POSITIVE], wide.sum(axis=1), [rules] * len(wide))
    return not any(isinstance(share, Hidden) for share in shares)


def _span(years: Sequence[int]) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"


def _steps(
    scaled: pd.DataFrame, ladders: Mapping[str, Sequence[Sequence[str]]]
) -> "pd.Series[int]":
    """Give each answer's step on its item's scale."""
    numbers = {
        (item, given): step
        for item, ladder in ladders.items()
        for step, together in enumerate(ladder, start=1)
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
