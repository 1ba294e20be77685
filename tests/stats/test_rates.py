"""Rates and their ratio, against published figures, R, and the binomial law itself."""

from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from noise_tables import LESS, NOISE, NONE, seen
from scipy.stats import binomtest, poisson
from statsmodels.stats.rates import confint_poisson_2indep

from helpers.stats import rates
from helpers.stats.estimate import Estimate

# Breast cancer and fluoroscopy, cases and woman-years: Boice and Monson (1977), as worked
# in Rothman, Greenland and Lash (2008), chapter 14.
EXPOSED, UNEXPOSED = (41, 28010), (15, 19017)

events = st.integers(0, 40)
times = st.floats(0.5, 500)
methods = st.sampled_from(["mid-p", "exact"])


@st.composite
def two_rates(draw):
    first, second = draw(events), draw(events)
    return max(first, 1 - second), draw(times), second, draw(times)


def limits(estimate):
    return estimate.low, estimate.high


def test_the_fluoroscopy_ratio_is_that_of_the_textbook():
    found = rates.ratio(*EXPOSED, *UNEXPOSED)
    assert found.value == pytest.approx(1.86, abs=5e-3)
    # R: epitools 0.5-10, rateratio.midp, whose root finder stops at three decimals.
    assert limits(found) == pytest.approx((1.041, 3.449), abs=1e-3)


def test_the_exact_ratio_is_that_of_r():
    # R 4.2.2: poisson.test(c(41, 15), c(28010, 19017)).
    found = rates.ratio(*EXPOSED, *UNEXPOSED, method="exact")
    assert limits(found) == pytest.approx((1.00568406269, 3.60930031108), rel=1e-9)


def test_the_exact_rate_is_that_of_r():
    # R 4.2.2: poisson.test(41, 28010).
    found = rates.interval(*EXPOSED, method="exact")
    assert limits(found) == pytest.approx((0.00105042155903, 0.00198575971316), rel=1e-9)


def test_for_many_events_the_ratio_nears_the_score_interval_of_statsmodels():
    counts = (4100, 28010, 1500, 19017)
    score = confint_poisson_2indep(*counts, method="score", compare="ratio")
    assert limits(rates.ratio(*counts)) == pytest.approx(score, rel=1e-3)


@given(two_rates())
def test_the_exact_interval_holds_1_when_the_binomial_test_does_not_reject(counts):
    events1, time1, events2, time2 = counts
    n, expected = events1 + events2, time1 / (time1 + time2)
    tails = [binomtest(events1, n, expected, side).pvalue for side in ("less", "greater")]
    found = rates.ratio(*counts, method="exact")
    assert found.excludes(1) == (min(tails) < 0.025)


@given(two_rates(), methods)
def test_swapped_groups_give_the_inverse(counts, method):
    ahead = rates.ratio(*counts, method=method)
    back = rates.ratio(*counts[2:], *counts[:2], method=method)
    assert ahead.low * back.high == pytest.approx(1) or (ahead.low, back.high) == (0, inf)
    assert ahead.high * back.low == pytest.approx(1) or (ahead.high, back.low) == (inf, 0)


@given(two_rates(), st.floats(0.01, 100), methods)
def test_the_unit_of_time_does_not_matter(counts, unit, method):
    events1, time1, events2, time2 = counts
    scaled = rates.ratio(events1, time1 * unit, events2, time2 * unit, method=method)
    assert limits(scaled) == pytest.approx(limits(rates.ratio(*counts, method=method)))


@given(two_rates())
def test_mid_p_lies_within_exact(counts):
    mid_p, exact = rates.ratio(*counts), rates.ratio(*counts, method="exact")
    assert exact.low <= mid_p.low + 1e-12 <= mid_p.value + 1e-9
    assert mid_p.value <= mid_p.high + 1e-9 <= exact.high * (1 + 1e-9) + 1e-9


def test_no_events_in_a_group_leave_one_side_open():
    assert limits(rates.ratio(5, 10, 0, 10))[1] == inf
    assert limits(rates.ratio(0, 10, 5, 10))[0] == 0
    assert rates.interval(0, 10, method="exact").low == 0


@settings(max_examples=20)  # statsmodels takes its time
@given(events, times)
def test_noise_that_adds_nothing_gives_the_mid_p_limits(count, time):
    plain, noisy = rates.interval(count, time), rates.interval(count, time, noise=NONE)
    assert limits(noisy) == pytest.approx(limits(plain), rel=1e-6)


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


def test_representation_is_the_share_of_events_over_the_share_of_time():
    # 13 of 20 endings are women's, and 40 of 100 placement-years.
    found = rates.representation(rates.ratio(13, 40, 7, 60), 0.40)
    assert found.value == pytest.approx(0.65 / 0.40)
    share = binomtest(13, 20).proportion_ci(method="exact")
    exact = rates.representation(rates.ratio(13, 40, 7, 60, method="exact"), 0.40)
    assert limits(exact) == pytest.approx((share.low / 0.40, share.high / 0.40))


def test_65_percent_of_the_events_mean_nothing_until_the_share_exposed_is_known():
    share = Estimate(0.65, 0.5, 0.8)
    assert rates.ratio_from_shares(share, 0.65).value == pytest.approx(1)
    assert rates.ratio_from_shares(share, 0.40).value == pytest.approx(0.65 * 0.6 / (0.35 * 0.4))


@given(st.floats(0.01, 100), st.floats(0.01, 0.99))
def test_representation_and_ratio_tell_of_one_thing(ratio, exposed):
    found = rates.representation(Estimate(ratio, 0, inf), exposed)
    assert limits(found) == pytest.approx((0, 1 / exposed))
    share = Estimate(*(x * exposed for x in (found.value, found.low, found.high)))
    assert rates.ratio_from_shares(share, exposed).value == pytest.approx(ratio)


@pytest.mark.parametrize("rate", [(-1, 10), (3, 0), (3, -2)])
def test_what_is_no_rate_is_refused(rate):
    with pytest.raises(ValueError, match="a rate needs"):
        rates.ratio(*rate, 1, 1)


def test_a_ratio_of_no_events_is_refused():
    with pytest.raises(ValueError, match="at least one event"):
        rates.ratio(0, 10, 0, 10)


@pytest.mark.parametrize("exposed", [0, 1, 1.5])
def test_a_share_exposed_of_nobody_or_everybody_is_refused(exposed):
    with pytest.raises(ValueError, match="share exposed"):
        rates.representation(Estimate(1, 1, 1), exposed)
