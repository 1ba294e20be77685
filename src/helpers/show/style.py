"""How figures look: colours that follow the page, one type size, nothing random in the bytes."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import seaborn as sns
from matplotlib import rc_context

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
    with sns.axes_style("ticks"), rc_context(_SETTINGS):
        yield


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
