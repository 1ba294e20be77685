"""How many more it takes, by hand and against the interval it is meant for."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.stats.needed import more_needed
from helpers.stats.proportions import gap


def test_twice_as_narrow_takes_four_times_as_many():
    assert more_needed(20, 10, 80) == 240


@given(st.floats(0, 1), st.floats(0.01, 1), st.integers(1, 10_000))
def test_none_are_needed_where_it_is_narrow_enough(half_width, relevant, n):
    assert (more_needed(half_width, relevant, n) == 0) == (half_width <= relevant)


def test_so_many_more_make_half_the_interval_of_a_gap_about_what_is_relevant():
    found = gap(30, 60, 60, 120)
    more = more_needed((found.high - found.low) / 2, 0.10, 180)
    larger = round((180 + more) / 3)
    again = gap(round(larger / 2), larger, larger, 2 * larger)
    assert (again.high - again.low) / 2 == pytest.approx(0.10, abs=0.003)


@pytest.mark.parametrize("wrong", [(inf, 1, 9), (1, 0, 9), (1, 1, 0), (float("nan"), 1, 9)])
def test_an_open_interval_or_nothing_relevant_is_refused(wrong):
    with pytest.raises(ValueError, match="interval with two ends"):
        more_needed(*wrong)
