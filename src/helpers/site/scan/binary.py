"""What is not text: images with what is written beside the picture, and the search index."""

import gzip
from collections.abc import Iterator
from io import BytesIO

from helpers.site.scan.pieces import File, Piece, Text

_ENDS = {"PNG": b"IEND\xaeB`\x82", "JPEG": b"\xff\xd9"}
_SEARCH_FILE = b"pagefind_dcd"
_CBOR_WIDTHS = {24: 1, 25: 2, 26: 4, 27: 8}
_CBOR_STRINGS = (2, 3)


def read_image(file: File) -> Iterator[Piece]:
    """Read the comments, captions and camera data of an image; not what it depicts."""
    from PIL import Image  # noqa: PLC0415 - most sites have none, and it takes long to load

    with Image.open(BytesIO(file.content)) as image:
        image.load()
        written = [*image.info, *image.info.values(), *image.getexif().values()]
        end = _ENDS.get(image.format or "", b"")
    yield Text(file.place, "\n".join(map(_words, written)))
    if end and (after := file.content.rpartition(end)[2]):
        yield File(file.place, "text/plain", after)


def _words(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def read_search(file: File) -> Iterator[Piece]:
    """Read a file of Pagefind's: compressed JSON or CBOR. Its program is the same on every site."""
    content = gzip.decompress(file.content).removeprefix(_SEARCH_FILE)
    if content.startswith(b"{"):
        yield File(file.place, "application/json", content)
    elif not content.startswith(b"\0asm"):
        yield Text(file.place, "\n".join(_cbor_strings(content)))


def _cbor_strings(content: bytes) -> Iterator[str]:
    """Every string of a CBOR item (RFC 8949); arrays and maps are heads before their items."""
    at = 0
    while at < len(content):
        kind, length = divmod(content[at], 32)
        width = _CBOR_WIDTHS.get(length, 0)
        start = at + 1 + width
        if width:
            length = int.from_bytes(content[at + 1 : start])
        at = start + (length if kind in _CBOR_STRINGS else 0)
        if kind in _CBOR_STRINGS:
            yield content[start:at].decode("utf-8", "replace")
