"""What a cell of an export says: text, a day, a number, yes or no, a code.

Each reader takes tidy text and gives a value, or None where the cell says that there is none. It
raises `ValueError` where it cannot tell; nobody sees the message, since it may hold the value.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

Cell: TypeAlias = str | float | int | bool | datetime | date | time | timedelta | None
Value: TypeAlias = str | float | int | bool | date | None
Reader: TypeAlias = Callable[[str], Value]
DateStyle: TypeAlias = Literal["day-first", "month-first", "year-first"]

_ZONE = ZoneInfo("Europe/Stockholm")
_BLANK = {"", "-", "–", "—", ".", "na", "n/a", "#n/a", "nan", "null", "none", "(tom)", "saknas"}
_HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011\u2212"), "-")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_ALIKE = _HYPHENS | _INVISIBLE


def tidy(cell: Cell) -> str:
    """Write a cell as text: NFC, plain spaces and hyphens, none around, nothing invisible."""
    if isinstance(cell, str):
        if cell.isascii():
            return " ".join(cell.split())
        return " ".join(unicodedata.normalize("NFC", cell).translate(_ALIKE).split())
    if isinstance(cell, bool):
        return "ja" if cell else "nej"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def is_blank(text: str) -> bool:
    """Whether tidy text says that there is nothing: empty, "NULL", "-" and the like."""
    return text.casefold() in _BLANK


_SHORTENED = re.compile(r"\d([.,]\d+)?E\+\d+")


def words(text: str) -> str:
    """Give text as it is, unless a spreadsheet has shortened a long number: ``1,98503E+11``."""
    if _SHORTENED.fullmatch(text):
        raise ValueError
    return text


_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_EXCEL_BEGINS = date(1899, 12, 30)
_MOMENT = re.compile(r"(.*?\d)[T ](\d{1,2}[:.]\d\d.*)")
_YEAR_FIRST = re.compile(r"(\d{4})(?:([-./ ])(\d{1,2})\2(\d{1,2})|(\d\d)(\d\d))")
_SERIAL = re.compile(r"[1-9]\d{4}([.,]\d+)?|2958465")
_THREE = re.compile(r"(\d{1,2})([-./ ])(\d{1,2})([-./ –])(\d{4}|\d\d)")
_NAMED = re.compile(r"(?:den )?(\d{1,2})[-. ]*([a-zåäö]{3,})[-. ]*(\d{4}|\d\d)")
_SIX = re.compile(r"(\d\d)(\d\d)(\d\d)")


def day(text: str, style: DateStyle = "day-first") -> date | None:
    """Read a day however it is written; a moment with a time zone is its day in Sweden.

    Parameters
    ----------
    text : str
        ``2023-04-28``, ``20230428``, ``230428``, ``28.4.2023``, ``28/4-23``, ``28 apr 2023``,
        Excel's serial ``45044``, and any of them with a time of day.
    style : {"day-first", "month-first", "year-first"}
        What ``04/05/2023`` and ``23-04-28`` begin with. Three pairs of digits with the same sign
        between them may be read in two ways, and are only when it is "year-first".

    Returns
    -------
    datetime.date or None
        None for a day that stands for none: 9999-12-31, 2999-12-31, 2099-12-31, 1900-01-01.
    """
    if moment := _MOMENT.fullmatch(text):
        return _known(_in_sweden(_day(moment[1].casefold(), style), moment[2]))
    return _known(_day(text.casefold(), style))


def _in_sweden(on: date, clock: str) -> date:
    """Give the day in Sweden of a time that may have its zone with it."""
    written = clock.replace(".", ":", 1).replace(" ", "")
    at = datetime.fromisoformat(f"{on}T{written.zfill(5) if len(written) < 6 else written}")
    return at.astimezone(_ZONE).date() if at.tzinfo else on


def _day(text: str, style: DateStyle) -> date:
    if found := _YEAR_FIRST.fullmatch(text):
        return date(*(int(part) for part in found.groups() if part and part.isdigit()))
    if _SERIAL.fullmatch(text):
        return _EXCEL_BEGINS + timedelta(int(float(text.replace(",", "."))))
    if found := _SIX.fullmatch(text):
        return date(_century(found[1]), int(found[2]), int(found[3]))
    if found := _NAMED.fullmatch(text):
        return date(_century(found[3]), _MONTHS.index(found[2][:3]) + 1, int(found[1]))
    if found := _THREE.fullmatch(text):
        return _three_parts(found, style)
    raise ValueError


def _three_parts(found: re.Match[str], style: DateStyle) -> date:
    first, sign, second, other, third = found.groups()
    if style == "year-first":
        return date(_century(first), int(second), int(third))
    if sign == other and len(third) == len(first) == 2 and sign == "-":
        raise ValueError
    on, month = (second, first) if style == "month-first" else (first, second)
    return date(_century(third), int(month), int(on))


def _century(year: str) -> int:
    """Give the year; one of two digits lies in the past or within 30 years."""
    if len(year) == 4:
        return int(year)
    this = date.today().year
    return this + 30 - (this + 30 - int(year)) % 100


def _known(on: date) -> date | None:
    is_open = on.year >= 2099 and (on.month, on.day) in ((12, 31), (1, 1))
    return None if is_open or on.year >= 2900 or on <= date(1900, 1, 1) else on


YES = {"ja", "j", "x", "1", "sant", "true", "yes", "y"}
NO = {"nej", "n", "0", "falskt", "false", "no"}


def yes_or_no(text: str) -> bool:
    """Read ja/nej, j/n, x, 1/0, sant/falskt."""
    word = text.casefold()
    if word not in YES | NO:
        raise ValueError
    return word in YES


def number(text: str) -> float:
    """Read a number with decimal comma or point; spaces part thousands."""
    if not re.fullmatch(r"[-+]?\d[\d ]*([.,]\d+)?", text):
        raise ValueError
    return float(text.replace(" ", "").replace(",", "."))


def whole(text: str) -> int:
    """Read a whole number, ``12,0`` too."""
    read = number(text)
    if not read.is_integer():
        raise ValueError
    return int(read)


SEX_WORDS = {
    **dict.fromkeys(("k", "kv", "kvinna", "kvinnor", "kvinnligt", "flicka", "2"), "K"),
    **dict.fromkeys(("m", "man", "män", "manligt", "pojke", "1"), "M"),
    **dict.fromkeys(("x", "annat", "okänt", "ej angivet", "ospecificerat", "3", "9"), "X"),
}


def coded(codes: Iterable[str], said: Mapping[str, str] | None = None) -> Reader:
    """Make a reader of codes, by themselves or by what they mean, in upper or lower case.

    What is none of them is given as it is: the contract tells which are allowed.
    """
    known = {code.casefold(): code for code in codes}
    known |= {word.casefold(): code for word, code in (said or {}).items()}
    return lambda text: known.get(text.casefold(), text)


_READERS: dict[str, Reader] = {
    "string": words,
    "boolean": yes_or_no,
    "int64": whole,
    "float64": number,
}


def reader(dtype: str, style: DateStyle) -> Reader:
    """Give the reader of a contract's type."""
    return partial(day, style=style) if dtype == "date" else _READERS[dtype]
