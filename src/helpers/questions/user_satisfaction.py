"""Whether women and men are equally content with the support: the national user survey.

Seven items, each on a scale of its own. A positive answer is what Kolada counts as one. "Vet
inte" and no answer are not on the scale, and not in any share.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from math import nan

import ibis
import numpy as np
import pandas as pd
from ibis.expr.types import Table

from helpers.data import read_cases
from helpers.data.cases import Cases
from helpers.data.codes import DO_NOT_KNOW, SURVEY_ITEMS
from helpers.disclosure import (
    EVERYONE,
    PEOPLE,
    Group,
    Level,
    Published,
    Tally,
    counted,
    grouped,
    load_secret,
    protect,
)
from helpers.questions import asking
from helpers.questions.gap import SEXES, Gap, Gaps, Measure, compare
from helpers.stats import imputation, multiplicity, ordinal, proportions, stratified
from helpers.stats.estimate import Estimate, Whole
from helpers.stats.imputation import Fit

__all__ = ["answer", "gaps", "protect", "tally"]

QUESTION = "user-satisfaction"
TABLE = "survey"
YEAR = "year"
BY = ("sex", YEAR)
"""What its page groups by."""
WHOLE = "U35543"
"""The item about the support as a whole."""

POSITIVE, NOT_POSITIVE, NO_ANSWER = "positive", "not positive", "inget svar"
ON_SCALE = (POSITIVE, NOT_POSITIVE)
REPLIES = (*ON_SCALE, DO_NOT_KNOW, NO_ANSWER)


def __dir__() -> list[str]:
    return __all__


_WORDS = {
    WHOLE: "är nöjda med stödet som helhet",
    "U35542": "kan påverka vilken hjälp de får",
    "U35538": "lätt får kontakt med socialsekreteraren",
    "U35539": "har lätt att förstå informationen",
    "U35540": "möter stor förståelse för sin situation",
    "U35541": "tillfrågas om hur situationen kan förändras",
    "U35544": "fått en bättre situation",
}
"""In the order they are shown: what positive answers mean."""
_COMPARED = {
    "more": "Kvinnor är nöjdare med stödet än män",
    "less": "Kvinnor är mindre nöjda med stödet än män",
    "alike": "Om kvinnor varit nöjda med stödet lika ofta som män",
}
"""Of the headline."""

MEASURES = {
    item: Measure(
        code=f"share positive {item}",
        name=f"andel som {name}",
        unit="share",
        method="andel positiva av svaren på skalan, mid-p med brus och MOVER",
        counted="svar",
        **(_COMPARED if item == WHOLE else {}),
    )
    for item, name in _WORDS.items()
}
"""The share positive of each item."""

WITHIN_YEARS = {
    item: replace(
        measure,
        code=f"{measure.code} within years",
        name=f"{measure.name}, inom samma år",
        method="Mantel–Haenszel över åren, Rubins regler för bruset",
    )
    for item, measure in MEASURES.items()
}
"""The same, women and men of the same year compared."""

BETTER_ANSWER = {
    item: replace(
        measure,
        code=f"odds of a better answer {item}",
        name=f"odds för ett bättre svar: {SURVEY_ITEMS[item].label}",
        method="proportionella odds över hela skalan, Rubins regler för bruset",
    )
    for item, measure in MEASURES.items()
}
"""The whole scale of each item, and not only on which side of the cut an answer lies."""


@asking.in_words
def tally(cases: Cases, by: Sequence[str] = ("sex",), as_of: date | str | None = None) -> Tally:
    """Count the respondents by group, and what they replied to each item.

    One expression, run where the rows are; only the counts leave. A respondent has one key
    in all items.

    Parameters
    ----------
    cases : Cases
        The ``survey`` table, as `read_cases` gives it.
    by : sequence of str
        Columns that describe the respondent, ``sex`` among them; ``age_group`` where the table has
        ``birth_year``.
    as_of : datetime.date or str, optional
        Answers of later years are left out. The end of the last year by default.

    Returns
    -------
    Tally
        Tables ``people``, ``replies`` (``item``, ``reply``) and, of everyone, ``scale``
        (``item``, ``answer``, best first); unpublished ``answers``, by all columns.

    Raises
    ------
    UsageProblem
        If it is asked in a way that cannot be answered.
    """
    rows = asking.rows_of(cases, TABLE)
    rows = asking.with_age(rows, ibis.date(rows.year, 12, 31))
    by = _of_respondents(asking.grouping(by, rows))
    as_of = asking.day(as_of) or asking.latest(ibis.date(rows.year, 12, 31))
    secret = load_secret(cases.is_sample)
    columns = [*by, "item", "answer", "is_first"]
    cells = _with_reply(counted(_answers(rows, as_of), columns, "response_id", secret))
    return Tally(
        question=QUESTION,
        as_of=as_of,
        by=by,
        secret=secret,
        tables={
            PEOPLE: grouped(cells.loc[cells["is_first"]], by, totals=["sex"]),
            "replies": grouped(cells, by, {"item": [*MEASURES], "reply": REPLIES}),
            "scale": _scales(cells),
        },
        unpublished={"answers": cells.groupby(columns[:-1], as_index=False)[["n"]].sum()},
    )


def _of_respondents(by: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse what differs between the answers of one respondent."""
    if {"item", "answer"} & {*by}:
        raise asking.UsageProblem("by ska beskriva den som svarat, inte frågan eller svaret.")
    return by


def _answers(rows: Table, as_of: date) -> Table:
    """Give the rows of the years that count, and mark one of each respondent."""
    known = rows.filter(rows.year.between(asking.first_year(as_of), as_of.year))
    of_respondent = ibis.window(group_by="response_id", order_by="item")
    return known.mutate(
        answer=known.answer.fill_null(NO_ANSWER),
        is_first=ibis.row_number().over(of_respondent) == 0,
    )


_SCALES = {item: SURVEY_ITEMS[item].positive + SURVEY_ITEMS[item].negative for item in MEASURES}
_SIDES = {
    (item, given): POSITIVE if given in SURVEY_ITEMS[item].positive else NOT_POSITIVE
    for item, scale in _SCALES.items()
    for given in scale
}


def _with_reply(cells: pd.DataFrame) -> pd.DataFrame:
    """Say on which side of the scale each answer lies, if on any."""
    pairs = zip(cells["item"], cells["answer"], strict=True)
    return cells.assign(reply=[_SIDES.get(pair, pair[1]) for pair in pairs])


def _scales(cells: pd.DataFrame) -> pd.DataFrame:
    """Sum everyone's answers to each step of their item's own scale."""
    steps = list(dict.fromkeys(given for scale in _SCALES.values() for given in scale))
    every = grouped(cells, ["sex"], {"item": [*MEASURES], "answer": steps})
    is_own = [pair in _SIDES for pair in zip(every["item"], every["answer"], strict=True)]
    return every.loc[is_own].reset_index(drop=True)


def gaps(published: Published) -> Gaps:
    """Compare how women and men reply.

    Parameters
    ----------
    published : Published
        As `protect` gives it.

    Returns
    -------
    Gaps
        The difference in shares positive of each item (that about the whole is the headline, the
        other six carry Holm's p-values), and the headline's of each group; where years are
        shown, the differences within them; the odds ratios of a better answer.

    Raises
    ------
    UsageProblem
        If it is handed anything else.
    """
    published = asking.published_of(published, QUESTION)
    levels = {item: _levels(published, item) for item in MEASURES}
    found = [
        *_differences(published, levels),
        *(_of_group(published, group) for group in published.groups()[1:]),
        *(_within_years(published, *own) for own in levels.items() if YEAR in published.by),
        *(_better_answer(published, *own) for own in levels.items()),
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


Levels = Sequence[Level | None]


def _levels(published: Published, item: str, group: Group = EVERYONE) -> Levels:
    part, whole = {"reply": [POSITIVE]}, {"reply": ON_SCALE}
    return [published.share("replies", part, whole, group, sex=sex, item=item) for sex in SEXES]


def _differences(published: Published, levels: Mapping[str, Levels]) -> list[Gap]:
    tested = [item for item, own in levels.items() if item != WHOLE and all(own)]
    p_values = _holm(published, tested) if tested else {}
    return [
        compare(
            QUESTION, MEASURES[item], EVERYONE, *own,
            headline=item == WHOLE, p_value=p_values.get(item, nan),
        )
        for item, own in levels.items()
    ]  # fmt: skip


def _holm(published: Published, items: Sequence[str]) -> dict[str, float]:
    """Test items together, by Holm's method."""
    alone = [_p_value(published, item) for item in items]
    return dict(zip(items, multiplicity.holm(alone).tolist(), strict=True))


def _p_value(published: Published, item: str) -> float:
    """Test an item alone: at which level its interval begins to leave out 0."""
    (women, not_women), (men, not_men) = (_counts(published, sex, item) for sex in SEXES)
    sizes, noise = (women, women + not_women, men, men + not_men), published.rules.noise
    return multiplicity.p_value(lambda level: proportions.gap(*sizes, level=level, noise=noise))


def _counts(published: Published, sex: str, item: str, group: Group = EVERYONE) -> list[int]:
    """Count positive replies and those that are not."""
    return [published.cell("replies", group, sex=sex, item=item, reply=reply) for reply in ON_SCALE]


def _of_group(published: Published, group: Group) -> Gap:
    levels = _levels(published, WHOLE, group)
    return compare(QUESTION, MEASURES[WHOLE], asking.named(TABLE, group), *levels)


def _within_years(published: Published, item: str, levels: Levels) -> Gap:
    """Compare within years, so that a change for all is not taken for a gap."""
    years = [group for group in published.groups() if group.grouping == YEAR]
    cells = [n for year in years for sex in SEXES for n in _counts(published, sex, item, year)]
    estimate = _imputed(published, cells, _pooled_difference) if all(levels) else None
    return compare(QUESTION, WITHIN_YEARS[item], EVERYONE, *levels, estimate=estimate)


def _pooled_difference(counts: Whole) -> Estimate:
    women, not_women, men, not_men = counts.reshape(-1, 4).T
    return stratified.mantel_haenszel(
        women, women + not_women, men, men + not_men, measure="risk difference"
    )


def _better_answer(published: Published, item: str, levels: Levels) -> Gap:
    """Compare the whole scale; it has no level of its own for either sex."""
    cells = [
        published.cell("scale", sex=sex, item=item, answer=given)
        for sex in SEXES
        for given in reversed(_SCALES[item])
    ]
    estimate = _imputed(published, cells, _odds_ratio, log_scale=True) if all(levels) else None
    sizes = [level and Level(_NO_ESTIMATE, level.n) for level in levels]
    return compare(
        QUESTION, BETTER_ANSWER[item], EVERYONE, *sizes, contrast="ratio", estimate=estimate
    )


def _odds_ratio(counts: Whole) -> Estimate:
    women, men = np.split(counts, 2)
    return ordinal.odds_ratio(women, men)


def _imputed(
    published: Published, cells: Sequence[int], fit: Fit, log_scale: bool = False
) -> Estimate:
    """Estimate from noisy cells, if it can be done."""
    try:
        return imputation.estimate(cells, published.rules.noise, fit, log_scale=log_scale)
    except ValueError:
        return _NO_ESTIMATE


_NO_ESTIMATE = Estimate(nan, nan, nan)
