"""Tables kept as files: comma-separated values, Excel workbooks and their like."""

import csv
import re
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import PurePosixPath
from xml.etree import ElementTree
from zipfile import ZipFile

from helpers.site.scan.pieces import File, Piece, Table, Text

_SEPARATORS = ";,\t|"
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_COLUMN = re.compile("[A-Z]+")


def read_csv(file: File) -> Iterator[Piece]:
    """Read values parted by whichever separator the first line has most of."""
    first = file.text.partition("\n")[0]
    rows = csv.reader(StringIO(file.text), delimiter=max(_SEPARATORS, key=first.count))
    yield Table(file.place, list(rows))
    yield Text(file.place, file.text, file.line, is_tabled=True)


def read_office(file: File) -> Iterator[Piece]:
    """Read the sheets of a workbook as tables, and every part of an Office file as a file."""
    with ZipFile(BytesIO(file.content)) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    shared = _shared(parts.get("xl/sharedStrings.xml", b"<sst/>"))
    for name, content in parts.items():
        path = PurePosixPath(name)
        if path.match("xl/worksheets/*.xml"):
            yield Table(f"{file.place}, {path.stem}", _rows(content, shared))
        yield File(f"{file.place}, {path.name}", path.suffix, content)


def _shared(content: bytes) -> list[str]:
    """Read the strings that cells point to by number."""
    return ["".join(item.itertext()) for item in ElementTree.fromstring(content)]


def _rows(content: bytes, shared: list[str]) -> list[list[str]]:
    found = ElementTree.fromstring(content).iter(f"{_SHEET}row")
    rows = [{_letters(cell): _value(cell, shared) for cell in row} for row in found]
    letters = sorted({letter for row in rows for letter in row}, key=lambda name: (len(name), name))
    return [[row.get(letter, "") for letter in letters] for row in rows]


def _letters(cell: ElementTree.Element) -> str:
    found = _COLUMN.match(cell.get("r", ""))
    return found[0] if found else ""


def _value(cell: ElementTree.Element, shared: list[str]) -> str:
    text = "".join(cell.itertext())
    if cell.get("t") == "s":
        return shared[int(text)]
    # Excel writes 78.1667 to the last binary digit: 78.16670000000001.
    return f"{float(text):.12g}" if cell.get("t", "n") == "n" and text else text
