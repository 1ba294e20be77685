"""A site is built with one thing wrong, in one place: it is found, told, and nothing is left."""

import gzip
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from small_site import SAFE, by_sex, shown

from helpers.show import download, table
from helpers.show.shown import Shown
from helpers.site import build
from helpers.site.gate import REPORT, NotSafe
from helpers.site.gate.releases import TESTED

PERSON = "19121212-1212"
SECRETS = (PERSON, "K1001", "anna", "4711", "17 kvinnor", "3 kvinnor")

UNTESTED, SMALL = "Tal som inte har prövats", "Små antal i text"
PERSONS, ROWS = "Personnummer", "Tabeller med en rad per person"
IDS = "Kolumner som pekar ut personer eller ärenden"

SAFE_PAGE = shown(SAFE)
OTHER = pd.DataFrame({"Kön": ["Kvinnor"], "Antal": [4711]})
CASES = pd.DataFrame({"person_id": ["K1001"], "sex": ["K"], "decided_on": ["2024-05-06"]})


def adding(html: str) -> Shown:
    return replace(SAFE_PAGE, html=f"{SAFE_PAGE.html}\n{html}")


def with_file(ending: str) -> Shown:
    """Replace one of the files to take away."""
    link = re.compile(rf'<a download="placeringar\.{ending}".*?</a>', re.DOTALL)
    (other,) = link.findall(download.links(OTHER, "placeringar", SAFE_PAGE.title))
    return replace(SAFE_PAGE, html=link.sub(lambda _: other, SAFE_PAGE.html))


UNSAFE = {
    "sentence": (adding("<p>3 kvinnor lämnade kön.</p>"), SMALL),
    "sentence with a count": (adding("<p>Av dem lämnade 17 kvinnor kön.</p>"), UNTESTED),
    "alt text": (adding('<img src="data:," alt="3 kvinnor lämnade kön">'), SMALL),
    "tooltip": (adding('<span title="3 kvinnor lämnade kön">..</span>'), SMALL),
    "tooltip in a figure": (
        adding('<svg role="img" aria-label="Kö"><title>17 kvinnor</title></svg>'),
        UNTESTED,
    ),
    "CSV": (with_file("csv"), UNTESTED),
    "Excel": (with_file("xlsx"), UNTESTED),
    "person in a sentence": (adding(f"<p>{PERSON} väntar.</p>"), PERSONS),
    "person in a figure": (adding(f'<svg role="img" aria-label="{PERSON}"></svg>'), PERSONS),
    "id column": (adding(table.html(CASES[["person_id"]].assign(Plats="A"), "Kön")), IDS),
    "data frame": ({"text/html": CASES.to_html(), "text/plain": "frame"}, ROWS),
    "path": (adding("<p>Läst ur /home/anna/uttag.csv</p>"), "Sökvägar"),
    "address": (adding("<!-- anna@exempel.se -->"), "E-postadresser"),
}


def stopped(build_it: Callable[[], object]) -> str:
    with pytest.raises(NotSafe) as problem:
        build_it()
    return str(problem.value)


def assert_told(root: Path, said: str, page: str, heading: str) -> None:
    """The terminal and the report name the page and the fault, and nothing that was found."""
    report = (root / REPORT).read_text(encoding="utf-8")
    assert page in said
    assert f"<strong>{page}" in report
    assert f"<h2>{heading} (" in report
    assert not [secret for secret in SECRETS if secret in said + report]


@pytest.mark.parametrize(("page", "heading"), UNSAFE.values(), ids=UNSAFE)
def test_what_is_unsafe_in_one_place_is_found(built, repository, page, heading):
    said = stopped(lambda: built(queue=page))
    assert_told(repository, said, "notebooks/queue.html", heading)
    assert not (repository / "_site").exists()
    assert not (repository / TESTED).exists()


def test_a_count_on_a_page_written_by_hand_is_found(built, repository):
    with (repository / "index.qmd").open("a", encoding="utf-8") as page:
        page.write("\nAv dem lämnade 17 kvinnor kön.\n")
    said = stopped(lambda: built(queue=SAFE_PAGE))
    assert_told(repository, said, "index.html", UNTESTED)


def test_numbers_of_cases_that_nothing_is_told_of_are_found(built, repository):
    untold = replace(SAFE_PAGE, told=(), source="sample")
    said = stopped(lambda: built(queue=untold))
    assert_told(repository, said, "queue (tbl-counted)", "Tal som inte går att pröva")
    assert built(queue=replace(untold, source="published")).is_dir()
    nothing = {"headline": True, "group": "alla", "n": {"hidden": "För få."}}
    assert built(queue=replace(untold, html="<p>För få.</p>", published=nothing)).is_dir()


def test_what_only_the_search_index_holds_is_found(built, repository, monkeypatch):
    def index(site: Path) -> None:
        (site / "pagefind").mkdir()
        part = gzip.compress(f'pagefind_dcd{{"content": "{PERSON} väntar"}}'.encode())
        (site / "pagefind" / "sv.pf_fragment").write_bytes(part)

    monkeypatch.setattr(build.search, "index", index)
    told = stopped(lambda: built(queue=SAFE_PAGE))
    assert_told(repository, told, "pagefind/sv.pf_fragment", PERSONS)


def test_the_former_site_is_taken_away_too(built, repository):
    built(queue=SAFE_PAGE)
    stopped(lambda: built(queue=adding("<p>3 kvinnor lämnade kön.</p>")))
    assert not (repository / "_site").exists()
    assert [path.name for path in (repository / "_build").glob("tmp*")] == []


def test_what_the_search_index_repeats_is_told_once(built):
    said = stopped(lambda: built(queue=adding(f"<p>{PERSON} väntar.</p>")))
    assert said.count("personnummer,") == 1


def test_a_small_count_that_is_recorded_is_found(built, repository):
    said = stopped(lambda: built(queue=shown(by_sex(41, 3))))
    assert_told(repository, said, "queue (tbl-counted)", "Små antal som går att räkna fram")
