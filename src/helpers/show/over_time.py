"""Shares by half-year or year and sex: points with intervals, and a line that may be broken."""

from collections.abc import Callable, Sequence
from functools import partial
from math import nan
from typing import Any

import numpy as np
import pandas as pd
from markupsafe import escape
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from helpers.disclosure import Group, Level, Published
from helpers.questions.half_years import HALF_YEAR
from helpers.questions.settings import breaks
from helpers.show import panels, words
from helpers.show.compose import NOT_APART, aside, with_figure
from helpers.show.shown import Shown
from helpers.show.style import DASHES, PALETTE, QUIET, subplots
from helpers.show.svg import NARROW
from helpers.stats.estimate import Floats

_MARKERS = {"K": "o", "M": "s"}
_ASIDE = {"K": -0.12, "M": 0.12}
"""How far the two sexes' points stand apart, so that both intervals are seen."""
_BESIDE = {"K": "right", "M": "left"}
_NOT_TRIED = (
    "<p>Strecken är 95 % konfidensintervall för varje punkt för sig. Om något har ändrats med "
    "tiden är inte prövat, och därför inte säkerställt. Enstaka punkter kan hoppa av en slump.</p>"
)


def trend(
    published: Published,
    level: Callable[[str, Group], Level | None],
    *,
    title: str,
    name: str,
    grouping: str = HALF_YEAR,
) -> Shown:
    """Show a share by sex as time goes, its line broken where too few are counted or at a break.

    Parameters
    ----------
    level : callable
        Gives the share of a sex in a group of those that began in a half-year; None if too few.
    title : str
        What the shares are of, and what the half-years are of.
    name : str
        File name of the downloads.
    grouping : str
        ``half_year``, or ``year``.

    Returns
    -------
    Shown
        Says so where they are not shown apart. No change is tried, and none established.
    """
    periods = periods_of(published, grouping)
    if not periods:
        return Shown(title, f'<p class="lv-title">{title}</p>\n{NOT_APART}')
    rows = [
        _row(sex, Group(grouping, when), published, level)
        for when in periods
        for sex in words.SEXES
    ]
    shares = pd.DataFrame(rows, columns=[*panels.COLUMNS], dtype=object)
    told = shares.replace({"sex": words.SEXES}).assign(group=shares["group"].map(words.period))
    heads, broken = ("", "År" if grouping == "year" else "Halvår"), _broken(published, periods)
    shown = with_figure(
        title,
        draw=partial(_draw_trend, shares, [*broken]),
        alt=_alt(title, told),
        said=panels.in_words(told, heads).iloc[:, 1:],
        name=name,
        published={"trend": shares, "published": published},
        data=panels.as_data(told, heads).iloc[:, 1:],
        notes=_NOT_TRIED + "".join(broken.values()),
    )
    return aside(shown)


def _row(
    sex: str,
    group: Group,
    published: Published,
    level: Callable[[str, Group], Level | None],
) -> tuple[object, ...]:
    """Give a row of `panels.COLUMNS`; NaN of a year that the data do not have."""
    if group not in published.groups():
        return "", group.value, sex, nan, nan, nan, nan
    return panels.row("", group.value, sex, level(sex, group))


def _alt(title: str, told: pd.DataFrame) -> str:
    """Say in words what the figure shows, half-year by half-year."""
    parts = [
        f"{when}: "
        + ", ".join(
            f"{row['sex'].lower()} {words.percent(row['share'])}" for row in own.to_dict("records")
        )
        for when, own in told.groupby("group", sort=False)
    ]
    return f"{title}. {'; '.join(parts)}."


def periods_of(published: Published, grouping: str) -> list[object]:
    """List what is shown, years without anyone included."""
    known: list[Any] = [group.value for group in published.groups() if group.grouping == grouping]
    if known and grouping != HALF_YEAR:
        return [*range(known[0], known[-1] + 1)]
    return known


def _broken(published: Published, periods: Sequence[object]) -> dict[int, str]:
    """Say where the way of counting changed, by the place of the period in which it did."""
    said = {}
    for day, why in breaks(published.question).items():
        names = str(day.year), f"{day.year}H{1 if day.month <= 6 else 2}"
        for place, period in enumerate(periods):
            if str(period) in names:
                said[place] = f"<p>Brott i serien {words.day(day)}: {escape(why)}.</p>"
    return said


def _draw_trend(shares: pd.DataFrame, broken: Sequence[int], width: float) -> Figure:
    figure, axes = subplots(figsize=(width, 2.4 if width <= NARROW else 3.0))
    for sex, own in shares.groupby("sex"):
        _draw_sex(axes, str(sex), own[["share", "low", "high"]].to_numpy(float), broken)
    for place in broken:
        axes.axvline(place - 0.5, color=QUIET, linestyle=":")
    highest = shares["high"].astype(float).max()
    axes.set_ylim(0, min(1.02, 0.1 + (1.0 if np.isnan(highest) else highest)))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda share, _: words.percent(share)))
    mark_periods(axes, shares["group"].unique().tolist())
    figure.legend(loc="outside upper left", ncols=2)
    return figure


def _draw_sex(axes: Axes, sex: str, own: Floats, broken: Sequence[int]) -> None:
    share, low, high = own.T
    at, colour = np.arange(len(own)) + _ASIDE[sex], PALETTE[sex]
    axes.vlines(at, low, high, color=colour, linewidth=1.6)
    axes.plot(
        np.insert(at, broken, np.nan), np.insert(share, broken, np.nan), color=colour,
        marker=_MARKERS[sex], linestyle=(0, DASHES[sex]) if DASHES[sex] else "-",
        label=words.SEXES[sex],
    )  # fmt: skip
    for place in np.flatnonzero(np.isnan(share)):
        axes.text(at[place], 0.01, words.WITHHELD, color=colour, ha=_BESIDE[sex], weight="bold")


def mark_periods(axes: Axes, periods: Sequence[object]) -> None:
    """Write years under the axis, and the halves of them."""
    names = [str(period).partition("H") for period in periods]
    is_whole = not any(half for *_, half in names)
    ticks = [
        year if is_whole else f"h{half}\n{year if half == '1' else ''}" for year, _, half in names
    ]
    axes.set_xticks(range(len(ticks)), ticks)
    axes.set_xlabel("År" if is_whole else "Halvår, där h1 är januari till juni")
    axes.set_xlim(-0.5, len(ticks) - 0.5)
    axes.grid(axis="y")
