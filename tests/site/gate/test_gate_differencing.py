"""A site is tried together with the releases before it."""

import json

import pytest
from small_site import by_sex, shown

from helpers.site.gate import REPORT, NotSafe, releases

SOME, ALL = ("HVB", "stödboende"), ("HVB", "stödboende", "familjehem")
LATER = "2026-06-30"


def page(women, men, forms=ALL, **about):
    return shown(by_sex(women, men, where={"care_form": forms}, **about))


@pytest.fixture
def released(built, repository):
    """Build a site, and have two people sign its release."""
    built(queue=page(41, 59))
    file = releases.release(repository, "2026-01-15")
    record = json.loads(file.read_text(encoding="utf-8"))
    signed = [{"name": name, "day": "2026-01-16"} for name in ("Ada Ek", "Bo Alm")]
    releases.write(record | {"checked_by": signed}, file)


@pytest.mark.parametrize(
    ("now", "named"),
    [
        (page(38, 44, SOME), "vårdform: familjehem, kön: kvinna"),
        (page(43, 59, as_of=LATER), "tillkom: efter 2025-12-31"),
    ],
    ids=["another grouping", "two newcomers"],
)
def test_what_a_release_gives_away_is_found(built, repository, released, now, named):
    with pytest.raises(NotSafe) as problem:
        built(queue=now)
    report = (repository / REPORT).read_text(encoding="utf-8")
    assert "<h2>Små antal som framgår av två utgåvor (" in report
    for told in (str(problem.value), report):
        assert "queue i utgåvan 2026-01-15 (tbl-counted)" in told
        assert named in told
    assert not (repository / "_site").exists()


@pytest.mark.parametrize(
    "now",
    [page(41, 59), page(41, 59, as_of=LATER), page(51, 79, as_of=LATER)],
    ids=["the same", "nobody new", "many new"],
)
def test_what_gives_nothing_away_passes(built, repository, released, now):
    assert built(queue=now).is_dir()
    report = (repository / REPORT).read_text(encoding="utf-8")
    assert "Tidigare utgåvor att jämföra med: 1." in report


def test_corrected_data_are_left_to_people(built, repository, released, capsys):
    assert built(queue=page(52, 48)).is_dir()
    said = capsys.readouterr().err
    assert "Att bedöma själv" in said
    assert "queue i utgåvan 2026-01-15 (tbl-counted)" in said
    report = (repository / REPORT).read_text(encoding="utf-8")
    assert "<h2>Att bedöma själv (1)</h2>" in report
    assert "queue i utgåvan 2026-01-15 (tbl-counted)" in report
