"""Kinds found as interviews are added, and agreement between coders, against published figures."""

from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.stats import agreement, saturation


@given(st.lists(st.integers(1, 8), min_size=1), st.integers(8, 12))
def test_kinds_found_are_the_mean_over_all_orders(incidences, interviews):
    """The chance that none of k of n holds a kind that m hold is C(n - m, k) / C(n, k)."""
    found = saturation.accumulation(incidences, interviews)
    for taken, kinds in enumerate(found, start=1):
        missed = sum(comb(interviews - m, taken) / comb(interviews, taken) for m in incidences)
        assert kinds == pytest.approx(len(incidences) - missed)
    assert (np.diff(found) >= -1e-9).all()


def test_the_share_unseen_is_of_what_was_found_once():
    assert saturation.unseen([1, 1, 3, 5]) == 2 / 10
    assert saturation.unseen([2, 3]) == 0
    assert np.isnan(saturation.unseen([]))


PUBLISHED = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, np.nan, np.nan, np.nan],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, np.nan, 3],
    [np.nan, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, np.nan],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, np.nan],
]


def test_alpha_is_the_one_of_krippendorffs_own_example():
    """Krippendorff K (2011). Computing Krippendorff's alpha-reliability, part C: 0.743, nominal."""
    found = agreement.alpha(PUBLISHED, np.arange(12))
    assert found.value == pytest.approx(0.743, abs=5e-4)
    assert found.low < found.value < found.high <= 1


@pytest.mark.parametrize("coded", [[[1, 0, 1]], [[1, 1], [1, 1]], [[1, np.nan], [np.nan, 0]]])
def test_there_is_no_agreement_to_measure_without_two_coders_of_the_same(coded):
    assert agreement.alpha(coded, np.arange(len(coded[0]))) is None


def test_the_interval_over_people_holds_the_truth_about_as_often_as_it_says():
    """Eleven people of 18 notes, two coders who agree on 80 % of them: alpha is 0.828."""
    rng, people = np.random.default_rng(0), np.repeat(np.arange(11), 18)
    held = []
    for _ in range(120):
        rate = rng.beta(3, 3, 11)[people]
        first, other = (rng.random((2, len(people))) < rate).astype(float)
        second = np.where(rng.random(len(people)) < 0.8, first, other)
        found = agreement.alpha([first, second], people)
        held.append(found.low <= 0.828 <= found.high)
    assert np.mean(held) >= 0.90
