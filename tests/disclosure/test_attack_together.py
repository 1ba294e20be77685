"""What is safe by itself and gives something away together with something else."""

import pytest
from told_facts import counts, found, share

from helpers.disclosure import TOTAL, Rules
from helpers.disclosure.attack import Rule, Source, attack
from helpers.disclosure.told import Ratio, cell, facts

T = TOTAL

BY_AGE = [("K", "ung", ".."), ("K", "äldre", ".."), ("M", "ung", ".."), ("M", "äldre", "..")]
AGE_TOTALS = [("K", T, 20), ("M", T, 30), (T, "ung", 24), (T, "äldre", 26), (T, T, 50)]


def only(told):
    [leak] = attack(told, Rules())
    return leak


def places(leak):
    return {source.place for source in leak.given_by}


def test_linked_tables_each_safe_alone():
    by_age = counts("sex age", BY_AGE + AGE_TOTALS, "ålder")
    by_care = counts("age care", [("ung", "a", 21), ("ung", "b", "..")], "vård")
    by_care += counts("care", [("a", 30), ("b", 20)], "vård")
    assert attack(by_age, Rules()) == []
    leaks = found(by_age + by_care)
    assert ("narrow", cell("svar", {"age": "ung", "care": "b"})) in leaks


def test_subtraction_across_pages():
    every = counts("sex", [("K", 40), ("M", 60)], "alla vårdformer")
    some = counts("sex", [("K", 38), ("M", 40)], "familjehem", where={"care": ("familjehem",)})
    rest = counts("care", [("familjehem", 78), ("annan", 22)], "vårdformer")
    leak = only(every + some + rest)
    assert leak.rule is Rule.SMALL_COUNT
    assert leak.cell == cell("svar", {"sex": "K", "care": "annan"})
    assert leak.places == ()
    assert places(leak) == {"alla vårdformer", "familjehem"}


def test_two_groupings_of_the_same_years():
    years = {"year": {"2022–2023": ("2022", "2023"), "2023–2024": ("2023", "2024")}}
    merged = counts("year", [("2022–2023", 40), ("2024", 30)], "två år", values=years)
    single = counts("year", [("2022", 37), ("2023–2024", 33)], "ett år", values=years)
    assert attack(merged, Rules()) == attack(single, Rules()) == []
    assert only(merged + single).cell == cell("svar", {"year": "2023"})


def test_a_number_hidden_on_one_page_and_shown_on_another():
    hidden = counts("sex", [("K", ".."), ("M", "..")], "en sida")
    shown = counts("sex", [("K", 12)], "en annan")
    leak = only(hidden + shown)
    assert (leak.rule, places(leak)) == (Rule.NARROW, {"en annan"})
    assert leak.places == (Source("en annan"), Source("en sida"))


def test_a_sentence_gives_a_table_away():
    table = counts("sex stage", [("K", "a", ".."), ("K", "b", ".."), ("K", T, 40)], "tabell")
    table += counts("sex stage", [("M", "a", ".."), ("M", "b", ".."), ("M", T, 40)], "tabell")
    assert attack(table, Rules()) == []
    sentence = counts("sex stage", [("K", "a", 38)], "mening")
    assert {leak.rule for leak in attack(table + sentence, Rules())} == {Rule.NARROW}


def later(*rows, **about):
    return counts("sex", rows, "nu", as_of="2026-12-31", **about)


def earlier(*rows, as_of="2025-12-31", **about):
    return counts("sex", rows, "då", "2025", as_of=as_of, **about)


def test_few_who_are_new_since_an_earlier_release():
    leak = only(earlier(("K", 170), ("M", 90)) + later(("K", 172), ("M", 120)))
    assert leak.rule is Rule.DIFFERENCING
    assert leak.across_releases
    assert dict(leak.cell.where) == {"sex": ("K",), "tillkom": ("efter 2025-12-31",)}
    assert leak.given_by == (Source("nu"), Source("då", "2025"))


def test_many_who_are_new_or_none():
    assert attack(earlier(("K", 170), ("M", 90)) + later(("K", 175), ("M", 90)), Rules()) == []


def test_another_grouping_of_the_same_day_links_exactly():
    now = later(("K", ".."), ("M", ".."), (T, 60))
    then = earlier(("K", 58), as_of="2026-12-31")
    assert {leak.rule for leak in attack(now + then, Rules())} == {Rule.DIFFERENCING}


def test_an_unknown_day_is_the_latest():
    told = earlier(("K", 170)) + later(("K", 180)) + counts("sex", [("K", 180)], "utan dag")
    assert attack(told, Rules()) == []


def test_a_number_that_was_corrected_since_is_noted():
    now = later(("K", 170), ("M", 30), (T, 200))
    leaks = attack(now + earlier(("K", 175), ("M", 20)), Rules())
    assert [leak.rule for leak in leaks] == [Rule.CONTRADICTION]
    assert leaks[0].across_releases


@pytest.mark.parametrize("total", [[], [(T, 61)]])
def test_a_number_that_was_corrected_since_does_not_stop_the_others_from_being_joined(total):
    told = earlier(("K", 20), ("M", 41), *total) + later(("K", 23), ("M", 40), (T, 63))
    contradiction, leak = attack(told, Rules())
    assert contradiction.rule is Rule.CONTRADICTION
    assert leak.rule is Rule.DIFFERENCING
    assert dict(leak.cell.where) == {"sex": ("K",), "tillkom": ("efter 2025-12-31",)}


def test_what_contradicts_the_site_in_whole_counts_alone_does_not_stop_the_attack():
    """No part of 20 is 51 %, though 10.2 is."""
    hidden = counts("sex", [("K", 16), ("M", ".."), (T, 20)], "nu")
    told = hidden + share(51, "då", release="2025")
    contradiction, leak = attack(told, Rules())
    assert (contradiction.rule, contradiction.across_releases) == (Rule.CONTRADICTION, True)
    assert [leak] == attack(hidden, Rules())
    assert leak.rule is Rule.NARROW


def test_what_earlier_releases_gave_away_alone_is_not_held_against_the_site():
    assert attack(earlier(("K", 3)) + later(("K", 40), ("M", 30)), Rules()) == []


def test_a_waiting_list_is_not_joined_to_that_of_another_day():
    now = later(("K", 170), where={"väntar 2026-12-31": ("ja",)})
    assert not [leak for leak in attack(now, Rules()) if leak.across_releases]


@pytest.mark.parametrize("n", [3, 40])
def test_many_tables_that_share_margins(n):
    """So many attributes that no table holds them all."""
    told = []
    for i in range(n):
        rows = [("a", "a", ".."), ("a", "b", ".."), ("b", "a", ".."), ("b", "b", "..")]
        rows += [("a", T, 20), ("b", T, 20), (T, "a", 20), (T, "b", 20)]
        told += counts(f"x{i} x{i + 1}", rows, f"tabell {i}")
    assert attack(told, Rules()) == []
    leaks = attack(told + counts(f"x{n - 1} x{n}", [("a", "a", 17)], "mening"), Rules())
    assert len(leaks) == 4
    assert all("mening" in places(leak) for leak in leaks)


def test_rounded_shares_and_tables_are_joined():
    table = counts("sex", [("K", ".."), ("M", ".."), (T, 40)], "tabell")
    told = table + share(50, "mening", sex="K") + share(50, "mening", sex="M")
    assert attack(table, Rules()) == attack(told, Rules()) == []


WOMEN, YOUNG = cell("svar", {"sex": "K"}), cell("svar", {"age": "ung"})
YOUNG_WOMEN = cell("svar", {"sex": "K", "age": "ung"})


def about(percent, part, among, place, release=""):
    return list(facts(Ratio(part, among, percent - 0.005, percent + 0.005), place, release))


@pytest.mark.parametrize(
    "few_women",
    [
        counts("sex", [("K", 3), ("M", 30)], "då", "2025"),
        counts("sex", [("M", 30), (T, 33)], "då", "2025"),
        counts("sex", [(T, 33)], "då", "2025") + about(0.09, WOMEN, cell("svar"), "då", "2025"),
    ],
)
@pytest.mark.parametrize(
    "few_young",
    [
        counts("sex age", [("M", "ung", 18), (T, "ung", 20), ("K", "äldre", "..")], "nu"),
        counts("age", [("ung", 20), ("äldre", "..")], "nu") + about(0.1, YOUNG_WOMEN, YOUNG, "nu"),
    ],
)
def test_some_of_the_few_that_an_earlier_release_gave_away(few_women, few_young):
    """The few are not held against the site; what it tells of some of them is."""
    leaks = found(few_women + few_young)
    assert WOMEN not in {cell for _, cell in leaks}
    assert leaks["small-count", YOUNG_WOMEN].given_by == (Source("nu"),)
