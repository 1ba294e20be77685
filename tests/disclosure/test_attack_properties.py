"""The attack finds what trying every whole table finds, however the facts are told."""

from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from told_facts import HIDDEN

from helpers.disclosure import TOTAL, Rules, protect
from helpers.disclosure.attack import Rule, attack
from helpers.disclosure.told import Counts, Ratio, cell, facts

LEVELS = {"a": ("1", "2"), "b": ("1", "2"), "c": ("1", "2")}


def every_table(total, cells):
    """All whole tables with a total, one a row."""
    bars = np.array([*combinations(range(total + cells - 1), cells - 1)]).reshape(-1, cells - 1)
    ends = np.full((len(bars), 1), total + cells - 1)
    return np.diff(np.hstack([np.full((len(bars), 1), -1), bars, ends])) - 1


def members(told, names):
    """Which inner cells a cell is the sum of."""
    where = dict(told.where)
    inner = product(*(LEVELS[name] for name in names))
    return np.array(
        [all(v in where.get(n, v) for n, v in zip(names, c, strict=True)) for c in inner]
    )


@st.composite
def tables(draw):
    """A tiny table: its attributes, how many it counts, and what is told of it."""
    names = draw(st.sampled_from(["ab", "abc"]))
    counted = st.integers(0, 2 ** len(names) - 1)
    inner = np.bincount(
        draw(st.lists(counted, min_size=1, max_size=12 if names == "ab" else 9)),
        minlength=2 ** len(names),
    )
    *cells, everyone = [
        cell("svar", {n: v for n, v in zip(names, values, strict=True) if v != TOTAL})
        for values in product(*([*LEVELS[name], TOTAL] for name in names))
    ]
    numbers = {c: int(members(c, names) @ inner) for c in (*cells, everyone)}
    told = [_fact(everyone, numbers[everyone])]
    for each in cells:
        may_be_untold = len(each.where) < len(names)
        state = draw(st.sampled_from(["hidden", "shown", "untold"][: 2 + may_be_untold]))
        if state != "untold":
            told.append(_fact(each, numbers[each] if state == "shown" else HIDDEN))
    told += draw(st.lists(_shares(numbers), max_size=2))
    return names, numbers[everyone], told


def _fact(told, n):
    table = pd.DataFrame([[n]], columns=["n"], dtype=object)
    return next(facts(Counts(told.cases, table, where=dict(told.where)), repr(told)))


def _shares(numbers):
    """Rounded shares of cells among larger ones."""
    pairs = [
        (part, among)
        for part, among in product(numbers, numbers)
        if {*among.where} < {*part.where} and numbers[among]
    ]
    return st.sampled_from(pairs).map(lambda pair: _share(*pair, numbers))


def _share(part, among, numbers):
    percent = round(100 * numbers[part] / numbers[among])
    ratio = Ratio(part, among, (percent - 0.5) / 100, (percent + 0.5) / 100)
    return next(facts(ratio, f"{part} {among}"))


def fitting(names, total, told):
    """The whole tables that fit everything told."""
    tried = every_table(total, 2 ** len(names))
    for fact in told:
        n = tried @ members(fact.cell, names)
        of = tried @ members(fact.among, names) if fact.among else np.ones(len(tried))
        with np.errstate(invalid="ignore"):
            fits = (
                (fact.low * of - 1e-9 <= n)
                & (n <= np.where(of, fact.high * of, 0) + 1e-9)
                & (of > 0)
            )
        tried = tried[fits | fact.is_hidden]
    return tried


def leaking(told, rules):
    return {leak.cell for leak in attack(told, rules) if leak.rule is not Rule.BACK_CALCULATION}


def rooms(names, tried, cells):
    """How far apart the least and the most of each cell are."""
    return {c: np.ptp(tried @ members(c, names)) for c in cells}


@settings(max_examples=20, deadline=None, derandomize=True)
@given(tables(), st.integers(5, 7))
def test_hidden_cells_leak_where_few_whole_tables_fit(table, least):
    names, total, told = table
    hidden = {fact.cell for fact in told if fact.is_hidden}
    room = rooms(names, fitting(names, total, told), hidden)
    leaks = leaking(told, Rules(min_count=least))
    assert leaks & hidden == {c for c in hidden if room[c] < least}


@settings(max_examples=12, deadline=None, derandomize=True)
@given(tables())
def test_something_leaks_where_any_cell_may_be_few_and_has_little_room(table):
    names, total, told = table
    tried = fitting(names, total, told)
    used = {
        tuple(name for name, _ in c.where) for fact in told for c in (fact.cell, fact.among) if c
    }
    cells = [
        cell("svar", dict(zip(used_names, values, strict=True)))
        for used_names in used
        for values in product(*(LEVELS[name] for name in used_names))
    ]
    numbers = [tried @ members(c, names) for c in cells]
    expected = any(max(n) > 0 and min(n) < 5 and np.ptp(n) < 5 for n in numbers)
    assert bool(leaking(told, Rules())) == expected | any(
        np.ptp(tried @ members(fact.cell, names)) < 5 for fact in told if fact.is_hidden
    )


@settings(max_examples=6, deadline=None, derandomize=True)
@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_facts_changes_nothing(table, random):
    *_, told = table
    assert attack(random.sample(told, len(told)), Rules()) == attack(told, Rules())


@settings(max_examples=8, deadline=None, derandomize=True)
@given(tables(), st.permutations("12"))
def test_other_words_for_the_values_change_nothing(table, words):
    *_, told = table
    new = dict(zip("12", words, strict=True))

    def renamed(c):
        return c and cell(c.cases, {name: [new[v] for v in values] for name, values in c.where})

    told_anew = [replace(fact, cell=renamed(fact.cell), among=renamed(fact.among)) for fact in told]
    assert leaking(told_anew, Rules()) == set(map(renamed, leaking(told, Rules())))


@settings(max_examples=8, deadline=None, derandomize=True)
@given(tables(), st.data())
def test_telling_more_gives_no_less_of_the_hidden_cells_away(table, data):
    *_, told = table
    hidden = {fact.cell for fact in told if fact.is_hidden}
    kept = data.draw(st.sets(st.integers(0, len(told) - 1)))
    fewer = [fact for i, fact in enumerate(told) if fact.is_hidden or i in kept]
    assert leaking(fewer, Rules()) & hidden <= leaking(told, Rules())


@settings(max_examples=12, deadline=None, derandomize=True)
@given(
    st.sampled_from([(4,), (2, 2), (3, 4), (4, 4), (2, 2, 3)]),
    st.integers(5, 8),
    st.data(),
)
def test_a_protected_table_gives_nothing_away(sizes, least, data):
    axes = [[f"{axis}{i}" for i in range(n)] for axis, n in zip("abc", sizes, strict=False)]
    counted = st.one_of(st.integers(0, 6), st.integers(0, 40))
    rows = [(*labels, data.draw(counted)) for labels in product(*axes)]
    table = pd.DataFrame(rows, columns=[*"abc"[: len(sizes)], "n"])
    rules = Rules(min_count=least)
    told = Counts("svar", protect(table, rules=rules))
    assert attack(list(facts(told)), rules) == []
