"""Swedish personal identity numbers in running text.

A number written with its hyphen or plus is known by its form and its date alone, so that one
with a mistyped digit is found too. Bare digits, digits parted by a space, and dates with hyphens
of their own must also have the right check digit: otherwise every thirteenth number of ten
digits would pass for a person.
"""

import re
from calendar import monthrange
from collections.abc import Iterator

_DASH = "[-+\u00ad\u2010-\u2015\u2212\ufe58\ufe63\uff0b\uff0d]"
_SPACE = "[ \u00a0\u2000-\u200b\u202f\u2060\ufeff]"
_LAST = r"(?P<last>[\dJKLMNPRSTUWXjklmnprstuwx]\d{3})"

_PARTED = re.compile(
    rf"""
    (?<!\d)(?<!\d\.)                   # not the end of a decimal number
    (?P<century>18|19|20)?
    (?P<date>\d{{6}})
    {_SPACE}?{_DASH}{_SPACE}?
    {_LAST}
    (?!\d|(?<=[^\W\d]\d\d\d)[^\W_])    # nor, with a letter in it, the middle of an id in a drawing
    """,
    re.VERBOSE,
)
_BARE = re.compile(
    rf"""
    (?<!\d)(?<!\d[.,])                 # not the end of a decimal number
    (?:(?P<century>18|19|20)|(?<![^\W_]))  # a letter may stand before all twelve digits: P19...
    (?P<date>\d{{6}}|\d\d-\d\d-\d\d(?=-))
    (?:{_SPACE}|-)?
    {_LAST}
    (?![^\W_]|\.\d*[1-9]|-\d\d(?!\d))  # nor the start of one, or of the second of two dates
    """,
    re.VERBOSE,
)


def positions(text: str) -> Iterator[int]:
    """Where personal identity numbers start in a text.

    All written forms count, with or without century, hyphen, plus, dash or space; so do
    co-ordination numbers (day + 60; month and day may be unknown) and interim numbers (a letter
    before the last three digits).

    Parameters
    ----------
    text : str
        Any text.

    Yields
    ------
    int

    References
    ----------
    Folkbokföringslagen (1991:481) 18 §. Skatteverket, SKV 704 (personnummer) and SKV 707
    (samordningsnummer).
    """
    yield from (found.start() for found in _PARTED.finditer(text) if _is_born(found))
    yield from (found.start() for found in _BARE.finditer(text) if _is_born(found) and _adds(found))


def without_numbers(text: str) -> str:
    """Put an ellipsis in the place of what is written as a number of a person."""
    return _BARE.sub("…", _PARTED.sub("…", text))


def _is_born(found: re.Match[str]) -> bool:
    """Whether the date exists; without a century, in any of them."""
    day = found["date"].replace("-", "")
    return _exists(int(f"{found['century'] or 20}{day[:2]}"), int(day[2:4]), int(day[4:]))


def _exists(year: int, month: int, day: int) -> bool:
    if day >= 60 and month == 0:
        return True
    return 1 <= month <= 12 and (day == 60 or 1 <= day % 60 <= monthrange(year, month)[1])


def _adds(found: re.Match[str]) -> bool:
    """Whether the check digit is right; interim numbers are known by their letter instead."""
    digits = found["date"].replace("-", "") + found["last"]
    return not digits.isdigit() or _luhn(digits)


def _luhn(digits: str) -> bool:
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(digits))
    return sum(sum(divmod(product, 10)) for product in doubled) % 10 == 0
