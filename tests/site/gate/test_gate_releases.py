"""A release is what passed the gate, signed by two, and kept to measure the next one with."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from small_site import PUBLISHED, TABLES

from helpers.disclosure.keys import SAMPLE_KEY, Secret
from helpers.site import SiteProblem, cache
from helpers.site.gate import releases, report

DAY = "2026-01-15"
BOTH = ("Ada Ek", DAY), ("Bo Alm", DAY)
SITE = {
    "data": "own",
    "as_of": "2025-12-31",
    "rules": PUBLISHED["rules"],
    "key": PUBLISHED["key"],
    "published": {"extensions": PUBLISHED},
}
HIDING = {"data": "own", "told": {"queue": {"tbl": [{"table": {"rows": [["K", 3]]}}]}}}


@dataclass(frozen=True)
class Risk:
    counts: float
    changes: float
    by_rates: float


@pytest.fixture(autouse=True)
def measured(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Stand in for the attacker, and note what it is given."""
    calls = []

    def measure(published: list[Any]) -> Risk:
        calls.append(published)
        return Risk(0.042, 0.11 * (len(published) - 1), 0.0)

    monkeypatch.setitem(
        sys.modules, "helpers.disclosure.attacker", SimpleNamespace(measure=measure)
    )
    return calls


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Stand in for a repository whose site has passed the gate."""
    for name in ("_site", "_build", "releases"):
        (tmp_path / name).mkdir()
    rebuild(tmp_path, "<p>32 placeringar</p>")
    return tmp_path


def rebuild(root: Path, text: str, **changed: Any) -> None:
    (root / "_site" / "index.html").write_text(text, encoding="utf-8")
    record = SITE | {"files": cache.sums(root / "_site")} | changed
    releases.write(record, root / releases.TESTED)


def load(file: Path) -> dict[str, Any]:
    return json.loads(file.read_text(encoding="utf-8"))


def change(file: Path, **changed: object) -> None:
    releases.write(load(file) | changed, file)


def change_and_seal(file: Path, **changed: object) -> None:
    record = load(file) | changed
    releases.write(record | {"record_hash": releases.fingerprint(record)}, file)


def sign(file: Path, *signed: tuple[str, str]) -> None:
    change(file, checked_by=[{"name": name, "day": day} for name, day in signed])


def released(root: Path, day: str = DAY) -> Path:
    file = releases.release(root, day)
    sign(file, *BOTH)
    return file


def test_the_record_holds_what_when_noise_risk_and_two_fields(root, measured):
    record = load(releases.release(root, DAY))
    assert (record["release"], record["extra"], record["previous"]) == (DAY, False, None)
    assert record["published"] == {"extensions": PUBLISHED}
    assert record["risk"] == {"extensions": {"counts": 0.042, "changes": 0.0, "by_rates": 0.0}}
    assert record["checked_by"] == [{"name": "", "day": ""}] * 2
    assert measured == [[PUBLISHED]]


def test_a_site_that_was_changed_since_is_refused(root):
    (root / "_site" / "index.html").write_text("<p>3 personer</p>", encoding="utf-8")
    with pytest.raises(SiteProblem, match="har inte prövats"):
        releases.release(root, DAY)
    assert not list((root / "releases").iterdir())


def test_no_site_is_refused(tmp_path):
    with pytest.raises(SiteProblem, match="Kör likavard site först"):
        releases.release(tmp_path, DAY)


@pytest.mark.parametrize("text", ['{"x"', "{}", "[]", "\udcff"])
def test_a_site_whose_test_cannot_be_read_counts_as_not_tested(root, text):
    (root / releases.TESTED).write_text(text, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(SiteProblem, match="Kör likavard site först"):
        releases.release(root, DAY)


def test_the_same_site_is_recorded_once(root):
    first = releases.release(root, DAY)
    assert releases.release(root, "2026-01-16") == first


@pytest.mark.parametrize(
    ("second", "is_signed"),
    [
        (("", ""), False),
        ((" ada ek", DAY), False),
        ((" ", DAY), False),
        (("Bo Alm", "igår"), False),
        (("Bo Alm", DAY), True),
    ],
    ids=["nobody", "the same", "no name", "no date", "another"],
)
def test_two_different_names_with_a_day_each_sign_it(root, second, is_signed):
    file = releases.release(root, DAY)
    sign(file, ("Ada Ek", DAY), second)
    assert releases.is_signed(releases.read(file)) is is_signed


def test_the_next_release_waits_for_the_names_of_the_last(root):
    releases.release(root, DAY)
    rebuild(root, "<p>40 placeringar</p>")
    with pytest.raises(SiteProblem, match=r"2026-01-15\.json är inte undertecknad"):
        releases.release(root, DAY)


@pytest.mark.parametrize(
    ("day", "data", "is_extra"),
    [
        ("2026-12-31", "own", True),
        ("2027-01-15", "own", False),
        ("2026-01-16", "sample", False),
    ],
)
def test_a_second_release_of_a_year_is_extra_and_says_why(root, day, data, is_extra):
    rebuild(root, "<p>32 placeringar</p>", data=data)
    released(root)
    rebuild(root, "<p>40 placeringar</p>", data=data)
    record = releases.read(releases.release(root, day))
    told = report.released("releases/x.json", record, is_signed=False)
    assert record["extra"] is is_extra
    assert ("Den här blir en extra utgåva" in told) is is_extra


def test_a_second_release_of_a_day_has_a_name_of_its_own(root):
    released(root)
    rebuild(root, "<p>40 placeringar</p>")
    assert released(root).name == "2026-01-15-2.json"


@pytest.mark.parametrize(
    "changed",
    [
        {"key": "another"},
        {"rules": {"max_noise": 9, "variance": 4}},
        {"rules": {"max_noise": 7, "variance": 5}},
    ],
)
def test_fresh_noise_on_the_same_people_is_refused(root, changed):
    released(root)
    rebuild(root, "<p>40 placeringar</p>", **changed)
    with pytest.raises(SiteProblem, match="två olika brus på samma antal"):
        releases.release(root, "2027-02-01")
    assert len(list((root / "releases").iterdir())) == 1


def test_own_data_with_noise_that_anybody_can_take_away_are_refused(root):
    key = Secret(SAMPLE_KEY.read_bytes()).fingerprint
    rebuild(root, "<p>32 placeringar</p>", key=key)
    with pytest.raises(SiteProblem, match="exempeldatas nyckel"):
        releases.release(root, DAY)
    rebuild(root, "<p>32 placeringar</p>", key=key, data="sample")
    assert releases.release(root, DAY).is_file()


def test_other_rules_and_releases_of_other_data_stop_nothing(root, measured):
    released(root)
    rebuild(root, "<p>40 placeringar</p>", rules=SITE["rules"] | {"smallest_group": 12})
    released(root, "2027-02-01")
    rebuild(root, "<p>50 placeringar</p>", data="sample", key="the sample's")
    assert releases.release(root, "2027-02-02").is_file()
    assert list(map(len, measured)) == [1, 2, 1]


def test_what_a_reader_of_all_releases_could_name_is_told(root, measured):
    released(root)
    later = PUBLISHED | {"tables": TABLES | {"more": TABLES["people"]}}
    other = PUBLISHED | {"question": "queue-times"}
    rebuild(root, "<p>40</p>", published={"extensions": later, "queue-times": other})
    record = releases.read(releases.release(root, "2027-02-01"))
    assert measured[1:] == [[PUBLISHED, later], [other]]
    told = report.released("releases/x.json", record, is_signed=True)
    assert "  extensions: 4 % (0 %), 11 %\n  queue-times: 4 % (0 %), 0 %\n" in told
    assert told.endswith("Nu får webbplatsen publiceras.")


def test_a_release_made_by_hiding_stops_nothing_and_is_not_measured(root, measured):
    old = HIDING | {"release": "2025-11-01", "previous": None, "files": {}}
    old |= {"checked_by": [{"name": name, "day": day} for name, day in BOTH]}
    file = root / "releases" / "2025-11-01.json"
    releases.write(old | {"record_hash": releases.fingerprint(old)}, file)
    record = releases.read(releases.release(root, "2026-11-02"))
    assert measured == [[PUBLISHED]]
    told = report.released("releases/x.json", record, is_signed=False)
    assert "Utgåvan 2025-11-01 är gjord med dolda tal" in told
    assert (record["extra"], record["previous"]["release"]) == (False, "2025-11-01")


@pytest.mark.parametrize("text", ["{", "[]", "{}", "\udcff"])
def test_a_broken_record_is_named(root, text):
    file = root / "releases" / "2026-01-15.json"
    file.write_text(text, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(SiteProblem, match=r"2026-01-15\.json går inte att läsa"):
        releases.release(root, DAY)


@pytest.mark.parametrize(
    "changed",
    [
        {"published": None},
        {"published": {"extensions": {"rows": []}}},
        {"checked_by": "x"},
        {"checked_by": [{"day": DAY}]},
        {"data": "Own"},
        {"previous": "x"},
    ],
    ids=["nothing", "no tables", "who", "no name", "data", "previous"],
)
def test_a_record_that_makes_no_sense_is_named(root, changed):
    change_and_seal(releases.release(root, DAY), **changed)
    with pytest.raises(SiteProblem, match=r"releases/2026-01-15\.json går inte att läsa"):
        releases.read_all(root)


@pytest.mark.parametrize(
    "changed",
    [{"data": "sample"}, {"published": {}}, {"as_of": None}, {"release": "2026"}, {"note": "x"}],
    ids=["data", "published", "day", "name", "more"],
)
def test_a_record_changed_since_it_was_written_is_named(root, changed):
    change(releases.release(root, DAY), **changed)
    with pytest.raises(SiteProblem, match=r"2026-01-15\.json har ändrats sedan den skrevs"):
        releases.read_all(root)


@pytest.fixture
def twice(root: Path) -> Path:
    """Stand in for a repository with two releases, which two people have signed."""
    released(root)
    rebuild(root, "<p>40 placeringar</p>")
    released(root, "2027-02-01")
    return root / "releases"


def test_a_release_names_the_one_before_it(twice):
    first, second = releases.read_all(twice.parent).values()
    assert first["previous"] is None
    assert second["previous"] == {"release": DAY, "record_hash": first["record_hash"]}


def test_a_removed_release_is_missed(twice):
    (twice / "2026-01-15.json").unlink()
    with pytest.raises(SiteProblem, match=r"releases/2026-01-15\.json saknas"):
        releases.read_all(twice.parent)


def test_a_release_changed_and_sealed_again_is_named(twice):
    change_and_seal(twice / "2026-01-15.json", published={})
    with pytest.raises(SiteProblem, match=r"2026-01-15\.json saknas, eller har ändrats"):
        releases.read_all(twice.parent)
