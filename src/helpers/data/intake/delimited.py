"""Delimited text: which encoding, which delimiter, and its rows with nothing skipped."""

import codecs
import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO, NamedTuple

from charset_normalizer import from_bytes

from helpers.data.intake.sheets import Sheet, unreadable
from helpers.data.intake.values import Cell

DELIMITERS = {";": "semikolon", "\t": "tabb", ",": "komma", "|": "lodstreck"}
_LIKELY = ["cp1252", "cp850", "mac_roman"]
"""What Swedish systems write when it is not Unicode: Windows, DOS and old Macintosh."""
_SWEDISH = frozenset("åäöÅÄÖéÉüÜ–’”…\u00a0")
_BLOCK = 1 << 20
_SAMPLE = 200
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


class Dialect(NamedTuple):
    """How a text file is written."""

    encoding: str
    delimiter: str

    def __str__(self) -> str:
        return f"{self.encoding}, {DELIMITERS[self.delimiter]} mellan kolumnerna"


def sheets(file: Path) -> Iterator[Sheet]:
    """Give the one sheet of a text file; its rows are read as they are asked for.

    Raises
    ------
    DataProblem
        If it is no text, or its quotes do not match.
    """
    dialect, length = detect(file)
    yield Sheet(file.name, "", _rows(file, dialect), read_as=str(dialect), expected=length)


def detect(file: Path) -> tuple[Dialect, int]:
    """Tell the encoding of a whole file, its delimiter by its first rows, and about its length."""
    encoding = _encoding(file)
    try:
        with _open(file, encoding) as text:
            lines = list(islice(text, _SAMPLE))
    except UnicodeError:
        advice = "Hämta exporten på nytt."
        raise unreadable(file.name, f"texten är inte hel {encoding}", advice) from None
    delimiter = max(DELIMITERS, key=lambda mark: _explained(lines, mark))
    length = file.stat().st_size * len(lines) // max(1, sum(map(len, lines)))
    return Dialect(encoding, delimiter), length


def _explained(lines: list[str], delimiter: str) -> int:
    """How many delimiters stand in rows that all have as many of them: the likeliest has most."""
    try:
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1]
    except csv.Error:
        return 0
    usual = max(set(widths), key=widths.count, default=1)
    return (usual - 1) * widths.count(usual) ** 2


def _open(file: Path, encoding: str) -> IO[str]:
    return file.open(encoding=encoding, newline="")


def _encoding(file: Path) -> str:
    with file.open("rb") as opened:
        start = opened.read(4)
    marked = next((name for mark, name in _MARKS.items() if start.startswith(mark)), None)
    return marked or ("utf-8" if _is_utf8(file) else _legacy(file))


def _is_utf8(file: Path) -> bool:
    try:
        with _open(file, "utf-8") as text:
            while block := text.read(_BLOCK):
                if "\0" in block:
                    raise unreadable(file.name, "filen är inte text", "Exportera som CSV.")
    except UnicodeError:
        return False
    return True


def _legacy(file: Path) -> str:
    """Ask charset-normalizer, and of what it finds possible take what gives most Swedish."""
    with file.open("rb") as opened:
        told = b"".join(islice((line for line in opened if not line.isascii()), _SAMPLE))
    if b"\0" in told:
        raise unreadable(file.name, "filen är inte text", "Exportera som CSV.")
    possible = from_bytes(told, cp_isolation=_LIKELY, threshold=1.0)
    names = [match.encoding for match in possible]
    if not names:
        raise unreadable(file.name, "teckenkodningen går inte att känna igen", "Spara som UTF-8.")
    return max(names, key=lambda name: _swedish(told.decode(name)))


def _swedish(text: str) -> float:
    marks = [sign for sign in text if not sign.isascii()]
    return sum(sign in _SWEDISH for sign in marks) / len(marks)


def _rows(file: Path, dialect: Dialect) -> Iterator[list[Cell]]:
    with _open(file, dialect.encoding) as text:
        rows = csv.reader(text, delimiter=dialect.delimiter, strict=True)
        read = 0
        try:
            for row in rows:
                read += 1
                yield list(row)
        except (csv.Error, UnicodeError):
            wrong = f"rad {read + 1} går inte att läsa"
            advice = "Kontrollera citattecknen där, eller om raden är avbruten."
            raise unreadable(file.name, wrong, advice) from None
