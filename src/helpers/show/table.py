"""A table of words and numbers as HTML, which a narrow page stacks row by row.

A cell carries its heading for the stack to show. The roles are spelt out because a table that is
laid out as anything else loses them in some browsers.
"""

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

import pandas as pd
from markupsafe import escape

_NUMBER = r"[<+−–.,%\d\s]+"
_SHORT = 7, 3
"""Characters in a cell, and rows, of a table that fits on a phone when each row is a column."""


def html(
    table: pd.DataFrame, caption: str, groups: Sequence[str] = (), *, sortable: bool = False
) -> str:
    """Write a table whose first column heads its rows.

    Parameters
    ----------
    table : pandas.DataFrame
        Cells already in words, or `markupsafe.Markup`; column names are the headings. Columns of
        nothing but numbers are set to the right.
    groups : sequence of str, optional
        Each row's group; rows of one group follow each other under its name.
    sortable : bool
        Whether the reader can sort the rows by a column; not those of groups.

    Returns
    -------
    str
        The table, and what the signs in it mean.
    """
    kinds = ["", *(_kind(table.iloc[:, at]) for at in range(1, len(table.columns)))]
    heads = "".join(
        f'<th scope="col" role="columnheader"{kind}>{escape(name)}</th>'
        for name, kind in zip(table.columns, kinds, strict=True)
    )
    rows = [_row(row, list(table.columns), kinds) for row in table.itertuples(index=False)]
    bodies = _bodies(rows, groups, len(table.columns)) if groups else _body(rows)
    short = f' lv-short" style="--heads: {len(kinds)}' if is_short(table) else ""
    short = " lv-sortable" + short if sortable else short
    return (
        f'<div class="lv-fit">\n<table class="lv-table{short}" role="table">\n'
        f'<caption class="lv-sr">{escape(caption)}</caption>\n'
        f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>\n{bodies}\n</table>\n</div>'
        f"{_on_signs(table)}"
    )


def is_short(table: pd.DataFrame) -> bool:
    """Whether a phone has room for the table with its rows as columns."""
    longest, rows = _SHORT
    return len(table) <= rows and all(len(str(cell)) <= longest for cell in table.to_numpy().flat)


def _kind(cells: "pd.Series[str]") -> str:
    return ' class="lv-number"' if cells.astype(str).str.fullmatch(_NUMBER).all() else ""


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
    return '<tbody role="rowgroup">\n' + "\n".join(rows) + "\n</tbody>"


def _group_head(name: str, columns: int) -> str:
    head = f'<th scope="rowgroup" role="rowheader" colspan="{columns}">{escape(name)}</th>'
    return f'<tr role="row">{head}</tr>'


def _row(cells: Sequence[object], heads: Sequence[str], kinds: Sequence[str]) -> str:
    data = "".join(
        f'<td role="cell" data-label="{escape(head)}"{kind}>{escape(cell)}</td>'
        for cell, head, kind in [*zip(cells, heads, kinds, strict=True)][1:]
    )
    first = f'<th scope="row" role="rowheader">{escape(cells[0])}</th>'
    return f'<tr role="row">{first}{data}</tr>'
