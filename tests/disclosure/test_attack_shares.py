"""What rounded shares, rates and means give away."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import OptimizeResult, milp
from told_facts import counts, found, share

from helpers.disclosure import TOTAL, Rules
from helpers.disclosure.attack import Rule, attack
from helpers.disclosure.told import Ratio, cell, facts
from helpers.stats.published import Percentages, groups_behind

WOMEN, MEN = cell("svar", {"sex": "K", "answer": "ja"}), cell("svar", {"sex": "M", "answer": "ja"})


def both(women, men, total):
    told = share(women, "kvinnor", sex="K") + share(men, "män", sex="M") + share(total, "alla")
    return {leak.cell for leak in attack(told, Rules()) if leak.rule is Rule.BACK_CALCULATION}


def test_published_percentages_that_fit_one_small_group():
    assert {WOMEN, MEN} <= both(57, 92, 79)
    told = share(57, "kvinnor", sex="K") + share(92, "män", sex="M") + share(79, "alla")
    leak = found(told)["back-calculation", WOMEN]
    assert [source.place for source in leak.given_by] == ["alla", "kvinnor", "män"]


def test_percentages_that_fit_many_groups():
    assert both(50, 50, 50) == set()
    assert attack(share(57, "kvinnor", sex="K"), Rules()) == []


@settings(max_examples=10, deadline=None, derandomize=True)
@given(st.tuples(*[st.integers(1, 99)] * 2), st.tuples(*[st.integers(1, 14)] * 2))
def test_groups_found_are_those_that_fit(counted, sizes):
    shares = [100 * min(x, n) / n for x, n in zip(counted, sizes, strict=True)]
    total = 100 * sum(map(min, counted, sizes)) / sum(sizes)
    percent = [round(x) for x in (*shares, total)]
    fits = groups_behind({"x": Percentages(*percent)}, max_total=30)
    is_single = fits["n_first"].nunique() == 1 and fits["n_first"].iloc[0] < 10
    if is_single:
        assert WOMEN in both(*percent)
    elif fits["n_first"].max() - fits["n_first"].min() >= 5:
        assert WOMEN not in both(*percent)


def test_a_share_of_a_told_number_gives_the_few_others():
    told = share(92, "andel", sex="M") + counts("sex", [("M", 12), ("K", 40)], "antal")
    [leak] = attack(told, Rules())
    assert leak.rule is Rule.SMALL_COUNT
    assert leak.cell == cell("svar", {"sex": "M", "answer": "övriga"})
    assert {source.place for source in leak.given_by} == {"andel", "antal"}


def test_a_share_of_many_gives_nothing():
    told = share(70, "andel", sex="M") + counts("sex", [("M", 100), ("K", 40)], "antal")
    assert attack(told, Rules()) == []


def test_whole_counts_leave_less_than_sums_do():
    """57 % of at most 12 is 4 of 7, though any other part of 12 would do by sums alone."""
    table = counts("sex", [("K", ".."), ("M", ".."), (TOTAL, 12)], "tabell")
    assert attack(table, Rules()) == []
    leak = found(table + share(57, "mening", sex="K"))["narrow", cell("svar", {"sex": "K"})]
    assert {source.place for source in leak.given_by} == {"tabell", "mening"}


def test_what_the_search_stopped_before_it_settled_counts_as_given_away(monkeypatch):
    """The solver stops with no counts, and with the bound that sums leave."""

    def stopped(weights, *, constraints, integrality, options):
        by_sums = milp(weights, constraints=constraints, options=options)
        return OptimizeResult(status=1, x=None, mip_dual_bound=by_sums.fun)

    monkeypatch.setattr("helpers.disclosure.bounds.milp", stopped)
    table = counts("sex", [("K", ".."), ("M", ".."), (TOTAL, 12)], "tabell")
    leak = found(table + share(57, "mening", sex="K"))["narrow", cell("svar", {"sex": "K"})]
    assert leak.given_by == ()


def test_no_whole_count_gives_the_share():
    told = share(57, "mening", sex="K") + counts("sex", [("K", 8), ("M", 20)], "tabell")
    [leak] = attack(told, Rules())
    assert leak.rule is Rule.CONTRADICTION
    assert {source.place for source in leak.given_by} == {"tabell", "mening"}


@pytest.mark.parametrize(("mean", "leaks"), [(33.3, 1), (1.0, 0)])
def test_a_mean_and_a_sum_give_the_number(mean, leaks):
    days, placed = cell("svar", {"sex": "K"}, of="days"), cell("svar", {"sex": "K"})
    told = counts("sex", [("K", ".."), ("M", ".."), (TOTAL, 400)])
    told += counts("sex", [("K", 100), ("M", 900)], of="days")
    told += facts(Ratio(days, placed, mean - 0.05, mean + 0.05), "medel")
    assert len({leak.cell for leak in attack(told, Rules())} & {placed}) == leaks
