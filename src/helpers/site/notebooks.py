"""Run notebooks, and keep only what is the same every time."""

import json
import os
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from traitlets.config import Config

from helpers import paths
from helpers.site.problem import SiteProblem
from helpers.site.source import cell_options

Notebook = dict[str, Any]
"""A notebook as JSON."""

RECORD = "application/vnd.likavard+json"
"""The MIME type that outputs of `show` carry their numbers as."""

_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def execute(notebook: Path, cache: Path) -> Notebook:
    """Give a notebook the outputs of now; run it only if something it rests on has changed.

    Parameters
    ----------
    notebook : Path
        The notebook. It is run in the folder it lies in, and not changed.
    cache : Path
        Folder of notebooks that have been run, named by what they rested on.

    Returns
    -------
    dict
        The normalised notebook, as JSON.

    Raises
    ------
    SiteProblem
        If a cell stops, named by notebook and cell.
    """
    kept = cache / f"{notebook.stem}-{fingerprint(notebook)}.ipynb"
    if _from_database() or not kept.is_file():
        cache.mkdir(parents=True, exist_ok=True)
        write(_run(notebook), kept)
    return read(kept)


def read(path: Path) -> Notebook:
    """Read a notebook as JSON."""
    notebook: Notebook = json.loads(path.read_text(encoding="utf-8"))
    return notebook


def write(notebook: Notebook, path: Path) -> None:
    """Write a notebook as Jupyter does: one space of indent, keys in order."""
    text = json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(f"{text}\n", encoding="utf-8")


def _from_database() -> bool:
    """Whether the cases come from a database, whose changes no fingerprint sees."""
    return "://" in os.environ.get("LIKAVARD_DATA", "")


def _run(notebook: Path) -> Notebook:
    node = nbformat.read(notebook, as_version=4)
    place = {"metadata": {"path": str(notebook.parent)}}
    try:
        with TemporaryDirectory() as folder:
            NotebookClient(node, resources=place, config=_private(folder)).execute()
    except CellExecutionError as error:
        raise SiteProblem(_stopped(notebook, node, error)) from None
    return normalised(json.loads(nbformat.writes(node)))


def _private(folder: str) -> Config:
    """Let no other user of the machine listen in, where the system can prevent it."""
    if os.name == "nt":
        return Config()
    return Config({"KernelManager": {"transport": "ipc", "ip": f"{folder}/kernel"}})


def _stopped(notebook: Path, node: Notebook, error: CellExecutionError) -> str:
    # The text of such errors is written for staff, and holds no value from a case row.
    reason = error.evalue if error.ename.endswith("Problem") else error.ename
    return f"Webbplatsen byggdes inte. {notebook.name}, cell {_stopped_cell(node)}: {reason}"


def _stopped_cell(node: Notebook) -> int:
    return next(
        number
        for number, cell in enumerate(node["cells"], start=1)
        if any(output["output_type"] == "error" for output in cell.get("outputs", ()))
    )


def normalised(notebook: Notebook) -> Notebook:
    """Leave out what differs from run to run or from machine to machine.

    What a cell writes to stderr, such as a library's warning, goes too, and is on no page.

    Parameters
    ----------
    notebook : dict
        A notebook that has been run, as JSON.

    Returns
    -------
    dict
    """
    code = (cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    numbers = {id(cell): number for number, cell in enumerate(code, start=1)}
    cells = [_normalised_cell(cell, numbers.get(id(cell))) for cell in notebook["cells"]]
    return notebook | {"cells": cells, "metadata": _METADATA}


def _normalised_cell(cell: dict[str, Any], number: int | None) -> dict[str, Any]:
    if number is None:
        return cell
    outputs = [
        _normalised_output(output, number)
        for output in cell["outputs"]
        if output.get("name") != "stderr"
    ]
    return cell | {"metadata": {}, "execution_count": number, "outputs": outputs}


def _normalised_output(output: dict[str, Any], number: int) -> dict[str, Any]:
    count = {"execution_count": number} if "execution_count" in output else {}
    metadata: dict[str, Any] = {"metadata": {}} if "metadata" in output else {}
    return output | metadata | count


def fingerprint(notebook: Path) -> str:
    """Digest everything a notebook's outputs rest on: its cells, the helpers, the data."""
    digest = sha256(os.environ.get("LIKAVARD_DATA", "").encode())
    for cell in read(notebook)["cells"]:
        digest.update(f"{cell['cell_type']}\0{''.join(cell['source'])}\0".encode())
    for file in _rested_on():
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _rested_on() -> list[Path]:
    """Files that every notebook rests on."""
    code = [paths.ROOT / "src" / "helpers", paths.ROOT / "requirements.lock"]
    return [*(file for place in code for file in _files(place)), *inputs()]


def inputs() -> list[Path]:
    """Files of data and rules that every notebook rests on; a database is none."""
    rules = Path(os.environ.get("LIKAVARD_DISCLOSURE") or paths.ROOT / "disclosure.yml")
    source = Path(os.environ.get("LIKAVARD_DATA", paths.SAMPLE))
    return [file for place in (paths.PUBLISHED, source, rules) for file in _files(place)]


def _files(place: Path) -> list[Path]:
    if place.is_file():
        return [place]
    return sorted(file for file in place.rglob("*") if file.is_file() and file.suffix != ".pyc")


def published(notebook: Notebook) -> dict[str, dict[str, Any]]:
    """Collect the published numbers that outputs carry beside what is shown, by label.

    Parameters
    ----------
    notebook : dict
        A notebook that has been run, as JSON.

    Returns
    -------
    dict of str to dict
        One for every output of type ``application/vnd.likavard+json``, in order.
    """
    return {
        _label(cell, number, nth): output["data"][RECORD]
        for number, cell in enumerate(notebook["cells"], start=1)
        for nth, output in enumerate(cell.get("outputs", ()), start=1)
        if RECORD in output.get("data", {})
    }


def _label(cell: dict[str, Any], number: int, nth: int) -> str:
    """Name a cell's nth output as the page does, else by the cell's place."""
    label = cell_options("".join(cell["source"])).get("label", f"cell {number}")
    return str(label) if nth == 1 else f"{label}, nummer {nth}"


def numbers(notebooks: Iterable[Notebook]) -> list[dict[str, Any]]:
    """Collect the published numbers that outputs carry beside what is shown.

    Parameters
    ----------
    notebooks : iterable of dict
        Notebooks, as JSON.

    Returns
    -------
    list of dict
        One for every output of type ``application/vnd.likavard+json``, in order.
    """
    return [part for notebook in notebooks for part in published(notebook).values()]
