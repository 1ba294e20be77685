"""P-values of intervals, and Holm's method: against R, by hand, and in step with each other."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from noise_tables import NOISE
from scipy.special import ndtr, ndtri
from scipy.stats import binomtest

from helpers.stats import rates
from helpers.stats.estimate import Estimate
from helpers.stats.multiplicity import holm, holm_intervals, p_value
from helpers.stats.proportions import gap

# multipletests of statsmodels collects garbage at each call, which takes its time.
few = settings(max_examples=20, deadline=None)
values = st.lists(st.floats(-6, 6), min_size=1, max_size=9)


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
@given(values)
def test_intervals_leave_out_0_exactly_where_holm_rejects(values):
    found = holm_intervals([normal(value) for value in values])
    adjusted = holm([2 * ndtr(-abs(value)) for value in values])
    for estimate, p in zip(found, adjusted, strict=True):
        assert estimate.excludes(0) == (p < 0.05) or p == pytest.approx(0.05)


@given(values)
def test_intervals_are_never_narrower_than_one_alone_nor_wider_than_bonferronis(values):
    for value, found in zip(values, holm_intervals([normal(v) for v in values]), strict=True):
        bonferroni = normal(value)(1 - 0.05 / len(values))
        assert normal(value)(0.95).high <= found.high + 1e-12 <= bonferroni.high + 2e-12


@few
@given(st.floats(-6, 6))
def test_the_p_value_of_a_normal_interval_is_that_of_the_z_test(value):
    assert p_value(normal(value)) == pytest.approx(2 * ndtr(-abs(value)), abs=2e-6)


def test_the_p_value_of_an_exact_ratio_is_twice_the_binomial_tail():
    found = p_value(lambda level: rates.ratio(14, 40, 6, 40, level=level, method="exact"), null=1)
    assert found == pytest.approx(2 * binomtest(14, 20, 0.5, "greater").pvalue, abs=2e-6)


@few
@given(st.integers(1, 30), st.floats(0.5, 0.99))
def test_p_value_and_interval_of_a_noisy_gap_agree(count, level):
    found = p_value(lambda level: gap(count, 30, 40, 60, level=level, noise=NOISE))
    interval = gap(count, 30, 40, 60, level=level, noise=NOISE)
    assert interval.excludes(0) == (found < 1 - level) or found == pytest.approx(1 - level)


def test_no_difference_at_all_has_p_value_1():
    assert p_value(lambda level: gap(5, 10, 5, 10, level=level, noise=NOISE)) == 1


def test_one_comparison_keeps_its_own_interval():
    assert holm_intervals([normal(2.0)]) == [normal(2.0)(1 - (1 - 0.95))]


def test_a_difference_alone_may_be_chance_among_seven():
    alone = gap(18, 20, 12, 20)
    others = [(10, 20, 10, 20)] * 6
    among = holm_intervals(
        [lambda level, c=c: gap(*c, level=level) for c in [(18, 20, 12, 20), *others]]
    )
    assert alone.excludes(0)
    assert not among[0].excludes(0)


def test_ratios_are_held_against_1():
    ratios = [lambda level: Estimate(2.0, 1.2, 3.0), lambda level: Estimate(1.5, 0.5, 4.0)]
    assert [r.excludes(1) for r in holm_intervals(ratios, null=1)] == [True, False]


@pytest.mark.parametrize("wrong", [[], [1.2], [-0.1, 0.5], [float("nan")]])
def test_what_is_no_p_value_is_refused(wrong):
    with pytest.raises(ValueError, match="between 0 and 1"):
        holm(wrong)


def test_no_interval_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        holm_intervals([])
