"""No number of cases is shown that was not put to the test: each must stand in the page's record.

What a page shows of the cases is attacked by its record. A count or percentage that a sentence, an
image's description or a file holds beside it would go untested.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, partial
from itertools import chain
from pathlib import PurePosixPath
from typing import Any

from helpers import paths
from helpers.disclosure import Rules
from helpers.disclosure.rules import explained
from helpers.site.finding import Finding
from helpers.site.gate.releases import Published
from helpers.site.scan.pieces import Table, Text
from helpers.site.scan.reading import Read

_UNTESTED = partial(
    Finding,
    "number-not-recorded",
    what="Här står ett antal eller en andel som inte finns i sidans redovisade tal.",
    remedy="Låt det som visar talet också redovisa det (published), eller ta bort det.",
)
_SMALL = partial(
    Finding,
    "small-count-in-words",
    what="Här står ett antal som är för litet för att visas.",
    remedy="Ta bort det, eller skriv det så att det inte går att förstå hur få det gäller.",
)

_NUMBER = r"[-+\u2212]?\d{1,3}(?:[ \u00a0\u202f]?\d{3})*(?:[,.]\d+)?"
_WORDS = {
    "två": 2,
    "tre": 3,
    "fyra": 4,
    "fem": 5,
    "sex": 6,
    "sju": 7,
    "åtta": 8,
    "nio": 9,
    "tio": 10,
}
_CASES = (
    r"kvinn\w+|män\b|person\w*|klient\w*|brukare\w*|placering\w*|enkät\w*|svar\b|svarande\w*"
    r"|ansökning\w*|förlängning\w*|avslut\b|beslut\b|ärenden?\b"
)
_CLAIM = re.compile(
    rf"(?<![\w,.–-])(?P<number>{_NUMBER}|{'|'.join(_WORDS)})[ \u00a0\u202f]?"
    rf"(?:(?P<share>%|procent(?:enhet(?:er)?)?\b)|(?P<cases>{_CASES}))",
    re.IGNORECASE,
)
_ANY = re.compile(rf"(?<![\w,.]){_NUMBER}(?![\w])")

_FROM_CODE = "reference"
"""Folder of pages made of docstrings, whose tables hold no data."""
_NOT_SHOWN = {"base", "title"}
"""Of a record: what counts are rounded to, and text that a number must not vouch for itself in."""
_SAID_BY_ALL = frozenset({0.0, 5.0, 80.0, 95.0, 100.0})
"""Levels of confidence and power, and per hundred."""


def find(site: Mapping[str, list[Read]], published: Published, rules: Rules) -> list[Finding]:
    """Find numbers of cases that no record holds.

    The search index is made of the pages, and is not read: it runs a table's cells together.

    Parameters
    ----------
    site : mapping
        The finished site, as `helpers.site.scan.read_site` gives it.
    published : mapping
        By page and label, what its notebook's outputs say they publish.
    rules : Rules
        What is a small count.

    Returns
    -------
    list of Finding
    """
    everywhere = Numbers([published, *map(vars, explained())], rules)
    found: list[Finding] = []
    pages = {PurePosixPath(place): read for place, read in site.items() if place.endswith(".html")}
    for page, read in pages.items():
        own = published.get(page.stem)
        numbers = everywhere if own is None else Numbers(own, rules)
        for piece in read:
            if isinstance(piece, Text):
                found += _in_text(piece, numbers, rules)
            elif isinstance(piece, Table) and _FROM_CODE not in page.parts:
                found += _in_table(piece, numbers)
    return list(dict.fromkeys(found))


def _in_text(text: Text, numbers: "Numbers", rules: Rules) -> Iterator[Finding]:
    for claim in _CLAIM.finditer(text.text):
        if broken := _broken(claim, numbers, rules):
            yield broken(text.at(claim.start()))


def _in_table(table: Table, numbers: "Numbers") -> Iterator[Finding]:
    found = (number[0] for value in table.values for number in _ANY.finditer(value))
    yield from (_UNTESTED(table.place) for number in found if not numbers.hold(number))


def _broken(claim: re.Match[str], numbers: "Numbers", rules: Rules) -> partial[Finding] | None:
    number = str(_WORDS.get(claim["number"].lower(), claim["number"]))
    if claim["share"]:
        return None if numbers.hold_share(number) else _UNTESTED
    if 0 < _plain(number) < rules.min_count:
        return _SMALL
    return None if numbers.hold_count(number) else _UNTESTED


class Numbers:
    """The numbers of a record, as a page may write them.

    Parameters
    ----------
    record : JSON value
        All that a page publishes.
    rules : Rules
        Whose limits any page may tell of.
    """

    def __init__(self, record: Any, rules: Rules) -> None:  # noqa: ANN401
        numbers = frozenset(_leaves(record))
        self._recorded = _Written(numbers | {100 * number for number in numbers})
        self._counts = _Written(numbers | set(map(float, vars(rules).values())))
        self._public = _Written(_SAID_BY_ALL | _public_shares())

    def hold(self, number: str) -> bool:
        """Whether a number can be one of the record's, rounded or in percent."""
        return number in self._recorded

    def hold_count(self, number: str) -> bool:
        """Whether a number can be one of the record's counts, or of the rules' limits."""
        return number in self._counts

    def hold_share(self, number: str) -> bool:
        """Whether a percentage can be one of the record's, or others have published it."""
        return number in self._recorded or number in self._public


class _Written:
    """Numbers as they may be written: with so many decimals, and with any sign."""

    def __init__(self, exact: frozenset[float]) -> None:
        self._exact = exact
        self._rounded: dict[int, set[float]] = {}

    def __contains__(self, number: str) -> bool:
        decimals = len(re.split("[,.]", number)[1]) if re.search("[,.]", number) else 0
        if decimals not in self._rounded:
            self._rounded[decimals] = {round(abs(n), decimals) for n in self._exact}
        return _plain(number) in self._rounded[decimals]


def _plain(number: str) -> float:
    """Read the size of a number, whatever its sign."""
    return abs(float(number.translate(_PLAIN)))


_PLAIN = str.maketrans({",": ".", "\u2212": "-", " ": None, "\u00a0": None, "\u202f": None})


def _leaves(value: Any) -> Iterator[float]:  # noqa: ANN401
    """Give the numbers in a record, those in its labels too, but not in its titles."""
    if isinstance(value, str):
        yield from (_plain(number[0]) for number in _ANY.finditer(value))
    elif isinstance(value, Mapping):
        yield from _leaves([item for key, item in value.items() if key not in _NOT_SHOWN])
    elif isinstance(value, Iterable):
        yield from chain.from_iterable(map(_leaves, value))
    elif isinstance(value, int | float):
        yield float(value)


@cache
def _public_shares() -> frozenset[float]:
    """Give the percentages that others have published."""
    with (paths.PUBLISHED / "figures.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return frozenset(float(row["value"]) for row in rows if row["unit"].endswith("percent"))
