"""A small repository with notebooks that have been run, and what their pages show."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat

from helpers.show.shown import markdown
from helpers.site import notebooks

Output = dict[str, Any]
DAY = "2025-12-31"
TABLES = {"people": {"columns": ["sex", "n"], "rows": [["K", 41], ["M", 59]]}}
PUBLISHED = {
    "question": "extensions",
    "as_of": DAY,
    "key": "5f0c",
    "rules": {"max_noise": 7, "variance": 4},
    "tables": TABLES,
    "means": {},
}


def record(**about: Any) -> dict[str, Any]:
    return {"source": "sample", "title": "Placeringar", "as_of": DAY} | about


def displayed(data: Mapping[str, Any]) -> Output:
    return nbformat.v4.new_output("execute_result", dict(data), execution_count=1)


def shown(html: str = "<p>41 kvinnor och 59 män.</p>", **about: Any) -> Output:
    """Show something as `show` does, with its record."""
    data = {"text/markdown": markdown(html), "text/plain": "Placeringar"}
    return displayed(data | {notebooks.RECORD: record(**about)})


def write(root: Path, pages: Mapping[str, Output]) -> None:
    """Give a repository a notebook for each page, already run, and no other."""
    shutil.rmtree(root / "notebooks")
    (root / "notebooks").mkdir()
    for name, output in pages.items():
        notebooks.write(notebook(name, output), root / "notebooks" / f"{name}.ipynb")


def notebook(title: str, output: Output, text: str = "Så här gick det.") -> dict[str, Any]:
    """Give a notebook that says something, and shows something in its third cell."""
    cells = [
        nbformat.v4.new_raw_cell(f"---\ntitle: {title.capitalize()}\n---", id="title"),
        nbformat.v4.new_markdown_cell(text, id="text"),
        nbformat.v4.new_code_cell("#| label: tbl-counted\nshow", outputs=[output], id="shown"),
    ]
    book = nbformat.v4.new_notebook(cells=cells)
    return notebooks.normalised(json.loads(nbformat.writes(book)))
