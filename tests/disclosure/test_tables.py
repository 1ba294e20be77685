"""No hidden count can be worked out from what is shown."""

from itertools import product

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from helpers.disclosure import TOTAL, Hidden, Reason, Rules, protect


def cells(protected):
    return {tuple(row[:-1]): row[-1] for row in protected.itertuples(index=False, name=None)}


def attack(shown):
    """Bound every hidden cell from the published table alone: one unknown a cell, margins too."""
    keys = list(shown)
    equalities, sides = [], []
    for key, place in product(keys, range(len(keys[0]))):
        if key[place] == TOTAL:
            line = [k for k in keys if (*k[:place], TOTAL, *k[place + 1 :]) == key]
            equalities.append([(k in line) - 2 * (k == key) for k in keys])
            sides.append(0)
    limits = [(0, None) if isinstance(n, Hidden) else (n, n) for n in shown.values()]
    for key in (k for k, n in shown.items() if isinstance(n, Hidden)):
        goal = [float(k == key) for k in keys]
        low, high = (
            linprog([sign * g for g in goal], A_eq=equalities, b_eq=sides, bounds=limits)
            for sign in (1, -1)
        )
        yield low.fun, float("inf") if high.status in (3, 4) else -high.fun


@st.composite
def tables(draw):
    sizes = draw(st.sampled_from([(1,), (4,), (2, 2), (3, 4), (4, 4), (2, 2, 3)]))
    levels = [[f"{axis}{i}" for i in range(n)] for axis, n in zip("abc", sizes, strict=False)]
    n = st.one_of(st.integers(0, 6), st.integers(0, 40))
    rows = [(*cell, draw(n)) for cell in product(*levels)]
    return pd.DataFrame(rows, columns=[*"abc"[: len(sizes)], "n"])


@settings(max_examples=40, deadline=None)
@given(tables(), st.integers(5, 8))
def test_an_attacker_finds_no_narrow_bounds(table, least):
    shown = cells(protect(table, rules=Rules(min_count=least)))
    assert all(isinstance(n, Hidden) or n == 0 or n >= least for n in shown.values())
    assert all(high - low >= least - 1e-6 for low, high in attack(shown))


@settings(max_examples=15, deadline=None)
@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(table, random):
    order = random.sample(range(len(table)), len(table))
    pd.testing.assert_frame_equal(protect(table), protect(table.iloc[order]))


@settings(max_examples=15, deadline=None)
@given(tables())
def test_what_is_shown_is_the_count(table):
    shown = cells(protect(table))
    for key, n in cells(table).items():
        assert isinstance(shown[key], Hidden) or shown[key] == n
    total = shown[(TOTAL,) * (table.shape[1] - 1)]
    assert isinstance(total, Hidden) or total == table["n"].sum()


def test_a_table_without_small_counts_is_shown_whole():
    table = pd.DataFrame({"sex": ["K", "M"], "n": [12, 0]})
    assert cells(protect(table)) == {("K",): 12, ("M",): 0, (TOTAL,): 12}


def test_one_small_count_hides_the_next_smallest_too():
    table = pd.DataFrame({"sex": ["K", "M", "X"], "n": [30, 12, 2]})
    assert cells(protect(table)) == {
        ("K",): 30,
        ("M",): Hidden(Reason.COMPLEMENTARY),
        ("X",): Hidden(Reason.SMALL_COUNT),
        (TOTAL,): 44,
    }


def test_a_total_that_would_give_its_only_part_away_is_hidden():
    small = Hidden(Reason.SMALL_COUNT)
    table = pd.DataFrame({"sex": ["K", "M"], "n": [3, 0]})
    assert cells(protect(table)) == {("K",): small, ("M",): 0, (TOTAL,): small}


def test_a_table_that_cannot_be_protected_is_hidden_whole():
    shown = protect(pd.DataFrame({"sex": ["K", "M"], "place": ["here", "here"], "n": [2, 2]}))
    assert {type(n) for n in shown["n"]} == {Hidden}


def test_a_combination_left_out_counts_zero_and_categories_keep_their_order():
    answer = pd.Categorical(["nej", "ja", "ja"], categories=["nej", "ja"])
    table = pd.DataFrame({"sex": ["K", "K", "M"], "answer": answer, "antal": [7, 8, 9]})
    shown = protect(table, count="antal")
    assert shown.values.tolist() == [
        ["K", "nej", 7],
        ["K", "ja", 8],
        ["K", TOTAL, 15],
        ["M", "nej", 0],
        ["M", "ja", 9],
        ["M", TOTAL, 9],
        [TOTAL, "nej", 7],
        [TOTAL, "ja", 17],
        [TOTAL, TOTAL, 24],
    ]


@pytest.mark.parametrize(("sex", "message"), [(TOTAL, "redan en summa"), (None, "sex saknar")])
def test_a_table_with_margins_or_missing_groups_is_refused(sex, message):
    with pytest.raises(ValueError, match=message):
        protect(pd.DataFrame({"sex": ["K", sex], "n": [10, 20]}))
