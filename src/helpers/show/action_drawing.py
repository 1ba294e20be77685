"""The way of each action drawn over time, from raised to measured again."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from helpers.questions.actions import STEPS, Followed
from helpers.show.action_words import STEPS as NAMES
from helpers.show.style import INK, PALETTE, PAPER, QUIET, name_above, subplots
from helpers.show.svg import NARROW

_MARKS: dict[str, dict[str, Any]] = {
    "raised_on": {"marker": "o", "markerfacecolor": PAPER},
    "decided_on": {"marker": "D", "markerfacecolor": PAPER},
    "done_on": {"marker": "o"},
    "told_users_on": {"marker": "s"},
    "remeasure_on": {"marker": ">", "markerfacecolor": PAPER},
}


def draw(followed: Followed, names: Sequence[str], width: float) -> Figure:
    """Draw a row an action, with a mark for each day, at a width in inches."""
    height = 0.52 * len(names) + (1.5 if width <= NARROW else 1.1)
    figure, axes = subplots(figsize=(width, height))
    if followed.as_of:
        axes.axvline(_year(followed.as_of), color=QUIET, linestyle=(0, (4, 3)))
    for row, name in enumerate(names):
        _draw_action(axes, row, followed.actions.iloc[row][[*STEPS]])
        name_above(axes, row, name)
    axes.set(yticks=[], ylim=(len(names) - 0.5, -0.9))
    axes.xaxis.set_major_locator(MaxNLocator(4 if width <= NARROW else 8, integer=True))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda year, _: f"{year:.0f}"))
    axes.spines["left"].set_visible(False)
    _legend(figure, 2 if width <= NARROW else len(STEPS))
    return figure


def _draw_action(axes: Axes, row: int, days: "pd.Series[pd.Timestamp]") -> None:
    known = {str(step): _year(day) for step, day in days.dropna().items()}
    if known:
        axes.plot([min(known.values()), max(known.values())], [row, row], color=QUIET, zorder=1)
    for step, year in known.items():
        axes.plot(year, row, color=_colour(step), markersize=7, linestyle="", **_MARKS[step])


def _year(day: date) -> float:
    """Place a day on an axis of years."""
    return day.year + day.timetuple().tm_yday / 366


def _colour(step: str) -> str:
    return PALETTE["M"] if step in ("done_on", "told_users_on") else INK


def _legend(figure: Figure, columns: int) -> None:
    [axes] = figure.axes
    handles = [
        axes.plot([], [], color=_colour(step), linestyle="", label=NAMES[step], **_MARKS[step])[0]
        for step in STEPS
    ]
    figure.legend(handles=handles, loc="outside upper left", ncols=columns)
