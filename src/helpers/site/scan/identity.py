"""Swedish personal identity numbers in running text and in cells side by side.

A number written with its hyphen or plus is known by its form and its date alone, so that one
with a mistyped digit is found too. Bare digits, digits parted by a space or between two cells,
and dates with hyphens or points of their own must also have the right check digit: otherwise
every thirteenth number of ten digits would pass for a person.
"""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from itertools import pairwise

_START = re.compile(r"\d(?=\d(?:\d\d)?[-./ ]?\d\d[-./ ]?\d\d[-+ ./|;\t│┆]*\w\d{3})")
"""The first digit of what may be a number, found fast: most texts hold none."""

_LAST = r"(?P<last>[\dJKLMNPRSTUWXjklmnprstuwx]\d{3})"
_PARTED = re.compile(
    rf"""
    (?<!\d)(?<!\d\.)                   # not the end of a decimal number
    (?P<century>18|19|20)?
    (?P<date>\d{{6}})
    [ ]?[-+][ ]?
    {_LAST}
    (?!\d|(?<=[^\W\d]\d\d\d)[^\W_])    # nor, with a letter in it, the middle of an id in a drawing
    """,
    re.VERBOSE,
)
_BARE = re.compile(
    rf"""
    (?<!\d)(?<!\d[.,])                 # not the end of a decimal number
    (?:(?P<century>18|19|20)|(?<![^\W_]))  # a letter may stand before all twelve digits: P19...
    (?P<date>\d{{6}}|\d\d(?P<mark>[-./])\d\d(?P=mark)\d\d(?=-|(?P=mark)\d)
      |(?<=\d\d)\d\d[ ]\d\d[ ]\d\d)
    (?:[ -]?|(?P=mark)|[ ]*[|;\t│┆][ ]*-?)      # or the border between two cells
    {_LAST}
    (?![^\W_]|\.\d*[1-9]|-\d\d(?!\d))  # nor the start of one, or of the second of two dates
    """,
    re.VERBOSE,
)
_IN_TWO = re.compile(r"(?:18|19|20)?\d{6}[-+]?\w\d{3}")
_LONG = 6
"""Digits in one of two cells that no count of cases has."""


def positions(text: str) -> Iterator[int]:
    """Find where personal identity numbers start in a text that `characters.plain` has written.

    All written forms count, with or without century, hyphen, plus, dash or space; so do
    co-ordination numbers (day + 60; month and day may be unknown) and interim numbers (a letter
    before the last three digits).

    Sources: folkbokföringslagen (1991:481) 18 §, Skatteverket's SKV 704 and SKV 707.
    """
    yield from (at for at in map(re.Match.start, _START.finditer(text)) if _is_number(text, at))


def joined(cells: Sequence[str]) -> Iterator[str]:
    """Join cells that may hold a number between them, without its hyphen: it may be a minus."""
    for first, second in pairwise(map(str.strip, cells)):
        if max(len(first), len(second)) >= _LONG and _IN_TWO.fullmatch(first + second):
            yield (first + second).replace("-", "").replace("+", "")


def without_numbers(text: str) -> str:
    """Put an ellipsis in the place of what is written as a number of a person."""
    return _BARE.sub("…", _PARTED.sub("…", text))


def _is_number(text: str, at: int) -> bool:
    parted, bare = _PARTED.match(text, at), _BARE.match(text, at)
    return bool((parted and _is_born(parted)) or (bare and _is_born(bare) and _adds(bare)))


def _is_born(found: re.Match[str]) -> bool:
    """Whether the date exists; without a century, in any of them."""
    year, month, day = map(int, re.findall(r"\d\d", found["date"]))
    if day >= 60 and month == 0:
        return True
    in_month = 1 <= month <= 12 and monthrange(100 * int(found["century"] or 20) + year, month)[1]
    return bool(in_month) and (day == 60 or 1 <= day % 60 <= in_month)


def _adds(found: re.Match[str]) -> bool:
    """Whether the check digit is right; interim numbers are known by their letter instead."""
    digits = re.sub(r"\W", "", found["date"] + found["last"])
    doubled = (int(digit, 36) * (2 - place % 2) for place, digit in enumerate(digits))
    return not digits.isdigit() or sum(sum(divmod(part, 10)) for part in doubled) % 10 == 0
