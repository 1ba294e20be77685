"""Only what `show` made is published: any other output of a page's notebook stops the build."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from helpers.site.finding import Finding
from helpers.site.gate.releases import KINDS
from helpers.site.notebooks import RECORD, read
from helpers.site.project import Project

_BUNDLE = {RECORD, "text/markdown", "text/plain"}
"""What `show` gives: numbers, what is shown, and its title."""

_NOT_SHOWN = partial(
    Finding,
    "not-made-by-show",
    what="Här visas något som inte är gjort med show: en utskrift, en tabell eller en egen bild.",
    remedy="Visa det med en funktion i show, eller ta bort det ur cellen.",
)


def find(project: Project) -> Iterator[Finding]:
    """Find outputs that are no record of `show`'s, and attached files, by notebook and cell.

    Notebooks that are not on the site are left alone.
    """
    for page in project.notebooks():
        for number, cell in enumerate(read(project.root / page)["cells"], start=1):
            if cell.get("attachments") or not all(map(_is_shown, cell.get("outputs", ()))):
                yield _NOT_SHOWN(f"{page.name}, cell {number}")


def _is_shown(output: Mapping[str, Any]) -> bool:
    bundle = output.get("data", {})
    record = bundle.get(RECORD)
    is_record = isinstance(record, dict) and record.get("source") in KINDS
    return is_record and bundle.keys() == _BUNDLE
