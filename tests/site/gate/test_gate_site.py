"""The finished site is scanned, whatever it is made of, and what passes is written down."""

import gzip
import json
from pathlib import Path

import pytest
from small_site import PUBLISHED, shown

from helpers.site import build
from helpers.site.cache import sums
from helpers.site.gate import REPORT, NotSafe
from helpers.site.gate.releases import TESTED

PERSON = "19121212-1212"
UNSAFE = {
    "person in a sentence": f"<p>{PERSON} väntar.</p>",
    "person in a figure": f'<svg role="img" aria-label="{PERSON}"></svg>',
    "id column": "<table><tr><th>person_id<th>Plats<tr><td>K1001<td>A</table>",
    "path": "<p>Läst ur /home/anna/uttag.csv</p>",
    "address": "<!-- anna@exempel.se -->",
}


def stopped(build_it):
    with pytest.raises(NotSafe) as problem:
        build_it()
    return str(problem.value)


@pytest.mark.parametrize("html", UNSAFE.values(), ids=UNSAFE)
def test_what_is_unsafe_in_a_record_of_shows_is_found(built, repository, html):
    built(queue=shown())
    said = stopped(lambda: built(queue=shown(html)))
    report = (repository / REPORT).read_text(encoding="utf-8")
    assert "1. notebooks/queue.html" in said
    assert "<strong>notebooks/queue.html" in report
    assert not [secret for secret in (PERSON, "K1001", "anna") if secret in said + report]
    assert not (repository / "_site").exists()
    assert [path.name for path in (repository / "_build").glob("tmp*")] == []


def test_what_only_the_search_index_holds_is_found(built, monkeypatch):
    def index(site: Path) -> None:
        (site / "pagefind").mkdir()
        part = gzip.compress(f'pagefind_dcd{{"content": "{PERSON} väntar"}}'.encode())
        (site / "pagefind" / "sv.pf_fragment").write_bytes(part)

    monkeypatch.setattr(build.search, "index", index)
    assert "pagefind/sv.pf_fragment" in stopped(lambda: built(queue=shown()))


def test_what_the_search_index_repeats_is_told_once(built):
    said = stopped(lambda: built(queue=shown(f"<p>{PERSON} väntar.</p>")))
    assert said.count("personnummer,") == 1


def test_a_safe_site_is_in_place_with_its_report_and_what_it_consists_of(built, repository):
    site = built(queue=shown(published=PUBLISHED), figures=shown(source="published"))
    files = sums(site)
    report = (repository / REPORT).read_text(encoding="utf-8")
    record = json.loads((repository / TESTED).read_text(encoding="utf-8"))
    assert {"index.html", "notebooks/queue.html", "pagefind/pagefind.js"} <= files.keys()
    assert "<h1>Inget hittades som hindrar publicering</h1>" in report
    assert f"Filer som lästes: {len(files)}." in report
    assert (record["data"], record["as_of"], record["key"]) == ("sample", "2025-12-31", "5f0c")
    assert record["rules"] == {"max_noise": 7, "variance": 4}
    assert record["published"] == {"extensions": PUBLISHED}
    assert record["files"] == files
