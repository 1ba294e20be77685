"""At which of two steps a gap arises: in a sentence, and as a figure."""

from collections.abc import Mapping
from functools import partial

import pandas as pd

from helpers.questions.gap import Gap, Gaps, Verdict
from helpers.show import gap_words, words
from helpers.show.compose import with_figure
from helpers.show.gap_drawing import draw
from helpers.show.gaps import alt, as_data
from helpers.show.shown import Shown

Steps = Mapping[str, str]
"""The code of what each step contributes, and when that is in Swedish: ``när ansökan görs``."""


def where(gaps: Gaps, steps: Steps) -> Shown:
    """Say in one sentence at which step the headline's gap arises.

    Parameters
    ----------
    gaps : Gaps
        All gaps of the question.
    steps : mapping of str to str
        As `Steps`.

    Returns
    -------
    Shown
        Says that it cannot be told where the gap, or either step's part, is not established.
    """
    parts = _parts(gaps, steps)
    title = _title(steps, *parts)
    return Shown(title, f'<div class="lv-answer"><p>{title}.</p></div>', {"split": parts})


def split(gaps: Gaps, steps: Steps) -> Shown:
    """Show how much of the headline's gap arises at each step.

    Parameters
    ----------
    gaps, steps
        As `where` takes them.

    Returns
    -------
    Shown
        Says so where the steps may not be described.
    """
    parts = _parts(gaps, steps)
    title = _title(steps, *parts)
    if not parts[1].is_known:
        return Shown(title, f'<p class="lv-title">{title}</p>')
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


def _parts(gaps: Gaps, steps: Steps) -> list[Gap]:
    """Give the whole gap, and what either step contributes."""
    return [gaps.headline, *(gaps.of(measure=code)[0] for code in steps)]


def _title(steps: Steps, whole: Gap, *parts: Gap) -> str:
    """Say where the gap arises, if both it and that step's part are established."""
    if not parts[0].is_known:
        return "För få för att säga i vilket steg en skillnad uppstår"
    smaller, larger = sorted(parts, key=lambda part: part.estimate * whole.estimate)
    if whole.verdict is not Verdict.ESTABLISHED or larger.low <= 0 <= larger.high:
        return "Det går inte att säga i vilket steg en skillnad uppstår"
    at, other = (steps[part.measure.code] for part in (larger, smaller))
    share = larger.estimate / whole.estimate
    if share > 1:
        return f"Skillnaden uppstår {at}, och minskar {other}"
    return f"{words.percent(share)} av skillnaden uppstår {at}"
