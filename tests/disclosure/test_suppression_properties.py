"""Whatever the table, enough is hidden, and no more than must be."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from attacker import as_frame, hidden, intervals, is_safe, knowledge, margins, one
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.disclosure import Rules, protect, protect_together
from helpers.disclosure.bounds import bounds
from helpers.disclosure.margins import Table
from helpers.disclosure.suppression import suppress
from helpers.disclosure.systems import system_of

LEAST = Rules().min_count


def lost(table, protected):
    """What is lost where these numbers are hidden, by the losses that are made least."""
    levels = {column: [*table[column].unique()] for column in table.columns[:-1]}
    system = system_of([Table(levels, table["n"].to_numpy(dtype=float))])
    gone = hidden(protected)
    return sum(loss for name, loss in zip(system.names, system.losses, strict=True) if name in gone)


@st.composite
def small_tables(draw):
    shape = draw(st.sampled_from([(4,), (5,), (2, 3), (3, 3)]))
    n = st.one_of(st.integers(0, 6), st.integers(5, 40))
    return np.array(
        draw(st.lists(n, min_size=int(np.prod(shape)), max_size=int(np.prod(shape))))
    ).reshape(shape)


def best_loss(table, primary, room):
    """The least loss, by trying every pattern of hidden numbers."""
    system = system_of([table])
    others = np.flatnonzero(~primary)
    best = np.inf
    for size in range(len(others) + 1):
        for more in combinations(others, size):
            pattern = primary.copy()
            pattern[list(more)] = True
            loss = system.losses[pattern].sum()
            if loss < best and _keeps(system, pattern, room):
                best = loss
    return best


def _keeps(system, pattern, room):
    readers = [[], *(system.within(i) for i in np.flatnonzero(system.values == 1))]
    for known in readers:
        told = np.union1d(np.flatnonzero(~pattern), known).astype(int)
        for number in np.setdiff1d(np.flatnonzero(pattern), known):
            if not bounds(knowledge(system, told), one(system, number), room).leave(room):
                return False
    return True


@settings(max_examples=12, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=4, max_size=4), st.booleans())
def test_no_pattern_that_protects_as_well_loses_less(counts, in_two):
    shape = {"a": [0, 1], "b": [0, 1]} if in_two else {"a": [0, 1, 2, 3]}
    table = Table(shape, np.array(counts, dtype=float))
    system = system_of([table])
    primary = (system.values > 0) & (system.values < LEAST)
    found = suppress(system, primary, LEAST)
    assert found.loss == pytest.approx(best_loss(table, primary, LEAST))
    assert found.least == pytest.approx(found.loss)


@settings(max_examples=20, deadline=None)
@given(small_tables(), st.integers(5, 8))
def test_no_attacker_finds_narrow_bounds(counts, least):
    table = as_frame(counts)
    shown = protect(table, rules=Rules(min_count=least))
    assert is_safe(shown, least=least, truth=margins(table))
    assert all(high - low >= least for _, low, high in intervals(shown, whole=False))


@settings(max_examples=15, deadline=None)
@given(small_tables())
def test_telling_the_same_table_twice_hides_nothing_more(counts):
    table = as_frame(counts)
    once = protect(table)
    for again in [protect(table), *protect_together([table, table])]:
        pd.testing.assert_frame_equal(again, once)


@settings(max_examples=15, deadline=None)
@given(small_tables())
def test_a_looser_rule_never_loses_more(counts):
    table = as_frame(counts)
    loose, strict = (protect(table, rules=Rules(min_count=least)) for least in (5, 8))
    assert lost(table, loose) <= lost(table, strict) + 1e-9
    small = {name for name, n in margins(table).items() if 0 < n < 5}
    assert small <= hidden(loose) & hidden(strict)


@settings(max_examples=15, deadline=None)
@given(small_tables(), st.randoms(use_true_random=False))
def test_other_names_for_the_groups_lose_as_much(counts, random):
    order = random.sample(range(counts.shape[0]), counts.shape[0])
    one, other = as_frame(counts), as_frame(counts[order])
    losses = [lost(table, protect(table)) for table in (one, other)]
    assert losses[0] == pytest.approx(losses[1])


@settings(max_examples=15, deadline=None)
@given(small_tables())
def test_merged_groups_are_protected_too(counts):
    table = as_frame(counts)
    merged = table.assign(a=table["a"].replace("a1", "a0"))
    shown = protect(merged.groupby(list(table.columns[:-1]), as_index=False)[["n"]].sum())
    assert is_safe(shown, least=LEAST, truth=margins(merged))
