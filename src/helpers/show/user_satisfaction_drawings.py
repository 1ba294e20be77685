"""Drawings of the user survey: seven items at a glance, and their shares over the years."""

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from math import nan
from textwrap import fill
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator, MultipleLocator

from helpers.disclosure import Hidden
from helpers.questions.gap import Gap, Verdict
from helpers.show.style import DASHES, INK, PALETTE, PAPER, QUIET
from helpers.show.svg import NARROW
from helpers.show.words import SEXES, number, percent

_MARKERS = {"K": "o", "M": "s"}
_SIDE = {"K": -1, "M": 1}
_TOO_FEW = "för få svar"
_KEY: dict[str, Any] = {"ncols": 2, "frameon": False, "borderpad": 0, "handlelength": 2.4}


def items(gaps: Mapping[str, Gap], levels: pd.DataFrame, width: float) -> Figure:
    """Draw each item's two shares, and beside them the gap, all with intervals.

    Parameters
    ----------
    gaps : mapping of str to Gap
        By the item's name in Swedish, in order.
    levels : pandas.DataFrame
        ``name``, ``sex``, ``share``, ``low``, ``high``.
    width : float
        Inches.

    Returns
    -------
    matplotlib.figure.Figure
    """
    figure, (left, right) = plt.subplots(
        1, 2, figsize=(width, 0.74 * len(gaps) + 1.1), width_ratios=(1.25, 1), sharey=True,
        gridspec_kw={"wspace": 0.2},
    )  # fmt: skip
    plt.close(figure)
    right.axvline(0, color=INK, linewidth=1)
    for row, (name, gap) in enumerate(gaps.items()):
        if gap.verdict is Verdict.TOO_FEW:
            left.text(0.5, row, _TOO_FEW, color=QUIET, style="italic", ha="center", va="center")
            continue
        for level in levels[levels["name"] == name].to_dict("records"):
            _draw_level(left, row + 0.13 * _SIDE[level["sex"]], level)
        _draw_gap(right, row, gap)
    _name_rows(left, list(gaps), size=8 if width <= NARROW else 9)
    _frame(left, right, len(gaps))
    left.legend(handles=_key(), loc="lower left", bbox_to_anchor=(-0.03, 1), **_KEY)
    return figure


def _draw_level(axes: Axes, row: float, level: Mapping[Any, Any]) -> None:
    colour = PALETTE[level["sex"]]
    axes.plot(
        [level["low"], level["high"]], [row, row], color=colour, linewidth=1.8,
        linestyle=_line(level["sex"]),
    )  # fmt: skip
    axes.plot(level["share"], row, _MARKERS[level["sex"]], color=colour, markersize=6)


def _draw_gap(axes: Axes, row: int, gap: Gap) -> None:
    established = gap.verdict is Verdict.ESTABLISHED
    estimate, low, high = map(_points, (gap.estimate, gap.low, gap.high))
    axes.plot([low, high], [row, row], color=INK, linewidth=1.6)
    axes.plot(
        estimate, row, "o", markersize=7, markeredgecolor=INK,
        markerfacecolor=INK if established else PAPER,
    )  # fmt: skip


def _points(share: float | Hidden) -> float:
    return nan if isinstance(share, Hidden) else 100 * share


def _name_rows(axes: Axes, names: Sequence[str], size: int) -> None:
    for row, name in enumerate(names):
        axes.annotate(
            name, (0, row), xycoords=("axes fraction", "data"), xytext=(0, 13),
            textcoords="offset points", fontsize=size, zorder=9, annotation_clip=False,
            bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.5},
        )  # fmt: skip


def _frame(left: Axes, right: Axes, rows: int) -> None:
    left.set(xlim=(0, 1), ylim=(rows - 0.6, -0.75), yticks=[], xlabel="Andel positiva svar")
    left.xaxis.set_major_formatter(FuncFormatter(lambda share, _: percent(share)))
    left.xaxis.set_major_locator(MultipleLocator(0.5))
    right.set(xlabel="Kvinnor minus män,\nprocentenheter")
    right.xaxis.set_major_formatter(FuncFormatter(lambda points, _: number(points, signed=True)))
    right.xaxis.set_major_locator(MaxNLocator(4))
    for axes in (left, right):
        axes.tick_params(left=False)
        axes.spines["left"].set_visible(False)


def _key() -> list[Line2D]:
    """Tell the sexes apart by word, mark, colour and line."""
    return [
        Line2D([], [], color=PALETTE[sex], marker=_MARKERS[sex], linestyle=_line(sex), label=name)
        for sex, name in SEXES.items()
    ]


def _line(sex: str) -> Any:  # noqa: ANN401 - matplotlib's own mixture
    return (0, DASHES[sex]) if DASHES[sex] else "-"


def periods(shares: pd.DataFrame, width: float) -> Figure:
    """Draw each item's shares period by period, one panel an item.

    Parameters
    ----------
    shares : pandas.DataFrame
        ``name``, ``period``, ``sex``, ``share``, ``low``, ``high``.
    width : float
        Inches.

    Returns
    -------
    matplotlib.figure.Figure
    """
    names, across = list(shares["name"].unique()), 2 if width <= NARROW else 3
    down = -(-len(names) // across)
    figure, grid = plt.subplots(
        down, across, figsize=(width, 1.9 * down), sharey=True, squeeze=False,
        layout="constrained",
    )  # fmt: skip
    plt.close(figure)
    for axes, name in zip_longest(grid.flat, names):
        if name is None:
            axes.set_visible(False)
        else:
            _draw_periods(axes, name, shares[shares["name"] == name], across)
    figure.legend(handles=_key(), loc="outside upper left", **_KEY)
    return figure


def _draw_periods(axes: Axes, name: str, shares: pd.DataFrame, across: int) -> None:
    for sex, own in shares.groupby("sex"):
        place = [i + 0.12 * _SIDE[str(sex)] for i in range(len(own))]
        colour = PALETTE[str(sex)]
        axes.vlines(place, own["low"], own["high"], color=colour, linewidth=1.6)
        axes.plot(
            place, own["share"], marker=_MARKERS[str(sex)], color=colour, markersize=5,
            linestyle=_line(str(sex)),
        )  # fmt: skip
    labels = [str(period).replace("–", "–\n") for period in shares["period"].unique()]
    axes.set_xticks(range(len(labels)), labels, fontsize=8)
    axes.set(xlim=(-0.4, len(labels) - 0.6), ylim=(0, 1.02))
    axes.set_title(fill(name, 26), loc="left", fontsize=8)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda share, _: percent(share)))
    axes.tick_params(axis="y", labelsize=8)
    axes.grid(axis="y")
