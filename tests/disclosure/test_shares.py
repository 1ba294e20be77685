"""A share is shown only when its count, its complement and its group may be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.disclosure import Hidden, Reason, Rules, share

RULES = Rules()


@pytest.mark.parametrize(
    ("n", "total", "expected"),
    [
        (6, 12, 0.5),
        (4, 40, Hidden(Reason.SMALL_COUNT)),
        (36, 40, Hidden(Reason.SMALL_COUNT)),
        (5, 9, Hidden(Reason.SMALL_DENOMINATOR)),
        (0, 40, Hidden(Reason.ALL_ALIKE)),
        (40, 40, Hidden(Reason.ALL_ALIKE)),
    ],
)
def test_share(n, total, expected):
    assert share(n, total, RULES) == expected


@given(st.integers(0, 60).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
def test_a_share_and_its_complement_are_shown_together(counts):
    n, total = counts
    shown = isinstance(share(n, total, RULES), float)
    assert shown == isinstance(share(total - n, total, RULES), float)
    assert not shown or min(n, total - n) >= RULES.min_count


def test_more_than_all_by_rounding_is_no_share():
    assert share(25, 20) == Hidden(Reason.ALL_ALIKE)
