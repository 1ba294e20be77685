"""Bounds are the tightest that follow from what is told."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from helpers.disclosure.bounds import Contradiction, Knowledge, bounds


def told(sums, low, high=None):
    return Knowledge(
        csr_array(np.array(sums, dtype=float)),
        np.array(low, dtype=float),
        np.array(low if high is None else high, dtype=float),
    )


def one(*weights):
    return csr_array(np.array([weights], dtype=float))


def test_a_part_lies_between_zero_and_the_sum():
    found = bounds(told([[1, 1]], [7]), one(1, 0), room=100)
    assert (found.low, found.high) == (0, 7)
    assert found.told_by.tolist() == [0]


def test_no_further_is_looked_than_asked():
    found = bounds(told([[1, 0]], [3]), one(0, 1), room=5)
    assert (found.low, found.high) == (0, 5)
    assert found.leave(5)
    assert not found.leave(6)


def test_what_is_told_raises_the_bound_by_its_price():
    found = bounds(told([[1, 1], [0, 1]], [9, 4]), one(1, 0), room=100)
    assert (found.low, found.high) == (5, 5)
    assert [price.tolist() for price in found.prices] == [[1, -1], [1, -1]]


def test_limits_bind_like_what_is_told_exactly():
    found = bounds(told([[1, 1], [0, 1]], [9, 2], [9, 4]), one(1, 0), room=100)
    assert (found.low, found.high) == (5, 7)


# Three pairs that together hold at most one each: three halves fit, but not two persons.
def test_whole_counts_tell_more():
    knowledge = told([[1, 1, 0], [0, 1, 1], [1, 0, 1]], [0, 0, 0], [1, 1, 1])
    every = one(1, 1, 1)
    assert bounds(knowledge, every, room=100).high == pytest.approx(1.5)
    assert bounds(knowledge, every, room=100, whole=True).high == 1


def test_what_cannot_be_is_said_to_contradict():
    with pytest.raises(Contradiction):
        bounds(told([[1, 1], [1, 1]], [3, 4]), one(1, 0), room=5)
