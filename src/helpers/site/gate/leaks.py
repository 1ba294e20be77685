"""What a reader of the whole site, and of earlier releases, could work out, in Swedish."""

from collections.abc import Mapping, Sequence

from helpers.disclosure import Rules
from helpers.disclosure.attack import Leak, Rule, Source, attack
from helpers.site.finding import Finding
from helpers.site.gate import releases
from helpers.site.gate.names import name
from helpers.site.gate.releases import Record

_WHAT = {
    Rule.NARROW: "Det dolda talet för {cell} går att räkna fram, helt eller nästan.",
    Rule.SMALL_COUNT: (
        "Talet för {cell} är litet, och det visas eller går att räkna fram, helt eller nästan."
    ),
    Rule.BACK_CALCULATION: (
        "Andelarna för {cell} kan bara komma från en liten grupp, fast de är avrundade."
    ),
    Rule.DIFFERENCING: (
        "Talet för {cell} är litet, och den som jämför med en tidigare utgåva kan räkna fram det, "
        "helt eller nästan."
    ),
    Rule.CONTRADICTION: (
        "Talen för {cell} säger emot varandra, så det går inte att pröva vad de röjer."
    ),
}
_REMEDY = {
    Rule.NARROW: "Slå ihop grupper, eller visa inte något av det som ger talet.",
    Rule.SMALL_COUNT: "Slå ihop grupper, eller visa inte något av det som ger talet.",
    Rule.BACK_CALCULATION: "Slå ihop grupper, eller visa inte andelarna.",
    Rule.DIFFERENCING: "Visa samma indelning som då, eller vänta tills fler har tillkommit.",
    Rule.CONTRADICTION: "Rätta hur något av talen räknas.",
}
_BY_HAND = (
    "Jämför själv: uppgifterna har rättats sedan dess, och skillnaden kan gälla få personer. "
    "Annars har något av talen räknats fel."
)
_ANYWHERE = "Sidorna tillsammans"


def find(
    record: Record, earlier: Mapping[str, Record], rules: Rules
) -> tuple[list[Finding], list[Finding]]:
    """Attack all that a build tells, together with earlier releases.

    Parameters
    ----------
    record : dict
        The build, as `helpers.site.gate.releases.describe` gives it.
    earlier : mapping
        Earlier releases, by name.
    rules : Rules
        What may be shown.

    Returns
    -------
    tuple of list of Finding
        What stops the build; and what people have to judge: releases that contradict each other.
    """
    facts = [*releases.told(record)]
    for release, published in earlier.items():
        facts += releases.told(published, release)
    leaks = attack(facts, rules)
    notes = [leak for leak in leaks if leak.rule is Rule.CONTRADICTION and leak.across_releases]
    return [_finding(leak) for leak in leaks if leak not in notes], [_note(leak) for leak in notes]


def _finding(leak: Leak) -> Finding:
    places = leak.places or leak.given_by
    is_elsewhere = leak.given_by and leak.given_by != places
    given = f" Det framgår av {_listed(leak.given_by)}." if is_elsewhere else ""
    what = _WHAT[leak.rule].format(cell=name(leak.cell)) + given
    return Finding(leak.rule.value, _listed(places) or _ANYWHERE, what, _REMEDY[leak.rule])


def _note(leak: Leak) -> Finding:
    what = _WHAT[leak.rule].format(cell=name(leak.cell))
    return Finding(leak.rule.value, _listed(leak.given_by), what, _BY_HAND)


def _listed(sources: Sequence[Source]) -> str:
    """List sources page by page: ``extensions (fig-gaps, where)``."""
    pages: dict[str, list[str]] = {}
    for source in sources:
        page, _, label = source.place.partition(", ")
        said = f"{page} i utgåvan {source.release}" if source.release else page
        pages.setdefault(said, []).append(label)
    return _and([f"{page} ({', '.join(labels)})" for page, labels in pages.items()])


def _and(items: Sequence[str]) -> str:
    return " och ".join(part for part in (", ".join(items[:-1]), *items[-1:]) if part)
