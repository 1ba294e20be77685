"""Run notebooks, and keep only what is the same every time."""

import json
import os
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

from click import get_app_dir

from helpers import environment, paths
from helpers.site import cache
from helpers.site.source import cell_options

Notebook = dict[str, Any]
"""A notebook as JSON."""

RECORD = "application/vnd.likavard+json"
"""The MIME type that outputs of `show` carry their numbers as."""

_TABLES = {".csv", ".parquet", ".xlsx"}

_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def execute(notebook: Path, folder: Path) -> Notebook:
    """Give a notebook the outputs of now; run it only if something it rests on has changed.

    Parameters
    ----------
    notebook : Path
        The notebook. It is run in the folder it lies in, and not changed.
    folder : Path
        Where notebooks that have been run are kept, named by what they rested on.

    Returns
    -------
    dict
        The normalised notebook, as JSON.

    Raises
    ------
    SiteProblem
        If it cannot be run to its end, named by notebook and cell.
    """
    kept = folder / f"{notebook.stem}-{fingerprint(notebook)}.ipynb"
    if from_database():
        kept.unlink(missing_ok=True)
    return read(cache.kept(kept, lambda new: write(_run(notebook), new)))


def read(path: Path) -> Notebook:
    """Read a notebook as JSON."""
    notebook: Notebook = json.loads(path.read_text(encoding="utf-8"))
    return notebook


def write(notebook: Notebook, path: Path) -> None:
    """Write a notebook as Jupyter does: one space of indent, keys in order."""
    text = json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(f"{text}\n", encoding="utf-8")


def from_database() -> bool:
    """Whether the cases come from a database, whose changes no fingerprint sees."""
    return "://" in os.environ.get("LIKAVARD_DATA", "")


def _run(notebook: Path) -> Notebook:
    # Imported only when a notebook must run: it takes longer than all else of an idle build.
    return normalised(import_module("helpers.site.kernel").run(notebook))


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
    tags = {"tags": own} if (own := cell["metadata"].get("tags")) else {}
    return cell | {"metadata": tags, "execution_count": number, "outputs": outputs}


def _normalised_output(output: dict[str, Any], number: int) -> dict[str, Any]:
    count = {"execution_count": number} if "execution_count" in output else {}
    metadata: dict[str, Any] = {"metadata": {}} if "metadata" in output else {}
    return output | metadata | count


def fingerprint(notebook: Path) -> str:
    """Digest everything a notebook's outputs rest on: its cells, the helpers, data, the key."""
    cells = (f"{cell['cell_type']}\0{''.join(cell['source'])}" for cell in read(notebook)["cells"])
    return cache.digest(*cells, *rested_on())


def rested_on() -> list[str | Path]:
    """List all that every notebook rests on: code, versions, data, rules, settings, the key."""
    code = [paths.PACKAGE, paths.SHIPPED / "requirements.lock"]
    sample = [paths.SAMPLE / "SHA256SUMS", paths.SAMPLE / "key"]
    source = environment.named("LIKAVARD_DATA") or ""
    return [source, *code, *sample, *inputs(), *_keys()]


def inputs() -> list[Path]:
    """Files of data, rules and settings that every notebook rests on; a database is none."""
    rules = environment.named("LIKAVARD_DISCLOSURE") or paths.ours("disclosure.yml")
    source = Path(environment.named("LIKAVARD_DATA") or paths.SAMPLE)
    tables = [file for file in _beside(source) if file.suffix.lower() in _TABLES]
    peers = Path(environment.named("LIKAVARD_PEERS") or paths.ours("data/peers"))
    others = (paths.PUBLISHED, peers, Path(rules), paths.ROOT / "likavard.yml")
    return [*tables, *(file for place in others for file in cache.files(place))]


def _beside(source: Path) -> list[Path]:
    """List the tables' own folder, or file, and not what lies deeper: it may be all of a disk."""
    if source.is_file():
        return [source]
    return sorted(file for file in source.glob("*") if file.is_file())


def _keys() -> list[Path]:
    """Find the key of the noise on own data; it is made here, if a run would make it."""
    if named := environment.named("LIKAVARD_KEY"):
        return [Path(named)]
    if not environment.named("LIKAVARD_DATA"):
        return []
    own = Path(get_app_dir("likavard")) / "key"
    if not own.exists():
        import_module("helpers.disclosure").load_secret(is_sample=False)
    return [own]


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
