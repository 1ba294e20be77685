"""Drawing of women's shares: of the unplanned endings, and of what these come from."""

from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from helpers.show.style import INK, PALETTE, PAPER, QUIET
from helpers.show.svg import NARROW
from helpers.show.words import capital, number, percent

_MARKS: dict[str, dict[str, Any]] = {
    "endings": {"marker": "o", "markerfacecolor": PALETTE["K"], "markeredgecolor": PALETTE["K"]},
    "placements": {"marker": "s", "markerfacecolor": PAPER, "markeredgecolor": INK},
    "days": {"marker": "D", "markerfacecolor": PAPER, "markeredgecolor": INK},
}
_NAMES = {"endings": "oplanerade avslut", "placements": "placeringar", "days": "placeringsdagar"}


def shares(table: pd.DataFrame, width: float) -> Figure:
    """Draw women's three shares in each group, a mark each.

    Parameters
    ----------
    table : pandas.DataFrame
        ``group``; the shares ``endings``, ``placements`` and ``days``, 0 to 1; ``women`` and
        ``both``, the endings behind the first.
    width : float
        Inches.

    Returns
    -------
    matplotlib.figure.Figure
    """
    figure, axes = plt.subplots(figsize=(width, 0.8 * len(table) + 1.2), layout="constrained")
    plt.close(figure)
    for row, own in enumerate(table.to_dict("records")):
        _draw_group(axes, row, {str(name): value for name, value in own.items()})
    axes.set(xlim=(0, 1), yticks=[], ylim=(len(table) - 0.5, -0.8))
    axes.set_xlabel("Kvinnors andel")
    axes.xaxis.set_major_formatter(FuncFormatter(lambda share, _: percent(share)))
    axes.spines["left"].set_visible(False)
    figure.legend(loc="outside upper left", ncols=1 if width <= NARROW else 3, frameon=False)
    return figure


def _draw_group(axes: Axes, row: int, own: dict[str, Any]) -> None:
    values = [own[name] for name in _MARKS]
    axes.plot([min(values), max(values)], [row, row], color=QUIET, linewidth=1.2, zorder=1)
    for name, mark in _MARKS.items():
        label = f"Andel av {_NAMES[name]}" if row == 0 else None
        axes.plot(own[name], row, linestyle="", markersize=8, label=label, **mark)
    axes.annotate(
        capital(own["group"]), (0, row), xycoords=("axes fraction", "data"),
        xytext=(0, 9), textcoords="offset points", fontsize=9,
        bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1},
    )  # fmt: skip
    axes.annotate(
        _ended(own), (own["endings"], row), xytext=(0, -8), textcoords="offset points",
        ha="center", va="top", fontsize=9, weight="bold", color=PALETTE["K"],
    )  # fmt: skip


def _ended(own: dict[str, Any]) -> str:
    return f"{percent(own['endings'])} ({number(own['women'])} av {number(own['both'])})"
