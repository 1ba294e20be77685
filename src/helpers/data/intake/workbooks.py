"""Workbooks: xlsx, xls and ods, once they are found to be safe to open.

A workbook is tried before it is opened: a small file can unpack to more than the machine holds,
one cell far out makes a sheet of millions of columns, and a formula has a value only if Excel has
just worked it out. All of these are refused by name.
"""

import re
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import reduce
from pathlib import Path
from xml.parsers.expat import ExpatError, ParserCreate

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from helpers.data.intake.sheets import Sheet, unreadable
from helpers.data.intake.values import Cell

KINDS = (".xlsx", ".xls", ".ods")
_BLOCK = 1 << 20
_LARGEST = 1 << 30
"""Bytes that the parts of a workbook may unpack to: a million rows of twenty columns."""
_DENSEST = 300
"""How many times its size a part may unpack to, if it is large."""
_CELLS = 40_000_000
"""Cells from the first to the last of a sheet, filled or not: the reader holds them all."""
_ROWS = 1 << 20
"""What a sheet of xlsx has at most."""
_TAIL = 200
"""Bytes of the last block that a mark may have begun in."""
_FORMULA = (b"<f>", b"<f ", b"<f/", b"table:formula=")
_ERROR = (b' t="e"', b'value-type="error"')
_CELL = re.compile(rb'r="[A-Z]+(\d+)"')
_FAR_CELL = re.compile(rb'r="([A-Z]{2,})\d+"')
_SPANNED = re.compile(rb'number-(columns|rows)-spanned="([2-9]|\d\d+)"')
_REPEATED = re.compile(
    rb'columns-repeated="\d{4,}"(?:[^>]*[^/>])?>'
    rb'|rows-repeated="\d{4,}"[^>]*>(?!<table:table-cell[^>]*/></table:table-row>)'
)
"""A filled cell, or a row that has some, said to stand there a thousand times in an ods."""
_XLS_ERROR = re.compile(rb"\x05\x02\x08\x00.{6}[\x00\x07\x0f\x17\x1d\x24\x2a]\x01", re.DOTALL)
_XLS_MACROS = "_VBA_PROJECT".encode("utf-16-le")
_SAVE = "Öppna den i Excel och spara den på nytt."
_ERRORS = "celler med fel, som #DIV/0! eller #NAMN?", "Rätta dem i kalkylprogrammet."
_DAMAGES = (
    zipfile.BadZipFile, zlib.error, ExpatError,
    EOFError, LookupError, NotImplementedError, OSError, RuntimeError, ValueError,
)  # fmt: skip
_MACROS = ("vbaproject.bin", "basic/script-lc.xml")


def sheets(file: Path) -> Iterator[Sheet]:
    """Give the sheets of a workbook, each with the rows that it has.

    Raises
    ------
    DataProblem
        If the workbook is damaged, locked, too large, or has formulas or macros.
    """
    _try(file)
    with _damage_told(file):
        book = CalamineWorkbook.from_path(file)
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            yield Sheet(
                file.name, name, _rows(sheet), merged=_merged(sheet), expected=sheet.total_height
            )


def _try(file: Path) -> None:
    if zipfile.is_zipfile(file):
        _try_parts(file)
    elif file.suffix.lower() == ".xls":
        _try_xls(file)
    else:
        raise unreadable(file.name, "filen är skadad eller låst med lösenord", _SAVE)


@contextmanager
def _damage_told(file: Path) -> Iterator[None]:
    """Say that a file is locked or damaged; calamine panics at some, which is no `Exception`."""
    try:
        yield
    except PasswordError:
        advice = "Ta bort lösenordet och spara filen på nytt."
        raise unreadable(file.name, "filen är låst med lösenord", advice) from None
    except BaseException as error:
        is_damage = isinstance(error, CalamineError | OSError | ValueError)
        if is_damage or type(error).__name__ == "PanicException":
            raise unreadable(file.name, "filen är skadad", _SAVE) from None
        raise


def _rows(sheet: CalamineSheet) -> Iterator[list[Cell]]:
    """Give every row from the first on: what calamine leaves out above and beside are blanks."""
    top, left = sheet.start or (0, 0)
    yield from ([] for _ in range(top))
    for row in sheet.iter_rows():
        yield [None] * left + row


def _merged(sheet: CalamineSheet) -> list[tuple[int, int]]:
    """First and last row of each group of merged cells, counted from 1."""
    return [(start[0] + 1, end[0] + 1) for start, end in sheet.merged_cell_ranges or []]


def _try_parts(file: Path) -> None:
    try:
        with zipfile.ZipFile(file) as packed:
            parts = packed.infolist()
            _try_sizes(file, parts)
            for part in parts:
                _try_content(file, packed, part)
    except _DAMAGES:
        advice = "Hämta exporten på nytt."
        raise unreadable(file.name, "filen är skadad eller avbruten", advice) from None


def _try_sizes(file: Path, parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename.lower() for part in parts]
    if any(name.endswith(_MACROS) for name in names):
        raise unreadable(file.name, "filen har makron", "Spara som vanlig xlsx, utan makron.")
    dense = any(
        part.file_size > 10 * _BLOCK and part.file_size > _DENSEST * part.compress_size
        for part in parts
    )
    if dense or sum(part.file_size for part in parts) > _LARGEST:
        raise unreadable(file.name, "filen packas upp till orimligt mycket", "Exportera som CSV.")


def _try_content(file: Path, packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Read a part to its end, so that its size is true, and look for what is refused."""
    is_xml = part.filename.endswith((".xml", ".rels"))
    is_sheet = "worksheets/" in part.filename or part.filename == "content.xml"
    parser, columns = ParserCreate(), 0
    for tail, block in _blocks(packed, part):
        if is_xml:
            parser.Parse(block)
        if is_sheet:
            _try_marks(file, tail + block)
            columns = max(columns, *map(_column, _FAR_CELL.findall(tail + block)), 0)
    if is_xml:
        parser.Parse(b"", True)
    if columns * _ROWS > _CELLS and columns * _last_row(packed, part) > _CELLS:
        advice = "Ta bort det som står långt till höger eller långt ned."
        raise unreadable(file.name, f"ett blad har {columns} kolumner", advice)


def _blocks(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[tuple[bytes, bytes]]:
    """Give a part in blocks, each after the end of the one before."""
    tail = b""
    with packed.open(part) as opened:
        while block := opened.read(_BLOCK):
            yield tail, block
            tail = block[-_TAIL:]


def _try_marks(file: Path, xml: bytes) -> None:
    if any(mark in xml for mark in _FORMULA):
        advice = "Markera allt, kopiera, klistra in som värden och spara."
        raise unreadable(file.name, "arbetsboken har formler", advice)
    if any(mark in xml for mark in _ERROR):
        raise unreadable(file.name, *_ERRORS)
    if b"-spanned" in xml and _SPANNED.search(xml):
        raise unreadable(file.name, "sammanfogade celler", "Dela cellerna och fyll i varje.")
    if b"-repeated" in xml and _REPEATED.search(xml):
        advice = "Ta bort det som står långt till höger eller långt ned."
        raise unreadable(file.name, "ett blad har tusentals likadana celler", advice)


def _last_row(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    blocks = (tail + block for tail, block in _blocks(packed, part))
    rows = (int(row) for xml in blocks for row in _CELL.findall(xml))
    return max(rows, default=0)


def _column(letters: bytes) -> int:
    return reduce(lambda place, letter: 26 * place + letter - 64, letters, 0)


def _try_xls(file: Path) -> None:
    """Read a workbook of the old kind in a process of its own, which a damaged one may end."""
    content = file.read_bytes()
    if _XLS_MACROS in content:
        raise unreadable(file.name, "filen har makron", "Spara som xlsx, utan makron.")
    if _XLS_ERROR.search(content):
        raise unreadable(file.name, *_ERRORS)
    trial = [sys.executable, "-c", _TRIAL, str(file)]
    if subprocess.run(trial, capture_output=True, check=False).returncode:
        raise unreadable(file.name, "filen är skadad eller låst med lösenord", _SAVE)


_TRIAL = """
import sys
from python_calamine import CalamineWorkbook

if sys.platform != "win32":
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
book = CalamineWorkbook.from_path(sys.argv[1])
for name in book.sheet_names:
    book.get_sheet_by_name(name)
"""
