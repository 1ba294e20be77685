"""A flow by half-year and sex: how many came in, ended in each way, and were left at the end."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter

from helpers.disclosure import PEOPLE, Group, Published
from helpers.questions.half_years import FLOW, HALF_YEAR
from helpers.show import words
from helpers.show.compose import NOT_APART, aside, with_figure
from helpers.show.over_time import mark_periods, periods_of
from helpers.show.shown import Shown
from helpers.show.style import INK, PALETTE, PAPER, QUIET, subplots
from helpers.show.svg import NARROW
from helpers.stats.estimate import Floats

_BARS: tuple[Callable[[str], dict[str, Any]], ...] = (
    lambda colour: {"facecolor": colour, "edgecolor": colour},
    lambda colour: {"facecolor": PAPER, "edgecolor": colour, "hatch": "////"},
    lambda colour: {"facecolor": PAPER, "edgecolor": colour},
)
"""How those who came in are drawn, and those who ended in each way."""
_LINE: dict[str, Any] = {"color": INK, "marker": "D", "markersize": 5}


def by_half_year(
    published: Published, ends: Mapping[str, str], left: tuple[str, str], *, title: str, name: str
) -> Shown:
    """Show by sex and half-year how many came in, ended in each way, and were left at the end.

    Parameters
    ----------
    ends : mapping of str to str
        The ways to end, as the table ``flow`` has them, in Swedish.
    left : tuple of str
        The same for those left.
    title, name : str
        As for `helpers.show.over_time.trend`.

    Returns
    -------
    Shown
        Says so where half-years are not shown apart.
    """
    periods = periods_of(published, HALF_YEAR)
    if not periods:
        return Shown(title, f'<p class="lv-title">{title}</p>\n{NOT_APART}')
    ways = {**ends, left[0]: left[1]}
    rows = [
        (when, sex, *_balance(published, when, sex, ways))
        for when in periods
        for sex in words.SEXES
    ]
    counts = pd.DataFrame(rows, columns=["group", "sex", "in", *ways], dtype=object)
    told = counts.assign(
        group=counts["group"].map(words.period), sex=counts["sex"].map(words.SEXES)
    )
    told = told.set_axis(["Halvår", "Kön", "In", *ways.values()], axis=1)
    smallest = published.rules.smallest_shown
    said = told.map(lambda cell: cell if isinstance(cell, str) else words.count(cell, smallest))
    shown = with_figure(
        title,
        draw=partial(_draw, counts, ["In", *ways.values()]),
        alt=_alt(title, said, left[1]),
        said=said,
        name=name,
        published={"flow": counts, "published": published},
        data=told.map(lambda cell: words.WITHHELD if cell is None else cell),
    )
    return aside(shown)


def _balance(
    published: Published, when: object, sex: str, ways: Mapping[str, str]
) -> list[int | None]:
    """Look up who came in, ended and were left; None where the sex has too few in all."""
    if published.people(sex) is None:
        return [None] * (1 + len(ways))
    group = Group(HALF_YEAR, when)
    ended = [published.cell(FLOW, group, sex=sex, flow=way) for way in ways]
    return [published.cell(PEOPLE, group, sex=sex), *ended]


def _alt(title: str, said: pd.DataFrame, left: str) -> str:
    """Say how many were left at the end of each half-year."""
    parts = [
        f"{sex}: " + ", ".join(f"{row['Halvår']} {row[left]}" for row in own.to_dict("records"))
        for sex, own in said.groupby("Kön", sort=False)
    ]
    return f"{title}. {left}. {'; '.join(parts)}."


def _draw(counts: pd.DataFrame, names: Sequence[str], width: float) -> Figure:
    """Draw those in upwards and those out downwards, a panel a sex, and those left as a line."""
    across = 1 if width <= NARROW else 2
    figure, grid = subplots(
        2 // across, across, figsize=(width, 4.8 if across == 1 else 3.2),
        sharey=True, squeeze=False,
    )  # fmt: skip
    for axes, (sex, own) in zip(grid.flat, counts.groupby("sex"), strict=True):
        _draw_balance(axes, PALETTE[str(sex)], own[own.columns[2:]].to_numpy(float).T)
        mark_periods(axes, own["group"].tolist())
        axes.set_title(words.SEXES[str(sex)], loc="left")
        axes.yaxis.set_major_formatter(FuncFormatter(lambda n, _: words.number(abs(n))))
    keys: list[Artist] = [Line2D([], [], label=names[-1], **_LINE)]
    keys += [Patch(label=name, **look(QUIET)) for name, look in zip(names, _BARS, strict=False)]
    figure.legend(handles=keys, loc="outside upper left", ncols=2)
    return figure


def _draw_balance(axes: Axes, colour: str, counts: Floats) -> None:
    came, *ended, left = counts
    at, below = np.arange(len(came)), np.zeros(len(came))
    axes.bar(at, came, width=0.6, **_BARS[0](colour))
    for look, way in zip(_BARS[1:], ended, strict=False):
        axes.bar(at, -way, bottom=below, width=0.6, **look(colour))
        below = below - way
    axes.plot(at, left, **_LINE)
    axes.axhline(0, color=INK, linewidth=0.8)
