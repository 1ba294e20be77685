"""Cochran's Q, against statsmodels and by hand."""

from math import exp, inf, isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtri
from statsmodels.stats.meta_analysis import combine_effects

from helpers.stats.estimate import Estimate
from helpers.stats.heterogeneity import cochran

studies = st.lists(st.tuples(st.floats(-3, 3), st.floats(0.1, 3)), min_size=2, max_size=8)


def interval(value, se, level=0.95):
    reach = float(ndtri((1 + level) / 2)) * se
    return Estimate(value, value - reach, value + reach)


@given(studies, st.sampled_from([0.8, 0.95]))
def test_the_statistic_is_that_of_statsmodels_for_differences_and_for_ratios(found, level):
    values, errors = np.transpose(found)
    theirs = combine_effects(values, errors**2)
    differences = [interval(*study, level) for study in found]
    ratios = [each.map(exp) for each in differences]
    for test in (cochran(differences, level=level), cochran(ratios, is_ratio=True, level=level)):
        assert test.statistic == pytest.approx(theirs.q, rel=1e-6, abs=1e-9)
        assert test.df == len(found) - 1


def test_two_estimates_are_told_apart_as_by_the_z_test():
    # By hand: (5 - 1)² / (1² + 1²) = 8, of which chi-square with one degree leaves 0.0047.
    test = cochran([interval(5, 1), interval(1, 1)])
    assert (test.statistic, test.df) == (pytest.approx(8), 1)
    assert test.p_value == pytest.approx(0.0047, abs=5e-5)


def test_estimates_without_two_finite_limits_are_left_out():
    known, open_ended, at_zero = interval(2, 0.3), Estimate(2, 1, inf), Estimate(1, 0, 2)
    everything = [known, open_ended, at_zero, interval(1.5, 0.2)]
    assert cochran(everything, is_ratio=True) == cochran(
        [everything[0], everything[3]], is_ratio=True
    )
    alone = cochran([known, open_ended])
    assert alone.df == 0
    assert isnan(alone.p_value)
