"""Parameters of notebooks: the cell tagged `parameters`, as papermill and Quarto have it.

What `likavard.yml` sets is put into a cell after it, tagged `injected-parameters`, so that the page
shows what was run.
"""

import ast
from collections.abc import Iterator, Mapping
from typing import Any

from helpers.questions.settings import groupings
from helpers.settings import SettingsProblem
from helpers.site import notebooks
from helpers.site.notebooks import Notebook
from helpers.site.project import Project

TAG, INJECTED = "parameters", "injected-parameters"
_BY = "by"


def inject_settings(project: Project) -> None:
    """Let the staged notebooks group by what `likavard.yml` asks for, beside their own groups.

    Raises
    ------
    SettingsProblem
        If a page cannot be grouped otherwise.
    """
    for page in project.notebooks():
        if further := groupings(page.stem):
            notebook = notebooks.read(project.root / page)
            own = stated(notebook).get(_BY)
            if not isinstance(own, list):
                raise SettingsProblem(f"groupings: sidan {page.stem} kan inte delas in på annat.")
            by = list(dict.fromkeys([*own, *further]))
            notebooks.write(inject(notebook, {_BY: by}), project.root / page)


def stated(notebook: Notebook) -> dict[str, object]:
    """Read the parameters of a notebook, and what they are unless told otherwise."""
    return {
        node.targets[0].id: ast.literal_eval(node.value)
        for cell in notebook["cells"]
        if _is_tagged(cell)
        for node in ast.parse("".join(cell["source"])).body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }


def inject(notebook: Notebook, values: Mapping[str, object]) -> Notebook:
    """Give a notebook other values of its parameters, in a cell of their own.

    Parameters
    ----------
    notebook : dict
        With a cell tagged `parameters`.
    values : mapping of str to object
        What Python writes as a literal.
    """
    text = "\n".join(f"{name} = {value!r}" for name, value in values.items())
    return notebook | {"cells": [*_followed(notebook["cells"], text)]}


def _followed(cells: list[dict[str, Any]], text: str) -> Iterator[dict[str, Any]]:
    for cell in cells:
        yield cell
        if _is_tagged(cell):
            own = {"id": INJECTED, "metadata": {"tags": [INJECTED]}, "source": text}
            yield {"cell_type": "code", "execution_count": None, "outputs": [], **own}


def _is_tagged(cell: dict[str, Any]) -> bool:
    return TAG in cell["metadata"].get("tags", ())
