"""The small figure of a card: two bars of a hundred, or two dots and a line on the level scale."""

from math import ceil

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.questions.gap import Gap, Verdict
from helpers.show import gap_words, words
from helpers.show.style import INK, PALETTE, PAPER, QUIET, subplots
from helpers.show.words import SEXES

WIDTH = 3.15
"""Inches: what a card on a phone has room for, with text at 12 pixels."""
_YEAR = 365.0


def draw(gap: Gap, width: float) -> Figure:
    """Draw women's level and men's of a headline; filled if the gap is established.

    Parameters
    ----------
    gap : Gap
        Both of whose levels are known.
    width : float
        Inches.
    """
    figure, axes = subplots(figsize=(width, 0.75))
    axes.set(position=(0, 0, 1, 1))
    axes.axis("off")
    levels = {"K": gap.women, "M": gap.men}
    _bars(axes, gap, levels) if gap.measure.unit == "share" else _dots(axes, gap, levels)
    return figure


def _face(gap: Gap, sex: str) -> str:
    return PALETTE[sex] if gap.verdict is Verdict.ESTABLISHED else PAPER


def _bars(axes: Axes, gap: Gap, levels: dict[str, float]) -> None:
    """Draw each share as part of a hundred, its words above."""
    for row, (sex, share) in enumerate(levels.items()):
        axes.barh(row, 1, height=0.3, color=PAPER, edgecolor=QUIET, linewidth=0.8)
        axes.barh(
            row, share, height=0.3, color=_face(gap, sex), edgecolor=PALETTE[sex], linewidth=1.6
        )
        axes.text(0, row - 0.24, f"{SEXES[sex]} {gap_words.frequency(share)}", va="bottom")
    axes.set(xlim=(-0.005, 1.005), ylim=(1.25, -0.75))


def _dots(axes: Axes, gap: Gap, levels: dict[str, float]) -> None:
    """Draw both levels on one scale from 0, women's words above the line and men's below."""
    top = _YEAR if gap.measure.unit == "days" else 10 * ceil(max(levels.values()) / 8)
    axes.plot([0, top], [0, 0], color=QUIET, linewidth=0.8, marker="|")
    for end, place, anchor in ((0, -0.02, "right"), (top, 1.02, "left")):
        axes.text(place * top, 0, words.number(end), ha=anchor, va="center", color=QUIET)
    axes.plot(list(levels.values()), [0, 0], color=INK, linewidth=3)
    for (sex, level), mark, side in zip(levels.items(), "os", (1, -1), strict=True):
        axes.plot(level, 0, mark, markersize=9, color=PALETTE[sex], markerfacecolor=_face(gap, sex))
        axes.text(
            level, 0.5 * side, f"{SEXES[sex]} {gap_words.level(gap, level)}",
            ha="right" if level > top / 2 else "left", va="bottom" if side > 0 else "top",
        )  # fmt: skip
    axes.set(xlim=(-0.06 * top, 1.14 * top), ylim=(-1.4, 1.4))
