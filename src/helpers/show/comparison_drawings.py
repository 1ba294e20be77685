"""Drawings of a municipality beside others."""

from collections.abc import Callable, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from helpers.data.codes import SURVEY_ITEMS
from helpers.data.peers.shape import Status
from helpers.data.peers.told import STATUSES
from helpers.questions.user_satisfaction import WHOLE
from helpers.show.style import INK, PAPER, QUIET, name_above, numbered, subplots, wrapped
from helpers.show.svg import NARROW
from helpers.show.words import capital, number

_MARKS = ("D", "^", "s", "v", "P")
_GAP = "Skillnad i procentenheter, kvinnor minus män"


def signed(axis: Axis) -> None:
    """Write the numbers of an axis of differences with their signs."""
    axis.set_major_formatter(FuncFormatter(lambda value, _: number(value, signed=True)))


def items(rows: pd.DataFrame, width: float) -> Figure:
    """Draw the municipality's gap in each item, and those of groups and the country.

    The larger dot is the one that is judged, filled if it is established.
    """
    kpis, places = rows["kpi"].unique().tolist(), rows["place"].unique().tolist()
    figure, axes = subplots(figsize=(width, 0.56 * len(kpis) + 1.2))
    axes.axvline(0, color=INK, linewidth=1)
    for place, own in rows.groupby("place", sort=False):
        at = [kpis.index(kpi) for kpi in own["kpi"]]
        if own["kind"].iloc[0] == "own":
            _intervals(axes, own, at)
        else:
            mark = _MARKS[places.index(place) % len(_MARKS)]
            axes.plot(own["gap"], at, mark, color=QUIET, markersize=6, label=place)
    for row, kpi in enumerate(kpis):
        name_above(axes, row, capital(SURVEY_ITEMS[kpi].label))
    axes.set(yticks=[], ylim=(len(kpis) - 0.5, -0.8))
    _finish(axes)
    figure.legend(loc="outside upper left", ncols=2)
    return figure


def _intervals(axes: Axes, own: pd.DataFrame, at: Sequence[int]) -> None:
    """Draw gaps on rows: the reach of the interval, the gap, or in words why there is none."""
    label: str | None = own["place"].iloc[0]
    for place, row in zip(at, own.to_dict("records"), strict=True):
        if pd.isna(row["gap"]):
            axes.text(0, place, f" {_why(row)}", va="center", color=QUIET, style="italic")
            continue
        axes.plot([row["low"], row["high"]], [place, place], color=INK, linewidth=1.6)
        is_judged = row["kpi"] == WHOLE
        axes.plot(
            row["gap"], place, "o", color=INK, markersize=8 if is_judged else 4, label=label,
            markerfacecolor=PAPER if is_judged and row["established"] is not True else INK,
        )  # fmt: skip
        label = None


def _why(row: dict[object, object]) -> str:
    lacks = [row[f"{sex}_status"] for sex in ("women", "men")]
    return STATUSES[next(Status(str(status)) for status in lacks if status != Status.OK)]


def _finish(axes: Axes) -> None:
    axes.set_xlabel(wrapped(_GAP, axes, columns=1.4))
    numbered(axes.xaxis, 6, signed=True)
    axes.spines["left"].set_visible(False)


def trend(rows: pd.DataFrame, breaks: Sequence[int], width: float) -> Figure:
    """Draw gaps year by year, each line broken where the way of counting changed."""
    figure, axes = subplots(figsize=(width, 2.6 if width <= NARROW else 3.2))
    axes.axhline(0, color=INK, linewidth=1)
    for kind, color, style in (("own", INK, "-"), ("country", QUIET, "--")):
        own = rows[rows["kind"] == kind]
        era = (
            sum((own["year"] >= year).astype(int) for year in breaks) if breaks else own["year"] * 0
        )
        for number_of_era, part in own.groupby(era):
            label = part["place"].iloc[0] if number_of_era == 0 else None
            axes.plot(part["year"], part["gap"], style, color=color, marker="o", label=label)
            axes.vlines(part["year"], part["low"], part["high"], color=color, linewidth=1.6)
    for row in rows[(rows["kind"] == "own") & rows["gap"].isna()].to_dict("records"):
        axes.text(row["year"], 0, _why(row), ha="center", va="bottom", color=QUIET, style="italic")
    for year in breaks:
        axes.axvline(year - 0.5, color=QUIET, linestyle=":")
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MaxNLocator(7, integer=True))
    axes.set_ylabel("Procentenheter" if rows["low"].notna().any() else "Kvinnor minus män")
    signed(axes.yaxis)
    figure.legend(loc="outside upper left", ncols=2)
    return figure


def funnel(
    places: pd.DataFrame,
    limits: pd.DataFrame,
    width: float,
    labels: tuple[str, str] = ("Antal svar, kvinnor och män", "Procentenheter"),
    finish: Callable[[Axis], None] = signed,
) -> Figure:
    """Draw gaps by how many they rest on, within limits that narrow as those grow in number."""
    figure, axes = subplots(figsize=(width, 2.9 if width <= NARROW else 3.6))
    axes.plot(limits["people"], limits["middle"], color=QUIET, linewidth=1)
    for side in ("low", "high"):
        axes.plot(limits["people"], limits[side], color=QUIET, linestyle="--")
    for kind, face, label in (("similar", PAPER, "Andra kommuner"), ("own", INK, None)):
        kept = places[places["kind"] == kind]
        if kept.empty:
            continue
        named = label or kept["place"].iloc[0]
        axes.plot(kept["people"], kept["gap"], "o", color=INK, markerfacecolor=face, label=named)
    axes.set(xlabel=labels[0], ylabel=labels[1])
    finish(axes.yaxis)
    if (places["kind"] == "own").any():
        figure.legend(loc="outside upper left", ncols=2)
    return figure


def pooled(rows: pd.DataFrame, width: float) -> Figure:
    """Draw each gap as it is (hollow), and drawn towards the others (filled, with its interval)."""
    figure, axes = subplots(figsize=(width, 0.35 * len(rows) + 1.1))
    axes.axvline(0, color=INK, linewidth=1)
    for row, own in enumerate(rows.to_dict("records")):
        axes.plot([own["low"], own["high"]], [row, row], color=INK, linewidth=1.6)
        first = row == 0
        axes.plot(
            own["gap"],
            row,
            "o",
            color=INK,
            markerfacecolor=PAPER,
            label="Som den är" if first else None,
        )
        axes.plot(
            own["drawn"], row, "D", color=INK, markersize=6, label="Sammanvägd" if first else None
        )
    labels = [
        f"{place} ({number(n)})" for place, n in zip(rows["place"], rows["people"], strict=True)
    ]
    axes.set_yticks(range(len(rows)), labels)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    _finish(axes)
    figure.legend(loc="outside upper left", ncols=2)
    return figure
