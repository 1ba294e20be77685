"""Many items at a glance: both levels of each, the gap beside them, and what is beyond chance."""

from collections.abc import Mapping, Sequence
from functools import partial
from math import isnan

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MultipleLocator

from helpers.questions.gap import SEXES, Gap, Verdict
from helpers.show import gap_words, words
from helpers.show import gaps as gap_page
from helpers.show.compose import with_figure
from helpers.show.shown import Shown
from helpers.show.style import INK, PALETTE, PAPER, QUIET, name_above, numbered, subplots

_ASIDE = {"K": -0.13, "M": 0.13}
_MARKERS = {"K": "o", "M": "s"}
_PERCENT = FuncFormatter(lambda share, _: words.percent(share))
INTERVAL = f"(95{words.NBSP}% intervall)"
_BY_CHANCE = 0.05


def beyond_chance(gaps: Sequence[Gap], *, what: str, counted: str) -> Shown:
    """Say in a sentence in which of several gaps, tested together, chance is an unlikely cause.

    Parameters
    ----------
    gaps : sequence of Gap
        Those with a p-value were tested; the others are of too few.
    what, counted : str
        What they are gaps in, and who or what may be too few: ``"andra frågorna"``, ``"svaren"``.
    """
    tested = sorted((gap for gap in gaps if not isnan(gap.p_value)), key=lambda gap: gap.p_value)
    found = [gap for gap in tested if gap.p_value < _BY_CHANCE]
    title = f"I {len(found)} av de {len(gaps)} {what} är skillnaden svår att skylla på slumpen"
    said = "; ".join(map(_with_p_value, found or tested[:1]))
    lead = (": " if found else ". Lägst p-värde har ") if tested else ""
    too_few = len(gaps) - len(tested)
    untold = f" I {too_few} är {counted} för få för att beskrivas." if too_few else ""
    return Shown(title, f"<p>{title}{lead}{said}.{untold}</p>", {"items": list(gaps)})


def _with_p_value(gap: Gap) -> str:
    return f"{gap.measure.name}, {gap_words.in_brief(gap)}, p-värde {words.p_value(gap.p_value)}"


def levels_and_gaps(  # noqa: PLR0913 - a figure is that many words
    named: Mapping[str, Gap], *, title: str, head: str, level: str, too_few: str, name: str
) -> Shown:
    """Show the two levels and the gap of each of several items.

    Parameters
    ----------
    named : mapping of str to Gap
        Shares, by the item's name in Swedish.
    title : str
        What they show.
    head, level, too_few : str
        What the items are, what the levels are, and what stands where there are too few.
    name : str
        File name of the downloads.
    """
    every = list(named.values())
    said = pd.DataFrame(
        {
            head: list(named),
            "Kvinnor (n)": [_with_n(gap, gap.women, gap.n_women) for gap in every],
            "Män (n)": [_with_n(gap, gap.men, gap.n_men) for gap in every],
            f"Procentenheter {INTERVAL}": [with_interval(gap) for gap in every],
            "p-värde (Holm)": [words.p_value(gap.p_value) for gap in every],
        }
    )
    return with_figure(
        title,
        draw=partial(draw, named, level, too_few),
        alt=gap_page.alt(every),
        said=said,
        name=name,
        published={"items": every},
        data=gap_page.as_data(every).assign(**{"p-värde (Holm)": said["p-värde (Holm)"]}),
    )


def _with_n(gap: Gap, level: float, n: int | None) -> str:
    return f"{gap_words.level(gap, level)} ({words.number(n)})" if gap.is_known else words.WITHHELD


def with_interval(gap: Gap) -> str:
    """Write a gap and, where it has any, its limits, without a unit."""
    size = gap_words.contrast(gap, gap.estimate, unit=False)
    return f"{size} ({gap_words.interval(gap)})" if gap.has_interval else size


def draw(gaps: Mapping[str, Gap], level: str, too_few: str, width: float) -> Figure:
    """Draw each item's two shares, and beside them the gap, by the item's name in Swedish."""
    figure, (left, right) = subplots(
        1, 2, figsize=(width, 0.66 * len(gaps) + 1), width_ratios=(1.25, 1), sharey=True,
    )  # fmt: skip
    _draw_levels(left, [*gaps.values()], too_few)
    _draw_gaps(right, [*gaps.values()])
    for row, name in enumerate(gaps):
        name_above(left, row, name, points=13)
    left.set(ylim=(len(gaps) - 0.6, -0.75), yticks=[], xlabel=level)
    for axes in (left, right):
        axes.tick_params(left=False)
        axes.spines["left"].set_visible(False)
    return figure


def _draw_levels(axes: Axes, gaps: Sequence[Gap], too_few: str) -> None:
    known = [(row, gap.levels) for row, gap in enumerate(gaps) if gap.is_known]
    for place, sex in enumerate(SEXES):
        own = [(row + _ASIDE[sex], levels[place]) for row, levels in known]
        at, value, low, high = np.reshape([(y, e.value, e.low, e.high) for y, e in own], (-1, 4)).T
        axes.errorbar(
            value, at, xerr=(value - low, high - value), color=PALETTE[sex], elinewidth=1.8,
            marker=_MARKERS[sex], linestyle="", label=words.SEXES[sex],
        )  # fmt: skip
    for row in {*range(len(gaps))} - {row for row, _ in known}:
        axes.text(0.5, row, too_few, color=QUIET, style="italic", ha="center", va="center")
    axes.set(xlim=(0, 1))
    axes.xaxis.set(major_formatter=_PERCENT, major_locator=MultipleLocator(0.5))
    axes.legend(loc="lower left", bbox_to_anchor=(-0.03, 1), ncols=2, borderpad=0)


def _draw_gaps(axes: Axes, gaps: Sequence[Gap]) -> None:
    """Mark the headline by its verdict; the others have none."""
    axes.axvline(0, color=INK, linewidth=1)
    for row, gap in enumerate(gaps):
        is_filled = gap.verdict in (Verdict.ESTABLISHED, None)
        axes.plot([100 * gap.low, 100 * gap.high], [row, row], color=INK, linewidth=1.6)
        axes.plot(
            100 * gap.estimate, row, "o", markersize=8 if gap.headline else 4,
            markeredgecolor=INK, markerfacecolor=INK if is_filled else PAPER,
        )  # fmt: skip
    axes.set(xlabel="Kvinnor minus män,\nprocentenheter")
    numbered(axes.xaxis, 4, signed=True)
