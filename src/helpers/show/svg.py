"""A matplotlib figure as inline SVG for pages, and as an image for documents; both with words."""

import io
import re
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from html import escape

from matplotlib.figure import Figure
from PIL import Image

from helpers.show.shown import verbatim
from helpers.show.style import PAPER, page_colours, style

WIDE, NARROW = 7.2, 3.5
"""Inches: the measure of the page, and of a phone, on which 9 points are 12 pixels."""

_DPI = 144
_COLOURS = 32

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
        f'<div class="lv-fit"><div class="lv-wide">{drawn(draw, WIDE, alt)}</div>\n'
        f'<div class="lv-narrow" style="display: none">{drawn(draw, NARROW, alt)}</div></div>'
    )


def image(draw: Draw, alt: str) -> str:
    """Draw a figure as an image in markdown, for documents, which hold no inline SVG.

    Parameters
    ----------
    draw : callable
        As `both_widths` takes it.
    alt : str
        What the figure shows, in words.

    Returns
    -------
    str
        Its `address`, in a paragraph of text: an image alone in its paragraph would get its words
        as a caption too.
    """
    return f"![{verbatim(alt)}]({address(draw)})&nbsp;"


def address(draw: Draw) -> str:
    """Draw a figure for a wide page as a PNG of few colours within its own address."""
    with style():
        full, few = io.BytesIO(), io.BytesIO()
        draw(WIDE).savefig(full, format="png", dpi=_DPI, facecolor=PAPER, bbox_inches="tight")
    reduced = Image.open(full).convert("RGB").quantize(_COLOURS, Image.Quantize.FASTOCTREE)
    reduced.save(few, "png", dpi=(_DPI, _DPI), optimize=True)
    return f"data:image/png;base64,{b64encode(few.getvalue()).decode()}"


def drawn(draw: Draw, width: float, alt: str) -> str:
    """Draw a figure at one width in inches, as inline SVG that is read aloud as `alt`."""
    with style():
        buffer = io.StringIO()
        draw(width).savefig(buffer, format="svg", metadata={"Date": None})
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
