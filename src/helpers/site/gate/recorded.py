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
from helpers.site import search
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
    **{"två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "åtta": 8, "nio": 9, "tio": 10},
    **{"elva": 11, "tolv": 12, "tretton": 13, "fjorton": 14, "femton": 15, "tjugo": 20},
}
_CASES = (
    r"(?:kvinn\w+|män\b|män\w*isk\w*|person\w*|individ\w*|klient\w*|brukare\w*|placering\w*"
    r"|enkät\w*|svar\b|svarande\w*|ansökning\w*|förlängning\w*|avslut\b|beslut\b|ärenden?\b)"
)
_SAID = rf"(?P<number>{_NUMBER}|{'|'.join(_WORDS)})"
_SHARE = r"%|procent(?:enhet(?:er)?)?\b"
_CLAIMS = (
    # 17 kvinnor, 17 unga kvinnor, 17 av 120 kvinnor, 17 %
    re.compile(
        rf"(?<![\w,.-]){_SAID}\s{{0,3}}(?:(?P<share>{_SHARE})"
        rf"|(?:av\s{{1,3}}[\d\s]+)?(?:[a-zåäö]+[ae]\s{{1,3}})?{_CASES})",
        re.IGNORECASE,
    ),
    # kvinnor: 17, n = 17
    re.compile(
        rf"\b(?:{_CASES}\s?:?|n\s?=)\s{{0,3}}(?P<number>\d+)(?P<share>(?!))?"
        rf"(?!\d|[,.]\d|\s{{0,3}}(?:{_SHARE}|dag|per\b|månad|år\b|till\b))",
        re.IGNORECASE,
    ),
)
_ANY = re.compile(rf"(?<![\w,.]){_NUMBER}(?!\d)")
_ALONE = re.compile(r"\s*\d+\s*\w*\s*")

_SLACK = 1e-6
"""A record is rounded once, and what is shown may have been rounded from more decimals."""
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
    files = {PurePosixPath(place): read for place, read in site.items()}
    for page, read in files.items():
        if page.parts[0] == search.FOLDER:
            continue
        own = published.get(page.stem)
        numbers = everywhere if own is None else Numbers(own, rules)
        for piece in read:
            if isinstance(piece, Text) and not piece.is_source:
                found += _in_text(piece, numbers, rules)
            elif isinstance(piece, Table) and _FROM_CODE not in page.parts:
                found += _in_table(piece, numbers)
    return list(dict.fromkeys(found))


def _in_text(text: Text, numbers: "Numbers", rules: Rules) -> Iterator[Finding]:
    for claim in chain.from_iterable(form.finditer(text.text) for form in _CLAIMS):
        if broken := _broken(claim, numbers, rules):
            yield broken(text.at(claim.start()))


def _in_table(table: Table, numbers: "Numbers") -> Iterator[Finding]:
    for value in table.values:
        hold = numbers.hold_alone if _ALONE.fullmatch(value) else numbers.hold
        found = (number[0] for number in _ANY.finditer(value))
        yield from (_UNTESTED(table.place) for number in found if not hold(number))


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
        self._whole = _Written(numbers | {100 * n for n in numbers if _is_whole(100 * n)})
        self._counts = _Written(numbers | set(map(float, vars(rules).values())))
        self._public = _Written(_SAID_BY_ALL | _public_shares())

    def hold(self, number: str) -> bool:
        """Whether a number can be one of the record's, rounded or in percent."""
        return number in self._recorded

    def hold_alone(self, number: str) -> bool:
        """Whether a whole number can be one of the record's, or an exact percentage of it."""
        return number in self._whole

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
