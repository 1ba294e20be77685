"""A notebook: its cells, what they gave, and where the numbers came from."""

import json
from base64 import b64decode
from collections.abc import Iterator
from functools import partial
from itertools import chain
from typing import Any

from helpers.site.finding import Finding
from helpers.site.scan.pieces import File, Piece, Text

_RECORD = "application/vnd.likavard+json"
_OPEN_SOURCES = {"sample", "published"}
_NEEDED = {"kernelspec", "language_info"}
_READ = {"attachments", "cells", "data", "metadata", "outputs", "source"}
"""Keys that are read by themselves."""

_REMEDY = "Kör `likavard save`, som kör om på exempeldata."
_OUTPUT = partial(
    Finding,
    "notebook-output",
    what="Resultatet säger inte att det är gjort av exempeldata eller publicerade siffror.",
    remedy=_REMEDY,
)
_METADATA = partial(
    Finding,
    "notebook-metadata",
    what="Här finns metadata som kan berätta om den som kört anteckningsboken.",
    remedy=_REMEDY,
)


def read(file: File) -> Iterator[Piece]:
    """Read a notebook's sources, outputs and metadata, and judge where its outputs came from."""
    notebook = json.loads(file.text)
    yield from _metadata(file.place, notebook, _NEEDED)
    yield _rest(file.place, notebook)
    for number, cell in enumerate(notebook["cells"], start=1):
        yield from _cell(f"{file.place}, cell {number}", cell)


def _metadata(place: str, owner: dict[str, Any], needed: set[str]) -> Iterator[Piece]:
    metadata = owner.get("metadata", {})
    if set(metadata) - needed:
        yield _METADATA(place)
    yield Text(f"{place}, metadata", _text(metadata))


def _rest(place: str, owner: dict[str, Any]) -> Text:
    """Read what is read nowhere else: an id, what was printed, a key that nobody knows."""
    rest = ((key, _text(value)) for key, value in owner.items() if key not in _READ)
    return Text(place, "\n".join(chain.from_iterable(rest)))


def _cell(place: str, cell: dict[str, Any]) -> Iterator[Piece]:
    yield Text(place, _text(cell.get("source", "")), is_source=True)
    yield from _metadata(place, cell, {"tags"})
    yield _rest(place, cell)
    for name, bundle in cell.get("attachments", {}).items():
        yield Text(f"{place}, bilaga", name)
        yield from _bundle(f"{place}, bilaga", bundle)
    for number, output in enumerate(cell.get("outputs", ()), start=1):
        yield from _output(f"{place}, resultat {number}", output)


def _output(place: str, output: dict[str, Any]) -> Iterator[Piece]:
    record = output.get("data", {}).get(_RECORD)
    if not isinstance(record, dict) or record.get("source") not in _OPEN_SOURCES:
        yield _OUTPUT(place)
    yield from _metadata(place, output, set())
    yield from _bundle(place, output.get("data", {}))
    yield _rest(place, output)


def _bundle(place: str, bundle: dict[str, Any]) -> Iterator[File]:
    """Read each form in which something is shown."""
    for kind, value in bundle.items():
        is_raster = kind.startswith("image/") and kind != "image/svg+xml"
        text = json.dumps(value, ensure_ascii=False) if "json" in kind else _text(value)
        yield File(place, kind, b64decode(text) if is_raster else text.encode())


def _text(value: object) -> str:
    """Join what a notebook keeps as lines, and write what is no text as JSON."""
    if isinstance(value, list) and all(isinstance(line, str) for line in value):
        return "".join(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
