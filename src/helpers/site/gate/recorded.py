"""No number of cases is shown that was not put to the test: each must stand in the page's record.

What a page shows of the cases is attacked by its record. A count or percentage that a sentence, an
image's description or a file holds beside it would go untested.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, partial
from itertools import chain
from math import isfinite
from pathlib import PurePosixPath

from helpers import paths
from helpers.disclosure import Rules
from helpers.disclosure.rules import explained
from helpers.site import search
from helpers.site.finding import Finding
from helpers.site.gate import claims
from helpers.site.gate.claims import NUMBER, Claim
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

_ANY = re.compile(rf"(?<![\w,.]){NUMBER}(?!\d)")
_ALONE = re.compile(r"\s*\d+\s*\w*\s*")
_YEARS = re.compile(r"\b(?:19|20)\d\d(?:[-\u2013]\d\d(?:\d\d)?)?\b")
_WORD = re.compile(r"[^\W\d]{2,}")
_SENTENCE = 6
"""A cell of so many words is read as text alone."""

_SLACK = 1e-6
"""A record is rounded once, and what is shown may have been rounded from more decimals."""
_FROM_CODE = "reference"
"""Folder of pages made of docstrings, whose tables hold no data."""
_NOT_SHOWN = {"base", "title"}
"""Of a record: what counts are rounded to, and text that a number must not vouch for itself in."""
_PER_HUNDRED = 100.0
_SAID_BY_ALL = frozenset({0.0, 5.0, 80.0, 95.0, _PER_HUNDRED})
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
    shared = _shared(published, rules)
    found: list[Finding] = []
    files = {PurePosixPath(place): read for place, read in site.items()}
    for page, read in files.items():
        if page.parts[0] == search.FOLDER:
            continue
        own = published.get(page.stem)
        numbers = shared if own is None else Numbers(own, rules)
        for piece in read:
            if isinstance(piece, Text) and not piece.is_source:
                found += _in_text(piece, numbers, rules)
            elif isinstance(piece, Table) and _FROM_CODE not in page.parts:
                found += _in_table(piece, numbers)
    return list(dict.fromkeys(found))


def _in_text(text: Text, numbers: "Numbers", rules: Rules) -> Iterator[Finding]:
    for claim in claims.find(text.text):
        if broken := _broken(claim, numbers, rules):
            yield broken(text.at(claim.at))


def _in_table(table: Table, numbers: "Numbers") -> Iterator[Finding]:
    for value in table.values:
        if not numbers.hold_cell(value):
            yield _UNTESTED(table.place)


def _broken(claim: Claim, numbers: "Numbers", rules: Rules) -> partial[Finding] | None:
    if claim.is_share:
        return None if numbers.hold_share(claim.number) else _UNTESTED
    if 0 < _plain(claim.number) < rules.min_count:
        return _SMALL
    return None if numbers.hold_count(claim.number) else _UNTESTED


def _shared(published: Published, rules: Rules) -> "Numbers":
    """Give what pages without a record show: every gap, and what the rules say."""
    gaps = [part.get("gaps") for page in published.values() for part in page.values()]
    return Numbers([gaps, [*_said(str([vars(rule) for rule in explained()]))]], rules)


class Numbers:
    """The numbers of a record, as a page may write them.

    Parameters
    ----------
    record : JSON value
        All that a page publishes.
    rules : Rules
        Whose limits any page may tell of.
    """

    def __init__(self, record: object, rules: Rules) -> None:
        numbers = frozenset(_leaves(record))
        shares = frozenset(100 * number for number in numbers if -1 <= number <= 1)
        self._recorded = _Written(numbers | shares)
        self._whole = _Written(numbers | set(filter(_is_whole, shares)))
        limits = map(float, vars(rules).values())
        self._counts = _Written(frozenset([*filter(_is_whole, numbers), *limits, _PER_HUNDRED]))
        self._public = _Written(_SAID_BY_ALL | _public_shares())

    def hold_cell(self, value: str) -> bool:
        """Whether each number of a table's cell can be one of the record's, years apart.

        A number alone is a whole one of the record's or an exact percentage, another may be
        rounded or in percent.
        """
        if _ALONE.fullmatch(value):
            return all(number in self._whole for number in _ANY.findall(value))
        if len(_WORD.findall(value)) >= _SENTENCE:
            return True
        return all(number in self._recorded for number in _ANY.findall(_YEARS.sub("", value)))

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
            near = (abs(n) + slack for n in self._exact for slack in (-_SLACK, 0, _SLACK))
            self._rounded[decimals] = {round(n, decimals) for n in near}
        return _plain(number) in self._rounded[decimals]


def _is_whole(number: float) -> bool:
    """Whether a number is whole, as near as a record can tell."""
    return abs(number - round(number)) < 1e-4


def _plain(number: str) -> float:
    """Read the size of a number, whatever its sign."""
    return abs(float(number.translate(_PLAIN)))


_PLAIN = str.maketrans({",": ".", "\u2212": "-", " ": None, "\u00a0": None, "\u202f": None})


def _leaves(value: object) -> Iterator[float]:
    """Give the numbers in a record, but none that only stand in a date, label or title."""
    if isinstance(value, str):
        yield from [_plain(value)] if re.fullmatch(NUMBER, value) else []
    elif isinstance(value, Mapping):
        shown = [item for key, item in value.items() if key not in _NOT_SHOWN]
        yield from _leaves(shown)
        if value.get("source") == "published":
            yield from _said(str(shown))
    elif isinstance(value, Iterable):
        yield from chain.from_iterable(map(_leaves, value))
    elif isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value):
        yield float(value)


def _said(text: str) -> Iterator[float]:
    """Give the numbers in a text."""
    return (_plain(number) for number in _ANY.findall(text))


@cache
def _public_shares() -> frozenset[float]:
    """Give the percentages that others have published."""
    with (paths.PUBLISHED / "figures.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return frozenset(float(row["value"]) for row in rows if row["unit"].endswith("percent"))
