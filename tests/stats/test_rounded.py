"""Rounded percentages of any size: the truth always lies within, and small groups as listed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.stats.proportions import gap
from helpers.stats.published import Percentages, gaps_behind, groups_behind
from helpers.stats.rounded import behind

SURVEY = {"influence": Percentages(86, 100, 95), "whole person": Percentages(57, 92, 79)}


def test_nineteen_people_leave_one_pair_of_groups():
    found = behind(SURVEY, 19)
    assert found.first == (7, 7)
    assert found.reaches["whole person"] == pytest.approx((-0.345, -0.345, -0.673, 0.037), abs=5e-4)


@pytest.mark.parametrize(("total", "skipped"), [(19, 2), (24, 2), (40, 2)])
def test_no_possibility_of_the_listed_lies_outside(total, skipped):
    listed = gaps_behind(groups_behind(SURVEY, total, skipped))
    found = behind(SURVEY, total)
    for item, reach in found.reaches.items():
        own = listed[(listed["item"] == item) & (listed["n_first"] + listed["n_second"] == total)]
        assert (own["low"] >= reach.low - 1e-9).all()
        assert (own["high"] <= reach.high + 1e-9).all()


@st.composite
def surveys(draw):
    """Two groups; for three items how many answered (all but a fifth) and how many said yes."""
    people = draw(st.integers(1, 60)), draw(st.integers(1, 60))
    items = {}
    for item in "abc":
        n = [draw(st.integers(max(1, int(0.8 * size)), size)) for size in people]
        items[item] = [(draw(st.integers(0, size)), size) for size in n]
    return people, items


@settings(max_examples=60, deadline=None)
@given(surveys())
def test_the_truth_lies_within(survey):
    people, items = survey
    rounded = {
        item: Percentages(
            round(100 * x1 / n1), round(100 * x2 / n2), round(100 * (x1 + x2) / (n1 + n2))
        )
        for item, ((x1, n1), (x2, n2)) in items.items()
    }
    found = behind(rounded, sum(people))
    assert found.first[0] <= people[0] <= found.first[1]
    for item, ((x1, n1), (x2, n2)) in items.items():
        true, reach = gap(x1, n1, x2, n2), found.reaches[item]
        assert reach.gap_low - 1e-9 <= true.value <= reach.gap_high + 1e-9
        assert reach.low - 1e-9 <= true.low
        assert true.high <= reach.high + 1e-9


def test_the_size_of_one_group_may_be_known():
    found = behind({"a": Percentages(50, 50)}, 40, first=10)
    assert found.first == (10, 10)
    assert behind({"a": Percentages(50, 50)}, 40).first[1] > 30


def test_percentages_that_contradict_each_other_leave_nothing():
    assert behind({"a": Percentages(10, 20, 90)}, 50) == ((), {})
    assert behind({}, 50) == ((), {})
