"""A mean of counted values is the mean of the rows they stand for."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import t

from helpers.stats.means import interval

values = st.lists(st.tuples(st.integers(0, 900), st.integers(0, 9)), min_size=1, max_size=20)


def test_the_fifteen_plants_of_a_published_example():
    """Darwin's maize: 95 % limits 0.004 and 5.229 inches.

    Fisher RA (1935). The Design of Experiments, sections 17-19, from Darwin's data in eighths.
    """
    eighths = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]
    estimate = interval(np.array(eighths) / 8, np.ones(15, int))
    assert round(estimate.value, 3) == 2.617
    assert (round(estimate.low, 3), round(estimate.high, 3)) == (0.004, 5.229)


@given(values, st.sampled_from([0.8, 0.95, 0.99]))
def test_counts_stand_for_rows(cells, level):
    value, count = np.array(cells).T
    rows = np.repeat(value, count)
    assume(len(set(rows)) > 1)
    estimate = interval(value, count, level)
    low, high = t.interval(level, len(rows) - 1, rows.mean(), rows.std(ddof=1) / len(rows) ** 0.5)
    assert estimate.value == pytest.approx(rows.mean())
    assert (estimate.low, estimate.high) == (pytest.approx(low), pytest.approx(high))


@pytest.mark.parametrize(("value", "count"), [([5], [1]), ([5, 6], [0, 1]), ([], [])])
def test_one_value_has_no_interval(value, count):
    with pytest.raises(ValueError, match="at least two"):
        interval(value, count)
