"""What no text may hold: a personal identity number, an absolute path, a stray address."""

import re
from collections.abc import Iterable, Iterator
from functools import partial

from helpers.site.finding import Finding
from helpers.site.scan import identity
from helpers.site.scan.pieces import Text

_IDENTITY = partial(
    Finding,
    "personal-identity-number",
    what="Här står ett personnummer, ett samordningsnummer eller ett tillfälligt personnummer.",
    remedy="Ta bort det där det kommer ifrån.",
)
_PATH = partial(
    Finding,
    "absolute-path",
    what="Här står en sökväg på någons dator, som kan avslöja användare och servrar.",
    remedy="Skriv sökvägen från projektets mapp, eller ta bort den.",
)
_EMAIL = partial(
    Finding,
    "email-address",
    what="Här står en e-postadress som inte står i webbplatsens egen text.",
    remedy="Ta bort den, eller skriv den på en av webbplatsens sidor om den ska vara där.",
)

# Neither a part of a longer word nor of a web address or base64, so no letter may stand before it.
# What stands before is looked at last: a search for a fixed first character is fast.
_ABSOLUTE_PATH = re.compile(
    r"""
        /(?<![\w+/.].)(?:home|Users|root|tmp|var|mnt|media|srv|opt|private|Volumes)\b
      | f(?<![\w+/].)ile:/+[\w.]
      | :(?<![\w+/]..)(?<=[A-Za-z].)\\
      | \\(?<![\w+/].)\\[\w.-]+\\
    """,
    re.VERBOSE | re.DOTALL,
)
_AT_DOMAIN = re.compile(r"(?<=[\w.+-])(?:@|%40)((?:[\w-]+\.)+[A-Za-z]{2,})\b")
_LOCAL_PART = re.compile(r"[\w.+-]{1,64}$")
_ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+")


def findings(text: Text, own: frozenset[str]) -> Iterator[Finding]:
    """Find what no text may hold; addresses among `own` may be published."""
    yield from (_IDENTITY(text.at(place)) for place in identity.positions(text.text))
    yield from (_PATH(text.at(found.start())) for found in _ABSOLUTE_PATH.finditer(text.text))
    yield from (_EMAIL(text.at(at)) for at, email in _emails(text.text) if email not in own)


def addresses(texts: Iterable[str]) -> frozenset[str]:
    """Collect the e-mail addresses that stand in texts."""
    return frozenset(email for text in texts for _, email in _emails(text))


def nameless(place: str) -> str:
    """Leave out of a place what its file's own name may give away."""
    return _ADDRESS.sub("…", identity.without_numbers(place))


def _emails(text: str) -> Iterator[tuple[int, str]]:
    """Position and address; looked up from the @, since long words would make a search slow."""
    for found in _AT_DOMAIN.finditer(text):
        at = found.start()
        name = _LOCAL_PART.search(text, max(at - 64, 0), at)
        if name:
            yield name.start(), f"{name[0]}@{found[1]}".casefold()
