"""Extensions on the page: who is counted, what becomes of 100, and where the gap arises."""

from functools import partial

import pandas as pd

from helpers.disclosure import TOTAL, Published
from helpers.questions.gap import Gap, Gaps, Verdict
from helpers.show import counted as counts
from helpers.show import gap_words, of_hundred, over_time, words
from helpers.show.compose import with_figure
from helpers.show.gap_drawing import draw
from helpers.show.gaps import alt, as_data
from helpers.show.shown import Shown

_STAGES = {"granted": "Förlängdes", "denied": "Fick avslag", "not applied": "Sökte inte"}
_COLUMNS = {**_STAGES, "open": "Går inte att bedöma än", TOTAL: "Alla"}
_STEPS = {
    "contribution of applying": "när ansökan görs",
    "contribution of granting": "när ansökan avgörs",
}


def counted(published: Published) -> Shown:
    """Show who is counted, by sex and what became of their first placement."""
    return counts.by_sex(
        published, "stages", _COLUMNS, title="Personer som räknas", name="personer-med-placering"
    )


def outcomes(published: Published) -> Shown:
    """Show what becomes of 100 first placements, by sex.

    Returns
    -------
    Shown
        Says so where a sex has too few.
    """
    return of_hundred.bars(
        published,
        "stages",
        _STAGES,
        title="Av 100 kvinnor får {} placeringen förlängd, av 100 män {}",
        too_few="För få för att säga vad som händer med placeringarna",
        name="av-100-placerade",
    )


def where(gaps: Gaps) -> Shown:
    """Say in one sentence at which step the gap in extended placements arises.

    Parameters
    ----------
    gaps : Gaps
        All gaps of the question.

    Returns
    -------
    Shown
        Says that it cannot be told where the gap, or either step's part, is not established.
    """
    parts = _parts(gaps)
    title = _title(*parts)
    return Shown(title, f'<div class="lv-answer"><p>{title}.</p></div>', {"split": parts})


def split(gaps: Gaps) -> Shown:
    """Show how much of the gap in extended placements arises at each step.

    Parameters
    ----------
    gaps : Gaps
        All gaps of the question.

    Returns
    -------
    Shown
        Says so where the steps may not be described.
    """
    parts = _parts(gaps)
    title = _title(*parts)
    if not parts[1].is_known:
        return _nothing(title)
    points = [[words.points(100 * x) for x in (p.estimate, p.low, p.high)] for p in parts]
    said = pd.DataFrame(
        {
            "Del": [gap_words.name(part) for part in parts],
            "Procentenheter": [value for value, _, _ in points],
            f"95{words.NBSP}% konfidensintervall": [words.span(*ends) for _, *ends in points],
        }
    )
    return with_figure(
        title,
        draw=partial(draw, parts),
        alt=f"{title}. {alt(parts)}",
        said=said,
        name="var-skillnaden-uppstar",
        published={"split": parts},
        data=as_data(parts),
    )


def _parts(gaps: Gaps) -> list[Gap]:
    """Give the whole gap, and what either step contributes."""
    return [gaps.headline, *(gaps.of(measure=code)[0] for code in _STEPS)]


def _title(whole: Gap, *steps: Gap) -> str:
    """Say where the gap arises, if both it and that step's part are established."""
    if not steps[0].is_known:
        return "För få för att säga i vilket steg en skillnad uppstår"
    smaller, larger = sorted(steps, key=lambda step: step.estimate * whole.estimate)
    if whole.verdict is not Verdict.ESTABLISHED or larger.low <= 0 <= larger.high:
        return "Det går inte att säga i vilket steg en skillnad uppstår"
    at, other = (_STEPS[step.measure.code] for step in (larger, smaller))
    share = larger.estimate / whole.estimate
    if share > 1:
        return f"Skillnaden uppstår {at}, och minskar {other}"
    return f"{words.percent(share)} av skillnaden uppstår {at}"


def _nothing(title: str) -> Shown:
    return Shown(title, f'<p class="lv-title">{title}</p>')


def trend(published: Published) -> Shown:
    """Show how many had their first placement extended, by the half-year it began."""
    part, whole = {"extended": [True]}, {"extended": [True, False]}
    return over_time.trend(
        published,
        lambda sex, group: published.share("extended", part, whole, group, sex=sex),
        title="Andel som fått sin första placering förlängd, efter halvåret då den började",
        name="forlangd-over-tid",
    )
