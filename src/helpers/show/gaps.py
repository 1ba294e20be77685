"""Gaps on the page: the answer in a sentence, a figure whose units stay apart, and a table."""

from collections.abc import Sequence
from functools import partial
from math import isfinite, isinf, isnan

import pandas as pd
from markupsafe import Markup, escape

from helpers.questions.gap import LEVEL, Gap, Gaps, Verdict
from helpers.show import download, gap_words, svg, table, words
from helpers.show.action_words import NO_ACTION, by_question
from helpers.show.compose import NOT_APART, folded
from helpers.show.gap_drawing import draw
from helpers.show.shown import Shown

_BADGES = {
    Verdict.ESTABLISHED: "lv-established",
    Verdict.TOO_SMALL_TO_MATTER: "lv-too-small",
    Verdict.NOT_ESTABLISHED: "lv-not-established",
    Verdict.TOO_FEW: "lv-too-few",
}
_GLANCE = 4
"""Gaps that a phone draws without being asked."""
_INTERACTS = 0.05
"""A test below this says that the gap is not the same in every group."""


def answer(gaps: Gaps, actions: pd.DataFrame | None = None) -> Shown:
    """Answer the question in one sentence: its headline gap and what is established.

    The groups of a column are put into words only where the gap is not the same in all of them.

    Parameters
    ----------
    actions : pandas.DataFrame, optional
        As `helpers.data.read_actions` gives it: what is done about the gap is then said too.

    Returns
    -------
    Shown
        With every gap of the question, and everything they were computed from.
    """
    gap = gaps.headline
    told = [gap_words.in_persons(gap), gap_words.details(gap), *_interactions(gaps)]
    if actions is not None:
        told.append(escape(by_question(actions).get(gap.question, NO_ACTION)))
    lines = "".join(f"<p>{line}</p>" for line in told if line)
    html = (
        f'<div class="lv-answer"><p><strong>{gap_words.title(gap)}.</strong> '
        f"{badge(gap.verdict)}</p>{lines}</div>"
    )
    published = gaps.published
    record = {"as_of": published.as_of, "gaps": gaps, "published": published}
    return Shown(gap_words.title(gap), html, record)


def _interactions(gaps: Gaps) -> list[str]:
    """Say in which columns the headline's gap differs between the groups."""
    measure = gaps.headline.measure.code
    alike = [each for each in gaps.of(measure=measure) if each.contrast == gaps.headline.contrast]
    groupings = dict.fromkeys(gap.group.grouping for gap in alike if not gap.group.is_everyone)
    return [
        f"Skillnaden är inte densamma i alla grupper (test av samspel, p-värde "
        f"{words.p_value(test.p_value)}): {_in_groups(alike, grouping)}."
        for grouping in groupings
        if (test := Gaps(alike, gaps.published).interaction(measure, grouping)).df
        and test.p_value < _INTERACTS
    ]


def _in_groups(gaps: Sequence[Gap], grouping: str) -> str:
    own = [gap for gap in gaps if gap.group.grouping == grouping]
    return "; ".join(f"{escape(gap.group.label)} {gap_words.in_brief(gap)}" for gap in own)


def gap(gaps: Sequence[Gap]) -> Shown:
    """Show gaps with their intervals: a figure and its table."""
    foremost = next((gap for gap in gaps if gap.headline), None)
    title = gap_words.title(foremost) if foremost else "Skillnader mellan kvinnor och män"
    if not gaps:
        return Shown(title, f'<p class="lv-title">{title}</p>\n{NOT_APART}')
    drawing = partial(draw, gaps)
    files = download.links(as_data(gaps), "skillnader", title)
    said = table.html(pd.DataFrame(columns(gaps), dtype=object), title)
    html = f"{svg.both_widths(drawing, alt(gaps))}\n{folded('Visa som tabell', said + files)}"
    html = f'<p class="lv-title">{title}</p>\n{html}'
    if len(gaps) > _GLANCE:
        html = folded(f"Visa alla {len(gaps)} mått", html)
    image = partial(svg.image, drawing, alt(gaps))
    return Shown(title, html, {"shown": list(gaps)}, image=image)


def as_data(gaps: Sequence[Gap]) -> pd.DataFrame:
    """Put gaps in a table to compute on: levels and gaps in the unit the row names."""
    rows = [
        {
            "Mått": gap.measure.name,
            "Grupp": gap.group.label,
            "Enhet": gap_words.UNITS[gap.measure.unit].level,
            "Kvinnor": _scaled(gap, gap.women),
            "Män": _scaled(gap, gap.men),
            "Jämförelse": "kvot" if gap.contrast == "ratio" else "skillnad",
            "Värde": _contrast(gap, gap.estimate),
            "Undre gräns": _contrast(gap, gap.low),
            "Övre gräns": _contrast(gap, gap.high),
            "I personer": _persons(gap, 0),
            "I personer, undre gräns": _persons(gap, 1),
            "I personer, övre gräns": _persons(gap, 2),
            "Antal kvinnor": words.WITHHELD if gap.n_women is None else gap.n_women,
            "Antal män": words.WITHHELD if gap.n_men is None else gap.n_men,
            "Bedömning": gap_words.VERDICTS[gap.verdict] if gap.verdict else "",
        }
        for gap in gaps
    ]
    return pd.DataFrame(rows, dtype=object)


def _scaled(gap: Gap, value: float) -> float | str:
    if not gap.is_known:
        return words.WITHHELD
    if isinf(value):
        return words.number(value)
    return words.NONE if isnan(value) else round(gap_words.UNITS[gap.measure.unit].scale * value, 4)


def _contrast(gap: Gap, value: float) -> float | str:
    if gap.contrast == "ratio" and gap.is_known and isfinite(value):
        return round(value, 4)
    return _scaled(gap, value)


def _persons(gap: Gap, place: int) -> float | str:
    found = gap.attributable
    if found is None:
        return words.NONE
    value = (found.value, found.low, found.high)[place]
    return round(value, 1) if isfinite(value) else words.number(value)


def alt(gaps: Sequence[Gap]) -> str:
    """Say in words what the figure of gaps shows."""
    parts = [f"{gap_words.name(gap)}: {gap_words.in_brief(gap)}" for gap in gaps]
    return f"Skillnader med 95{words.NBSP}% konfidensintervall. {'; '.join(parts)}."


def columns(gaps: Sequence[Gap]) -> dict[str, list[str]]:
    """Give the columns of a table that fits a page: levels with their n, gaps with intervals."""
    return {
        "Mått": [gap_words.name(gap) for gap in gaps],
        "Kvinnor (n)": [_with_n(gap, gap.women, gap.n_women) for gap in gaps],
        "Män (n)": [_with_n(gap, gap.men, gap.n_men) for gap in gaps],
        f"Skillnad (95{words.NBSP}% intervall)": [_with_interval(gap) for gap in gaps],
        "Bedömning": [badge(gap.verdict) for gap in gaps],
    }


def _with_n(gap: Gap, value: float, n: int | None) -> str:
    level = gap_words.level(gap, value)
    return level if n is None else f"{level} ({words.number(n)})"


def _with_interval(gap: Gap) -> str:
    limits = f" ({gap_words.interval(gap)})" if gap.has_interval else ""
    return f"{gap_words.size(gap)}{limits}"


def badge(verdict: Verdict | None) -> Markup:
    """Mark a headline's verdict so that it can be told at a glance, in words and in shape."""
    if verdict is None:
        return Markup("")
    return Markup('<span class="lv-verdict {}">{}</span>').format(
        _BADGES[verdict], gap_words.VERDICTS[verdict]
    )


def expected_by_chance(gaps: Sequence[Gap]) -> float:
    """How many of the headlines that carry a verdict chance alone would call established.

    Parameters
    ----------
    gaps : sequence of Gap
        Of any questions.

    Returns
    -------
    float
        One in twenty of them, as the intervals are of 95 %.
    """
    judged = [gap for gap in gaps if gap.headline and gap.verdict is not Verdict.TOO_FEW]
    return len(judged) * (1 - LEVEL)
