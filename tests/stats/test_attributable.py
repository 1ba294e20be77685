"""How many more it would be is what a hand and statsmodels get, and agrees with the verdict."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep
from statsmodels.stats.rates import confint_poisson, confint_poisson_2indep

from helpers.stats import proportions, rates
from helpers.stats.estimate import Estimate, agreeing, attributable


def test_a_share_by_hand():
    """Of 100 women 20, of 100 men 35: as often as men, 35 women, which is 15 more."""
    found = attributable(Estimate(0.2, 0.1, 0.3), Estimate(0.35, 0.25, 0.5), 100)
    assert found.value == pytest.approx(15)
    assert found.low == pytest.approx(15 - 100 * (0.1**2 + 0.1**2) ** 0.5)
    assert found.high == pytest.approx(15 + 100 * (0.15**2 + 0.1**2) ** 0.5)


def test_a_share_is_newcombes_difference_times_the_group():
    low, high = confint_proportions_2indep(70, 200, 22, 110, method="newcomb")
    levels = proportions.interval(22, 110), proportions.interval(70, 200)
    found = attributable(*levels, 110)
    assert (found.low, found.high) == pytest.approx((110 * low, 110 * high), abs=1e-9)


def test_a_rate_is_the_difference_of_rates_times_the_time():
    counts = (26, 60.0), (24, 90.0)
    low, high = confint_poisson_2indep(*counts[1], *counts[0], method="mover", compare="diff")
    levels = [
        Estimate(count / time, *confint_poisson(count, time, method="score"))
        for count, time in counts
    ]
    found = attributable(*levels, 60)
    assert found.value == pytest.approx(60 * 24 / 90 - 26)
    assert (found.low, found.high) == pytest.approx((60 * low, 60 * high), abs=1e-9)


@given(st.integers(0, 40), st.integers(0, 40), st.integers(2, 90), st.integers(2, 90))
def test_a_number_lies_on_one_side_of_zero_just_where_the_ratio_tells_apart(x, y, time, other):
    is_apart = rates.ratio(x, time, y, other).excludes(1)
    levels = rates.interval(x, time), rates.interval(y, other)
    found = agreeing(attributable(*levels, time), is_apart)
    assert (found.low < 0 < found.high) <= (not is_apart)
    assert (found.low <= 0 <= found.high) >= (not is_apart)
    assert found.low <= found.value <= found.high


@pytest.mark.parametrize(
    ("found", "is_apart", "limits"),
    [
        (Estimate(5, -1, 9), True, (0, 9)),
        (Estimate(-5, -9, 1), True, (-9, 0)),
        (Estimate(5, 1, 9), False, (0, 9)),
        (Estimate(-5, -inf, -1), False, (-inf, 0)),
        (Estimate(5, 1, 9), True, (1, 9)),
    ],
)
def test_the_limit_at_zero_follows_the_verdict(found, is_apart, limits):
    agreed = agreeing(found, is_apart)
    assert (agreed.low, agreed.high) == limits
