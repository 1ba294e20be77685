"""Shares at landmarks by sex: points with their intervals, joined, and the table beneath."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from helpers.disclosure import EVERYONE, Group, Level, Published
from helpers.show.compose import with_figure
from helpers.show.shown import Shown
from helpers.show.style import DASHES, PALETTE, subplots, wrapped
from helpers.show.svg import NARROW
from helpers.show.words import NBSP, SEXES, number, percent, span
from helpers.stats import landmarks

MONTH = 365.25 / 12
"""Days."""

_MARKERS = {"K": "o", "M": "s"}
_ASIDE = {"K": -0.15, "M": 0.15}
"""Months that the two sexes' points stand apart, so that both intervals are seen."""


@dataclass(frozen=True)
class Curves:
    """Shares for whom something has happened by each landmark.

    Attributes
    ----------
    table : DataFrame
        ``sex``, ``month``, ``share``, ``low``, ``high``, ``n``; a row a landmark that may be shown.
    label : str
        What the shares are of, in Swedish.
    since : str
        What time is counted from, in Swedish.
    """

    table: pd.DataFrame
    label: str
    since: str


def read(
    published: Published, table: str, label: str, since: str, group: Group = EVERYONE
) -> Curves:
    """Read the shares off what is published; none falls, as nobody can have it undone.

    Parameters
    ----------
    table : str
        As `Published.landmarks` takes it.
    label, since : str
        As in `Curves`.
    group : Group
        Of whom.

    Returns
    -------
    Curves
    """
    rows = [row for sex in SEXES for row in _rising(sex, published.landmarks(table, sex, group))]
    columns = ["sex", "month", "share", "low", "high", "n"]
    return Curves(pd.DataFrame(rows, columns=columns), label, since)


def _rising(sex: str, at: Mapping[int, Level | None]) -> list[tuple[object, ...]]:
    known = {day: level for day, level in at.items() if level}
    curve = landmarks.curve([level.estimate for level in known.values()])
    return [
        (sex, round(day / MONTH), share.value, share.low, share.high, level.n)
        for (day, level), share in zip(known.items(), curve, strict=True)
    ]


def over_time(curves: Curves, *, title: str, name: str, months: Sequence[int] = ()) -> Shown:
    """Show curves with the table that reads them off.

    Parameters
    ----------
    curves : Curves
        The shares.
    title : str
        What they show.
    months : sequence of int
        The landmarks in the table and the alternative text; all by default.
    """
    if curves.table.empty:
        return Shown(title, f'<p class="lv-title">{title}</p>\n<p>För få har följts så länge.</p>')
    table = curves.table
    kept = table[table["month"].isin(months)] if months else table
    return with_figure(
        title,
        draw=lambda width: draw(curves, width),
        alt=alt(curves, kept),
        said=in_words(curves, kept),
        name=name,
        published={"curve": table},
        data=as_data(curves, table),
    )


def draw(curves: Curves, width: float) -> Figure:
    """Draw the curves at a width in inches."""
    figure, axes = subplots(figsize=(width, 2.7 if width <= NARROW else 3.4))
    for sex, own in curves.table.groupby("sex"):
        _draw_one(axes, str(sex), own)
    last = int(curves.table["month"].max())
    axes.set(xlim=(0, last + 0.6), ylim=(0, _top(curves)), xticks=range(0, last + 1, 3))
    axes.set_xlabel(f"Månader efter {curves.since}")
    axes.set_title(wrapped(curves.label, axes), loc="left")
    axes.yaxis.set_major_formatter(FuncFormatter(lambda share, _: percent(share)))
    axes.grid(axis="y")
    figure.legend(loc="outside upper left", ncols=2)
    return figure


def _draw_one(axes: Axes, sex: str, own: pd.DataFrame) -> None:
    colour, months = PALETTE[sex], own["month"] + _ASIDE[sex]
    axes.vlines(months, own["low"], own["high"], color=colour, linewidth=1.4)
    axes.plot(
        [0, *months], [0, *own["share"]], color=colour, marker=_MARKERS[sex],
        markevery=range(1, len(own) + 1),
        linestyle=(0, DASHES[sex]) if DASHES[sex] else "-", linewidth=2, label=SEXES[sex],
    )  # fmt: skip


def _top(curves: Curves) -> float:
    """Use the height of the figure also where few have had it happen."""
    highest = float(curves.table["high"].max())
    return round(highest + 0.1, 1) if highest <= 0.5 else 1.02


def in_words(curves: Curves, kept: pd.DataFrame) -> pd.DataFrame:
    """Put a table of curves in Swedish words."""
    return pd.DataFrame(
        {
            f"Månader efter {curves.since}": kept["month"].map(number),
            "Kön": kept["sex"].map(SEXES),
            "Andel": kept["share"].map(percent),
            f"95{NBSP}% konfidensintervall": [
                span(percent(low), percent(high))
                for low, high in zip(kept["low"], kept["high"], strict=True)
            ],
            "Antal som följts så länge": kept["n"].map(number),
        }
    )


def as_data(curves: Curves, table: pd.DataFrame) -> pd.DataFrame:
    """Name the columns in Swedish, and leave the numbers to compute on: shares from 0 to 1."""
    names = {
        "month": f"Månader efter {curves.since}",
        "sex": "Kön",
        "share": "Andel",
        "low": "Undre gräns",
        "high": "Övre gräns",
        "n": "Antal som följts så länge",
    }
    return (
        table.assign(sex=table["sex"].map(SEXES)).round(4).rename(columns=names)[[*names.values()]]
    )


def alt(curves: Curves, kept: pd.DataFrame) -> str:
    """Say in words what the curves show."""
    parts = [
        f"efter {month} månader "
        + " och ".join(
            f"{SEXES[row['sex']].lower()} {percent(row['share'])}" for row in own.to_dict("records")
        )
        for month, own in kept.groupby("month")
    ]
    return f"Kurvor för kvinnor och män. {curves.label}: {'; '.join(parts)}."
