"""A group whose members are all alike is not described, nor given away by the others."""

import pandas as pd
import pytest

from helpers.disclosure import TOTAL, Hidden, Reason, protect
from helpers.disclosure.alike import hide_alike, protect_unlike


def table(women, men):
    rows = [
        (sex, ending, n)
        for sex, own in (("K", women), ("M", men))
        for ending, n in zip("abc", own, strict=True)
    ]
    shown = hide_alike(protect(pd.DataFrame(rows, columns=["sex", "ending", "n"])), "sex")
    return shown.set_index(["sex", "ending"])["n"]


def test_how_a_group_splits_is_hidden_where_all_are_alike_but_not_how_many_it_is():
    shown = table((0, 0, 9), (20, 10, 30))
    for sex in ("K", TOTAL):
        assert {shown[sex, ending] for ending in "abc"} == {Hidden(Reason.ALL_ALIKE)}
    assert (shown["K", TOTAL], shown["M", TOTAL], shown[TOTAL, TOTAL]) == (9, 60, 69)
    assert [shown["M", ending] for ending in "abc"] == [20, 10, 30]


@pytest.mark.parametrize("women", [(0, 9, 9), (0, 0, 0), (8, 9, 7)])
def test_a_group_that_differs_or_is_not_there_is_shown(women):
    shown = table(women, (20, 10, 30))
    assert not any(isinstance(n, Hidden) for n in shown)


MEN = [("M", child, float(t), event, 8) for child in (False, True) for t in (10, 90)
       for event in (0, 1, 2)]  # fmt: skip


def unlike(rows):
    columns = ["sex", "child", "time", "event", "n"]
    return protect_unlike(pd.DataFrame(rows, columns=columns))


def test_a_finest_group_to_whom_one_event_came_alone_is_not_told_from_others():
    counts = unlike([("K", True, 30.0, 0, 9), ("K", False, 30.0, 1, 8), *MEN])
    assert {*counts.counts["child"]} == {TOTAL}
    assert {*counts.counts["sex"]} == {"K", "M"}
    assert counts.notes


def test_a_sex_to_whom_one_event_came_alone_is_left_out():
    counts = unlike([("K", True, 30.0, 0, 9), ("K", False, 70.0, 0, 8), *MEN])
    assert {*counts.counts["sex"]} == {"M"}
    assert counts.hidden == (("K", TOTAL),)
    assert counts.over("sex").counts.empty


def test_groups_that_differ_are_shown_as_they_are():
    counts = unlike(MEN)
    assert {*counts.counts["child"]} == {False, True}
    assert counts.notes == counts.hidden == ()
