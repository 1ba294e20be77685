"""Drawings of what becomes of placements, and of where the gap between the sexes arises."""

from collections.abc import Hashable
from math import isnan
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter

from helpers.questions.extensions import APPLY, GRANT
from helpers.show.style import INK, PALETTE, PAPER, QUIET
from helpers.show.svg import NARROW
from helpers.show.words import SEXES, capital, number, points, points_of_hundred

STAGES = {
    "granted": "Förlängdes",
    "denied": "Fick avslag",
    "not applied": "Sökte inte",
}
WHERE = {APPLY: "när ansökan görs", GRANT: "när ansökan avgörs"}
_HATCHES = {"granted": "", "denied": "////", "not applied": ""}


def outcomes(shares: pd.DataFrame, width: float) -> Figure:
    """Draw what becomes of 100 placements, one bar a sex.

    Parameters
    ----------
    shares : pandas.DataFrame
        ``sex``, ``n`` and the share of each stage.
    width : float
        Inches.

    Returns
    -------
    matplotlib.figure.Figure
    """
    figure, axes = plt.subplots(figsize=(width, 2.6), layout="constrained")
    plt.close(figure)
    for row, own in enumerate(shares.to_dict("records")):
        _stack(axes, row, {stage: 100 * own[stage] for stage in STAGES}, PALETTE[own["sex"]])
        label = f"{SEXES[own['sex']]} ({number(own['n'])} placeringar)"
        axes.annotate(label, (0, row - 0.34), va="bottom", fontsize=9)
    axes.set(yticks=[], ylim=(len(shares) - 0.6, -0.75), xlim=(0, 100))
    axes.set_xlabel("Av 100 placeringar")
    axes.spines["left"].set_visible(False)
    keys = [_patch(stage, QUIET, label=name) for stage, name in STAGES.items()]
    figure.legend(handles=keys, ncols=3, loc="outside lower left", frameon=False, fontsize=9)
    return figure


def _stack(axes: Axes, row: int, stages: dict[str, float], colour: str) -> None:
    start = 0.0
    for stage, size in stages.items():
        look = _look(stage, colour)
        axes.barh(row, size, left=start, height=0.5, linewidth=1, **look)
        axes.text(
            start + size / 2, row, number(size), ha="center", va="center", fontsize=10,
            color=PAPER if stage == "granted" else INK,
            bbox=None if stage != "denied" else {"facecolor": PAPER, "edgecolor": "none", "pad": 1},
        )  # fmt: skip
        start += size


def _look(stage: str, colour: str) -> dict[str, Any]:
    face = colour if stage == "granted" else PAPER
    return {"facecolor": face, "edgecolor": colour, "hatch": _HATCHES[stage]}


def _patch(stage: str, colour: str, label: str) -> Patch:
    look = _look(stage, colour)
    return Patch(facecolor=look["facecolor"], edgecolor=colour, hatch=look["hatch"], label=label)


def split(table: pd.DataFrame, width: float) -> Figure:
    """Draw the gap and what each step contributes to it, with intervals.

    Parameters
    ----------
    table : pandas.DataFrame
        ``step``, ``value``, ``low`` and ``high`` in percentage points, and ``share_value``
        in percent; the whole gap first.
    width : float
        Inches.

    Returns
    -------
    matplotlib.figure.Figure
    """
    figure, axes = plt.subplots(figsize=(width, 0.8 * len(table) + 0.7), layout="constrained")
    plt.close(figure)
    axes.axvline(0, color=INK, linewidth=1)
    rows = range(len(table))
    fills = [PAPER, *[QUIET] * (len(table) - 1)]
    axes.barh(rows, table["value"], color=fills, edgecolor=QUIET, alpha=0.5, height=0.34)
    axes.hlines(rows, table["low"], table["high"], color=INK, linewidth=1.6)
    for row, part in enumerate(table.to_dict("records")):
        axes.annotate(
            _label(part, narrow=width <= NARROW), (0, row), xycoords=("axes fraction", "data"),
            xytext=(0, 14), textcoords="offset points", fontsize=9,
            bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1},
        )  # fmt: skip
    axes.set(yticks=[], ylim=(len(table) - 0.6, -0.8))
    axes.set_xlabel("Procentenheter, kvinnor minus män")
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value, signed=True)))
    axes.spines["left"].set_visible(False)
    return figure


def _label(part: dict[Hashable, Any], narrow: bool) -> str:
    unit = "" if narrow else "\N{NO-BREAK SPACE}procentenheter"
    step = part["step"]
    size = f"{points(part['value'])}{unit}"
    if step not in WHERE:
        return f"Hela skillnaden: {size}"
    share = "" if isnan(part["share_value"]) else f" ({points_of_hundred(part['share_value'])})"
    return f"{capital(WHERE[step])}: {size}{share}"
