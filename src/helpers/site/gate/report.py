"""The gate's report, in Swedish, to the terminal and as a page beside the build."""

from collections.abc import Sequence
from html import escape
from itertools import groupby
from operator import attrgetter

from helpers.site.finding import Finding

_MOST = 10
"""Findings in the terminal; the page has them all."""

_HEADINGS = {
    "person-rows": "Tabeller med en rad per person",
    "id-column": "Kolumner som pekar ut personer eller ärenden",
    "personal-identity-number": "Personnummer",
    "absolute-path": "Sökvägar",
    "email-address": "E-postadresser",
    "small-count-in-words": "Små antal i text",
    "number-not-told": "Tal som inte går att pröva",
    "number-not-recorded": "Tal som inte har prövats",
    "narrow": "Dolda tal som går att räkna fram",
    "small-count": "Små antal som går att räkna fram",
    "differencing": "Små antal som framgår av två utgåvor",
    "back-calculation": "Procenttal som bara några få personer kan ge",
    "contradiction": "Tal som säger emot varandra",
    "unreadable": "Filer som inte går att läsa",
}
_BLOCKED = (
    "Inget finns kvar i _site/. Rätta det som står här, och kör likavard site igen. Talen och "
    "uppgifterna som hittades står inte i rapporten."
)
_PASSED = "Det som prövades får publiceras när två personer har granskat det: kör likavard release."

_PAGE = """<!DOCTYPE html>
<html lang="sv">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
body {{ font: 1.0625rem/1.6 system-ui, sans-serif; max-width: 48rem; }}
body {{ margin: 2rem auto; padding: 0 1rem; }}
h1, h2 {{ line-height: 1.25; }}
li {{ margin-block: 0.75rem; overflow-wrap: anywhere; }}
strong {{ display: block; }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p>{tested}</p>
<p>{next_step}</p>
{sections}
</main>
</body>
</html>
"""


def noted(notes: Sequence[Finding]) -> str:
    """Tell in the terminal what people have to judge.

    Parameters
    ----------
    notes : sequence of Finding
        At least one.

    Returns
    -------
    str
    """
    return "\n".join(["Att bedöma själv innan någon skriver under:", *map(str, notes)])


def told(findings: Sequence[Finding], page: str) -> str:
    """Tell in the terminal why a site may not be published.

    Parameters
    ----------
    findings : sequence of Finding
        At least one.
    page : str
        Where the whole report is.

    Returns
    -------
    str
    """
    lines = [f"{number}. {finding}" for number, finding in enumerate(findings[:_MOST], start=1)]
    more = len(findings) - _MOST
    return "\n".join(
        [
            "Webbplatsen får inte publiceras. Inget finns kvar i _site/.",
            *lines,
            *([f"… och {more} till."] if more > 0 else []),
            f"Hela rapporten: {page}",
        ]
    )


def page(findings: Sequence[Finding], notes: Sequence[Finding], tested: str) -> str:
    """Write the report as a page of its own.

    Parameters
    ----------
    findings : sequence of Finding
        What stops the site; none if it passed.
    notes : sequence of Finding
        What people have to judge.
    tested : str
        What was tested, in a sentence or two.

    Returns
    -------
    str
        HTML.
    """
    title = (
        "Webbplatsen får inte publiceras" if findings else "Inget hittades som hindrar publicering"
    )
    sections = [*_sections(findings), *(_section("Att bedöma själv", notes) for _ in notes[:1])]
    return _PAGE.format(
        title=title,
        tested=escape(tested),
        next_step=_BLOCKED if findings else _PASSED,
        sections="\n".join(sections),
    )


def _sections(findings: Sequence[Finding]) -> list[str]:
    by_rule = groupby(sorted(findings, key=attrgetter("rule")), key=attrgetter("rule"))
    return [_section(_HEADINGS.get(rule, rule), list(found)) for rule, found in by_rule]


def _section(heading: str, findings: Sequence[Finding]) -> str:
    items = "\n".join(
        f"<li><strong>{escape(f.place)}</strong> {escape(f.what)} {escape(f.remedy)}</li>"
        for f in findings
    )
    return (
        f"<section>\n<h2>{escape(heading)} ({len(findings)})</h2>\n<ol>\n{items}\n</ol>\n</section>"
    )
