"""A table of words and numbers as HTML."""

import pandas as pd
from markupsafe import escape


def html(table: pd.DataFrame, caption: str, numeric: bool = True) -> str:
    """Write a table whose first column heads its rows.

    Parameters
    ----------
    table : pandas.DataFrame
        Cells already in words, or `markupsafe.Markup`; column names are the headings.
    caption : str
        What the table shows.
    numeric : bool
        Whether the columns after the first hold numbers and are set to the right.

    Returns
    -------
    str
        A table inside a region that scrolls on its own when the page is narrow.
    """
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in table.columns)
    rows = "\n".join(_row(list(row)) for row in table.itertuples(index=False))
    kind = "lv-table lv-numeric" if numeric else "lv-table"
    return (
        f'<div class="lv-scroll" role="region" tabindex="0" aria-label="{escape(caption)}">\n'
        f'<table class="{kind}">\n'
        f'<caption class="lv-sr">{escape(caption)}</caption>\n'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n</div>"
    )


def _row(cells: list[object]) -> str:
    head, *rest = (escape(cell) for cell in cells)
    data = "".join(f"<td>{cell}</td>" for cell in rest)
    return f'<tr><th scope="row">{head}</th>{data}</tr>'
