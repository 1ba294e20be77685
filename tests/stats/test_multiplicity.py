"""P-values of intervals, and Holm's method: against R, by hand, and in step with intervals."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from noise_tables import NOISE
from scipy.special import ndtr, ndtri

from helpers.stats.estimate import Estimate
from helpers.stats.multiplicity import holm, p_value
from helpers.stats.proportions import gap

few = settings(max_examples=20, deadline=None)


def normal(value):
    """Interval of an estimate with standard error 1."""
    return lambda level: Estimate(
        value, value - ndtri((1 + level) / 2), value + ndtri((1 + level) / 2)
    )


def test_adjusted_as_in_r():
    # R 4.2.2: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm").
    assert holm([0.01, 0.04, 0.03, 0.005]).tolist() == pytest.approx([0.03, 0.06, 0.06, 0.02])


def test_holm_rejects_what_bonferroni_does_not():
    # By hand: 0.010 < 0.05/3 = 0.0167; then 0.020 < 0.05/2; then 0.040 < 0.05/1.
    assert (holm([0.010, 0.020, 0.040]) <= 0.05).tolist() == [True, True, True]


@few
@given(st.floats(-6, 6))
def test_the_p_value_of_a_normal_interval_is_that_of_the_z_test(value):
    assert p_value(normal(value)) == pytest.approx(2 * ndtr(-abs(value)), abs=2e-6)


@few
@given(st.integers(1, 30), st.floats(0.5, 0.99))
def test_p_value_and_interval_of_a_noisy_gap_agree(count, level):
    found = p_value(lambda level: gap(count, 30, 40, 60, level=level, noise=NOISE))
    interval = gap(count, 30, 40, 60, level=level, noise=NOISE)
    assert interval.excludes(0) == (found < 1 - level) or found == pytest.approx(1 - level)


def test_no_difference_at_all_has_p_value_1():
    assert p_value(lambda level: gap(5, 10, 5, 10, level=level, noise=NOISE)) == 1


@pytest.mark.parametrize("wrong", [[], [1.2], [-0.1, 0.5], [float("nan")]])
def test_what_is_no_p_value_is_refused(wrong):
    with pytest.raises(ValueError, match="between 0 and 1"):
        holm(wrong)
