"""What a sentence says of how many cases there are: the forms of it that are searched for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

NUMBER = r"[-+\u2212]?\d{1,3}(?:[ \u00a0\u202f]?\d{3})*(?:[,.]\d+)?"
_WORDS = {
    **{"två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "åtta": 8, "nio": 9, "tio": 10},
    **{"elva": 11, "tolv": 12, "tretton": 13, "fjorton": 14, "femton": 15, "tjugo": 20},
}
_PLURALS = (
    r"(?:kvinn|människ|person|individ|klient|patient|ungdom|mamm|mödr|papp|föräldr|flick|pojk"
    r"|familj|placering|enkät|ansökning|förlängning)(?:or|ar|er)(?:na)?s?\b"
)
_CASES = (
    rf"(?:{_PLURALS}|(?:kvinna|person|individ|placering|enkät)\b|män(?:nen)?s?\b|fäder(?:na)?s?\b"
    r"|brukar(?:e|na)s?\b|(?:svarande|sökande)(?:na)?s?\b|(?:svar|avslut|beslut|hushåll)\b"
    r"|ärende(?:na?)?\b)"
)
"""Whom and what is counted, in the forms that stand with a number."""
_GAP = r"\s{1,3}"
_THE = rf"(?:(?:de|dem|dessa|totalt){_GAP})?"
_KIND = rf"(?:[a-zåäö]+[ae],?{_GAP}){{0,3}}"
"""Adjectives."""
_WHO_DID = (
    rf"(?:som{_GAP}[a-zåäö]+{_GAP})?"
    rf"[a-zåäö]*(?:r|de|te|s|fick|blev){_GAP}(?:[a-zåäö]+{_GAP}){{0,2}}?"
)
"""A verb, by its ending, with a little around it."""
_YEAR = rf"(?:19|20)\d\d\b(?!{_GAP}{_CASES})"
_NAMES = ("fråga", "steg", "tabell", "figur", "kapitel", "alternativ", "nivå", "punkt")
_NAMED = "".join(rf"(?<!\b{word}\s)" for word in _NAMES)
"""Not after what is named by a number: "i fråga 4 svarade kvinnor"."""
_SAID = rf"(?!{_YEAR})(?P<number>{NUMBER}|(?:{'|'.join(_WORDS)})\b)"
_SHARE = r"(?:%|procent(?:enhet(?:er)?)?\b)"
_MONTH = r"(?:jan|feb|mars|apr|maj|jun|jul|aug|sep|okt|nov|dec)\w*"
_UNIT = rf"(?:{_SHARE}|{_MONTH}|dag|dygn|veck|månad|år\b|timm|gånger|kap\b|per\b|till\b)"
_MEASURE = rf"(?:[,.]?\d|\s\d{{3}}\b|(?:[-\u2013]\d+)?\s{{0,3}}{_UNIT})"
"""What follows the number where it counts no cases, or goes on."""
_FORMS = (
    # 17 %, 17 avslut per 100 år, 17 unga kvinnor, 17 av 120 kvinnor, 17 av de 120 kvinnorna
    re.compile(
        rf"(?<![\w,.-]){_NAMED}{_SAID}\s{{0,3}}(?:(?P<share>{_SHARE}|{_KIND}{_CASES}{_GAP}per\b)"
        rf"|(?:av{_GAP}{_THE}(?:{NUMBER}{_GAP})?)?{_KIND}{_CASES})",
        re.IGNORECASE,
    ),
    # av 120 kvinnor fick 17 bostad; av 100 är det en andel
    re.compile(
        rf"(?<!procent )(?<!% )\b(?:av|bland){_GAP}{_THE}(?:(?P<share>100)|{NUMBER}){_GAP}"
        rf"{_KIND}{_CASES}{_GAP}{_WHO_DID}{_SAID}(?!{_MEASURE})",
        re.IGNORECASE,
    ),
    # kvinnor: 17, n = 17
    re.compile(
        rf"\b(?:{_CASES}\s?:?|n\s?=)\s{{0,3}}(?!{_YEAR})(?P<number>\d+)(?P<share>(?!))?"
        rf"(?!{_MEASURE})",
        re.IGNORECASE,
    ),
)


@dataclass(frozen=True)
class Claim:
    """A number of cases, or a share of them, that a text tells.

    Attributes
    ----------
    at : int
        Where in the text it starts.
    number : str
        The number, in figures.
    is_share : bool
        Whether it is a percentage or a rate.
    """

    at: int
    number: str
    is_share: bool


@cache
def find(text: str) -> tuple[Claim, ...]:
    """Find the numbers of cases that a text tells. Many texts are on every page.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    tuple of Claim
    """
    return tuple(_found(text))


def _found(text: str) -> Iterator[Claim]:
    for form in _FORMS:
        for found in form.finditer(text):
            number = str(_WORDS.get(found["number"].lower(), found["number"]))
            yield Claim(found.start(), number, is_share=bool(found["share"]))
