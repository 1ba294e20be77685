"""Answers needed, against R, and against the true power of the interval they are meant for."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import binom

from helpers.stats.power import answers_needed
from helpers.stats.proportions import gap

shares = st.floats(0.05, 0.95)


def test_equal_groups_need_what_r_says():
    # R 4.2.2: power.prop.test(p1 = .50, p2 = .75, power = .90), 76.7;
    # power.prop.test(p1 = .86, p2 = .57, power = .80), 36.8.
    assert answers_needed(0.50, 0.75, power=0.90) == (77, 77)
    assert answers_needed(0.86, 0.57) == (37, 37)


@pytest.mark.parametrize("ratio", [0.5, 1, 2])
def test_so_many_answers_give_newcombes_interval_about_the_power_asked_for(ratio):
    first, second = answers_needed(0.86, 0.57, ratio=ratio)
    k1, k2 = np.arange(first + 1), np.arange(second + 1)
    chance = np.outer(binom.pmf(k1, first, 0.86), binom.pmf(k2, second, 0.57))
    likely = [(i, j) for i in k1 for j in k2 if chance[i, j] > 1e-6]
    power = sum(chance[i, j] for i, j in likely if gap(i, first, j, second).excludes(0))
    assert power == pytest.approx(0.8, abs=0.05)


@given(shares, shares, st.sampled_from([0.5, 1, 3]))
def test_it_does_not_matter_which_group_comes_first(share1, share2, ratio):
    assume(abs(share1 - share2) > 0.01)
    ahead = answers_needed(share1, share2, ratio=ratio)
    back = answers_needed(share2, share1, ratio=1 / ratio)
    assert ahead == pytest.approx(tuple(reversed(back)), abs=1)


@given(st.floats(0.05, 0.4), st.floats(0.01, 0.2), st.floats(0.21, 0.5))
def test_a_larger_gap_needs_fewer_answers_and_a_higher_level_more(share, small, large):
    assert answers_needed(share, share + large) <= answers_needed(share, share + small)
    assert answers_needed(share, share + small, level=0.99) >= answers_needed(share, share + small)


@pytest.mark.parametrize("wrong", [(0.5, 0.5), (0, 0.5), (0.5, 1)])
def test_shares_alike_or_out_of_bounds_are_refused(wrong):
    with pytest.raises(ValueError, match="differ"):
        answers_needed(*wrong)


def test_a_group_of_nobody_is_refused():
    with pytest.raises(ValueError, match="ratio"):
        answers_needed(0.4, 0.5, ratio=0)
