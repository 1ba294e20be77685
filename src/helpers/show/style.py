"""How figures look: colours that follow the page, one type size, nothing random in the bytes."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil, log10
from textwrap import fill
from typing import Any

import seaborn as sns
from matplotlib import rc_context, rcParamsDefault
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from helpers.show.words import number

INK = "#1d1d1f"
PALETTE = {"K": "#6a3d9a", "M": "#1b7f5c"}
DASHES = {"K": "", "M": (4, 1.5)}
QUIET = "#8a8a8e"
PAPER = "#ffffff"

_PAGE_COLOURS = {
    INK: "currentColor",
    PALETTE["K"]: "var(--kvinnor, #6a3d9a)",
    PALETTE["M"]: "var(--man, #1b7f5c)",
    QUIET: "var(--quiet, #8a8a8e)",
    PAPER: "var(--surface, #ffffff)",
}

_DEFAULTS: dict[Any, Any] = {
    name: value for name, value in rcParamsDefault.items() if not name.startswith("backend")
}
"""What matplotlib comes with, whatever a `matplotlibrc` on the machine says."""

_SETTINGS: dict[Any, Any] = {
    "svg.hashsalt": "lika-vard",
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 9,
    "axes.titlesize": "medium",
    "legend.fontsize": "medium",
    "legend.columnspacing": 1.2,
    "legend.frameon": False,
    "text.parse_math": False,
    "axes.edgecolor": QUIET,
    "axes.labelcolor": INK,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "grid.color": QUIET,
    "grid.alpha": 0.3,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "savefig.facecolor": "none",
}


@contextmanager
def style() -> Iterator[None]:
    """Draw within the project's style, and leave matplotlib's settings as they were."""
    with rc_context(_DEFAULTS), sns.axes_style("ticks"), rc_context(_SETTINGS):
        yield


def subplots(
    rows: int = 1,
    columns: int = 1,
    *,
    figsize: tuple[float, float],
    **options: Any,  # noqa: ANN401 - whatever matplotlib takes
) -> tuple[Figure, Any]:
    """Make a figure and its axes as pyplot does, and leave pyplot alone.

    What an analyst draws in the next cell must still be shown: pyplot, once used within our
    style, forgets that it draws into a notebook.

    Parameters
    ----------
    rows, columns, figsize, **options
        As `matplotlib.pyplot.subplots` takes them.

    Returns
    -------
    tuple
        The figure, and its axes or an array of them.
    """
    figure = Figure(figsize=figsize, layout="constrained")
    return figure, figure.subplots(rows, columns, **options)


def wrapped(text: str, axes: Axes, columns: float = 1) -> str:
    """Break a text into lines as long as the figure is wide, or a column of it."""
    width = axes.figure.bbox.width / axes.figure.dpi
    return fill(text, int(13.5 * width / columns))


def name_above(axes: Axes, row: int, name: str, points: float = 8) -> None:
    """Write a row's name some points above what is drawn of it, clear of the lines behind."""
    axes.annotate(
        wrapped(name, axes), (0, row), xycoords=("axes fraction", "data"), xytext=(0, points),
        textcoords="offset points", va="bottom", zorder=9, in_layout=False,
        annotation_clip=False, bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1},
    )  # fmt: skip


def numbered(axis: Axis, most: int, *, signed: bool = False) -> None:
    """Give an axis at most so many steps, of 1, 2 or 5 tens or tenths, and write each in full."""
    locator = MaxNLocator(most, steps=[1, 2, 5, 10])
    first, second, *_ = locator.tick_values(*axis.get_view_interval())
    decimals = max(0, ceil(-log10(second - first) - 1e-9))
    axis.set_major_locator(locator)
    axis.set_major_formatter(FuncFormatter(lambda at, _: number(at, decimals, signed=signed)))


def page_colours(svg: str) -> str:
    """Let the colours of a figure follow the page's theme.

    Parameters
    ----------
    svg : str
        A figure drawn with the colours of this module.

    Returns
    -------
    str
        The same figure in ``currentColor`` and the page's custom properties.
    """
    pattern = "|".join(map(re.escape, _PAGE_COLOURS))
    return re.sub(pattern, lambda match: _PAGE_COLOURS[match.group()], svg)
