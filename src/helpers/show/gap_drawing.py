"""A drawing of gaps and their intervals, whose units stay apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite, isinf, isnan

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.questions.gap import Gap, Verdict
from helpers.show import gap_words
from helpers.show.style import (
    INK,
    PAPER,
    QUIET,
    name_above,
    numbered,
    subplots,
    wrapped,
)
from helpers.show.svg import NARROW


def draw(gaps: Sequence[Gap], width: float) -> Figure:
    """Draw the gaps of a question and their intervals, one panel a unit: no axis mixes units."""
    panels = _panels(gaps)
    narrow = width <= NARROW
    rows = [len(panel.gaps) for panel in panels]
    figure, axes = subplots(
        len(panels), figsize=(width, (0.56 if narrow else 0.42) * sum(rows) + 0.8 * len(panels)),
        height_ratios=[count + 0.4 for count in rows], squeeze=False,
    )  # fmt: skip
    for panel, place in zip(panels, axes[:, 0], strict=True):
        _draw_panel(place, panel)
        numbered(place.xaxis, 5 if narrow else 6, signed=panel.null == 0)
        _label_above(place, panel) if narrow else _label_beside(place, panel)
    return figure


@dataclass(frozen=True)
class _Panel:
    label: str
    null: float
    scale: float
    gaps: tuple[Gap, ...]


def _panels(gaps: Sequence[Gap]) -> list[_Panel]:
    axes = dict.fromkeys(map(_axis, gaps))
    return [_Panel(*axis, tuple(gap for gap in gaps if _axis(gap) == axis)) for axis in axes]


def _axis(gap: Gap) -> tuple[str, float, float]:
    """Give the axis a gap is drawn on: its label, its null value, its scale."""
    if gap.contrast == "ratio":
        return "Kvot, kvinnor genom män (1 = lika)", 1.0, 1.0
    unit = gap_words.UNITS[gap.measure.unit]
    return f"Skillnad, {unit.difference}, kvinnor minus män", 0.0, unit.scale


def _draw_panel(axes: Axes, panel: _Panel) -> None:
    axes.axvline(panel.null, color=INK, linewidth=1)
    for row, gap in enumerate(panel.gaps):
        _draw_gap(axes, row, gap, panel)
    axes.set(ylim=(len(panel.gaps) - 0.5, -0.5), xlabel=panel.label)
    axes.spines["left"].set_visible(False)
    axes.margins(x=0.08)


def _label_beside(axes: Axes, panel: _Panel) -> None:
    labels = [wrapped(gap_words.name(gap), axes, columns=2) for gap in panel.gaps]
    axes.set_yticks(range(len(labels)), labels)
    axes.tick_params(axis="y", length=0)


def _label_above(axes: Axes, panel: _Panel) -> None:
    axes.set(yticks=[], ylim=(len(panel.gaps) - 0.5, -0.8))
    for row, gap in enumerate(panel.gaps):
        name_above(axes, row, gap_words.name(gap))


def _draw_gap(axes: Axes, row: int, gap: Gap, panel: _Panel) -> None:
    if not gap.is_known or isnan(gap.estimate):
        said = " kan inte anges" if gap.is_known else " för få för att beskrivas"
        axes.text(panel.null, row, said, va="center", color=QUIET, style="italic")
        return
    estimate, low, high = (panel.scale * value for value in (gap.estimate, gap.low, gap.high))
    ends = [limit if isfinite(limit) else estimate for limit in (low, high)]
    axes.plot(ends, [row, row], color=INK, linewidth=1.6)
    for limit in (low, high):
        if isinf(limit):
            _draw_arrow(axes, row, estimate, limit)
    _draw_mark(axes, row, estimate, gap)


def _draw_mark(axes: Axes, row: int, estimate: float, gap: Gap) -> None:
    """Mark a headline by its verdict, filled if it is established; other gaps are a small dot."""
    is_filled = gap.verdict in (Verdict.ESTABLISHED, None)
    axes.plot(
        estimate, row, "o", markersize=8 if gap.headline else 4, markeredgecolor=INK,
        markerfacecolor=INK if is_filled else PAPER,
    )  # fmt: skip


def _draw_arrow(axes: Axes, row: int, estimate: float, limit: float) -> None:
    """Let an interval without a limit run out of the figure."""
    axes.annotate(
        "", (float(limit > 0), row), (estimate, row), xycoords=("axes fraction", "data"),
        textcoords="data", arrowprops={"arrowstyle": "->", "color": INK, "shrinkA": 0},
    )  # fmt: skip
