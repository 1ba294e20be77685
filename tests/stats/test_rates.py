"""Rates and their ratio, against published figures, R, statsmodels, and the Poisson law."""

from math import inf, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from noise_tables import LESS, NOISE, NONE, seen
from scipy.stats import poisson
from statsmodels.stats.rates import confint_poisson, confint_poisson_2indep

from helpers.stats import rates

# Breast cancer and fluoroscopy, cases and woman-years: Boice and Monson (1977), as worked
# in Rothman, Greenland and Lash (2008), chapter 14.
EXPOSED, UNEXPOSED = (41, 28010), (15, 19017)

events = st.integers(0, 40)
times = st.floats(0.5, 500)


two_rates = st.tuples(events, times, events, times)


def limits(estimate):
    return estimate.low, estimate.high


def test_the_fluoroscopy_ratio_is_nearly_the_mid_p_ratio_of_the_textbook():
    found = rates.ratio(*EXPOSED, *UNEXPOSED)
    assert found.value == pytest.approx(1.86, abs=5e-3)
    # R: epitools 0.5-10, rateratio.midp, which is of the events given their sum.
    assert limits(found) == pytest.approx((1.041, 3.449), rel=5e-3)


def test_for_many_events_the_ratio_nears_the_score_interval_of_statsmodels():
    counts = (4100, 28010, 1500, 19017)
    score = confint_poisson_2indep(*counts, method="score", compare="ratio")
    assert limits(rates.ratio(*counts)) == pytest.approx(score, rel=1e-3)


@given(two_rates)
def test_swapped_groups_give_the_inverse_and_the_interval_holds_the_ratio(counts):
    ahead, back = rates.ratio(*counts), rates.ratio(*counts[2:], *counts[:2])
    assert ahead.low <= ahead.value <= ahead.high
    assert ahead.low * back.high == pytest.approx(1) or (ahead.low, back.high) == (0, inf)
    assert ahead.high * back.low == pytest.approx(1) or (ahead.high, back.low) == (inf, 0)


@given(two_rates, st.floats(0.01, 100))
def test_the_unit_of_time_does_not_matter(counts, unit):
    events1, time1, events2, time2 = counts
    scaled = rates.ratio(events1, time1 * unit, events2, time2 * unit)
    assert limits(scaled) == pytest.approx(limits(rates.ratio(*counts)))


def test_no_events_in_a_group_leave_one_side_open():
    assert limits(rates.ratio(5, 10, 0, 10))[1] == inf
    assert limits(rates.ratio(0, 10, 5, 10))[0] == 0
    # By hand: half the chance of no event is 2.5 percent.
    assert limits(rates.interval(0, 10)) == (0, pytest.approx(-log(0.05) / 10))


def test_the_interval_is_the_mid_p_interval_of_statsmodels():
    for count in (1, 12):
        theirs = confint_poisson(count, 8, method="midp-c")
        assert limits(rates.interval(count, 8)) == pytest.approx(theirs, rel=1e-5)


@given(st.integers(1, 40), times, st.sampled_from([0.8, 0.95]))
def test_at_each_limit_the_count_and_all_beyond_it_are_as_rare_as_the_level_says(
    count, time, level
):
    for noise in (None, NONE):
        low, high = limits(rates.interval(count, time, level, noise=noise))
        at_low = poisson.sf(count, low * time) + poisson.pmf(count, low * time) / 2
        at_high = poisson.cdf(count - 1, high * time) + poisson.pmf(count, high * time) / 2
        assert (at_low, at_high) == pytest.approx([(1 - level) / 2] * 2)


@given(events, events, times)
def test_the_ratio_of_noisy_rates_turns_with_them_and_holds_its_value(first, second, time):
    ahead = rates.ratio(first, 10, second, time, noise=NOISE, rounding=0.5)
    back = rates.ratio(second, time, first, 10, noise=NOISE, rounding=0.5)
    assert ahead.low <= ahead.value <= ahead.high
    assert 1 / back.value == pytest.approx(ahead.value)
    assert ahead.low * back.high == pytest.approx(1) or (ahead.low, back.high) == (0, inf)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5, 8, 13, 50, 100_000])
def test_more_noise_gives_a_wider_interval(count):
    none, less, more = (rates.interval(count, 1, noise=noise) for noise in (NONE, LESS, NOISE))
    assert none.high - none.low < less.high - less.low < more.high - more.low


@pytest.mark.parametrize("expected", [0.3, 1, 3, 12, 20, 40, 80])
def test_the_interval_of_a_noisy_rate_covers_the_true_one(expected):
    likely = poisson.pmf(np.arange(151), expected) @ seen(150, NOISE)
    found = [rates.interval(count, 1, noise=NOISE) for count in range(len(likely))]
    assert likely @ [not rate.excludes(expected) for rate in found] > 0.94


@pytest.mark.parametrize(("expected", "covers"), [((3, 12), 0.96), ((20, 30), 0.94)])
def test_the_interval_of_a_ratio_of_noisy_rates_covers_the_true_one(expected, covers):
    chance = [poisson.pmf(np.arange(61), mean) @ seen(60, NOISE) for mean in expected]
    likely = [np.flatnonzero(c > 1e-4).tolist() for c in chance]
    covered = sum(
        chance[0][i] * chance[1][j]
        for i in likely[0]
        for j in likely[1]
        if not rates.ratio(i, expected[0], j, expected[1], noise=NOISE).excludes(1)
    )
    assert covered > covers


def test_a_noisy_count_of_0_counts_as_a_half_and_leaves_its_side_open():
    none_first = rates.ratio(0, 10, 6, 20, noise=NOISE)
    assert (none_first.value, none_first.low) == (pytest.approx(0.05 / 0.3), 0)
    assert rates.ratio(6, 20, 0, 10, noise=NOISE).high == inf
    assert limits(rates.ratio(0, 10, 0, 10, noise=NOISE)) == (0, inf)


def test_rounded_time_widens_the_interval_by_what_it_may_hide():
    exact, rounded = rates.interval(12, 40), rates.interval(12, 40, rounding=0.5)
    assert limits(rounded) == pytest.approx((exact.low * 40 / 40.5, exact.high * 40 / 39.5))
    assert rates.interval(3, 0.5, rounding=0.5).high == inf


@pytest.mark.parametrize("rate", [(-1, 10), (3, 0), (3, -2)])
def test_what_is_no_rate_is_refused(rate):
    with pytest.raises(ValueError, match="a rate needs"):
        rates.ratio(*rate, 1, 1)
