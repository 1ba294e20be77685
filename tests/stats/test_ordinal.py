"""Ordered answers of two groups, against a textbook, R, statsmodels, and as properties."""

from math import exp, inf

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from statsmodels.miscmodels.ordinal_model import OrderedModel

from helpers.stats.ordinal import odds_ratio

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
    # Log odds ratio 0.975 with standard error 0.129: Agresti (2007), section 6.2.
    found = odds_ratio(REPUBLICANS, DEMOCRATS)
    limits = [exp(0.975 + deviates * 0.129) for deviates in (0, -1.96, 1.96)]
    assert numbers(found) == pytest.approx(limits, rel=2e-3)


@pytest.mark.parametrize(("counts", "value"), [(MANY, 2.778966150), (FEW, 3.7482297353)])
def test_the_odds_ratio_is_that_of_r(counts, value):
    # R 4.2.2: exp(coef(polr(...))) of MASS 7.3-58.
    assert odds_ratio(*counts).value == pytest.approx(value, rel=5e-5)


def test_the_odds_ratio_is_that_of_statsmodels_on_rows():
    scale = np.arange(5)
    answer = np.concatenate([np.repeat(scale, counts) for counts in MANY])
    group = np.repeat([1.0, 0.0], [sum(counts) for counts in MANY])
    fitted = OrderedModel(answer, group[:, None], distr="logit").fit(
        method="bfgs", gtol=1e-8, disp=False
    )
    expected = np.exp([fitted.params[0], *fitted.conf_int()[0]])
    assert numbers(odds_ratio(*MANY)) == pytest.approx(tuple(expected), rel=1e-4)


@few
@given(st.integers(1, 30), st.integers(1, 30), st.integers(1, 30), st.integers(1, 30))
def test_two_answers_give_the_plain_odds_ratio_and_woolfs_interval(a, b, c, d):
    value, reach = b * c / (a * d), exp(1.959964 * (1 / a + 1 / b + 1 / c + 1 / d) ** 0.5)
    expected = value, value / reach, value * reach
    assert numbers(odds_ratio([a, b], [c, d])) == pytest.approx(expected, rel=1e-5)


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


@few
@given(answers(low=1))
def test_groups_that_answer_alike_have_odds_ratio_1(counts):
    found = odds_ratio(counts[0], np.multiply(counts[0], 3))
    assert found.value == pytest.approx(1, abs=1e-5)


def test_where_one_group_answers_higher_throughout_nothing_is_bounded():
    assert numbers(odds_ratio([0, 0, 8], [3, 4, 0])) == (inf, 0, inf)
    assert numbers(odds_ratio([3, 4, 0], [0, 0, 8])) == (0, 0, inf)


@pytest.mark.parametrize(
    "wrong", [([1, 2], [1, 2, 3]), ([], []), ([0, 0], [1, 2]), ([-1, 2], [1, 2])]
)
def test_counts_that_are_no_answers_are_refused(wrong):
    with pytest.raises(ValueError, match="count"):
        odds_ratio(*wrong)


def test_answers_that_are_all_alike_are_refused():
    with pytest.raises(ValueError, match="alike"):
        odds_ratio([0, 5], [0, 7])
