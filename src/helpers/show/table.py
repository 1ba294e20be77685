"""A table of words and numbers as HTML."""

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

import pandas as pd
from markupsafe import escape


def html(
    table: pd.DataFrame, caption: str, numeric: bool = True, groups: Sequence[str] = ()
) -> str:
    """Write a table whose first column heads its rows.

    Parameters
    ----------
    table : pandas.DataFrame
        Cells already in words, or `markupsafe.Markup`; column names are the headings.
    numeric : bool
        Whether the columns after the first hold numbers and are set to the right.
    groups : sequence of str, optional
        Each row's group; rows of one group follow each other under its name.

    Returns
    -------
    str
        A table inside a frame that scrolls on its own when the page is narrow, and what the
        signs in it mean.
    """
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in table.columns)
    rows = [_row(list(row)) for row in table.itertuples(index=False)]
    bodies = _bodies(rows, groups, len(table.columns)) if groups else _body(rows)
    kind = "lv-table lv-numeric" if numeric else "lv-table"
    return (
        f'<div class="lv-scroll" role="group" tabindex="0" aria-label="{escape(caption)}">\n'
        f'<table class="{kind}">\n'
        f'<caption class="lv-sr">{escape(caption)}</caption>\n'
        f"<thead><tr>{heads}</tr></thead>\n{bodies}\n</table>\n</div>{_on_signs(table)}"
    )


_SIGNS = {
    "..": "Två punkter (..) betyder att gruppen är för liten för att beskrivas.",
    "<": "Antal som skrivs med &lt; är små, och kan vara noll.",
}


def _on_signs(table: pd.DataFrame) -> str:
    """Say what the signs in a table mean."""
    written = {part.strip("()") for cell in table.to_numpy(str).flat for part in cell.split()}
    said = [meaning for sign, meaning in _SIGNS.items() if sign in written]
    return f"\n<p>{' '.join(said)} Se <em>Så skyddas uppgifterna</em>.</p>" if said else ""


def _bodies(rows: Sequence[str], groups: Sequence[str], columns: int) -> str:
    grouped = groupby(zip(groups, rows, strict=True), key=itemgetter(0))
    return "\n".join(
        _body([_group_head(name, columns), *(row for _, row in members)])
        for name, members in grouped
    )


def _body(rows: Sequence[str]) -> str:
    return "<tbody>\n" + "\n".join(rows) + "\n</tbody>"


def _group_head(name: str, columns: int) -> str:
    return f'<tr><th scope="rowgroup" colspan="{columns}">{escape(name)}</th></tr>'


def _row(cells: list[object]) -> str:
    head, *rest = (escape(cell) for cell in cells)
    data = "".join(f"<td>{cell}</td>" for cell in rest)
    return f'<tr><th scope="row">{head}</th>{data}</tr>'
