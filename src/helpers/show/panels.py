"""Shares by sex over the groups of a column, a panel each: points, intervals, and a table."""

from functools import partial
from itertools import zip_longest
from math import isnan

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from helpers.disclosure import Level
from helpers.show import words
from helpers.show.compose import aside, with_figure
from helpers.show.shown import Shown
from helpers.show.style import DASHES, PALETTE, subplots, wrapped
from helpers.show.svg import NARROW

COLUMNS = ("panel", "group", "sex", "share", "low", "high", "n")

_GLANCE = 4
"""Panels that a phone shows without being asked."""
_MARKERS = {"K": "o", "M": "s"}
_ASIDE = {"K": -0.12, "M": 0.12}
"""How far the two sexes' points stand apart, so that both intervals are seen."""


def row(panel: str, group: object, sex: str, level: Level | None) -> tuple[object, ...]:
    """Give a row of what `over_groups` takes; a level of None, of too few, is written ``..``."""
    if level is None:
        return panel, group, sex, None, None, None, None
    found = level.estimate
    return panel, group, sex, found.value, found.low, found.high, level.n


def over_groups(shares: pd.DataFrame, *, title: str, name: str, heads: tuple[str, str]) -> Shown:
    """Show shares with the table that gives them in words.

    Parameters
    ----------
    shares : DataFrame
        `COLUMNS`, of objects, as `row` gives them: of each sex in each group of each panel.
    title : str
        What they show.
    heads : tuple of str
        What panels and groups are, in Swedish: ``("Fråga", "År")``.
    """
    told = shares.assign(sex=shares["sex"].map(words.SEXES))
    shown = with_figure(
        title,
        draw=partial(draw, shares),
        alt=alt(title, told),
        said=in_words(told, heads),
        name=name,
        published={"shares": shares},
        data=as_data(told, heads),
    )
    return aside(shown) if shares["panel"].nunique() > _GLANCE else shown


def draw(shares: pd.DataFrame, width: float) -> Figure:
    """Draw the panels at a width in inches."""
    names, across = list(shares["panel"].unique()), 2 if width <= NARROW else 3
    down = -(-len(names) // across)
    figure, grid = subplots(
        down, across, figsize=(width, 1.9 * down), sharey=True, squeeze=False,
    )  # fmt: skip
    for axes, name in zip_longest(grid.flat, names):
        axes.set_visible(name is not None)
        _draw_panel(axes, shares[shares["panel"] == name])
        axes.set_title(wrapped(str(name), axes, 1.15 * across), loc="left")
    handles, labels = grid[0, 0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper left", ncols=2)
    return figure


def _draw_panel(axes: Axes, shares: pd.DataFrame) -> None:
    for sex, own in shares.groupby("sex"):
        _draw_sex(axes, str(sex), own)
    groups = shares["group"].unique().tolist()
    axes.set_xticks(range(len(groups)), groups)
    axes.set(xlim=(-0.4, len(groups) - 0.6), ylim=(0, 1.02))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda share, _: words.percent(share)))
    axes.grid(axis="y")


def _draw_sex(axes: Axes, sex: str, own: pd.DataFrame) -> None:
    share, low, high = own[["share", "low", "high"]].to_numpy(float).T
    axes.errorbar(
        np.arange(len(own)) + _ASIDE[sex], share, yerr=(share - low, high - share),
        color=PALETTE[sex], marker=_MARKERS[sex], markersize=5, elinewidth=1.6,
        linestyle=(0, DASHES[sex]) if DASHES[sex] else "-", label=words.SEXES[sex],
    )  # fmt: skip


def alt(title: str, told: pd.DataFrame) -> str:
    """Say in words what the panels show."""
    parts = [
        f"{row['panel']}, {row['group']}, {row['sex'].lower()} {words.percent(row['share'])}"
        for row in told.to_dict("records")
    ]
    return f"{title}. {'; '.join(parts)}."


def in_words(told: pd.DataFrame, heads: tuple[str, str]) -> pd.DataFrame:
    """Put the shares in Swedish words."""
    limits = zip(told["low"].map(words.percent), told["high"].map(words.percent), strict=True)
    return pd.DataFrame(
        {
            heads[0]: told["panel"],
            heads[1]: told["group"].map(str),
            "Kön": told["sex"],
            "Andel": told["share"].map(words.percent),
            f"95{words.NBSP}% konfidensintervall": [words.span(*both) for both in limits],
            "Antal": told["n"].map(words.number),
        }
    )


def as_data(told: pd.DataFrame, heads: tuple[str, str]) -> pd.DataFrame:
    """Name the columns in Swedish, and leave the numbers to compute on: shares from 0 to 1."""
    names = [*heads, "Kön", "Andel", "Undre gräns", "Övre gräns", "Antal"]
    return told.map(_number).set_axis(names, axis=1)


def _number(cell: object) -> object:
    if cell is None:
        return words.WITHHELD
    if isinstance(cell, float):
        return words.NONE if isnan(cell) else round(cell, 4)
    return cell
