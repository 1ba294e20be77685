"""A notebook run by a kernel of its own, which nothing of the user's own settings reaches."""

import json
import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
import zmq
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode
from traitlets.config import Config

from helpers import environment
from helpers.site.problem import SiteProblem

_KERNEL = "python3"
_SOCKETS = 5
"""A kernel's sockets are files, named by a number from one up."""


def run(notebook: Path) -> dict[str, Any]:
    """Run a notebook in the folder it lies in.

    Parameters
    ----------
    notebook : Path
        The notebook; the file is not changed.

    Returns
    -------
    dict
        The notebook with its outputs, as JSON.

    Raises
    ------
    SiteProblem
        If it is not for Python, if a cell stops, or if its kernel cannot start or is ended.
    """
    node = nbformat.read(notebook, as_version=4)
    _refuse_foreign(notebook, node)
    with TemporaryDirectory() as folder:
        _execute(notebook, node, folder)
    result: dict[str, Any] = json.loads(nbformat.writes(node))
    return result


def _refuse_foreign(notebook: Path, node: NotebookNode) -> None:
    name = node["metadata"].get("kernelspec", {}).get("name", _KERNEL)
    if name != _KERNEL:
        raise _problem(
            notebook.name,
            f"den är sparad för kärnan {name}. Öppna den i JupyterLab, välj kärnan Python 3 "
            "och spara.",
        )


def _execute(notebook: Path, node: NotebookNode, folder: str) -> None:
    started: list[int] = []
    client = NotebookClient(
        node,
        kernel_name=_KERNEL,
        resources={"metadata": {"path": str(notebook.parent)}},
        config=_private(notebook, folder),
        on_cell_start=lambda cell, cell_index: started.append(cell_index + 1),
    )
    try:
        client.execute(env=environment.elsewhere() | {"IPYTHONDIR": folder})
    except CellExecutionError as error:
        raise _problem(f"{notebook.name}, cell {started[-1]}", _reason(error)) from None
    except RuntimeError:  # the kernel died, or did not start
        place = ", ".join([notebook.name, *(f"cell {cell}" for cell in started[-1:])])
        raise _problem(
            place,
            "datorn avbröt körningen, troligen för att minnet tog slut. Stäng andra program "
            "och försök igen.",
        ) from None


def _private(notebook: Path, folder: str) -> Config:
    """Let no other user of the machine listen in, where the system can prevent it."""
    if os.name == "nt":
        return Config()
    address = f"{folder}/kernel"
    if len(os.fsencode(f"{address}-{_SOCKETS}")) > zmq.IPC_PATH_MAX_LEN:
        raise _problem(
            notebook.name,
            "sökvägen till mappen för tillfälliga filer är för lång. Ange en kortare i TMPDIR, "
            "till exempel TMPDIR=/tmp.",
        )
    return Config({"KernelManager": {"transport": "ipc", "ip": address}})


def _reason(error: CellExecutionError) -> str:
    # The text of such errors is written for staff, and holds no value from a case row.
    return str(error.evalue if error.ename.endswith("Problem") else error.ename)


def _problem(place: str, reason: str) -> SiteProblem:
    return SiteProblem(f"Webbplatsen byggdes inte. {place}: {reason}")
