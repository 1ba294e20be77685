"""Plain text, programs, styles and JSON: what is written, escapes undone, and JSON's tables."""

import json
import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from helpers.site.scan.pieces import File, Piece, Table, Text

_SOURCES = {".md", ".qmd"}
_HEX = "[0-9a-fA-F]"
_ESCAPE = re.compile(rf"\\(?:u({_HEX}{{4}})|u\{{({_HEX}+)\}}|x({_HEX}{{2}})|(.))")
_STYLE_ESCAPE = re.compile(rf"\\(?:({_HEX}{{1,6}})\s?|(.))")
_WHITE = {"n": "\u2028", "r": " ", "t": "\t"}
"""A written line break parts lines, but not those of the file."""


def read_text(file: File) -> Iterator[Piece]:
    """Read plain text; markdown is a page's source."""
    yield Text(file.place, file.text, file.line, is_source=file.kind in _SOURCES)


def read_script(file: File) -> Iterator[Piece]:
    """Read a program; an address in it is its author's."""
    yield Text(file.place, unescaped(file.text), file.line, is_source=True)


def read_style(file: File) -> Iterator[Piece]:
    """Read a style sheet; an address in it is its author's."""
    yield Text(file.place, _unescaped_style(file.text), file.line, is_source=True)


def read_json(file: File) -> Iterator[Piece]:
    """Read the text of JSON, and the records and tables in it."""
    yield Text(file.place, unescaped(file.text), file.line, is_tabled=True)
    for rows in tables(json.loads(file.text)):
        yield Table(file.place, rows)


def unescaped(text: str) -> str:
    """Undo the escapes of a program's strings."""
    return _ESCAPE.sub(_meant, text)


def _meant(escape: re.Match[str]) -> str:
    *codes, letter = escape.groups()
    code = next(filter(None, codes), None)
    return chr(int(code, 16)) if code else _WHITE.get(letter, letter)


def _unescaped_style(text: str) -> str:
    return _STYLE_ESCAPE.sub(lambda found: found[2] or chr(int(found[1], 16)), text)


UNESCAPED = {"script": unescaped, "style": _unescaped_style}
"""By the name of an element or an attribute, what undoes the escapes in it."""


def tables(value: object) -> Iterator[list[list[str]]]:
    """Find everything in a JSON value that has columns: the rows of each, the heading first."""
    items: list[Any] = value if isinstance(value, list) else []
    if isinstance(value, dict):
        items = list(value.values())
        yield _records(value)
        yield from _split(value)
    elif items and isinstance(items[0], list):
        yield [_texts(row) for row in items]
    for item in items:
        yield from tables(item)


def _records(value: dict[str, Any]) -> list[list[str]]:
    """Read keys as headings, and what each holds as the values under it."""
    return [list(value), *map(list, zip_longest(*map(_texts, value.values()), fillvalue=""))]


def _split(value: dict[str, Any]) -> Iterator[list[list[str]]]:
    """Read a table that is kept as its headings and its rows."""
    rows = value.get("rows", value.get("data"))
    if isinstance(value.get("columns"), list) and isinstance(rows, list):
        yield [_texts(value["columns"]), *map(_texts, rows)]


def _texts(value: object) -> list[str]:
    """Read the values of a column or row; pandas numbers them if they are not in a list."""
    if isinstance(value, dict):
        value = list(value.values()) if all(key.isdigit() for key in value) else []
    items = value if isinstance(value, list) else [value]
    return ["" if item is None or isinstance(item, dict | list) else str(item) for item in items]
