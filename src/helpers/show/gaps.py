"""Gaps on the page: the answer in a sentence, a figure whose units stay apart, and a table."""

from collections.abc import Sequence
from functools import partial

import pandas as pd
from markupsafe import Markup

from helpers.disclosure import Hidden
from helpers.questions.gap import Gap, Verdict
from helpers.show import download, gap_words, table, words
from helpers.show.gap_drawing import draw
from helpers.show.shown import Shown, told_by
from helpers.show.svg import both_widths

_BADGES = {
    Verdict.ESTABLISHED: "lv-established",
    Verdict.NOT_ESTABLISHED: "lv-not-established",
    Verdict.TOO_FEW: "lv-too-few",
}

_NOTHING = "Underlaget är för litet för att jämföra kvinnor och män"


def answer(gaps: Sequence[Gap]) -> Shown:
    """Answer the question in one sentence: its headline gap and what is established.

    Parameters
    ----------
    gaps : sequence of Gap
        All gaps of one question.

    Returns
    -------
    Shown
    """
    headline = next(gap for gap in gaps if gap.headline)
    others = [gap for gap in gaps if gap.measure == headline.measure and gap != headline]
    same = [gap for gap in others if gap.contrast == headline.contrast]
    lines = "".join(f"<p>{gap_words.sentence(gap)}</p>" for gap in same)
    html = f'<div class="lv-answer">{headlined(headline)}{lines}</div>'
    shown = [headline, *same]
    return Shown(gap_words.title(headline), html, {"gaps": shown}, told_by(shown))


def headlined(gap: Gap) -> str:
    """Write a gap as the answer it is: what it shows, then what that rests on.

    Parameters
    ----------
    gap : Gap
        The headline.

    Returns
    -------
    str
        A paragraph.
    """
    return f"<p><strong>{gap_words.title(gap)}</strong> ({gap.group}). {gap_words.details(gap)}</p>"


def gap(gaps: Sequence[Gap]) -> Shown:
    """Show gaps with their intervals: a figure and its table.

    Parameters
    ----------
    gaps : sequence of Gap
        What to show, in order. The front page shows them too.

    Returns
    -------
    Shown
    """
    return _with_figure(gaps, "gaps")


def sensitivity(gaps: Sequence[Gap]) -> Shown:
    """Show gaps that tell how much an answer rests on a choice; the front page leaves them out.

    Parameters
    ----------
    gaps : sequence of Gap
        What to show, in order.

    Returns
    -------
    Shown
    """
    return _with_figure(gaps, "sensitivity")


def _with_figure(gaps: Sequence[Gap], key: str) -> Shown:
    if not gaps:
        return Shown(_NOTHING, f'<p class="lv-title">{_NOTHING}</p>')
    title = conclusion(gaps)
    html = "\n".join(
        [
            f'<p class="lv-title">{title}</p>',
            both_widths(partial(draw, gaps), alt(gaps)),
            page_table(gaps, title),
            download.links(as_data(gaps), "skillnader", title),
        ]
    )
    return Shown(title, html, {key: list(gaps)}, told_by(gaps))


def as_data(gaps: Sequence[Gap]) -> pd.DataFrame:
    """Put gaps in a table to compute on: levels and gaps in the unit the row names.

    Parameters
    ----------
    gaps : sequence of Gap
        One row each.

    Returns
    -------
    pandas.DataFrame
    """
    rows = [
        {
            "Mått": gap.measure.name,
            "Grupp": gap.group,
            "Enhet": gap_words.UNITS[gap.measure.unit].level,
            "Kvinnor": _scaled(gap, gap.women),
            "Män": _scaled(gap, gap.men),
            "Jämförelse": "kvot" if gap.contrast == "ratio" else "skillnad",
            "Värde": _contrast(gap, gap.estimate),
            "Undre gräns": _contrast(gap, gap.low),
            "Övre gräns": _contrast(gap, gap.high),
            "Antal kvinnor": gap.n_women,
            "Antal män": gap.n_men,
            "Bedömning": gap_words.VERDICTS[gap.verdict],
        }
        for gap in gaps
    ]
    return pd.DataFrame(rows, dtype=object)


def _scaled(gap: Gap, value: words.Number) -> words.Number:
    return (
        value
        if isinstance(value, Hidden)
        else round(gap_words.UNITS[gap.measure.unit].scale * value, 4)
    )


def _contrast(gap: Gap, value: words.Number) -> words.Number:
    if gap.contrast == "ratio" and not isinstance(value, Hidden):
        return round(value, 4)
    return _scaled(gap, value)


def in_words(gaps: Sequence[Gap]) -> pd.DataFrame:
    """Put gaps in a table of Swedish words.

    Parameters
    ----------
    gaps : sequence of Gap
        One row each.

    Returns
    -------
    pandas.DataFrame
    """
    return pd.DataFrame(
        {
            "Mått": [words.capital(gap.measure.name) for gap in gaps],
            "Grupp": [words.capital(gap.group) for gap in gaps],
            "Kvinnor": [gap_words.level(gap, gap.women) for gap in gaps],
            "Män": [gap_words.level(gap, gap.men) for gap in gaps],
            "Skillnad": [gap_words.size(gap) for gap in gaps],
            f"95{words.NBSP}% konfidensintervall": [gap_words.interval(gap) for gap in gaps],
            "Antal kvinnor": [words.number(gap.n_women) for gap in gaps],
            "Antal män": [words.number(gap.n_men) for gap in gaps],
            "Bedömning": [gap_words.VERDICTS[gap.verdict] for gap in gaps],
        }
    )


def alt(gaps: Sequence[Gap]) -> str:
    """Say in words what the figure of gaps shows.

    Parameters
    ----------
    gaps : sequence of Gap
        What is drawn.

    Returns
    -------
    str
    """
    parts = [f"{gap.measure.name}, {gap.group}: {_in_brief(gap)}" for gap in gaps]
    return f"Skillnader med 95{words.NBSP}% konfidensintervall. {'; '.join(parts)}."


def _in_brief(gap: Gap) -> str:
    verdict = gap_words.VERDICTS[gap.verdict]
    if gap.verdict is Verdict.TOO_FEW:
        return verdict
    return f"{gap_words.size(gap)} ({gap_words.interval(gap)}), {verdict}"


def page_table(
    gaps: Sequence[Gap], caption: str, heads: Sequence[str] = (), groups: Sequence[str] = ()
) -> str:
    """Write gaps as a table that fits a page: each level with its n, each gap with its interval.

    Parameters
    ----------
    gaps : sequence of Gap
        One row each.
    caption : str
        What the table shows.
    heads : sequence of str or markupsafe.Markup, optional
        What heads the rows; the names of the measures by default.
    groups : sequence of str, optional
        What heads the rows' groups; none by default.

    Returns
    -------
    str
    """
    columns = {
        "Mått": heads or [gap_words.name(gap) for gap in gaps],
        "Kvinnor (n)": [f"{gap_words.level(g, g.women)} ({words.number(g.n_women)})" for g in gaps],
        "Män (n)": [f"{gap_words.level(g, g.men)} ({words.number(g.n_men)})" for g in gaps],
        f"Skillnad (95{words.NBSP}% intervall)": [
            f"{gap_words.size(gap)} ({gap_words.interval(gap)})" for gap in gaps
        ],
        "Bedömning": [badge(gap.verdict) for gap in gaps],
    }
    return table.html(pd.DataFrame(columns, dtype=object), caption, groups=groups)


def badge(verdict: Verdict) -> Markup:
    """Mark a verdict so that it can be told at a glance, in words and in shape.

    Parameters
    ----------
    verdict : Verdict
        What the interval lets us say.

    Returns
    -------
    markupsafe.Markup
    """
    return Markup('<span class="lv-verdict {}">{}</span>').format(
        _BADGES[verdict], gap_words.VERDICTS[verdict]
    )


def conclusion(gaps: Sequence[Gap]) -> str:
    """Say what the gaps show: what their headline does, or else how many are established.

    Gaps of one question measure the same thing in several ways, so to count the established
    among them would count one finding many times.

    Parameters
    ----------
    gaps : sequence of Gap
        What is shown.

    Returns
    -------
    str
    """
    foremost = [gap for gap in gaps if gap.headline] or gaps
    return gap_words.title(foremost[0]) if len(foremost) == 1 else count_verdicts(foremost)


def count_verdicts(gaps: Sequence[Gap]) -> str:
    """Say how many of the gaps are established.

    Parameters
    ----------
    gaps : sequence of Gap
        What is counted.

    Returns
    -------
    str
    """
    established = sum(gap.verdict is Verdict.ESTABLISHED for gap in gaps)
    ending = "säkerställd" if established == 1 else "säkerställda"
    return f"{established} av {len(gaps)} skillnader är statistiskt {ending}"
