"""A county's municipalities on one page: each gap, all of them pooled, and a funnel of them."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from math import exp, log

import numpy as np
import pandas as pd
from markupsafe import escape
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter

from helpers.questions.county import Across, Place
from helpers.show import gap_words
from helpers.show.comparison_drawings import funnel
from helpers.show.compose import with_figure
from helpers.show.shown import Shown
from helpers.show.style import INK, PAPER, subplots
from helpers.show.words import NBSP, capital, number, span, with_unit
from helpers.stats.estimate import Estimate
from helpers.stats.random_effects import Pooled

__all__ = ["question"]

_EVERY = "Sammanvägt"


def __dir__() -> list[str]:
    return __all__


def question(found: Across) -> list[Shown]:
    """Show a question's gap in each municipality and pooled, and a funnel of them."""
    if found.pooled is None:
        few = "<p>För få kommuner har en skillnad med ett intervall för att vägas samman.</p>"
        return [Shown(capital(found.gap.measure.name), few)]
    return [_forest(found, found.pooled), _funnel(found)]


def _told(found: Across, value: float) -> str:
    """Write a value of the scale that gaps are pooled on."""
    if found.is_ratio:
        return number(exp(value), 2)
    return number(gap_words.UNITS[found.gap.measure.unit].scale * value, 1, signed=True)


def _with_unit(found: Across, value: float) -> str:
    unit = gap_words.UNITS[found.gap.measure.unit].difference
    return _told(found, value) if found.is_ratio else with_unit(_told(found, value), unit)


def _span(found: Across, gap: Estimate) -> str:
    return span(_told(found, gap.low), _told(found, gap.high))


def _forest(found: Across, pooled: Pooled) -> Shown:
    every = Place(_EVERY, sum(one.people for one in found.places), pooled.mean)
    rows = (*found.places, every)
    cells = [
        (one.name, number(one.people), _told(found, one.gap.value), _span(found, one.gap))
        for one in rows
    ]
    said = pd.DataFrame(cells, columns=["Kommun", "Antal", "Skillnad", f"95{NBSP}% intervall"])
    sure = "säkerställd" if pooled.mean.excludes(0) else "inte säkerställd"
    kind = "Sammanvägd kvot" if found.is_ratio else "Sammanvägd skillnad"
    title = f"{kind} i länet: {_with_unit(found, pooled.mean.value)}, {sure}"
    told = "; ".join(f"{row[0]}: {row[2]}" for row in cells)
    draw = partial(_draw_forest, found, rows)
    shown = with_figure(
        title, draw=draw, alt=f"{title}. {told}.", said=said, name="lanet", published={}
    )
    return replace(shown, html=f"<p>{_spread(found, pooled)}</p>\n{shown.html}")


def _spread(found: Across, pooled: Pooled) -> str:
    part = number(100 * pooled.heterogeneity)
    left = f" Utan intervall: {', '.join(map(str, map(escape, found.left_out)))}."
    return (
        f"{part}{NBSP}% av spridningen mellan kommunerna är mer än slump (I²)."
        f"{left if found.left_out else ''}"
    )


def _draw_forest(found: Across, rows: Sequence[Place], width: float) -> Figure:
    figure, axes = subplots(figsize=(width, 0.4 * len(rows) + 0.9))
    axes.axvline(0, color=INK, linewidth=1)
    for at, one in enumerate(rows):
        axes.plot([one.gap.low, one.gap.high], [at, at], color=INK, linewidth=1.6)
        mark, face = "D" if one is rows[-1] else "o", INK if one.gap.excludes(0) else PAPER
        axes.plot(one.gap.value, at, mark, color=INK, markerfacecolor=face)
    labels = [f"{one.name} ({number(one.people)})" for one in rows]
    axes.set_yticks(range(len(rows)), labels)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    _finish(found, axes.xaxis)
    axes.set_xlabel(_unit(found))
    return figure


def _unit(found: Across) -> str:
    if found.is_ratio:
        return "Kvot (1 = lika)"
    return capital(gap_words.UNITS[found.gap.measure.unit].difference)


def _finish(found: Across, axis: Axis) -> None:
    """Write the numbers of an axis: whole ones, or round ratios."""
    scale = gap_words.UNITS[found.gap.measure.unit].scale
    if found.is_ratio:
        low, high = axis.get_view_interval()
        step = 1 if high - low < log(32) else 2
        axis.set_major_locator(FixedLocator([log(2) * power for power in range(-8, 9, step)]))
        axis.set_major_formatter(
            FuncFormatter(lambda value, _: f"{exp(value):.3g}".replace(".", ","))
        )
    else:
        axis.set_major_formatter(FuncFormatter(lambda value, _: number(scale * value, signed=True)))


def _funnel(found: Across) -> Shown:
    places = pd.DataFrame(
        [(one.name, "similar", one.people, one.gap.value) for one in found.places],
        columns=["place", "kind", "people", "gap"],
    )
    own = found.limits(places["people"].to_list())
    apart = int(((places["gap"] < own["low"]) | (places["gap"] > own["high"])).sum())
    title = (
        f"{number(apart)} av {number(len(places))} kommuner ligger utanför gränserna, och av ren "
        f"slump väntas {number(0.05 * len(places), 1)}"
    )
    said = places[["place", "people"]].assign(gap=[_told(found, gap) for gap in places["gap"]])
    along = np.linspace(places["people"].min(), places["people"].max(), 60).tolist()
    draw = partial(
        funnel, places, found.limits(along),
        labels=("Antal, kvinnor och män", _unit(found)), finish=partial(_finish, found),
    )  # fmt: skip
    return with_figure(
        title,
        draw=draw,
        alt=f"{title}.",
        said=said.set_axis(["Kommun", "Antal", "Skillnad"], axis=1),
        name="tratt",
        published={},
    )
