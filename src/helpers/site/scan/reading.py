"""Files read into texts and tables, with the files inside them."""

import re
from base64 import b64decode
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from urllib.parse import unquote_to_bytes

from helpers.site.finding import Finding
from helpers.site.scan import binary, notebook, page, scripts, tabular
from helpers.site.scan.characters import decoded, plain
from helpers.site.scan.pieces import File, Piece, Reader, Table, Text

_UNREADABLE = partial(
    Finding,
    "unreadable",
    what="Filen kan inte läsas, och därför inte granskas.",
    remedy="Ta bort den, eller spara den som en av de filtyper som granskas.",
)
_READERS: dict[str, Reader] = {
    r"application/x-ipynb\+json|\.ipynb": notebook.read,
    r"application/(?:.*\+)?json|\.(?:json|map|webmanifest)": scripts.read_json,
    r"text/(?:html|markdown|xml)|.*[/+]xml|\.(?:html|svg|xml|rels)": page.read,
    r"text/javascript|\.m?js": scripts.read_script,
    r"text/css|\.css": scripts.read_style,
    r"text/csv|\.[ct]sv": tabular.read_csv,
    r".*spreadsheetml\.sheet|\.(?:xlsx|docx|pptx)": tabular.read_office,
    r"image/.*|\.(?:png|jpe?g|gif|webp|ico)": binary.read_image,
    r"font/.*|\.(?:woff2?|[ot]tf|eot)": lambda _: iter(()),  # the shapes of letters
    r"\.(?:pagefind|pf_\w+)": binary.read_search,
    r"text/.*|\.(?:md|qmd|txt|ya?ml)|": scripts.read_text,
}
"""What reads a kind of file: the first whose pattern fits."""

Read = Text | Table | Finding
"""A piece with nothing more inside it."""

_BASE64 = re.compile(r"(?<![\w+/=-])[\w+/-]{14,}={0,2}(?![\w+/=-])", re.ASCII)
"""Long enough for the shortest number of a person."""

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
    """Read a file to the bottom; one that cannot be read is itself a finding."""
    try:
        content = path.read_bytes()
    except OSError:
        yield _UNREADABLE(place)
    else:
        yield from _read(File(place, path.suffix.lower(), content))


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


@cache
def _reader(kind: str) -> Reader | None:
    fitting = (reader for pattern, reader in _READERS.items() if re.fullmatch(pattern, kind))
    return next(fitting, None)


def _opened(piece: Piece) -> Iterator[Read]:
    if isinstance(piece, File):
        yield from _inside(piece)
    elif isinstance(piece, Text):
        yield from _text(replace(piece, text=plain(piece.text)))
    elif isinstance(piece, Table):
        yield replace(piece, rows=[list(map(plain, row)) for row in piece.rows])
    else:
        yield piece


def _text(piece: Text) -> Iterator[Read]:
    """Give a text, and what it carries encoded."""
    for uri in _DATA_URI.finditer(piece.text):
        yield from _in_uri(uri, piece.place)
    text = _DATA_URI.sub("", piece.text)
    for encoded in _BASE64.finditer(text):
        yield from _decoded(encoded[0], piece)
    yield replace(piece, text=text)


def _decoded(encoded: str, carrier: Text) -> Iterator[Read]:
    """Read what stands in base64, if it gives text: most long words do not."""
    with suppress(ValueError):
        text = decoded(b64decode(encoded.replace("-", "+").replace("_", "/") + "=="))
        yield from _opened(replace(carrier, text=text, is_source=False))


def _in_uri(uri: re.Match[str], place: str) -> Iterator[Read]:
    """Read the file that a data URI holds; a program may name the beginning of one alone."""
    kind, encoded, written = uri.groups()
    content = b64decode(unquote_to_bytes(encoded)) if encoded else unquote_to_bytes(written or "")
    if content:
        yield from _inside(File(place, kind.lower(), content))


def _inside(file: File) -> Iterator[Read]:
    for piece in _carried(replace(file, place="")):
        yield replace(piece, place=file.place + piece.place)


@cache
def _carried(file: File) -> tuple[Read, ...]:
    """Read what another file carries once: most parts of a workbook are in every other too.

    No address is the site's own by it.
    """
    pieces = _read(file)
    return tuple(replace(one, is_source=False) if isinstance(one, Text) else one for one in pieces)
