"""What is hidden is enough, and no more than it must be."""

from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd
import pytest
from attacker import as_frame, cells, hidden, is_safe, knowledge, margins, one, table_of

from helpers.disclosure import TOTAL, Hidden, Rules, protect, protect_together
from helpers.disclosure.bounds import bounds
from helpers.disclosure.margins import Table
from helpers.disclosure.suppression import suppress
from helpers.disclosure.systems import system_of

LEAST = Rules().min_count


def two_way(counts):
    counts = np.array(counts, dtype=float)
    levels = {"row": [*range(counts.shape[0])], "column": [*range(counts.shape[1])]}
    return Table(levels, counts.ravel())


# Investment of enterprises by activity and region, the example of Fischetti and Salazar (2001),
# figures 1 and 2: what activity II invests in region C is sensitive.
INVESTMENT = [[20, 50, 10], [8, 19, 22], [17, 32, 12]]


def test_the_example_of_fischetti_and_salazar_loses_59_million():
    table = two_way(INVESTMENT)
    system = system_of([table])
    by_size = replace(system, losses=system.values)
    sensitive = np.array([name == {("row", 1), ("column", 2)} for name in system.names])
    found = suppress(by_size, sensitive, room=10)
    assert found.loss == found.least == pytest.approx(8 + 22 + 17 + 12)
    told = np.flatnonzero(~found.hidden)
    bound = bounds(knowledge(system, told), one(system, *np.flatnonzero(sensitive)), room=100)
    assert (bound.low, bound.high) == pytest.approx((5, 30))


# Federal Committee on Statistical Methodology, Statistical Policy Working Paper 22, chapter II:
# children by county and education of the head of household.
COUNTIES = [[15, 1, 3, 1], [20, 10, 10, 15], [3, 10, 10, 2], [12, 14, 7, 2]]
# Two or more are suppressed in every row and column.
TWO_BY_TWO = [(0, 1), (0, 2), (0, 3), (1, 1), (1, 2), (2, 0), (2, 3), (3, 0), (3, 3)]


def test_two_suppressions_a_line_still_give_a_cell_away():
    system = system_of([two_way(COUNTIES)])
    names = [{("row", i), ("column", j)} for i, j in TWO_BY_TWO]
    told = [i for i, name in enumerate(system.names) if name not in names]
    number = system.names.index(frozenset({("row", 0), ("column", 3)}))
    found = bounds(knowledge(system, told), one(system, number), room=LEAST)
    assert (found.low, found.high) == pytest.approx((1, 1))
    assert not found.leave(LEAST)


def test_the_table_that_gave_a_cell_away_is_protected():
    table = as_frame(COUNTIES)
    shown = protect(table)
    assert is_safe(shown, least=LEAST, truth=margins(table))


# Langsrud Ø, The problem of singletons and zeros in easySdcTable (CRAN), data1b, by K. Lønø:
# whoever is the one in a cell may see the others.
SINGLETONS = [[1, 1, 7, 1, 0], [1, 0, 0, 2, 8]]


def test_a_person_alone_in_a_cell_cannot_work_out_the_others():
    table = as_frame(SINGLETONS)
    shown = protect(table)
    assert is_safe(shown, least=LEAST, truth=margins(table))


def test_whoever_is_alone_would_see_the_other_of_two():
    table = table_of(["group"], [("a", 1), ("b", 4), ("c", 6), ("d", 30)])
    shown = protect(table)
    assert hidden(shown) == {frozenset({("group", value)}) for value in "abc"}


def test_tables_safe_alone_and_unsafe_together_are_protected_together():
    by_sex = table_of(
        ["sex", "form"], [("K", "a", 11), ("K", "b", 5), ("M", "a", 14), ("M", "b", 9)]
    )
    by_age = table_of(
        ["age", "form"], [("y", "a", 11), ("y", "b", 13), ("o", "a", 14), ("o", "b", 1)]
    )
    alone = [protect(by_sex), protect(by_age)]
    assert all(is_safe(table, least=LEAST) for table in alone)
    assert not is_safe(*alone, least=LEAST)
    assert is_safe(*protect_together([by_sex, by_age]), least=LEAST)


def test_a_margin_hidden_in_one_table_is_hidden_in_the_other():
    fine = table_of(["form", "sex"], [("a", "K", 3), ("a", "M", 0), ("b", "K", 20), ("b", "M", 30)])
    coarse = table_of(["form"], [("a", 3), ("b", 50)])
    both = protect_together([fine, coarse])
    shared = cells(both[0]).keys() & cells(both[1]).keys()
    assert all(cells(both[0])[name] == cells(both[1])[name] for name in shared)


def test_tables_linked_in_a_ring_are_protected_by_all_their_columns():
    rng = np.random.default_rng(4)
    cases = pd.DataFrame(rng.integers(0, 2, (60, 3)), columns=list("abc")).astype(str)
    pairs = [
        cases.groupby(list(pair)).size().rename("n").reset_index() for pair in ("ab", "bc", "ac")
    ]
    assert is_safe(*protect_together(pairs, rules=Rules(min_count=12)), least=12)


def test_tables_of_other_cases_are_refused():
    one, other = table_of(["a"], [("x", 10)]), table_of(["b"], [("y", 12)])
    with pytest.raises(ValueError, match="inte samma fall"):
        protect_together([one, other])


@pytest.mark.parametrize("columns", [["sex"], ["form"], ["sex", "form"]])
def test_a_margin_told_beside_its_table_hides_nothing_more(columns):
    table = table_of(["sex", "form"], [("K", "a", 2), ("K", "b", 9), ("M", "a", 8), ("M", "b", 7)])
    margin = table.groupby(columns, as_index=False)[["n"]].sum()
    pd.testing.assert_frame_equal(protect_together([table, margin])[0], protect(table))


def test_of_three_dimensions_whole_counts_are_what_counts():
    rng = np.random.default_rng(8)
    for _ in range(5):
        counts = rng.poisson(4, 18)
        rows = [(*cell, n) for cell, n in zip(product("xyz", "uvw", "pq"), counts, strict=True)]
        table = table_of(["a", "b", "c"], rows)
        assert is_safe(protect(table), least=LEAST, truth=margins(table))


@pytest.mark.parametrize("rows", [[], [("x", 7)], [("x", 0)]])
def test_a_table_of_one_row_or_none_is_shown(rows):
    table = table_of(["a"], rows).astype({"n": int})
    assert not hidden(protect(table))
    assert protect(table)["n"].tolist() == [n for _, n in rows] + [sum(n for _, n in rows)]


def test_a_small_table_of_one_row_is_hidden_whole():
    shown = protect(table_of(["a"], [("x", 3)]))
    assert [type(n) for n in shown["n"]] == [Hidden, Hidden]


def test_shown_counts_are_rounded_each_by_itself():
    table = table_of(["a"], [("x", 7), ("y", 8), ("z", 0), ("w", 12)])
    shown = protect(table, rules=Rules(rounding_base=5))
    assert dict(shown.itertuples(index=False, name=None)) == {
        "x": 5,
        "y": 10,
        "z": 0,
        "w": 10,
        TOTAL: 25,
    }
