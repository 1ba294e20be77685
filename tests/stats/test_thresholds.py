"""Thresholds found by trying every pair give the classes they were made from."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.stats import thresholds
from helpers.stats.thresholds import HIGH, LOW, MIDDLE

COUNTS, SIZES = np.array([2, 5, 6, 8]), np.array([10, 10, 9, 10])


def test_a_share_at_the_threshold_is_not_above_it():
    assert thresholds.classes([2, 5], [10, 10], 20, 50).tolist() == [LOW, MIDDLE]
    assert thresholds.classes([2, 5], [10, 10], 19, 49).tolist() == [MIDDLE, HIGH]


def test_the_spans_are_those_whole_per_cents_that_class_the_same():
    """20, 50, 67 and 80 %: red above 50 to 66 takes the last two, worked out by hand."""
    [fit] = thresholds.by_class(COUNTS, SIZES, [LOW, MIDDLE, HIGH, HIGH])
    assert (fit.low, fit.high, fit.agrees) == ((20, 49), (50, 66), 4)


def test_thresholds_that_do_equally_well_are_all_given():
    """Of two like shares with different classes one must be wrong, whichever it is."""
    fits = thresholds.by_class([5, 5], [10, 10], [MIDDLE, HIGH])
    assert [fit.agrees for fit in fits] == [1, 1]
    assert {fit.high for fit in fits} == {(50, 100), (0, 49)}


@pytest.mark.parametrize(("totals", "number"), [((1, 1, 2), 1), ((0, 0, 4), 1), ((4, 4, 4), 0)])
def test_totals_are_met_exactly_or_not_at_all(totals, number):
    assert len(thresholds.by_totals(COUNTS, SIZES, totals)) == number


@given(
    st.lists(st.integers(1, 12).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))),
    st.integers(0, 100),
    st.integers(0, 100),
)
def test_the_thresholds_that_were_used_are_among_those_found(shares, one, other):
    if not shares:
        return
    counts, sizes = np.array(shares).T
    low, high = sorted((one, other))
    known = thresholds.classes(counts, sizes, low, high)
    fits = thresholds.by_class(counts, sizes, known)
    assert all(fit.agrees == len(shares) for fit in fits)
    assert any(
        fit.low[0] <= low <= fit.low[1] and fit.high[0] <= high <= fit.high[1] for fit in fits
    )
    totals = [int((known == one).sum()) for one in (LOW, MIDDLE, HIGH)]
    assert thresholds.by_totals(counts, sizes, totals)
