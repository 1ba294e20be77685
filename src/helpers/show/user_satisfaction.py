"""The user survey on the page: who answered, seven items at a glance, years and whole scales."""

from collections.abc import Mapping, Sequence
from functools import partial

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
from helpers.show import at_a_glance, over_time, panels, words
from helpers.show import gaps as gap_page
from helpers.show.compose import NOT_APART, with_table
from helpers.show.shown import Shown
from helpers.show.words import SEXES, number

_NAMES = {item: words.capital(SURVEY_ITEMS[item].label) for item in MEASURES}
_REPLIED = {"svar på skalan": ON_SCALE, **{reply: [reply] for reply in ("vet inte", "inget svar")}}


def others(gaps: Gaps) -> Shown:
    """Say in a sentence what the six items beside the headline show, tested together.

    Parameters
    ----------
    gaps : Gaps
        All gaps of the question.
    """
    six = [gap for gap in _of_items(gaps, MEASURES).values() if not gap.headline]
    return at_a_glance.beyond_chance(six, what="andra frågorna", counted="svaren")


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
    return at_a_glance.levels_and_gaps(
        _of_items(gaps, MEASURES),
        title="Andel positiva svar på sju frågor, och skillnaden mellan kvinnor och män",
        head="Fråga",
        level="Andel positiva svar",
        too_few="för få svar",
        name="sju-fragor",
    )


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
            f"{way} {at_a_glance.INTERVAL}": pd.Series(found).map(at_a_glance.with_interval)
            for way, found in ways.items()
            if found
        }
    )
    shown = [gap for found in ways.values() for gap in found.values()]
    title = "Samma svar räknade på andra sätt"
    return with_table(
        title, _headed(said), "hela-skalan", {"items": shown}, data=gap_page.as_data(shown)
    )


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
