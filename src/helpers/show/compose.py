"""Put a result together: its title, its figure, the table beneath and the files to take away."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from helpers.disclosure.told import Told
from helpers.show import download, table
from helpers.show.shown import Shown
from helpers.show.svg import Draw, both_widths


def with_figure(  # noqa: PLR0913
    title: str,
    *,
    draw: Draw,
    alt: str,
    said: pd.DataFrame,
    name: str,
    published: dict[str, Any],
    told: Iterable[Told] = (),
    data: pd.DataFrame | None = None,
) -> Shown:
    """Show a figure with its table folded beneath.

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
    name : str
        File name of the downloads.
    published : dict
        The numbers given away.
    told : iterable of Counts or Ratio
        What they tell of the cases.
    data : pandas.DataFrame, optional
        What the files hold, to compute on; the words by default.

    Returns
    -------
    Shown
    """
    html = (
        f'<p class="lv-title">{title}</p>\n{both_widths(draw, alt)}\n'
        f"<details><summary>Visa som tabell</summary>\n{table.html(said, title)}\n</details>\n"
        f"{download.links(said if data is None else data, name, title)}"
    )
    return Shown(title, html, published, tuple(told))


def with_table(  # noqa: PLR0913
    title: str,
    said: pd.DataFrame,
    name: str,
    published: dict[str, Any],
    *,
    told: Iterable[Told] = (),
    notes: str = "",
) -> Shown:
    """Show a table.

    Parameters
    ----------
    title : str
        What the table shows.
    said : pandas.DataFrame
        The table in Swedish words.
    name : str
        File name of the downloads.
    published : dict
        The numbers given away.
    told : iterable of Counts or Ratio
        What they tell of the cases.
    notes : str
        HTML to stand under the table.

    Returns
    -------
    Shown
    """
    html = f"{table.html(said, title)}\n{notes}{download.links(said, name, title)}"
    return Shown(title, html, published, tuple(told))
