"""States against R's multi-state survfit, against plain shares, and on paths with a memory."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.stats.multistate import state_occupation

REFERENCE = Path(__file__).with_name("reference")
ANSWERS = pd.read_csv(REFERENCE / "state_occupation.csv")


def spells(*rows):
    return pd.DataFrame(rows, columns=["path", "n", "start", "stop", "from", "to"])


def at(found, time):
    """The last row of each state up to a time."""
    return found[found["time"] <= time].groupby("state").last()


@pytest.mark.parametrize("data", ["mgus2", "ebmt"])
def test_shares_errors_and_limits_are_those_of_r(data):
    found = state_occupation(pd.read_csv(REFERENCE / f"{data}.csv"))
    for time, answers in ANSWERS[ANSWERS["data"] == data].groupby("time"):
        told = answers.set_index("state")
        own = at(found, time).loc[told.index]
        for name in ("share", "se", "low", "high"):
            np.testing.assert_allclose(own[name], told[name], rtol=0, atol=1e-8, err_msg=name)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 5)), min_size=2, max_size=8))
@settings(max_examples=30, deadline=None)
def test_with_everyone_followed_it_is_the_plain_share_with_its_own_error(moves):
    rows = [(n, size, 0, 10 + n, "home", to) for n, (to, size) in enumerate(moves)]
    rows += [(n, size, 10 + n, 99, to, None) for n, (to, size) in enumerate(moves)]
    found, total = at(state_occupation(spells(*rows)), 99), sum(size for _, size in moves)
    for state in {to for to, _ in moves}:
        share = sum(size for to, size in moves if to == state) / total
        assert found.loc[state, "share"] == pytest.approx(share)
        assert found.loc[state, "se"] == pytest.approx(np.sqrt(share * (1 - share) / total))


@given(st.lists(st.tuples(st.integers(1, 9), st.booleans(), st.integers(1, 4)), min_size=1))
@settings(max_examples=30, deadline=None)
def test_shares_sum_to_one_and_alike_paths_may_be_counted_together(followed):
    rows = [(n, k, 0, t, "a", "b" if moves else None) for n, (t, moves, k) in enumerate(followed)]
    counted = state_occupation(spells(*rows))
    assert np.allclose(counted.groupby("time")["share"].sum(), 1)
    apart = [(f"{row[0]} {n}", 1, *row[2:]) for row in rows for n in range(row[1])]
    pd.testing.assert_frame_equal(counted, state_occupation(spells(*apart)))


def test_it_holds_where_the_past_matters_for_the_next_move():
    """Who came early to the second state stays long in it: the intervals hold the true share."""
    draws, held = np.random.default_rng(5), 0
    for _ in range(150):
        first = draws.choice([2, 6], 60)
        second, followed = (
            np.where(first == 2, first + 9, first + 1),
            draws.integers(1, 14, 60) + 0.5,
        )
        rows = []
        for n, (one, two, end) in enumerate(zip(first, second, followed, strict=True)):
            rows.append((n, 1, 0, min(one, end), "a", "b" if one < end else None))
            if one < end:
                rows.append((n, 1, one, min(two, end), "b", "c" if two < end else None))
        row = at(state_occupation(spells(*rows)), 8).reindex(["c"]).fillna(0).iloc[0]
        held += row["low"] <= 0.5 <= row["high"]
    assert held / 150 >= 0.9


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([(1, 1, 2, 5, "a", "b")], "begin at 0"),
        ([(1, 1, 0, 5, "a", "b"), (1, 1, 6, 7, "b", None)], "follow each other"),
        ([(1, 1, 0, 5, "a", "b"), (1, 1, 5, 7, "c", None)], "follow each other"),
        ([(1, 1, 0, 0, "a", "b")], "must last"),
        ([(1, 0, 0, 3, "a", "b")], "of somebody"),
    ],
)
def test_spells_that_make_no_path_are_refused(rows, told):
    with pytest.raises(ValueError, match=told):
        state_occupation(spells(*rows))


def test_a_missing_column_is_named():
    with pytest.raises(ValueError, match="lack to"):
        state_occupation(spells((1, 1, 0, 5, "a", "b")).drop(columns="to"))
