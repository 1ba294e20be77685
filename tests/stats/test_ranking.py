"""Agreement between rankings, against Friedman's test in SciPy, and how often ranks are held."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import friedmanchisquare

from helpers.stats import ranking


@pytest.mark.parametrize("has_ties", [False, True])
def test_concordance_is_friedmans_chi_square_over_its_largest_value(has_ties):
    """Kendall's W times m (n - 1) is Friedman's statistic, which SciPy corrects for ties too."""
    rng = np.random.default_rng(3)
    scores = rng.integers(0, 4, (6, 5)) if has_ties else rng.random((6, 5))
    expected = friedmanchisquare(*scores.T).statistic / (6 * (5 - 1))
    assert ranking.concordance(scores) == pytest.approx(expected)


@given(st.permutations(range(1, 7)), st.integers(2, 6))
def test_judges_of_one_mind_agree_wholly_and_their_order_is_sure(ranks, judges):
    every = np.tile(np.array(ranks, float), (judges, 1))
    assert ranking.concordance(every) == pytest.approx(1)
    low, high = ranking.intervals(every, draws=50)
    assert low.tolist() == high.tolist() == ranking.order(every).tolist() == ranks


def test_opposite_judges_do_not_agree():
    assert ranking.concordance([[1, 2, 3], [3, 2, 1]]) == 0


def test_what_was_not_ranked_shares_the_places_after():
    assert ranking.completed([[2, np.nan, 1, np.nan]]).tolist() == [[2, 3.5, 1, 3.5]]


@pytest.mark.parametrize(("judges", "least"), [(4, 0.92), (8, 0.96)])
def test_limits_hold_the_true_place_about_as_often_as_they_say(judges, least):
    """Ten items, judged with an error three times the step between them, in 150 invented panels."""
    rng, true = np.random.default_rng(1), np.arange(10.0)
    held = []
    for _ in range(150):
        judged = true + rng.normal(0, 3, (judges, 10))
        low, high = ranking.intervals(judged, draws=300, seed=1)
        held.append(((low <= true + 1) & (true + 1 <= high)).mean())
    assert np.mean(held) >= least


def test_one_judge_cannot_agree():
    with pytest.raises(ValueError, match="two judges"):
        ranking.concordance([[1, 2]])
