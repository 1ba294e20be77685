"""A safe site is put in place, with a report of what was tested and a record of what it tells."""

import json
import re

import pandas as pd
import pytest
from small_site import DAY, by_sex, shown

from helpers.disclosure import Hidden, protect
from helpers.disclosure.told import Counts
from helpers.questions.cases import PLACEMENTS
from helpers.site.gate import REPORT, releases
from helpers.site.gate.releases import TESTED, digests

PLACED = pd.DataFrame(
    {
        "sex": [*"KKKMMM"],
        "care_form": ["HVB", "familjehem", "stödboende"] * 2,
        "n": [211, 3, 142, 308, 127, 175],
    }
)


@pytest.fixture
def protected():
    """Protect a table: some of its counts are hidden."""
    return protect(PLACED)


@pytest.fixture
def site(built, protected):
    told = Counts(PLACEMENTS, protected, as_of=DAY)
    return built(stays=shown(told), queue=shown(by_sex(356, 610)))


def test_a_safe_site_is_in_place_with_its_report(site, repository):
    files = digests(site)
    report = (repository / REPORT).read_text(encoding="utf-8")
    assert {"index.html", "notebooks/stays.html", "pagefind/pagefind.js"} <= files.keys()
    assert "<h1>Inget hittades som hindrar publicering</h1>" in report
    assert f"Filer som lästes: {len(files)}." in report
    assert "Tabeller och andelar som prövades tillsammans: 2." in report
    assert "<h2>" not in report
    assert json.loads((repository / TESTED).read_text(encoding="utf-8"))["files"] == files


def test_the_record_tells_nothing_hidden(site, repository, protected):
    shown = protected.set_index(["sex", "care_form"])["n"]
    counted = PLACED.set_index(["sex", "care_form"])["n"]
    hidden = {str(n) for cell, n in counted.items() if isinstance(shown[cell], Hidden)}
    file = releases.release(repository, "2026-01-15")
    told = json.loads(file.read_text(encoding="utf-8"))["told"]
    assert "3" in hidden
    assert not hidden & {*re.findall(r"\d+", json.dumps(told))}


def test_only_its_day_tells_two_records_apart(site, built, repository, protected):
    first = releases.release(repository, "2026-01-15").read_text(encoding="utf-8")
    (repository / "releases" / "2026-01-15.json").unlink()
    told = Counts(PLACEMENTS, protected, as_of=DAY)
    built(stays=shown(told), queue=shown(by_sex(356, 610)))
    second = releases.release(repository, "2026-02-20").read_text(encoding="utf-8")
    assert second == first.replace('"release": "2026-01-15"', '"release": "2026-02-20"')
