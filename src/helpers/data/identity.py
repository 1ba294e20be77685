"""Swedish personal identity numbers: what they say of a person, before they are dropped."""

import re
from typing import NamedTuple

from personnummer.personnummer import Personnummer, PersonnummerException

_DASHES = "\u2010-\u2015\u2212"
FORM = (
    r"(?:18|19|20)?\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])"
    rf"[-+ {_DASHES}]?\d{{4}}"
)
"""How an identity number is written, with any dash or none before its last four digits."""


class Person(NamedTuple):
    """Who a row is about: a canonical id, and what an identity number says of the person."""

    id: str
    sex: str | None = None
    birth_year: int | None = None


def is_valid(number: str) -> bool:
    """Whether a personal identity or co-ordination number has the right check digit."""
    return _parsed(number) is not None


def person(text: str) -> Person:
    """Read the id of a person.

    Parameters
    ----------
    text : str
        An identity number of 10 or 12 digits, with or without ``-`` or ``+``, or any other id.

    Returns
    -------
    Person
        Of an identity number the id is its twelve digits, however it was written; of a
        co-ordination number too.

    Raises
    ------
    ValueError
        If it is written as an identity number and has the wrong check digit.
    """
    if not re.fullmatch(FORM, text):
        return Person(text)
    parsed = _parsed(text)
    if parsed is None:
        raise ValueError("wrong check digit")
    sex = "K" if parsed.is_female() else "M"
    return Person(parsed.format(long_format=True), sex, int(parsed.full_year))


def _parsed(number: str) -> Personnummer | None:
    try:
        return Personnummer(re.sub(f"[{_DASHES}]", "-", number.replace(" ", "")))
    except PersonnummerException:
        return None
