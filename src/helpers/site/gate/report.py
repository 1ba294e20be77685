"""What the gate says, in Swedish: to the terminal, and as a page beside the build."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from helpers.site import plain_page
from helpers.site.finding import Finding

_MOST = 10
"""Findings in the terminal; the page has them all."""

_REFUSED = "Webbplatsen får inte publiceras"
_LEFT = "Inget finns kvar av webbplatsen."
_BLOCKED = f"{_LEFT} Rätta det som står här, och kör likavard site igen."
_PASSED = "Det som prövades får publiceras när två personer har granskat det: kör likavard release."
_SIGN = (
    "Två personer granskar webbplatsen, fyller i var sitt namn och dag (som 2026-01-31) under "
    "checked_by, och kör kommandot igen."
)
_EXTRA = (
    "Det har inte gått ett år sedan den förra utgåvan. Den som lägger två utgåvor bredvid "
    "varandra kan se vad som har hänt några få personer, och därför görs en om året. Den här blir "
    "en extra utgåva: de två som skriver under svarar för att den behövs. Annars: ta bort filen."
)
_RISK = (
    "Andel av antalen 1–4 som en läsare av alla utgåvor kan säga rätt med minst 90 procents "
    "säkerhet (inom parentes: av den som bara vet hur vanligt allt är), och av ändringarna 1–4:"
)


def told(findings: Sequence[Finding], page: str) -> str:
    """Tell in the terminal why a site may not be published, and where the whole report is."""
    lines = [f"{number}. {finding}" for number, finding in enumerate(findings[:_MOST], start=1)]
    more = [f"… och {len(findings) - _MOST} till."] if len(findings) > _MOST else []
    return "\n".join([f"{_REFUSED}. {_LEFT}", *lines, *more, f"Hela rapporten: {page}"])


def page(findings: Sequence[Finding], tested: str) -> str:
    """Write the report as a page of its own: what was tested, and what stops the site if any."""
    items = "\n".join(
        f"<li><strong>{escape(one.place)}</strong> {escape(one.what)} {escape(one.remedy)}</li>"
        for one in findings
    )
    found = f"<ol>\n{items}\n</ol>" if findings else ""
    return plain_page.written(
        _REFUSED if findings else "Inget hittades som hindrar publicering",
        f"<p>{escape(tested)} {_BLOCKED if findings else _PASSED}</p>\n{found}",
    )


def released(place: str, record: Mapping[str, Any], *, is_signed: bool) -> str:
    """Tell in the terminal what a release gives away, and what is to be done with it."""
    passed = [f"Utgåvan {place} är undertecknad av två. Nu får webbplatsen publiceras."]
    waits = [*([_EXTRA] if record["extra"] else []), f"Utgåvan finns i {place}. {_SIGN}"]
    return "\n".join([*_measured(record), *(passed if is_signed else waits)])


def _measured(record: Mapping[str, Any]) -> Iterator[str]:
    if record["risk"]:
        yield _RISK
    for question, risk in record["risk"].items():
        shares = (risk[name] for name in ("counts", "by_rates", "changes"))
        counts, by_rates, changes = (f"{100 * share:.0f} %" for share in shares)
        yield f"  {question}: {counts} ({by_rates}), {changes}"
    for name in record["not_measured"]:
        yield f"Utgåvan {name} är gjord med dolda tal, och ingår inte i måttet."
