"""A safe site is put in place, with a report of what was tested."""

import json

import pandas as pd
from small_site import DAY, by_sex, shown

from helpers.disclosure import protect
from helpers.disclosure.told import Counts
from helpers.questions.cases import PLACEMENTS
from helpers.site.gate import REPORT
from helpers.site.gate.releases import TESTED, digests

PLACED = pd.DataFrame(
    {"sex": [*"KKKMMM"], "care_form": ["HVB", "familjehem", "stödboende"] * 2}
).assign(n=[211, 3, 142, 308, 127, 175])


def test_a_safe_site_passes(built, repository):
    told = protect(PLACED)
    assert ".." in {str(n) for n in told["n"]}
    site = built(stays=shown(Counts(PLACEMENTS, told, as_of=DAY)), queue=shown(by_sex(356, 610)))
    files = digests(site)
    report = (repository / REPORT).read_text(encoding="utf-8")
    assert "<h1>Inget hittades som hindrar publicering</h1>" in report
    assert f"Filer som lästes: {len(files)}." in report
    assert "Tabeller och andelar som prövades tillsammans: 2." in report
    assert "<h2>" not in report
    assert json.loads((repository / TESTED).read_text(encoding="utf-8"))["files"] == files
