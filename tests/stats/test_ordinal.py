"""Ordered answers of two groups, against a textbook, R, statsmodels, and as properties."""

from math import exp, inf, isnan

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.special import chdtri, xlogy
from statsmodels.miscmodels.ordinal_model import OrderedModel

from helpers.stats.ordinal import odds_ratio, proportionality

# Political ideology from very liberal to very conservative, by party: Agresti (2002),
# Categorical Data Analysis, 2nd ed., and (2007) An Introduction, table 6.7.
REPUBLICANS, DEMOCRATS = [30, 46, 148, 84, 99], [80, 81, 171, 41, 55]
# Invented.
MANY = [4, 7, 12, 20, 9], [9, 11, 10, 8, 5]
FEW = [2, 1, 3, 8], [3, 4, 4, 3]

few = settings(max_examples=20, deadline=None)


@st.composite
def answers(draw, low=0):
    categories = draw(st.integers(2, 5))
    counts = st.lists(st.integers(low, 12), min_size=categories, max_size=categories)
    first, second = draw(counts), draw(counts)
    assume(any(first) and any(second) and np.count_nonzero(np.add(first, second)) > 1)
    return first, second


def numbers(estimate):
    return estimate.value, estimate.low, estimate.high


def test_republicans_are_more_conservative_as_in_the_textbook():
    found = odds_ratio(REPUBLICANS, DEMOCRATS)
    assert numbers(found) == pytest.approx((2.65, 2.1, 3.4), abs=0.05)
    assert found.value == pytest.approx(exp(0.975), rel=1e-3)
    test = proportionality(REPUBLICANS, DEMOCRATS)
    assert (test.statistic, test.df) == (pytest.approx(3.7, abs=0.05), 3)


@pytest.mark.parametrize(
    ("counts", "limits", "statistic"),
    [
        # R 4.2.2: exp(confint(polr(...))) of MASS 7.3-58, and twice the difference in
        # log-likelihood of cumulative(parallel = FALSE) and (TRUE), VGAM 1.1-7.
        (MANY, (2.778966150, 1.326293671, 5.940948382), 1.29308229),
        (FEW, (3.7482297353, 0.9278439089, 16.7650153615), 1.196501407),
    ],
)
def test_odds_ratio_profile_limits_and_test_are_those_of_r(counts, limits, statistic):
    assert numbers(odds_ratio(*counts)) == pytest.approx(limits, rel=5e-5)
    assert proportionality(*counts).statistic == pytest.approx(statistic, rel=1e-6)


def test_the_odds_ratio_is_that_of_statsmodels_on_rows():
    scale = np.arange(5)
    answer = np.concatenate([np.repeat(scale, counts) for counts in MANY])
    group = np.repeat([1.0, 0.0], [sum(counts) for counts in MANY])
    fitted = OrderedModel(answer, group[:, None], distr="logit").fit(
        method="bfgs", gtol=1e-8, disp=False
    )
    assert odds_ratio(*MANY).value == pytest.approx(exp(fitted.params[0]), rel=1e-5)
    wald = odds_ratio(*MANY, method="wald")
    limits = np.exp(fitted.conf_int()[0])
    assert (wald.low, wald.high) == pytest.approx(tuple(limits), rel=1e-4)


@few
@given(st.integers(1, 30), st.integers(1, 30), st.integers(1, 30), st.integers(1, 30))
def test_two_answers_give_the_plain_odds_ratio(a, b, c, d):
    found, test = odds_ratio([a, b], [c, d]), proportionality([a, b], [c, d])
    assert found.value == pytest.approx(b * c / (a * d), rel=1e-6)
    assert test.df == 0
    assert isnan(test.p_value)


@few
@given(st.integers(1, 30), st.integers(1, 30), st.integers(1, 30), st.integers(1, 30))
def test_at_a_limit_the_likelihood_has_fallen_as_far_as_the_level_allows(a, b, c, d):
    high = odds_ratio([a, b], [c, d]).high
    # The expected count x of the fourfold table with these margins and this odds ratio.
    n, first = b + d, a + b
    k = [high - 1, -(high * (first + n) + (c + d - n)), high * first * n]
    x = min(root for root in np.roots(k).real if 0 < root < min(first, n) + 1e-9)
    expected = np.array([first - x, x, c + d - n + x, n - x])
    observed = np.array([a, b, c, d])
    fall = (xlogy(observed, observed) - xlogy(observed, expected)).sum()
    assert 2 * fall == pytest.approx(chdtri(1, 0.05), rel=1e-4)


@few
@given(answers())
def test_swapped_groups_or_a_turned_scale_give_the_inverse(counts):
    first, second = counts
    found = odds_ratio(first, second)
    for turned in (odds_ratio(second, first), odds_ratio(first[::-1], second[::-1])):
        for ours, theirs in zip(
            numbers(found), (turned.value, turned.high, turned.low), strict=True
        ):
            assert {ours, theirs} == {0, inf} or ours * theirs == pytest.approx(1, rel=1e-4)


@few
@given(answers(), st.integers(0, 5))
def test_an_answer_nobody_gave_changes_nothing(counts, place):
    longer = [np.insert(group, min(place, len(group)), 0) for group in counts]
    assert odds_ratio(*longer) == odds_ratio(*counts)
    assert proportionality(*longer) == proportionality(*counts)


@few
@given(answers(low=1))
def test_groups_that_answer_alike_have_odds_ratio_1_and_proportional_odds(counts):
    alike = counts[0], np.multiply(counts[0], 3)
    assert odds_ratio(*alike).value == pytest.approx(1, abs=1e-5)
    assert proportionality(*alike).statistic == pytest.approx(0, abs=1e-6)


def test_where_one_group_answers_higher_throughout_only_one_limit_is_set():
    found = odds_ratio([0, 0, 8], [3, 4, 0])
    assert (found.value, found.high) == (inf, inf)
    assert 1 < found.low < inf
    wald = odds_ratio([0, 0, 8], [3, 4, 0], method="wald")
    assert numbers(wald) == (inf, 0, inf)


def test_crossing_scales_are_not_proportional():
    assert proportionality([40, 2, 40], [10, 60, 10]).p_value < 1e-6


@pytest.mark.parametrize(
    "wrong", [([1, 2], [1, 2, 3]), ([], []), ([0, 0], [1, 2]), ([-1, 2], [1, 2])]
)
def test_counts_that_are_no_answers_are_refused(wrong):
    with pytest.raises(ValueError, match="count"):
        odds_ratio(*wrong)


def test_answers_that_are_all_alike_are_refused():
    with pytest.raises(ValueError, match="alike"):
        proportionality([0, 5], [0, 7])
