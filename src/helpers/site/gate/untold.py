"""No number of cases is published without saying what it tells of them, which is attacked."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from helpers.site.finding import Finding
from helpers.site.gate.releases import Published, Record

_NOT_NUMBERS = {"source", "title", "told"}

_UNTOLD = partial(
    Finding,
    "number-not-told",
    what="Här redovisas tal om ärenden, men inte vad de berättar om dem. Då kan de inte prövas.",
    remedy="Låt det som visar talen också säga vad de berättar (told).",
)


def find(published: Published) -> list[Finding]:
    """Find outputs that rest on cases and hold numbers, but tell nothing.

    Parameters
    ----------
    published : mapping
        By page and label, what its notebook's outputs say they publish.

    Returns
    -------
    list of Finding
    """
    return [
        _UNTOLD(f"{page} ({label})")
        for page, parts in published.items()
        for label, part in parts.items()
        if part["source"] != "published" and not part["told"] and any(_numbers(part))
    ]


def _numbers(part: Record) -> Iterator[bool]:
    return (_is_number(value) for name, value in part.items() if name not in _NOT_NUMBERS)


def _is_number(value: object) -> bool:
    """Whether a value is a number, or holds one."""
    if isinstance(value, Mapping):
        return any(map(_is_number, value.values()))
    if isinstance(value, Iterable) and not isinstance(value, str):
        return any(map(_is_number, value))
    return isinstance(value, int | float) and not isinstance(value, bool)
