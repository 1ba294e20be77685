"""A notebook as markdown: text cells as they are, code cells as their options ask."""

from collections.abc import Iterator
from typing import Any

from helpers.site.source import Cell, cell_options, without_options

Options = dict[str, Any]


def markdown(cells: list[Cell], defaults: Options) -> str:
    """Make one markdown text of a page's cells.

    Parameters
    ----------
    cells : list of Cell
        The page's cells in order.
    defaults : dict
        Cell options that hold where a cell states none.

    Returns
    -------
    str
        Markdown in which a labelled cell's output is a div that ends in its caption, the
        same as a figure or table written by hand.
    """
    return "\n\n".join(part for cell in cells for part in _cell(cell, defaults))


def _cell(cell: Cell, defaults: Options) -> Iterator[str]:
    if cell.kind == "markdown":
        yield cell.text
    elif cell.kind == "code":
        yield from _code_cell(cell, defaults | cell_options(cell.text))


def _code_cell(cell: Cell, options: Options) -> Iterator[str]:
    if not options.get("include", True):
        return
    if options.get("echo", True):
        yield _code(without_options(cell.text), options)
    if options.get("output", True) and cell.outputs:
        yield _labelled("\n\n".join(map(_shown, cell.outputs)), options)


def _code(code: str, options: Options) -> str:
    fold = str(options.get("code-fold", False)).lower()
    summary = options.get("code-summary", "")
    return f'``` {{.python .cell-code code-fold="{fold}" code-summary="{summary}"}}\n{code}\n```'


def _labelled(output: str, options: Options) -> str:
    label = str(options.get("label", ""))
    caption = options.get(f"{label[:3]}-cap")
    if caption is None:
        return output
    return f"::::: {{#{label}}}\n{output}\n\n{caption}\n:::::"


def _shown(output: dict[str, Any]) -> str:
    return "".join(output["data"]["text/markdown"])
