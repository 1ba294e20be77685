"""Shares of trials that belong to persons, against R's survey and as properties."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.stats import clustered, proportions

# Invented: 74 persons with 105 trials.
PATTERNS = ([1, 1, 2, 2, 2, 3, 3, 5], [0, 1, 0, 1, 2, 1, 3, 4], [30, 21, 6, 4, 7, 2, 3, 1])


@st.composite
def patterns(draw):
    """Up to six patterns, of two persons or more."""
    trials = draw(st.lists(st.integers(1, 6), min_size=1, max_size=6))
    successes = [draw(st.integers(0, n)) for n in trials]
    persons = [draw(st.integers(2, 30)) for _ in trials]
    return trials, successes, persons


def numbers(estimate):
    return estimate.value, estimate.low, estimate.high


def test_the_design_effect_is_that_of_r():
    # R 4.2.2, survey 4.1-1: svymean(~y, svydesign(ids = ~id, ...), deff = "replace"),
    # standard error 0.0566030477914.
    assert clustered.design_effect(*PATTERNS) == pytest.approx(1.33391339692)
    se = np.sqrt(1.33391339692 * 54 / 105 * 51 / 105 / 104)
    assert se == pytest.approx(0.0566030477914)


def test_the_interval_is_that_of_the_effective_number_of_trials():
    found = clustered.interval(*PATTERNS)
    assert found.value == pytest.approx(54 / 105)
    # Wilson's interval by hand for 105 / 1.33391 = 78.716 trials.
    n, p, z = 105 / 1.33391339692, 54 / 105, 1.959963984540
    centre = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    reach = z / (1 + z**2 / n) * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    assert (found.low, found.high) == pytest.approx((centre - reach, centre + reach))


@given(st.integers(0, 40), st.integers(0, 40))
def test_one_trial_each_gives_the_plain_interval(yes, no):
    persons = [yes + 1, no + 1]
    found = clustered.interval([1, 1], [1, 0], persons)
    assert numbers(found) == pytest.approx(numbers(proportions.interval(yes + 1, sum(persons))))


@given(st.integers(1, 40), st.integers(2, 6), st.integers(0, 1))
def test_where_all_agree_a_person_counts_once(persons, trials, answer):
    found = clustered.interval([trials], [trials * answer], [persons + 1])
    once = proportions.interval((persons + 1) * answer, persons + 1)
    assert numbers(found) == pytest.approx(numbers(once), abs=1e-12)


@given(patterns())
def test_the_interval_holds_the_share_and_is_no_narrower_than_the_plain_one(table):
    found = clustered.interval(*table)
    succeeded, tried = np.dot(table[1], table[2]), np.dot(table[0], table[2])
    plain = proportions.interval(int(succeeded), int(tried))
    assert found.value == pytest.approx(plain.value)
    assert found.low <= plain.low + 1e-12
    assert found.high >= plain.high - 1e-12


@given(patterns())
def test_successes_and_failures_mirror_each_other(table):
    trials, successes, persons = table
    failures = np.subtract(trials, successes)
    mirrored = clustered.interval(trials, failures, persons)
    expected = tuple(1 - x for x in (mirrored.value, mirrored.high, mirrored.low))
    assert numbers(clustered.interval(*table)) == pytest.approx(expected, abs=1e-9)


@given(patterns(), st.randoms())
def test_order_and_splitting_of_patterns_do_not_matter(table, random):
    rows = [(t, s, 1) for t, s, n in zip(*table, strict=True) for _ in range(n)]
    random.shuffle(rows)
    split = tuple(zip(*rows, strict=True))
    assert numbers(clustered.interval(*split)) == pytest.approx(numbers(clustered.interval(*table)))


@pytest.mark.parametrize("pattern", [([0], [0], [5]), ([2], [3], [5]), ([2], [-1], [5])])
def test_an_impossible_pattern_is_refused(pattern):
    with pytest.raises(ValueError, match="a pattern needs"):
        clustered.interval(*pattern)


@pytest.mark.parametrize("pattern", [([], [], []), ([3], [2], [1])])
def test_fewer_than_two_persons_are_refused(pattern):
    with pytest.raises(ValueError, match="two persons"):
        clustered.interval(*pattern)
