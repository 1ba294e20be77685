"""The share of unfavourable answers to each question of an audit, in its colour and shape."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter

from helpers.data.codes import COLOUR, VERSION
from helpers.questions.audit_colours import Explanation
from helpers.show.style import QUIET, name_above, subplots
from helpers.show.svg import NARROW
from helpers.show.words import capital, percent

_MARKS = {"red": ("^", "#c43b3b"), "yellow": ("s", "#b8860b"), "green": ("o", "#2e8b57")}
_BANDS: Sequence[dict[str, Any]] = (
    {"facecolor": QUIET, "alpha": 0.3, "linewidth": 0},
    {"facecolor": "none", "edgecolor": QUIET, "hatch": "////", "linewidth": 0},
)
"""How the first version's thresholds are shaded, and the second's."""


def draw(points: pd.DataFrame, found: Sequence[Explanation], width: float) -> Figure:
    """Draw a row a question, and the thresholds between which red begins.

    Parameters
    ----------
    points : DataFrame
        text, share and colour of each question.
    """
    is_narrow = width <= NARROW
    figure, axes = subplots(figsize=(width, 0.46 * len(points) + (1.9 if is_narrow else 1.2)))
    bands = [_band(axes, one, _BANDS[nth % 2]) for nth, one in enumerate(found)]
    for row, point in enumerate(points.to_dict("records")):
        marker, colour = _MARKS[point["colour"]]
        axes.plot([0, point["share"]], [row, row], color=QUIET, linewidth=1)
        axes.plot(point["share"], row, marker, color=colour, markersize=9)
        name_above(axes, row, point["text"], 7)
    axes.set(yticks=[], xlim=(0, 1.04), ylim=(len(points) - 0.5, -0.9))
    axes.set_xlabel("Andel ogynnsamma svar")
    axes.xaxis.set_major_formatter(FuncFormatter(lambda share, _: percent(share)))
    axes.spines["left"].set_visible(False)
    marks = [
        axes.plot([], [], marker, color=colour, label=capital(COLOUR[name]))[0]
        for name, (marker, colour) in _MARKS.items()
    ]
    figure.legend(handles=[*marks, *bands], loc="outside upper left", ncols=1 if is_narrow else 3)
    return figure


def _band(axes: Axes, one: Explanation, look: dict[str, Any]) -> Patch:
    """Shade the per cents above which red may begin in one version."""
    axes.axvspan(one.red.first / 100, (one.red.last + 1) / 100, **look)
    return Patch(**look, label=f"Rött börjar här enligt {VERSION[one.version]}")
