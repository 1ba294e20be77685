"""A release is what passed the gate, signed by two, and kept to try the next one with."""

import json
from pathlib import Path

import pytest

from helpers.disclosure import TOTAL
from helpers.site import SiteProblem
from helpers.site.gate import releases, seal

DAY = "2026-01-15"
BOTH = ("Ada Ek", DAY), ("Bo Alm", DAY)
COUNTS = {
    "cases": "placements",
    "table": {"columns": ["sex", "n"], "rows": [["K", 12], ["M", 20], [TOTAL, 32]]},
    "of": "n",
    "as_of": "2025-12-31",
    "values": {},
    "where": {},
}
PUBLISHED = {
    "extensions": {
        "tbl-counted": {"source": "sample", "as_of": "2025-12-31", "told": [COUNTS]},
        "fig-published": {"source": "published"},
    }
}


@pytest.fixture
def tested(tmp_path: Path) -> Path:
    """Stand in for a repository whose site has passed the gate."""
    site = tmp_path / "_site"
    site.mkdir()
    (tmp_path / "_build").mkdir()
    (site / "index.html").write_text("<p>32 placeringar</p>", encoding="utf-8")
    releases.keep(releases.describe(site, PUBLISHED, tmp_path), tmp_path)
    return tmp_path


def change(file: Path, **changed: object) -> None:
    record = json.loads(file.read_text(encoding="utf-8"))
    releases.write(record | changed, file)


def change_and_seal(file: Path, **changed: object) -> None:
    record = json.loads(file.read_text(encoding="utf-8")) | changed
    releases.write(record | {"record_hash": seal.fingerprint(record)}, file)


def sign(file: Path, *signed: tuple[str, str]) -> None:
    change(file, checked_by=[{"name": name, "day": day} for name, day in signed])


def test_the_record_holds_what_when_rules_hashes_and_two_fields(tested: Path) -> None:
    record = json.loads(releases.release(tested, DAY).read_text(encoding="utf-8"))
    assert record["release"] == "2026-01-15"
    assert (record["data"], record["as_of"]) == ("sample", "2025-12-31")
    assert record["rules"]["min_count"] == 5
    assert len(record["files"]["index.html"]) == len(record["inputs"]["disclosure.yml"]) == 64
    assert record["checked_by"] == [{"name": "", "day": ""}] * 2


def test_what_was_told_is_read_back(tested: Path) -> None:
    releases.release(tested, DAY)
    ((name, record),) = releases.earlier(tested, "sample").items()
    told = list(releases.told(record, name))
    assert [fact.high for fact in told] == [12, 20, 32]
    assert {(fact.place, fact.release) for fact in told} == {
        ("extensions, tbl-counted", "2026-01-15")
    }


def test_releases_of_other_data_are_not_compared(tested: Path) -> None:
    releases.release(tested, DAY)
    assert releases.earlier(tested, "own") == {}


def test_a_site_that_was_changed_since_is_refused(tested: Path) -> None:
    (tested / "_site" / "index.html").write_text("<p>3 personer</p>", encoding="utf-8")
    with pytest.raises(SiteProblem, match="har inte prövats"):
        releases.release(tested, DAY)
    assert not (tested / "releases").exists()


def test_no_site_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SiteProblem, match="Kör likavard site först"):
        releases.release(tmp_path, "2026-01-15")


def test_the_same_site_is_recorded_once(tested: Path) -> None:
    first = releases.release(tested, DAY)
    assert releases.release(tested, "2026-01-16") == first


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("", ""), ("", "")),
        (("Ada Ek", DAY), (" ada ek", DAY)),
        (("Ada Ek", DAY), (" ", DAY)),
        (("Ada Ek", DAY), ("Bo Alm", "igår")),
    ],
    ids=["nobody", "the same", "no name", "no date"],
)
def test_less_than_two_names_and_days_do_not_sign_it(
    tested: Path, first: tuple[str, str], second: tuple[str, str]
) -> None:
    file = releases.release(tested, DAY)
    sign(file, first, second)
    assert not releases.is_signed(file)


def test_two_different_names_with_a_day_each_sign_it(tested: Path) -> None:
    file = releases.release(tested, DAY)
    sign(file, *BOTH)
    assert releases.is_signed(file)


def test_the_next_release_waits_for_the_names_of_the_last(tested: Path) -> None:
    first = releases.release(tested, DAY)
    _rebuilt(tested)
    with pytest.raises(SiteProblem, match=r"2026-01-15\.json är inte undertecknad"):
        releases.release(tested, DAY)
    sign(first, *BOTH)
    assert releases.release(tested, DAY).name == "2026-01-15-2.json"


def _rebuilt(root: Path) -> None:
    (root / "_site" / "index.html").write_text("<p>40 placeringar</p>", encoding="utf-8")
    releases.keep(releases.describe(root / "_site", PUBLISHED, root), root)


@pytest.mark.parametrize("text", ["{", "[]", "{}", "\udcff"])
def test_a_broken_record_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "releases").mkdir()
    file = tmp_path / "releases" / "2026-01-15.json"
    file.write_text(text, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(SiteProblem, match=r"2026-01-15\.json"):
        releases.earlier(tmp_path, "sample")


@pytest.mark.parametrize(
    "changed",
    [
        {"told": None},
        {"told": {"queue": {"tbl": [{"table": {"columns": ["n"], "rows": []}}]}}},
        {"told": {"queue": {"tbl": [COUNTS | {"unit": "days"}]}}},
        {"told": {"queue": {"tbl": [COUNTS | {"table": {"columns": ["a", "n"], "rows": [[1]]}}]}}},
        {"told": {"queue": {"tbl": [COUNTS | {"table": {"columns": ["n"], "rows": [["20"]]}}]}}},
        {"checked_by": "x"},
        {"checked_by": [{"day": DAY}]},
        {"data": "Own"},
        {"previous": "x"},
    ],
    ids=["nothing", "left out", "added", "short", "text", "who", "no name", "data", "previous"],
)
def test_a_record_that_makes_no_sense_is_named(tested: Path, changed: dict[str, object]) -> None:
    change_and_seal(releases.release(tested, DAY), **changed)
    with pytest.raises(SiteProblem, match=r"releases/2026-01-15\.json går inte att läsa"):
        releases.earlier(tested, "sample")


@pytest.mark.parametrize("text", ['{"x"', "{}", "[]", "\udcff"])
def test_a_site_whose_test_cannot_be_read_counts_as_not_tested(tested: Path, text: str) -> None:
    kept = tested / releases.TESTED
    kept.write_text(text, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(SiteProblem, match="Kör likavard site först"):
        releases.release(tested, DAY)


def test_a_number_hidden_in_words_no_longer_used_is_hidden_still(tested: Path) -> None:
    table = {"columns": ["sex", "n"], "rows": [["K", {"hidden": "Så sade vi förr."}]]}
    queue = {"tbl": [COUNTS | {"table": table}]}
    change_and_seal(releases.release(tested, DAY), told={"queue": queue})
    ((name, record),) = releases.earlier(tested, "sample").items()
    assert [fact.is_hidden for fact in releases.told(record, name)] == [True]


@pytest.mark.parametrize(
    "changed",
    [{"data": "own"}, {"told": {}}, {"as_of": None}, {"release": "2026-01-14"}, {"note": "x"}],
    ids=["data", "told", "day", "name", "more"],
)
def test_a_record_changed_since_it_was_written_is_named(
    tested: Path, changed: dict[str, object]
) -> None:
    change(releases.release(tested, DAY), **changed)
    with pytest.raises(SiteProblem, match=r"2026-01-15\.json har ändrats sedan den skrevs"):
        releases.earlier(tested, "sample")


@pytest.fixture
def twice(tested: Path) -> Path:
    """Stand in for a repository with two releases, which two people have signed."""
    for _ in range(2):
        sign(releases.release(tested, DAY), *BOTH)
        _rebuilt(tested)
    return tested / "releases"


def test_a_release_names_the_one_before_it(twice: Path) -> None:
    first, second = releases.earlier(twice.parent, "sample").values()
    assert first["previous"] is None
    assert second["previous"] == {"release": DAY, "record_hash": first["record_hash"]}


def test_a_removed_release_is_missed(twice: Path) -> None:
    (twice / "2026-01-15.json").unlink()
    with pytest.raises(SiteProblem, match=r"releases/2026-01-15\.json saknas"):
        releases.earlier(twice.parent, "own")


def test_a_release_changed_and_sealed_again_is_named(twice: Path) -> None:
    change_and_seal(twice / "2026-01-15.json", told={})
    with pytest.raises(SiteProblem, match=r"2026-01-15\.json har ändrats sedan den skrevs"):
        releases.earlier(twice.parent, "sample")
