"""Routes as bands: from where people go to where they come, as wide as they are many."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.show import words
from helpers.show.style import INK, PALETTE, PAPER, subplots

_GAP = 0.06
"""Between two places on a side, as a part of all."""
_WIDE = 0.04
"""Of the bars at either side."""
_CURVE = np.linspace(0, 1, 40)


def draw(
    routes: pd.DataFrame, sources: Mapping[str, str], ends: Mapping[str, str], width: float
) -> Figure:
    """Draw each sex's routes in a panel.

    Parameters
    ----------
    routes : DataFrame
        ``sex``, ``via``, ``end`` and ``share`` (0 to 1, of the sex).
    sources, ends : mapping of str to str
        The values of ``via`` and ``end`` in order, in Swedish.
    width : float
        Inches.
    """
    sexes = routes["sex"].unique()
    figure, grid = subplots(len(sexes), figsize=(width, 3.1 * len(sexes)), squeeze=False)
    for axes, sex in zip(grid[:, 0], sexes, strict=True):
        _draw_sex(axes, routes[routes["sex"] == sex], sources, ends, PALETTE[sex])
        axes.set_title(words.SEXES[sex], loc="left")
    return figure


def _draw_sex(
    axes: Axes,
    routes: pd.DataFrame,
    sources: Mapping[str, str],
    ends: Mapping[str, str],
    colour: str,
) -> None:
    shares = routes.set_index(["via", "end"])["share"]
    starts, stops = _places(routes, "via", sources), _places(routes, "end", ends)
    reached = {**{("via", one): top for one, (top, _) in starts.items()}}
    reached |= {("end", one): top for one, (top, _) in stops.items()}
    for via in starts:
        for end in stops:
            size = float(shares.get((via, end), 0.0))
            left, right = reached["via", via], reached["end", end]
            _band(axes, left, right, size, colour)
            reached["via", via], reached["end", end] = left + size, right + size
    for places, names, x, side in ((starts, sources, 0.0, "right"), (stops, ends, 1.0, "left")):
        for name, (top, size) in places.items():
            _bar(axes, x, top, size, colour)
            place = x - 2 * _WIDE if side == "right" else x + 2 * _WIDE
            axes.text(place, top + size / 2, names[name], ha=side, va="center")
    axes.set(xlim=(-0.75, 1.75), ylim=(1 + _GAP * max(len(starts), len(stops)), -_GAP))
    axes.axis("off")


def _places(
    routes: pd.DataFrame, column: str, names: Mapping[str, str]
) -> dict[str, tuple[float, float]]:
    """Give each place that has anybody its top and its size."""
    sizes = routes.groupby(column)["share"].sum()
    places, top = {}, 0.0
    for name in names:
        size = float(sizes.get(name, 0.0))
        if size > 0:
            places[name] = (top, size)
            top += size + _GAP
    return places


def _band(axes: Axes, left: float, right: float, size: float, colour: str) -> None:
    if size <= 0:
        return
    rise = (1 - np.cos(np.pi * _CURVE)) / 2
    top = left + (right - left) * rise
    axes.fill_between(
        _CURVE, top, top + size, facecolor=colour, alpha=0.45, edgecolor=PAPER, linewidth=0.6
    )


def _bar(axes: Axes, x: float, top: float, size: float, colour: str) -> None:
    axes.fill_between(
        [x - _WIDE, x + _WIDE], top, top + size, facecolor=colour, edgecolor=INK, linewidth=0.5
    )
