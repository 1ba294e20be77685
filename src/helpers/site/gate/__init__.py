"""The release gate: nothing is published that gives a person away."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from helpers.site import search
from helpers.site.finding import Finding
from helpers.site.gate import outputs, releases, report, written
from helpers.site.problem import SiteProblem
from helpers.site.project import Project
from helpers.site.scan import scan_site
from helpers.site.source import cells

__all__ = ["REPORT", "NotSafe", "check_site", "check_sources"]

REPORT = Path("_build") / "granskning.html"


class NotSafe(SiteProblem):
    """The site would give something away. Its text says what and where, never which value."""


def check_sources(
    project: Project, root: Path, actions: Iterable[Mapping[str, object]] = ()
) -> None:
    """Try what the pages are made of, before they are made: outputs, and text written by hand.

    The rows of the table of actions are written by hand too.

    Raises
    ------
    NotSafe
        If anything is found; a report is put in `_build`.
    """
    if findings := [*outputs.find(project), *written.find(project), *written.find_in(actions)]:
        _tell(findings, f"Sidor som lästes: {len(project.pages())}.", root)


def check_site(site: Path, project: Project, root: Path) -> None:
    """Try everything in the finished site, and write down what it consists of.

    E-mail addresses that stand in its sources may be published.

    Raises
    ------
    NotSafe
        If anything is found. A report is put in `_build`, whatever is found.
    """
    own_text = [cell.text for page in project.pages() for cell in cells(project.root / page)]
    record = releases.describe(site, project, root)
    _tell(_once(scan_site(site, own_text)), f"Filer som lästes: {len(record['files'])}.", root)
    releases.write(record, root / releases.TESTED)


def _tell(findings: Sequence[Finding], tested: str, root: Path) -> None:
    (root / REPORT).write_text(report.page(findings, tested), encoding="utf-8")
    if findings:
        raise NotSafe(report.told(findings, REPORT.as_posix()))


def _once(findings: Sequence[Finding]) -> list[Finding]:
    """Leave out what the search index only repeats of the pages."""
    indexed = [one for one in findings if one.place.startswith(f"{search.FOLDER}/")]
    on_pages = {one.rule for one in findings if one not in indexed}
    return [one for one in findings if one.rule not in on_pages or one not in indexed]
