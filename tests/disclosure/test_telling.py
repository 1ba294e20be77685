"""What counts of durations tell of the cases is what they hold."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.disclosure import TOTAL, protect_durations, told
from helpers.disclosure.told import cell

AS_OF = date(2025, 12, 31)
EVENTS = {0: "waiting", 1: "access", 2: "left"}
ENDING, TIME = told.at("ending", AS_OF), told.at("time", AS_OF)
NAMES = {"event": ENDING, "time": TIME}


def telling(rows):
    counts = protect_durations(pd.DataFrame(rows, columns=["sex", "time", "event", "n"]))
    return counts.telling("queue", AS_OF, attributes=NAMES, events=EVENTS, final=("access", "left"))


def found(counts, **where):
    """Find what is told of one cell, in every way that it is told."""
    asked = cell("queue", {ENDING: [*EVENTS.values()]} | where)
    table = counts.told[0]
    facts = [fact for fact in told.facts(table) if _leave_out(fact.cell, TIME) == asked]
    return {(fact.low, fact.high) for fact in facts}


def _leave_out(named, attribute):
    where = {name: v for name, v in named.where if name != attribute}
    return cell(named.cases, where)


WOMEN = [("K", 10.0, 0, 6), ("K", 50.0, 1, 9), ("K", 90.0, 2, 5)]
MEN = [("M", 10.0, 0, 7), ("M", 50.0, 1, 8), ("M", 90.0, 2, 6)]


def test_each_event_and_group_and_everyone_are_told():
    counts = telling(WOMEN + MEN)
    assert found(counts, sex="K", **{ENDING: "left"}) == {(5, 5)}
    assert found(counts, sex="K") == {(20, 20)}
    assert found(counts) == {(41, 41)}


def test_those_who_may_have_left_are_not_told_from_those_who_wait():
    counts = telling([*WOMEN[:2], ("K", 90.0, 2, 2), *MEN])
    assert not found(counts, sex="K", **{ENDING: "waiting"})
    assert found(counts, sex="K", **{ENDING: ["left", "waiting"]}) == {(8, 8)}
    assert found(counts, sex="M", **{ENDING: "waiting"}) == {(7, 7)}


def test_of_a_group_with_too_few_of_one_event_alone_nothing_is_claimed():
    counts = telling([("K", 10.0, 0, 3), ("K", 50.0, 1, 9), *MEN])
    assert counts.hidden == (("K",),)
    assert not counts.small
    assert not found(counts, sex="K")
    assert not found(counts)
    everyone = cell("queue", {ENDING: [*EVENTS.values()]})
    women = cell("queue", {ENDING: [*EVENTS.values()], "sex": "K"})
    assert counts.told[1:] == (told.Ratio(women, everyone, 0.0, 1.0, str(AS_OF)),)


def test_a_hidden_group_is_told_of_without_its_number():
    counts = telling([("K", 10.0, 0, 3), *MEN])
    assert found(counts, sex="K") == {(0, float("inf"))}
    assert not found(counts)
    assert found(counts, sex="M") == {(21, 21)}


def test_what_is_selected_tells_of_all_it_was_selected_from():
    counts = telling(WOMEN + MEN)
    assert counts.over("sex").told == counts.where(sex="K").told == counts.told


rows = st.tuples(
    st.sampled_from("KM"), st.floats(0, 700), st.sampled_from([0, 1, 2]), st.integers(1, 9)
)


@settings(max_examples=60, deadline=None)
@given(st.lists(rows, min_size=1, max_size=40))
def test_what_is_told_sums_to_what_is_told_of_the_whole(drawn):
    counts = telling(drawn)
    table = counts.told[0]
    for sex, own in table.table.groupby("sex"):
        parts = own[own[TIME] != TOTAL]["n"].sum()
        [whole] = found(counts, **({} if sex == TOTAL else {"sex": sex}))
        assert sex == TOTAL or whole == pytest.approx(
            (0, float("inf")) if not parts else (parts,) * 2
        )
    assert not table.table["n"].isin(range(1, counts.rules.min_count)).any()
