"""Gaps on the page: one figure whose units stay apart, one table, one sentence a question."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite, isinf, nan

import matplotlib.pyplot as plt
import pandas as pd
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from helpers.disclosure import Hidden
from helpers.questions.gap import Gap, Verdict
from helpers.show import download, table, words
from helpers.show.shown import Shown
from helpers.show.style import INK, PAPER, QUIET
from helpers.show.svg import NARROW, both_widths

_BADGES = {
    Verdict.ESTABLISHED: "lv-established",
    Verdict.NOT_ESTABLISHED: "lv-not-established",
    Verdict.TOO_FEW: "lv-too-few",
}


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
    lines = "".join(f"<p>{words.sentence(gap)}</p>" for gap in same)
    html = f'<div class="lv-answer"><p><strong>{words.sentence(headline)}</strong></p>{lines}</div>'
    return Shown(words.title(headline), html, {"gaps": [headline, *same]})


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
    title = count_verdicts(gaps)
    html = "\n".join(
        [
            f'<p class="lv-title">{title}</p>',
            both_widths(lambda width: draw(gaps, width), alt(gaps)),
            page_table(gaps, title),
            download.links(in_words(gaps), "skillnader", title),
        ]
    )
    return Shown(title, html, {key: list(gaps)})


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
            "Kvinnor": [words.level(gap, gap.women) for gap in gaps],
            "Män": [words.level(gap, gap.men) for gap in gaps],
            "Skillnad": [words.size(gap) for gap in gaps],
            f"95{words.NBSP}% konfidensintervall": [words.interval(gap) for gap in gaps],
            "Antal kvinnor": [words.number(gap.n_women) for gap in gaps],
            "Antal män": [words.number(gap.n_men) for gap in gaps],
            "Bedömning": [words.VERDICTS[gap.verdict] for gap in gaps],
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
    verdict = words.VERDICTS[gap.verdict]
    if gap.verdict is Verdict.TOO_FEW:
        return verdict
    return f"{words.size(gap)} ({words.interval(gap)}), {verdict}"


def draw(gaps: Sequence[Gap], width: float) -> Figure:
    """Draw gaps and their intervals, one panel a unit so that no axis mixes units.

    Parameters
    ----------
    gaps : sequence of Gap
        What to draw.
    width : float
        Inches.

    Returns
    -------
    matplotlib.figure.Figure
    """
    panels = _panels(gaps)
    narrow = width <= NARROW
    rows = [len(panel.gaps) for panel in panels]
    figure, axes = plt.subplots(
        len(panels), figsize=(width, 0.68 * sum(rows) + 0.75 * len(panels)),
        height_ratios=[count + 0.4 for count in rows], squeeze=False, layout="constrained",
    )  # fmt: skip
    plt.close(figure)
    for panel, place in zip(panels, axes[:, 0], strict=True):
        _draw_panel(place, panel, narrow)
    return figure


@dataclass(frozen=True)
class _Panel:
    label: str
    null: float
    scale: float
    gaps: tuple[Gap, ...]

    def tick(self, value: float) -> str:
        is_ratio = self.null == 1
        return words.number(value, decimals=1 if is_ratio else 0, signed=not is_ratio)


def _panels(gaps: Sequence[Gap]) -> list[_Panel]:
    axes = dict.fromkeys(_axis(gap) for gap in gaps)
    return [_Panel(*axis, tuple(gap for gap in gaps if _axis(gap) == axis)) for axis in axes]


def _axis(gap: Gap) -> tuple[str, float, float]:
    if gap.contrast == "ratio":
        return "Kvot, kvinnor genom män (1 = lika)", 1.0, 1.0
    unit = words.UNITS[gap.measure.unit]
    return f"Skillnad, {unit.difference}, kvinnor minus män", 0.0, unit.scale


def _draw_panel(axes: Axes, panel: _Panel, narrow: bool) -> None:
    axes.axvline(panel.null, color=INK, linewidth=1)
    for row, gap in enumerate(panel.gaps):
        _draw_gap(axes, row, gap, panel)
        label = row_head(gap)
        axes.annotate(
            _shorten(label) if narrow else label, (0, row), xycoords=("axes fraction", "data"),
            xytext=(0, 10), textcoords="offset points", fontsize=8 if narrow else 9,
            bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1},
        )  # fmt: skip
    axes.set(yticks=[], ylim=(len(panel.gaps) - 0.5, -0.8), xlabel=panel.label)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: panel.tick(value)))
    axes.spines["left"].set_visible(False)
    axes.margins(x=0.08)


def _draw_gap(axes: Axes, row: int, gap: Gap, panel: _Panel) -> None:
    if gap.verdict is Verdict.TOO_FEW:
        axes.text(panel.null, row, " för få", va="center", color=QUIET, style="italic")
        return
    estimate, low, high = (panel.scale * _float(v) for v in (gap.estimate, gap.low, gap.high))
    established = gap.verdict is Verdict.ESTABLISHED
    ends = [limit if isfinite(limit) else estimate for limit in (low, high)]
    axes.plot(ends, [row, row], color=INK, linewidth=1.6)
    for limit in (low, high):
        if isinf(limit):
            _draw_arrow(axes, row, estimate, limit)
    axes.plot(
        estimate, row, "o", markersize=8, markeredgecolor=INK,
        markerfacecolor=INK if established else PAPER,
    )  # fmt: skip


def _draw_arrow(axes: Axes, row: int, estimate: float, limit: float) -> None:
    """Let an interval without a limit run out of the figure."""
    axes.annotate(
        "", (float(limit > 0), row), (estimate, row), xycoords=("axes fraction", "data"),
        textcoords="data", arrowprops={"arrowstyle": "->", "color": INK, "shrinkA": 0},
    )  # fmt: skip


def page_table(gaps: Sequence[Gap], caption: str, heads: Sequence[str] = ()) -> str:
    """Write gaps as a table that fits a page: each level with its n, each gap with its interval.

    Parameters
    ----------
    gaps : sequence of Gap
        One row each.
    caption : str
        What the table shows.
    heads : sequence of str or markupsafe.Markup, optional
        What heads the rows; the names of the measures by default.

    Returns
    -------
    str
    """
    columns = {
        "Mått": heads or [row_head(gap) for gap in gaps],
        "Kvinnor (n)": [f"{words.level(g, g.women)} ({words.number(g.n_women)})" for g in gaps],
        "Män (n)": [f"{words.level(g, g.men)} ({words.number(g.n_men)})" for g in gaps],
        f"Skillnad (95{words.NBSP}% intervall)": [
            f"{words.size(gap)} ({words.interval(gap)})" for gap in gaps
        ],
        "Bedömning": [badge(gap.verdict) for gap in gaps],
    }
    return table.html(pd.DataFrame(columns, dtype=object), caption)


def row_head(gap: Gap) -> str:
    """Name what a gap measures, and among whom.

    Parameters
    ----------
    gap : Gap
        The gap.

    Returns
    -------
    str
    """
    return f"{words.capital(gap.measure.name)}, {gap.group}"


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
        _BADGES[verdict], words.VERDICTS[verdict]
    )


def count_verdicts(gaps: Sequence[Gap]) -> str:
    """Say how many of the gaps are established; of one alone, what it shows.

    Parameters
    ----------
    gaps : sequence of Gap
        What is counted.

    Returns
    -------
    str
    """
    if len(gaps) == 1:
        return words.title(gaps[0])
    established = sum(gap.verdict is Verdict.ESTABLISHED for gap in gaps)
    ending = "säkerställd" if established == 1 else "säkerställda"
    return f"{established} av {len(gaps)} skillnader är statistiskt {ending}"


def _float(value: float | Hidden) -> float:
    return nan if isinstance(value, Hidden) else value


def _shorten(label: str) -> str:
    return label.replace(" (räknar inte dem som väntar)", "")
