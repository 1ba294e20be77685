"""A notebook: its cells, what they gave, and where the numbers came from."""

import json
from base64 import b64decode
from collections.abc import Iterator
from functools import partial
from typing import Any

from helpers.site.finding import Finding
from helpers.site.scan.pieces import File, Piece, Text

_RECORD = "application/vnd.likavard+json"
_OPEN_SOURCES = {"sample", "published"}
_NEEDED = {"kernelspec", "language_info"}
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
    yield from _metadata(file.place, notebook.get("metadata", {}), _NEEDED)
    for number, cell in enumerate(notebook["cells"], start=1):
        yield from _cell(f"{file.place}, cell {number}", cell)


def _metadata(place: str, metadata: dict[str, Any], needed: set[str]) -> Iterator[Piece]:
    if set(metadata) - needed:
        yield _METADATA(place)
    yield Text(f"{place}, metadata", _plain(metadata))


def _cell(place: str, cell: dict[str, Any]) -> Iterator[Piece]:
    yield Text(place, _joined(cell.get("source", "")), is_source=True)
    yield from _metadata(place, cell.get("metadata", {}), {"tags"})
    for bundle in cell.get("attachments", {}).values():
        yield from _bundle(f"{place}, bilaga", bundle)
    for number, output in enumerate(cell.get("outputs", ()), start=1):
        yield from _output(f"{place}, resultat {number}", output)


def _output(place: str, output: dict[str, Any]) -> Iterator[Piece]:
    if not _is_open(output):
        yield _OUTPUT(place)
    yield from _metadata(place, output.get("metadata", {}), set())
    yield from _bundle(place, output.get("data", {}))
    said = {key: _joined(output[key]) for key in ("text", "evalue", "traceback") if key in output}
    yield from (Text(place, text) for text in said.values())


def _is_open(output: dict[str, Any]) -> bool:
    """Whether the record that our own outputs carry names a source open to all."""
    record = output.get("data", {}).get(_RECORD)
    return isinstance(record, dict) and record.get("source") in _OPEN_SOURCES


def _bundle(place: str, bundle: dict[str, Any]) -> Iterator[File]:
    """Read each form in which something is shown."""
    for kind, value in bundle.items():
        yield File(place, kind, _content(kind, value))


def _content(kind: str, value: Any) -> bytes:  # noqa: ANN401
    if kind.startswith("image/") and kind != "image/svg+xml":
        return b64decode(_joined(value))
    return (_plain(value) if "json" in kind else _joined(value)).encode()


def _joined(lines: str | list[str]) -> str:
    return lines if isinstance(lines, str) else "".join(lines)


def _plain(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
