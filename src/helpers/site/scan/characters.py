"""Characters as a reader takes them: digits of any script alike, and nothing that is not seen."""

import re
from functools import cache
from unicodedata import category, decimal, normalize

_MARKS_OF_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_NOT_PLAIN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u0300-\U0010ffff]")
_UNSEEN = {"Cc", "Cf", "Mn", "Me"}
"""Control and format characters (soft hyphen, zero-width space), and marks on other letters."""


def decoded(content: bytes) -> str:
    """Decode UTF-16 by its mark, and all else as UTF-8."""
    is_utf_16 = content.startswith(_MARKS_OF_UTF_16)
    return content.decode("utf-16" if is_utf_16 else "utf-8-sig")


def plain(text: str) -> str:
    """Write a text with the digits, dashes and spaces of ASCII, without unseen characters.

    Lines stay lines. After Unicode Standard Annex 15, normalization form KC.
    """
    text = re.sub("%2d", "-", normalize("NFKC", text), flags=re.IGNORECASE)  # as in an address
    return _NOT_PLAIN.sub(lambda found: _meant(found[0]), text)


@cache
def _meant(character: str) -> str:
    kind = category(character)
    if kind == "Nd":
        return str(decimal(character))
    if kind == "Pd" or character == "\N{MINUS SIGN}":
        return "-"
    return "" if kind in _UNSEEN else character
