"""The release gate: nothing is published that gives a person away."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from helpers.disclosure import load_rules
from helpers.site import search
from helpers.site.finding import Finding
from helpers.site.gate import leaks, recorded, releases, report, untold
from helpers.site.gate.releases import Published, Record
from helpers.site.problem import SiteProblem
from helpers.site.scan import read_site, scan

__all__ = ["REPORT", "NotSafe", "Published", "pass_through"]

REPORT = Path("_build") / "granskning.html"


class NotSafe(SiteProblem):
    """The site would give something away. Its text says what and where, never which value."""


def pass_through(site: Path, published: Published, own_text: list[str], root: Path) -> None:
    """Try everything that is about to be published, and write down how it went.

    Parameters
    ----------
    site : Path
        The finished site.
    published : mapping
        By page and label, what its notebook's outputs say they publish.
    own_text : list of str
        What the site's authors wrote, whose e-mail addresses may be published.
    root : Path
        The repository: earlier releases are read from it, and the report is put in its `_build`.

    Raises
    ------
    NotSafe
        If anything is found.
    """
    record = releases.describe(site, published, root)
    earlier, rules = releases.earlier(root, record["data"]), load_rules()
    found, notes = leaks.find(record, earlier, rules)
    read = read_site(site)
    unknown = [*untold.find(published), *recorded.find(read, published, rules)]
    findings = _once([*found, *unknown, *scan(read, own_text)])
    summary = _tested(record, len(earlier))
    (root / REPORT).write_text(report.page(findings, notes, summary), encoding="utf-8")
    if findings:
        raise NotSafe(report.told(findings, REPORT.as_posix()))
    if notes:
        Console(stderr=True, soft_wrap=True).print(report.noted(notes), markup=False)
    releases.keep(record, root)


def _once(findings: Sequence[Finding]) -> list[Finding]:
    """Leave out what the search index only repeats of the pages."""
    on_pages = {finding.rule for finding in findings if not _is_indexed(finding)}
    return [one for one in findings if not (_is_indexed(one) and one.rule in on_pages)]


def _is_indexed(finding: Finding) -> bool:
    return finding.place.startswith(f"{search.FOLDER}/")


def _tested(record: Record, earlier: int) -> str:
    told = [
        entry for page in record["told"].values() for entries in page.values() for entry in entries
    ]
    together = f" Tidigare utgåvor att jämföra med: {earlier}." if earlier else ""
    return (
        f"Filer som lästes: {len(record['files'])}. "
        f"Tabeller och andelar som prövades tillsammans: {len(told)}.{together}"
    )
