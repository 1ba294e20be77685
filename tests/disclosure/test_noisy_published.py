"""What may be known: from which noisy counts anything is given, and as what."""

import json
from dataclasses import replace
from datetime import date
from importlib import import_module

import pandas as pd
from made import SECRET, people, tally

from helpers.disclosure import ALL, PEOPLE, TOTAL, Group, Published, Rules, protect

module = import_module("helpers.disclosure.protect")


def published(n, means=None):
    """Noisy counts as given: n women, one less with a, and as many years."""
    rows = {"grouping": [ALL], "group": [ALL], "sex": ["K"]}
    ended = pd.DataFrame(
        {"grouping": [ALL] * 2, "group": [ALL] * 2, "sex": ["K"] * 2, "end": ["a", "b"],
         "n": [n - 1, 1]}
    )  # fmt: skip
    tables = {
        PEOPLE: pd.DataFrame({**rows, "n": [n]}),
        "ended": ended,
        "time": pd.DataFrame({**rows, "n": [3], "years": [20]}),
    }
    own = pd.DataFrame({**rows, "measure": ["m"], "n": [n], "value": [90.0], "noise": [10.0]})
    return Published(
        "made", date(2025, 12, 31), ("sex",), (), tables, own, Rules(), SECRET.fingerprint
    )


def _given(n):
    of = published(n)
    return {
        "people": of.people("K"),
        "count": of.count("ended", "K", end="b"),
        "share": of.share("ended", {"end": ["a"]}, {"end": ["a", "b"]}, sex="K"),
        "rate": of.rate("time", "K"),
    }


def test_below_10_noisy_persons_nothing_is_given_and_from_10_on_everything():
    assert set(_given(9).values()) == {None}
    at = _given(10)
    assert None not in at.values()
    assert (at["people"], at["count"], at["share"].n, at["rate"].n) == (10, 1, 10, 10)


def test_a_mean_is_given_from_12():
    assert published(11).mean("m", "K") is None
    assert published(12).mean("m", "K") == (90.0, 10.0, 12)


def test_tighter_rules_are_followed():
    tighter = replace(published(14), rules=Rules(smallest_group=15, smallest_mean=15))
    assert (tighter.people("K"), tighter.mean("m", "K")) == (None, None)


def test_what_does_not_exist_is_nobody_or_nothing():
    of = published(20)
    assert of.people("M") is None
    assert of.cell("ended", sex="K", end="c") == 0
    assert of.mean("another", "K") is None


def test_a_rate_needs_a_whole_year():
    of = published(20)
    of.tables["time"]["years"] = 0
    assert of.rate("time", "K") is None


def test_a_share_has_the_noise_in_its_interval():
    narrow = replace(published(40), rules=Rules())
    wide = replace(published(40), rules=Rules(variance=12, max_noise=10))
    part, whole = {"end": ["a"]}, {"end": ["a", "b"]}
    shares = [of.share("ended", part, whole, sex="K").estimate for of in (narrow, wide)]
    assert shares[0].value == shares[1].value == 39 / 40
    assert shares[0].low > shares[1].low


def test_the_record_is_json_and_holds_the_noisy_numbers():
    record = protect(tally(_town(90), ["sex", "care"], end=["a", "b"])).to_record()
    assert json.loads(json.dumps(record)) == record
    assert record["key"] == SECRET.fingerprint
    assert record["as_of"] == "2025-12-31"
    assert "key" not in record["tables"][PEOPLE]["columns"]


def _town(each, start=0):
    return people(
        *[({"sex": s, "care": c, "end": e}, each) for s in "KM" for c in ("x", "y") for e in "ab"],
        start=start,
    )


def test_a_small_town_shows_everyone_by_sex_alone(monkeypatch):
    found = protect(tally(_town(30), ["sex", "care"], end=["a", "b"]))
    people_seen = found.tables[PEOPLE].query("grouping == 'all' and sex != 'total'")["n"].sum()
    for limit, is_shown in ((people_seen, True), (people_seen + 1, False)):
        monkeypatch.setattr(module, "GROUPS_FROM", limit)
        of = protect(tally(_town(30), ["sex", "care"], end=["a", "b"]))
        assert (of.by, of.left_out) == (
            (("sex", "care"), ()) if is_shown else (("sex",), ("care",))
        )
        assert {group.grouping for group in of.groups()} == {ALL, *(["care"] if is_shown else [])}


def test_the_same_people_have_one_noise_in_every_table():
    cells = people(({"sex": "K", "care": "x", "end": "a"}, 300))
    of = protect(tally(cells, ["sex", "care"], end=["a"]))
    everyone = of.cell(PEOPLE, sex="K")
    assert of.cell(PEOPLE, sex=TOTAL) == everyone
    assert of.cell("ends", sex="K", end="a") == everyone
    assert of.cell("ends", Group("care", "x"), sex=TOTAL, end=TOTAL) == everyone
