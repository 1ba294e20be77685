"""The drawing of the user survey: seven items at a glance."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MultipleLocator

from helpers.questions.gap import SEXES, Gap, Verdict
from helpers.show import words
from helpers.show.style import INK, PALETTE, PAPER, QUIET, name_above, numbered, subplots

_ASIDE = {"K": -0.13, "M": 0.13}
_MARKERS = {"K": "o", "M": "s"}
_PERCENT = FuncFormatter(lambda share, _: words.percent(share))


def items(gaps: Mapping[str, Gap], width: float) -> Figure:
    """Draw each item's two shares, and beside them the gap, by the item's name in Swedish."""
    figure, (left, right) = subplots(
        1, 2, figsize=(width, 0.66 * len(gaps) + 1), width_ratios=(1.25, 1), sharey=True,
    )  # fmt: skip
    _draw_levels(left, [*gaps.values()])
    _draw_gaps(right, [*gaps.values()])
    for row, name in enumerate(gaps):
        name_above(left, row, name, points=13)
    left.set(ylim=(len(gaps) - 0.6, -0.75), yticks=[])
    for axes in (left, right):
        axes.tick_params(left=False)
        axes.spines["left"].set_visible(False)
    return figure


def _draw_levels(axes: Axes, gaps: Sequence[Gap]) -> None:
    known = [(row, gap.levels) for row, gap in enumerate(gaps) if gap.is_known]
    for place, sex in enumerate(SEXES):
        own = [(row + _ASIDE[sex], levels[place]) for row, levels in known]
        at, value, low, high = np.reshape([(y, e.value, e.low, e.high) for y, e in own], (-1, 4)).T
        axes.errorbar(
            value, at, xerr=(value - low, high - value), color=PALETTE[sex], elinewidth=1.8,
            marker=_MARKERS[sex], linestyle="", label=words.SEXES[sex],
        )  # fmt: skip
    for row in {*range(len(gaps))} - {row for row, _ in known}:
        axes.text(0.5, row, "för få svar", color=QUIET, style="italic", ha="center", va="center")
    axes.set(xlim=(0, 1), xlabel="Andel positiva svar")
    axes.xaxis.set(major_formatter=_PERCENT, major_locator=MultipleLocator(0.5))
    axes.legend(loc="lower left", bbox_to_anchor=(-0.03, 1), ncols=2, borderpad=0)


def _draw_gaps(axes: Axes, gaps: Sequence[Gap]) -> None:
    """Mark the headline by its verdict; the others have none."""
    axes.axvline(0, color=INK, linewidth=1)
    for row, gap in enumerate(gaps):
        is_filled = gap.verdict in (Verdict.ESTABLISHED, None)
        axes.plot([100 * gap.low, 100 * gap.high], [row, row], color=INK, linewidth=1.6)
        axes.plot(
            100 * gap.estimate, row, "o", markersize=8 if gap.headline else 4,
            markeredgecolor=INK, markerfacecolor=INK if is_filled else PAPER,
        )  # fmt: skip
    axes.set(xlabel="Kvinnor minus män,\nprocentenheter")
    numbered(axes.xaxis, 4, signed=True)
