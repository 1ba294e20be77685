"""How figures look: colours that follow the page, one type size, nothing random in the bytes."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

import seaborn as sns
from matplotlib import rc_context, rcParamsDefault
from matplotlib.figure import Figure

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
    "font.size": 10,
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
    layout: Literal["constrained"] | None = None,
    **options: Any,  # noqa: ANN401 - whatever matplotlib takes
) -> tuple[Figure, Any]:
    """Make a figure and its axes as pyplot does, and leave pyplot alone.

    What an analyst draws in the next cell must still be shown: pyplot, once used within our
    style, forgets that it draws into a notebook.

    Parameters
    ----------
    rows, columns, figsize, layout, **options
        As `matplotlib.pyplot.subplots` takes them.

    Returns
    -------
    tuple
        The figure, and its axes or an array of them.
    """
    figure = Figure(figsize=figsize, layout=layout)
    return figure, figure.subplots(rows, columns, **options)


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
