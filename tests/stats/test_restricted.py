"""Restricted means told by landmarks: by hand, against Welch's t, and in invented towns."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from noise_tables import NOISE
from scipy.integrate import quad
from scipy.stats import ttest_ind

from helpers.stats import restricted
from helpers.stats.restricted import RestrictedMean

LANDMARKS = [91, 182, 274, 365]
numbers = st.lists(st.floats(1, 300), min_size=3, max_size=20)


@st.composite
def landmarks(draw):
    followed = sorted(draw(st.lists(st.integers(1, 80), min_size=4, max_size=4)), reverse=True)
    return [draw(st.integers(0, n)) for n in followed], followed


def limits(estimate):
    return estimate.low, estimate.high


def test_the_spread_of_two_landmarks_by_hand():
    # S is 1, 6/10 and 1/10: 2 (0.7333 + 0.9667) / 2 less the square of 0.8 + 0.35.
    assert restricted.spread([1, 2], [3, 8], [8, 8]) == pytest.approx(1.7 - 1.15**2)


def test_nobody_seeming_to_differ_is_no_sign_of_precision():
    assert restricted.spread(LANDMARKS, [0, 0, 0, 0], [900] * 4) == (365 / 4) ** 2


@given(landmarks())
def test_the_spread_is_the_variance_of_a_wait_with_that_curve(counts):
    done, followed = counts
    waiting = (np.subtract(followed, done) + 1) / (np.array(followed) + 2)
    time, share = [0, *LANDMARKS], np.minimum.accumulate([1, *waiting])
    mean, square = (
        quad(lambda t, power=power: power * t ** (power - 1) * np.interp(t, time, share),
             0, 365, points=LANDMARKS)[0]
        for power in (1, 2)
    )  # fmt: skip
    expected = max(square - mean**2, (365 / 4) ** 2)
    assert restricted.spread(LANDMARKS, done, followed) == pytest.approx(expected)


def test_a_mean_rests_on_those_counted_and_those_followed_to_the_horizon():
    found = restricted.mean(2, 10, 0.5, times=[1, 2], done=[3, 8], followed=[9, 8])
    v = restricted.spread([1, 2], [3, 8], [9, 8])
    assert found == RestrictedMean(2, v / 8, 8, pytest.approx(0.25 + 1 / 12))
    few = restricted.mean(2, 3, 0.5, times=[2], done=[1], followed=[2])
    assert few.df == 4


@given(numbers, numbers)
def test_means_without_noise_are_compared_as_by_welch(first, second):
    ours = [RestrictedMean(np.mean(x), np.var(x, ddof=1) / len(x), len(x) - 1)
            for x in (np.array(first) + range(len(first)), np.array(second))]  # fmt: skip
    if ours[1].variance < 1e-6:
        return
    theirs = ttest_ind(np.array(first) + range(len(first)), second, equal_var=False)
    assert limits(restricted.difference(*ours)) == pytest.approx(
        tuple(theirs.confidence_interval(0.95)), rel=1e-6, abs=1e-6
    )


def test_noise_alone_gives_the_normal_interval():
    found = RestrictedMean(100, 1e-9, 4, 25).interval()
    assert limits(found) == pytest.approx((100 - 9.8, 100 + 9.8), abs=0.01)


def test_a_ratio_is_symmetric_on_the_log_scale_and_turns_with_the_groups():
    women, men = RestrictedMean(240, 300, 14, 30), RestrictedMean(200, 90, 59, 2)
    ahead, back = restricted.ratio(women, men), restricted.ratio(men, women)
    assert ahead.value == pytest.approx(1.2)
    assert ahead.low * ahead.high == pytest.approx(1.2**2)
    assert ahead.low * back.high == pytest.approx(1)
    # By hand: sqrt(330 / 240² + 92 / 200²) = 0.0896, of which a t with 31.9 df takes 2.037.
    assert ahead.high / ahead.value == pytest.approx(np.exp(2.037 * 0.0896), rel=1e-3)


def test_a_mean_of_0_has_no_ratio():
    with pytest.raises(ValueError, match="above 0"):
        restricted.ratio(RestrictedMean(0, 1, 9), RestrictedMean(1, 1, 9))


@pytest.mark.parametrize("times", [[], [1], [2, 1], [0, 1]])
def test_landmarks_that_do_not_rise_or_lack_counts_are_refused(times):
    with pytest.raises(ValueError, match="landmark"):
        restricted.spread(times, [1, 1], [2, 2])


def test_the_interval_covers_the_true_difference_in_invented_towns():
    random = np.random.default_rng(2)
    women, men = ([mean(n, random) for _ in range(300)] for n in (15, 60))
    differences = [restricted.difference(*pair) for pair in zip(women, men, strict=True)]
    assert 0.925 < np.mean([not found.excludes(0) for found in differences]) < 0.99


def mean(n, random):
    """Mean wait within a year of `n` people who came over four years, as made public."""
    seen, wait = np.floor(random.uniform(0, 1460, n)), np.ceil(270 * random.weibull(1.5, n))
    done = [noisy(((wait <= day) & (seen >= day)).sum(), random) for day in LANDMARKS]
    waiting = [noisy(((wait > day) & (seen >= day)).sum(), random) for day in LANDMARKS]
    sd = 3 * 365 / 4 / n
    return restricted.mean(
        round(area(np.minimum(wait, seen), wait <= seen) + random.normal(0, sd)),
        noisy(n, random),
        sd,
        times=LANDMARKS,
        done=done,
        followed=np.add(done, waiting).tolist(),
    )


def noisy(true, random):
    return true + random.choice(15, p=NOISE[min(true, 7)]) - 7


def area(time, ended):
    """Area under the Kaplan-Meier curve up to 365, people in order of their time."""
    order = np.lexsort((~ended, time))
    at_risk = np.arange(len(time), 0, -1)
    share = np.cumprod([1, *(1 - ended[order] / at_risk)])
    return share @ np.diff(np.minimum([0, *time[order]], 365), append=365)
