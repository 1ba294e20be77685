"""Few cases told in words: what the site's authors wrote by hand.

In text, code and captions the number is a word or a numeral from one to nine, and stands

- before a case, with "st", "stycken", "av" and two adjectives at most between them:
  "3 st kvinnor", "tre av de unga männen";
- after a case or a care form and a colon, an equals sign, "är", a parenthesis or the border of a
  table: "Antal kvinnor i HVB: 3", "kvinnor (3)", "n = 3";
- as "en" or "ett" where it counts: "bara en kvinna", "en av kvinnorna", "en kvinna fick avslag".
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from html import unescape

from helpers.site.finding import Finding
from helpers.site.project import Project
from helpers.site.scan.characters import plain
from helpers.site.source import cells

_CASE = (
    r"(?:kvinn(?:a|an|or|orna)|m(?:an|annen|än|ännen)|flick(?:a|an|or|orna)|pojk(?:e|en|ar|arna)"
    r"|(?:person|individ|klient|patient|ungdom)(?:en|er|erna|ar|arna)?|brukar(?:e|en|na)"
    r"|sökande(?:na)?|ärende(?:t|n|na)?|(?:beslut|avslag|avslut|hushåll)(?:et|en)?"
    r"|(?:placering|förlängning)(?:en|ar|arna)?|ansök(?:an|ningar|ningarna)|ansökningen)s?\b"
)
_FORM = r"(?:hvb|familjehem\w*|stödboende\w*)"
_S = r"[ \t]*[ \t\n][ \t]*"
"""A space, or a line break within a paragraph."""

_NUMBER = r"(?<![\w.,:§/+-])(?:[1-9]|två|tre|fyra|fem|sex|sju|åtta|nio)"
_NAMED = "".join(f"(?<!{word} )" for word in ("fråga", "steg", "figur", "tabell", "punkt", "nivå"))
"""Not what is named by a number: "i fråga 4 svarade kvinnor"."""

_ONE = r"(?<![\w-])(?:en|ett)"
_OF = rf"av(?:{_S}(?:de|dem|dessa|\d+))*"
_KIND = rf"(?:{_S}[a-zåäö]+[ae]){{0,2}}"
_HAPPENED = (
    r"(?:fick|nekade?s|avled|dog|dör|hade|blev|sökte|lämnade|flyttade|avbröt|\w+ades"
    r"|får (?:avslag|nej))\b"
)
_NOT_MORE = r"(?![\d:]|[.,/-]\d|\s?(?:%|procent|§|kap|dag|dygn|veck|månad|år|gång))"

_FORMS = (
    rf"{_NAMED}{_NUMBER}(?:(?:{_S})?(?:st\.?|stycken))?(?:{_S}{_OF})?{_KIND}{_S}{_CASE}(?!{_S}per\b)",
    rf"(?:{_CASE}|{_FORM}|n\b)[^\n.:=|(]{{0,40}}(?:[:=|(]|är)[ ]?{_NUMBER}\b{_NOT_MORE}",
    rf"(?:bara|endast|blott|enbart){_S}(?:en|ett|1){_KIND}{_S}{_CASE}",
    rf"(?:en|ett|den|det){_S}enda{_S}{_CASE}",
    rf"{_ONE}{_S}{_OF}{_S}{_CASE}",
    rf"{_ONE}{_S}{_CASE}{_S}(?:som{_S})?{_HAPPENED}",
)
_TOLD = re.compile(rf"(?<!\w)(?:{'|'.join(_FORMS)})")
_MARKUP = re.compile(r"<[^<>\n]*>|[*_`~]")

_FEW = partial(
    Finding,
    "few-in-words",
    what="Här står ett antal mellan ett och nio bredvid ett ord för personer eller ärenden.",
    remedy="Skriv om meningen utan antal; tal om ärenden visas med show.",
)


def find(project: Project) -> Iterator[Finding]:
    """Find few cases told in words in the pages' sources, by page, cell and line."""
    for page in project.pages():
        for cell in cells(project.root / page):
            yield from (_FEW(f"{page.name}, {cell.place}rad {line}") for line in lines(cell.text))


def find_in(actions: Iterable[Mapping[str, object]]) -> Iterator[Finding]:
    """Find few cases told in words in the rows of the table of actions, by row and column."""
    for number, row in enumerate(actions, start=1):
        for column, value in row.items():
            if isinstance(value, str) and lines(value):
                yield _FEW(f"actions, rad {number}, kolumn {column}")


def lines(text: str) -> list[int]:
    """Give the lines of a text on which few cases are told, each once."""
    said = plain(_MARKUP.sub("", unescape(text))).lower()
    starts = (found.start() for found in _TOLD.finditer(said))
    return list(dict.fromkeys(said.count("\n", 0, at) + 1 for at in starts))
