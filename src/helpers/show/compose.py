"""Put a result together: its title, its figure, the table beneath and the files to take away."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd

from helpers.show import download, svg, table
from helpers.show.shown import Shown
from helpers.show.svg import Draw

NOT_APART = (
    "<p>Grupperna visas inte var för sig i en kommun av den här storleken. Det är bestämt på "
    "förhand, efter hur många som räknas.</p>"
)
"""Said where a group is asked for that a town of this size does not show."""


def with_figure(  # noqa: PLR0913 - a figure is that many things
    title: str,
    *,
    draw: Draw,
    alt: str,
    said: pd.DataFrame,
    name: str,
    published: dict[str, Any],
    data: pd.DataFrame | None = None,
    notes: str = "",
    sortable: bool = False,
) -> Shown:
    """Show a figure with its table and files folded beneath.

    Parameters
    ----------
    title : str
        What the figure shows, as a sentence.
    draw : callable
        Draws the figure at a width in inches.
    alt : str
        What the figure shows, for those who do not see it.
    said : pandas.DataFrame
        The same in Swedish words.
    published : dict
        The numbers given away.
    data : pandas.DataFrame, optional
        What the files hold, to compute on; the words by default.
    notes : str
        HTML to stand under the figure.
    sortable : bool
        Whether the reader can sort the table.
    """
    files = download.links(said if data is None else data, name, title)
    rows = table.html(said, title, sortable=sortable)
    html = (
        f'<p class="lv-title">{title}</p>\n{svg.both_widths(draw, alt)}\n{notes}'
        f"<details><summary>Visa som tabell</summary>\n{rows}\n{files}\n</details>"
    )
    return Shown(title, html, published, image=partial(svg.image, draw, alt))


def with_table(  # noqa: PLR0913 - a table is that many things
    title: str,
    said: pd.DataFrame,
    name: str,
    published: dict[str, Any],
    *,
    notes: str = "",
    data: pd.DataFrame | None = None,
    groups: Sequence[str] = (),
    sortable: bool = False,
) -> Shown:
    """Show a table.

    Parameters
    ----------
    said : pandas.DataFrame
        The table in Swedish words.
    published : dict
        The numbers given away.
    notes : str
        HTML to stand under the table.
    data : pandas.DataFrame, optional
        What the files hold, to compute on; the words by default.
    groups : sequence of str, optional
        Each row's group; rows of one group follow each other under its name.
    sortable : bool
        Whether the reader can sort the rows.
    """
    files = download.links(said if data is None else data, name, title)
    html = f"{table.html(said, title, groups, sortable=sortable)}\n{notes}{files}"
    at_once = table.is_short(said)
    return Shown(title, html if at_once else folded("Visa tabellen", html), published)


def aside(shown: Shown) -> Shown:
    """Show what stands beside the question: on a phone when asked for."""
    return replace(shown, html=folded("Visa figuren", shown.html))


def folded(name: str, html: str) -> str:
    """Fold away what is long on a phone, and there only: elsewhere and on paper it stands open."""
    return f'<details class="lv-fold" open><summary>{name}</summary>\n{html}\n</details>'
