"""The user survey on the page: who answered, seven items at a glance, years and whole scales."""

from collections.abc import Mapping, Sequence
from functools import partial
from math import isnan

import pandas as pd

from helpers.data.codes import SURVEY_ITEMS
from helpers.disclosure import Published
from helpers.questions.gap import Gap, Gaps, Measure
from helpers.questions.user_satisfaction import (
    BETTER_ANSWER,
    MEASURES,
    ON_SCALE,
    WHOLE,
    WITHIN_YEARS,
)
from helpers.show import gap_words, over_time, panels, words
from helpers.show import gaps as gap_page
from helpers.show import user_satisfaction_drawings as drawings
from helpers.show.compose import NOT_APART, with_figure, with_table
from helpers.show.shown import Shown
from helpers.show.words import NBSP, SEXES, number

_NAMES = {item: words.capital(SURVEY_ITEMS[item].label) for item in MEASURES}
_REPLIED = {"svar på skalan": ON_SCALE, **{reply: [reply] for reply in ("vet inte", "inget svar")}}
_INTERVAL = f"(95{NBSP}% intervall)"
_BY_CHANCE = 0.05


def others(gaps: Gaps) -> Shown:
    """Say in a sentence what the six items beside the headline show, tested together.

    Parameters
    ----------
    gaps : Gaps
        All gaps of the question.
    """
    six = [gap for gap in _of_items(gaps, MEASURES).values() if not gap.headline]
    tested = sorted((gap for gap in six if not isnan(gap.p_value)), key=lambda gap: gap.p_value)
    found = [gap for gap in tested if gap.p_value < _BY_CHANCE]
    title = (
        f"I {len(found)} av de {len(six)} andra frågorna är skillnaden svår att skylla på slumpen"
    )
    said = "; ".join(map(_with_p_value, found or tested[:1]))
    lead = (": " if found else ". Lägst p-värde har ") if tested else ""
    too_few = len(six) - len(tested)
    untold = f" I {too_few} är svaren för få för att beskrivas." if too_few else ""
    return Shown(title, f"<p>{title}{lead}{said}.{untold}</p>", {"items": six})


def _with_p_value(gap: Gap) -> str:
    return f"{gap.measure.name}, {gap_words.in_brief(gap)}, p-värde {words.p_value(gap.p_value)}"


def _of_items(gaps: Gaps, measures: Mapping[str, Measure]) -> dict[str, Gap]:
    """Find everyone's gap in each item, by the item's name in Swedish."""
    names = {measure.code: _NAMES[item] for item, measure in measures.items()}
    known = [gap for gap in gaps.of(group="all") if gap.measure.code in names]
    return {names[gap.measure.code]: gap for gap in known}


def answered(published: Published) -> Shown:
    """Show how many answered on the scale, said "vet inte" or gave no answer, by item and sex."""
    counts = pd.DataFrame(
        {
            f"{whose}: {said}": [_replies(published, sex, item, replies) for item in MEASURES]
            for sex, whose in SEXES.items()
            for said, replies in _REPLIED.items()
        },
        index=[*_NAMES.values()],
        dtype=object,
    )
    women, men = (number(published.people(sex)) for sex in SEXES)
    said = counts.map(partial(words.count, smallest_shown=published.rules.smallest_shown))
    return with_table(
        f"Enkäter från {women} kvinnor och {men} män",
        _headed(said),
        "svar",
        {"answered": _headed(counts)},
        data=_headed(counts.map(lambda n: words.WITHHELD if n is None else n)),
    )


def _headed(table: pd.DataFrame) -> pd.DataFrame:
    return table.rename_axis("Fråga").reset_index()


def _replies(published: Published, sex: str, item: str, replies: Sequence[str]) -> int | None:
    """Add up noisy counts, as the shares do; None where too few handed in the survey."""
    found = [published.count("replies", sex, item=item, reply=reply) for reply in replies]
    return None if None in found else sum(n for n in found if n)


def items(gaps: Gaps) -> Shown:
    """Show all seven items at once: both shares, and the gap.

    Parameters
    ----------
    gaps : Gaps
        All gaps of the question.
    """
    named = _of_items(gaps, MEASURES)
    seven = list(named.values())
    said = pd.DataFrame(
        {
            "Fråga": list(named),
            "Kvinnor (n)": [_with_n(gap, gap.women, gap.n_women) for gap in seven],
            "Män (n)": [_with_n(gap, gap.men, gap.n_men) for gap in seven],
            f"Procentenheter {_INTERVAL}": [_with_interval(gap) for gap in seven],
            "p-värde (Holm)": [words.p_value(gap.p_value) for gap in seven],
        }
    )
    return with_figure(
        "Andel positiva svar på sju frågor, och skillnaden mellan kvinnor och män",
        draw=partial(drawings.items, named),
        alt=gap_page.alt(seven),
        said=said,
        name="sju-fragor",
        published={"items": seven},
        data=gap_page.as_data(seven).assign(**{"p-värde (Holm)": said["p-värde (Holm)"]}),
    )


def _with_n(gap: Gap, level: float, n: int | None) -> str:
    return f"{gap_words.level(gap, level)} ({number(n)})" if gap.is_known else words.WITHHELD


def periods(published: Published) -> Shown:
    """Show the shares positive year by year.

    Returns
    -------
    Shown
        Says so where years are not shown apart.
    """
    title = "Andel positiva svar, år för år"
    if "year" not in published.by:
        return Shown(title, f'<p class="lv-title">{title}</p>\n{NOT_APART}')
    part, whole = {"reply": ["positive"]}, {"reply": ON_SCALE}
    rows = [
        panels.row(name, year.value, sex, level)
        for item, name in _NAMES.items()
        for year in published.groups()
        if year.grouping == "year"
        for sex in SEXES
        for level in [published.share("replies", part, whole, year, sex=sex, item=item)]
    ]
    shares = pd.DataFrame(rows, columns=[*panels.COLUMNS], dtype=object)
    return panels.over_groups(shares, title=title, name="ar-for-ar", heads=("Fråga", "År"))


def whole_scale(gaps: Gaps) -> Shown:
    """Show the difference at the cut at positive beside those within years and over the scale.

    Parameters
    ----------
    gaps : Gaps
        All gaps of the question.
    """
    ways = {
        "Skillnad i andel positiva": _of_items(gaps, MEASURES),
        "Inom samma år, sammanvägt": _of_items(gaps, WITHIN_YEARS),
        "Oddskvot för ett bättre svar": _of_items(gaps, BETTER_ANSWER),
    }
    said = pd.DataFrame(
        {
            f"{way} {_INTERVAL}": pd.Series(found).map(_with_interval)
            for way, found in ways.items()
            if found
        }
    )
    shown = [gap for found in ways.values() for gap in found.values()]
    title = "Samma svar räknade på andra sätt"
    return with_table(
        title, _headed(said), "hela-skalan", {"items": shown}, data=gap_page.as_data(shown)
    )


def _with_interval(gap: Gap) -> str:
    size = gap_words.contrast(gap, gap.estimate, unit=False)
    return f"{size} ({gap_words.interval(gap)})" if gap.has_interval else size


def trend(published: Published) -> Shown:
    """Show how many are content with the support as a whole, by year."""
    part, whole = {"reply": ["positive"]}, {"reply": ON_SCALE}
    return over_time.trend(
        published,
        lambda sex, year: published.share("replies", part, whole, year, sex=sex, item=WHOLE),
        title="Andel som är nöjda med stödet som helhet, år för år",
        name="nojda-over-tid",
        grouping="year",
    )
