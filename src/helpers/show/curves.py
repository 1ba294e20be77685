"""Curves over time by sex: steps with their intervals, numbers at risk, and the table beneath."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from helpers.show.style import DASHES, PALETTE
from helpers.show.svg import NARROW
from helpers.show.words import NBSP, SEXES, number, percent, span

MONTH = 365.25 / 12
"""Days."""


@dataclass(frozen=True)
class Curves:
    """Step curves by sex.

    Attributes
    ----------
    table : pandas.DataFrame
        ``sex``, ``time`` (days), ``at_risk``, ``share``, ``low``, ``high``; one row a step.
    label : str
        What the vertical axis measures, in Swedish.
    since : str
        What time is counted from, in Swedish.
    remaining : str
        How many are still followed, in Swedish.
    """

    table: pd.DataFrame
    label: str
    since: str = "beslutet"
    remaining: str = "Antal kvar i kön"

    def at(self, months: float) -> pd.DataFrame:
        """Give the step each sex stands on after some months.

        Parameters
        ----------
        months : float
            Time since the start.

        Returns
        -------
        pandas.DataFrame
            At most one row a sex; none where the curve has ended.
        """
        rows = [self._step(own, months * MONTH) for _, own in self.table.groupby("sex")]
        return pd.concat(rows).reset_index(drop=True)

    @property
    def months(self) -> int:
        """Whole months that the longest curve lasts."""
        return int(self.table["time"].max() // MONTH) if len(self.table) else 0

    @staticmethod
    def _step(own: pd.DataFrame, time: float) -> pd.DataFrame:
        step = own[own["time"] <= time].tail(1) if own["time"].max() >= time else own.head(0)
        at_risk = own.loc[own["time"] >= time, "at_risk"].max()
        return step.assign(at_risk=at_risk)


def draw(curves: Curves, width: float) -> Figure:
    """Draw the curves.

    Parameters
    ----------
    curves : Curves
        What to draw.
    width : float
        Inches.

    Returns
    -------
    matplotlib.figure.Figure
    """
    figure, axes = plt.subplots(figsize=(width, 3.9))
    plt.close(figure)
    months = curves.table.assign(month=curves.table["time"] / MONTH)
    for sex, own in months.groupby("sex"):
        _draw_one(axes, str(sex), own)
    ticks = _ticks(curves, width)
    axes.set(xlim=(0, months["month"].max() * 1.01), ylim=(0, _top(curves)), xticks=ticks)
    axes.set(xlabel=f"Månader efter {curves.since}", ylabel="")
    axes.set_title(curves.label, loc="left", fontsize=10)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda share, _: percent(share)))
    axes.grid(axis="y")
    _label_lines(axes, curves)
    _numbers_at_risk(axes, curves, ticks)
    return figure


def _top(curves: Curves) -> float:
    """Use the height of the figure also where few have had the event."""
    highest = np.nanmax(curves.table[["share", "high"]].to_numpy(float))
    return float(np.ceil(10 * highest) / 10) if 0 < highest <= 0.5 else 1.02


def _draw_one(axes: Axes, sex: str, own: pd.DataFrame) -> None:
    colour = PALETTE[sex]
    band: dict[str, Any] = {"step": "post", "color": colour, "alpha": 0.15, "linewidth": 0}
    axes.fill_between(own["month"], own["low"], own["high"], **band)
    sns.lineplot(
        data=own, x="month", y="share", ax=axes, color=colour, drawstyle="steps-post",
        dashes=False, linestyle=(0, DASHES[sex]) if DASHES[sex] else "-", linewidth=2,
        estimator=None, errorbar=None, legend=False,
    )  # fmt: skip


def _label_lines(axes: Axes, curves: Curves) -> None:
    """Write each sex beside its own line, where the two lie furthest apart."""
    rises = curves.table["share"].iloc[-1] > curves.table["share"].iloc[0]
    for sex, month, share, above in _label_places(curves).itertuples():
        axes.annotate(
            SEXES[sex], (month, share), xytext=(0, 7 if above else -7),
            textcoords="offset points", color=PALETTE[sex], weight="bold",
            ha="right" if above == rises else "left", va="bottom" if above else "top",
        )  # fmt: skip


def _label_places(curves: Curves) -> pd.DataFrame:
    """Find a month, share and side for each sex; a line's own end where no month has all."""
    months = {m: curves.at(m).set_index("sex")["share"] for m in range(2, curves.months)}
    shares = pd.DataFrame(months, index=curves.table["sex"].unique()).dropna(axis=1)
    ends = curves.table.groupby("sex")[["time", "share"]].last()
    places = pd.DataFrame({"month": ends["time"] / MONTH, "share": ends["share"]})
    if not shares.empty:
        month = (shares.max() - shares.min()).idxmax()
        places = pd.DataFrame({"month": month, "share": shares[month]})
    return places.assign(above=places["share"] == places["share"].max())


def _ticks(curves: Curves, width: float) -> Sequence[int]:
    step = 6 if width <= NARROW or curves.months > 30 else 3
    return range(0, curves.months + 1, step)


def _numbers_at_risk(axes: Axes, curves: Curves, ticks: Sequence[int]) -> None:
    style: dict[str, Any] = {
        "xycoords": axes.get_xaxis_transform(),
        "textcoords": "offset points",
        "fontsize": 9,
        "va": "center",
    }
    axes.annotate(curves.remaining, (0, -0.27), xytext=(0, 0), **style)
    for line, sex in enumerate(SEXES):
        height = -0.35 - 0.08 * line
        style["color"] = PALETTE[sex]
        axes.annotate(SEXES[sex], (0, height), xytext=(-16, 0), ha="right", **style)
        for month in ticks:
            own = curves.at(month).query("sex == @sex")
            text = number(own["at_risk"].iloc[0]) if len(own) else ""
            axes.annotate(text, (month, height), xytext=(0, 0), ha="center", **style)


def table(curves: Curves, months: Sequence[int]) -> pd.DataFrame:
    """Read the curves off after some months.

    Parameters
    ----------
    curves : Curves
        What to read.
    months : sequence of int
        When.

    Returns
    -------
    pandas.DataFrame
        ``months``, ``sex``, ``share``, ``low``, ``high``, ``at_risk``.
    """
    rows = [curves.at(month).assign(months=month) for month in months if month <= curves.months]
    columns = ["months", "sex", "share", "low", "high", "at_risk"]
    return pd.concat(rows, ignore_index=True)[columns].astype({"at_risk": np.int64})


def in_words(curves: Curves, read: pd.DataFrame) -> pd.DataFrame:
    """Put a table of curves in Swedish words.

    Parameters
    ----------
    curves : Curves
        What was read.
    read : pandas.DataFrame
        As `table` gives it.

    Returns
    -------
    pandas.DataFrame
    """
    return pd.DataFrame(
        {
            f"Månader efter {curves.since}": read["months"].map(number),
            "Kön": read["sex"].map(SEXES),
            "Andel": read["share"].map(percent),
            f"95{NBSP}% konfidensintervall": [
                span(percent(low), percent(high))
                for low, high in zip(read["low"], read["high"], strict=True)
            ],
            curves.remaining: read["at_risk"].map(number),
        }
    )


def as_data(curves: Curves, read: pd.DataFrame) -> pd.DataFrame:
    """Name the columns of a table of curves in Swedish, and leave its numbers to compute on.

    Parameters
    ----------
    curves : Curves
        What was read.
    read : pandas.DataFrame
        As `table` gives it.

    Returns
    -------
    pandas.DataFrame
        Shares between 0 and 1.
    """
    names = {
        "months": f"Månader efter {curves.since}",
        "sex": "Kön",
        "share": "Andel",
        "low": "Undre gräns",
        "high": "Övre gräns",
        "at_risk": curves.remaining,
    }
    return read.assign(sex=read["sex"].map(SEXES)).round(4).rename(columns=names)


def alt(curves: Curves, read: pd.DataFrame) -> str:
    """Say in words what the curves show.

    Parameters
    ----------
    curves : Curves
        What was read.
    read : pandas.DataFrame
        As `table` gives it.

    Returns
    -------
    str
    """
    parts = [
        f"efter {months} månader "
        + " och ".join(
            f"{SEXES[row['sex']].lower()} {percent(row['share'])}" for row in own.to_dict("records")
        )
        for months, own in read.groupby("months")
    ]
    return f"Kurvor för kvinnor och män. {curves.label}: {'; '.join(parts)}."
