"""A matplotlib figure as inline SVG that screen readers can read and pages can hold many of."""

import io
import re
from collections.abc import Callable
from hashlib import sha256
from html import escape

from matplotlib.figure import Figure

from helpers.show.style import page_colours, style

WIDE, NARROW = 7.2, 3.9
"""Inches: the measure of the page, and of a phone."""

Draw = Callable[[float], Figure]


def both_widths(draw: Draw, alt: str) -> str:
    """Draw a figure for a wide page and for a phone.

    Parameters
    ----------
    draw : callable
        Takes a width in inches and gives a `matplotlib.figure.Figure`.
    alt : str
        What the figure shows, in words.

    Returns
    -------
    str
        Two inline SVGs of which the page shows one: classes ``lv-wide`` and ``lv-narrow``.
    """
    return (
        f'<div class="lv-wide">{drawn(draw, WIDE, alt)}</div>\n'
        f'<div class="lv-narrow" style="display: none">{drawn(draw, NARROW, alt)}</div>'
    )


def drawn(draw: Draw, width: float, alt: str) -> str:
    """Draw a figure at one width in inches, as inline SVG that is read aloud as `alt`."""
    with style():
        buffer = io.StringIO()
        draw(width).savefig(buffer, format="svg", metadata={"Date": None}, bbox_inches="tight")
    svg = buffer.getvalue()
    return _described(_own_ids(page_colours(_bare(svg))), alt)


def _bare(svg: str) -> str:
    """Drop the XML declaration, the metadata and the ids nothing refers to."""
    svg = svg[svg.index("<svg") :].strip()
    svg = re.sub(r"\s*<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    used = set(re.findall(r"#([\w.-]+)[)\"]", svg))
    return re.sub(r' id="([\w.-]+)"', lambda m: m.group() if m.group(1) in used else "", svg)


def _own_ids(svg: str) -> str:
    """Make the ids left this figure's own numbers, since a page holds several figures.

    Those matplotlib gives hold the last binary digit of the layout, which differs between runs.
    """
    ids = dict.fromkeys(re.findall(r' id="([\w.-]+)"', svg))
    numbers = {name: str(number) for number, name in enumerate(ids, start=1)}
    pattern = r'( id="|url\(#|href="#)([\w.-]+)'
    svg = re.sub(pattern, lambda found: found[1] + numbers[found[2]], svg)
    own = sha256(svg.encode()).hexdigest()[:8]
    return re.sub(pattern, rf"\1f{own}-\2", svg)


def _described(svg: str, alt: str) -> str:
    return svg.replace("<svg ", f'<svg role="img" aria-label="{escape(alt)}" ', 1)
