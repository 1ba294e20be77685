"""Estimates, their differences and ratios, against published and other results."""

from math import exp, inf, log

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from helpers.stats.estimate import Estimate, difference, more_needed, ratio
from helpers.stats.proportions import gap


def wilson(count, n):
    return Estimate(count / n, *proportion_confint(count, n, method="wilson"))


@st.composite
def shares(draw):
    n = draw(st.integers(1, 60))
    return draw(st.integers(0, n)), n


positive = st.tuples(*[st.floats(0.01, 100)] * 3).map(
    lambda drawn: Estimate(sorted(drawn)[1], min(drawn), max(drawn))
)


@given(shares(), shares())
def test_the_difference_of_wilson_intervals_is_newcombes(first, second):
    ours = difference(wilson(*first), wilson(*second))
    limits = confint_proportions_2indep(*first, *second, method="newcomb", compare="diff")
    assert (ours.low, ours.high) == pytest.approx(limits, abs=1e-10)


def test_four_of_seven_against_eleven_of_twelve_is_not_established():
    gap = difference(wilson(4, 7), wilson(11, 12))
    assert [round(number, 3) for number in (gap.value, gap.low, gap.high)] == [
        -0.345,
        -0.673,
        0.037,
    ]
    assert not gap.excludes(0)


def test_newcombes_own_example():
    # Newcombe RG (1998), Statistics in Medicine 17, 873-890, table II, method 10, example a.
    gap = difference(wilson(56, 70), wilson(48, 80))
    assert (gap.low, gap.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)


@given(positive, positive)
def test_swapping_the_two_turns_the_difference_and_the_ratio_round(first, second):
    there, back = difference(first, second), difference(second, first)
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low))
    there, back = ratio(first, second), ratio(second, first)
    assert (there.low, there.high) == pytest.approx((1 / back.high, 1 / back.low))


@given(positive, positive)
def test_an_interval_holds_its_estimate(first, second):
    for contrast in (difference(first, second), ratio(first, second)):
        assert contrast.low <= contrast.value <= contrast.high


def test_a_limit_the_data_do_not_set_stays_open():
    reached, open_ended = Estimate(10, 5, 20), Estimate(12, 6, inf)
    assert difference(reached, open_ended).low == -inf
    assert difference(open_ended, reached).high == inf


def test_normal_limits_combine_as_their_standard_errors():
    gap = difference(Estimate(10, 7, 13), Estimate(6, 2, 10))
    assert (gap.value, gap.low, gap.high) == (4, -1, 9)
    times = ratio(Estimate(4, 4 / exp(3), 4 * exp(3)), Estimate(2, 2 / exp(4), 2 * exp(4)))
    assert [log(number / 2) for number in (times.low, times.high)] == pytest.approx([-5, 5])


def test_a_ratio_needs_positive_values():
    with pytest.raises(ValueError, match="two positive values"):
        ratio(Estimate(0, 0, 1), Estimate(1, 0.5, 2))


def test_a_ratio_whose_lower_limits_reach_zero_is_open():
    assert ratio(Estimate(2, 0, 4), Estimate(1, 0.5, 2)).low == 0
    assert ratio(Estimate(2, 1, 4), Estimate(1, -0.5, 2)).high == inf


def test_limits_at_the_null_do_not_exclude_it():
    assert not Estimate(1, 0, 2).excludes(0)
    assert Estimate(1, 0.1, 2).excludes(0)


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
