"""Curves and medians of landmark shares, by hand."""

from math import inf

import pytest

from helpers.stats import landmarks
from helpers.stats.estimate import Estimate

TIMES = [91, 182, 274]


def test_the_curve_never_falls():
    found = landmarks.curve([Estimate(0.3, 0.2, 0.5), Estimate(0.25, 0.22, 0.4)])
    assert found == [Estimate(0.3, 0.2, 0.5), Estimate(0.3, 0.22, 0.5)]


def test_the_median_lies_where_the_line_between_two_landmarks_reaches_one_half():
    shares = [Estimate(0.2, 0.1, 0.5), Estimate(0.6, 0.4, 0.8), Estimate(0.7, 0.6, 0.9)]
    found = landmarks.median(TIMES, shares)
    assert found.value == pytest.approx(91 + 91 * 0.3 / 0.4)
    assert found.low == 91
    assert found.high == pytest.approx(182 + 92 * 0.1 / 0.2)


def test_before_the_first_landmark_the_line_starts_at_nobody_and_time_0():
    found = landmarks.median([91], [Estimate(0.75, 0.5, 1)])
    assert (found.value, found.low, found.high) == pytest.approx((91 * 2 / 3, 91 / 2, 91))


def test_what_does_not_reach_one_half_is_infinite():
    shares = [Estimate(0.2, 0.1, 0.5), Estimate(0.4, 0.2, 0.6), Estimate(0.3, 0.2, 0.6)]
    found = landmarks.median(TIMES, shares)
    assert (found.value, found.low, found.high) == (inf, 91, inf)
    assert landmarks.median([], []) == Estimate(inf, inf, inf)


def test_every_landmark_needs_a_share():
    with pytest.raises(ValueError, match="zip"):
        landmarks.median(TIMES, [Estimate(0.1, 0, 0.2)])
