"""Files read into texts and tables, with the files inside them."""

import re
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from urllib.parse import unquote_to_bytes

from helpers.site.finding import Finding
from helpers.site.scan import binary, notebook, page, scripts, tabular
from helpers.site.scan.pieces import File, Piece, Reader, Table, Text

_UNREADABLE = partial(
    Finding,
    "unreadable",
    what="Filen kan inte läsas, och därför inte granskas.",
    remedy="Ta bort den, eller spara den som en av de filtyper som granskas.",
)
_READERS: dict[str, Reader] = {
    "": scripts.read_text,
    "application/json": scripts.read_json,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": tabular.read_workbook,
    "application/x-ipynb+json": notebook.read,
    "application/x-pagefind": binary.read_search,
    "application/xml": page.read,
    "image/svg+xml": page.read,
    "text/css": scripts.read_script,
    "text/csv": tabular.read_csv,
    "text/html": page.read,
    "text/javascript": scripts.read_script,
    "text/xml": page.read,
}
_READERS_OF_FAMILIES: dict[str, Reader] = {
    r"application/.*\+json": scripts.read_json,
    r"font/.*": binary.read_nothing,
    r"image/.*": binary.read_image,
    r"text/.*": scripts.read_text,
}

Read = Text | Table | Finding
"""A piece with nothing more inside it."""

_DATA_URI = re.compile(
    r"""
    data:
    ((?:[\w.+-]+/[\w.+-]+)?)      # media type
    (?:;(?!base64,)[\w=.+-]+)*    # options
    (?:;base64,([\w+/=%\s-]*)     # may be broken into lines
      |,([^\s"'<>()]*))
    """,
    re.VERBOSE | re.IGNORECASE,
)


def read_path(path: Path, place: str) -> Iterator[Read]:
    """Read a file to the bottom; one that cannot be read is itself a finding.

    Parameters
    ----------
    path : Path
        The file.
    place : str
        What to call it.

    Yields
    ------
    Text, Table or Finding
    """
    try:
        content = path.read_bytes()
    except OSError:
        yield _UNREADABLE(place)
    else:
        yield from _read(File.named(place, content))


def _read(file: File) -> Iterator[Read]:
    reader = _reader(file.kind)
    if reader is None:
        yield _UNREADABLE(file.place)
        return
    try:
        for piece in reader(file):
            yield from _opened(piece)
    except Exception:  # whatever goes wrong, what was not read must not pass
        yield _UNREADABLE(file.place)


def _reader(kind: str) -> Reader | None:
    families = _READERS_OF_FAMILIES.items()
    of_family = (reader for family, reader in families if re.fullmatch(family, kind))
    return _READERS.get(kind) or next(of_family, None)


def _opened(piece: Piece) -> Iterator[Read]:
    if isinstance(piece, File):
        yield from _inside(piece)
    elif isinstance(piece, Text) and _DATA_URI.search(piece.text):
        for uri in _DATA_URI.finditer(piece.text):
            yield from _carried(uri, piece.place)
        yield replace(piece, text=_DATA_URI.sub("", piece.text))
    else:
        yield piece


def _carried(uri: re.Match[str], place: str) -> Iterator[Read]:
    """Read the file that a data URI holds; a program may name the beginning of one alone."""
    kind, encoded, written = uri.groups()
    content = b64decode(unquote_to_bytes(encoded)) if encoded else unquote_to_bytes(written or "")
    if content:
        yield from _inside(File(place, kind.lower(), content))


def _inside(file: File) -> Iterator[Read]:
    """Read what another file carries, such as an output: no address is the site's own by it."""
    for piece in _read(file):
        yield replace(piece, is_source=False) if isinstance(piece, Text) else piece
