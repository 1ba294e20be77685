"""What one table gives away is found, and nothing else is."""

from told_facts import counts, found, grid

from helpers.disclosure import TOTAL, Rules
from helpers.disclosure.attack import Rule, Source, attack
from helpers.disclosure.told import cell

T = TOTAL


def cells(told, rules=None):
    return {leak.cell for leak in found(told, rules).values()}


def at(row, column):
    return cell("svar", {"row": row, "column": column})


# Federal Committee on Statistical Methodology, Statistical Policy Working Paper 22, chapter II:
# two or more are suppressed in every row and column.
COUNTIES = [
    ("low", "medium", "high", "very high", T),
    (15, "..", "..", "..", 20),
    (20, "..", "..", 15, 55),
    ("..", 10, 10, "..", 25),
    ("..", 14, 7, "..", 35),
    (50, 35, 30, 20, 135),
]


def test_two_suppressions_a_line_still_give_a_cell_away():
    leaks = found(grid(["Alpha", "Beta", "Gamma", "Delta", T], COUNTIES))
    leak = leaks["narrow", at("Alpha", "very high")]
    assert leak.places == leak.given_by == (Source("tabell"),)


def test_a_cell_that_other_rows_and_columns_give_exactly():
    """The table of sdcTable's tests in which row w, column b can be computed."""
    table = [
        ("a", "b", "c", "d", T),
        ("..", "..", "..", 89, 230),
        ("..", 124, "..", 31, 250),
        (92, "..", 59, "..", 336),
        (800, "..", 651, "..", 3127),
        (1021, 1262, 770, 890, 3943),
    ]
    assert cells(grid(["w", "x", "y", "z", T], table)) == {at("w", "b")}


def test_a_square_of_hidden_cells_is_safe():
    table = [("a", "b", T), ("..", "..", 20), ("..", "..", 30), (24, 26, 50)]
    assert attack(grid(["w", "x", T], table), Rules()) == []


def test_one_hidden_cell_follows_from_its_total():
    told = counts("sex", [("K", ".."), ("M", 30), (T, 33)])
    assert list(found(told)) == [("narrow", cell("svar", {"sex": "K"}))]


def test_a_small_count_that_is_shown_is_found_and_a_zero_is_not():
    told = counts("sex", [("K", 4), ("M", 30), ("X", 0)])
    assert list(found(told)) == [("small-count", cell("svar", {"sex": "K"}))]


def test_parts_of_a_small_count_are_not_named_beside_it():
    told = counts("sex", [("K", 4), ("M", 30)]) + counts(
        "sex answer", [("M", "ja", 20), ("M", "nej", 10)]
    )
    assert cells(told) == {cell("svar", {"sex": "K"})}


def test_stricter_rules_ask_for_more_room():
    told = counts("sex", [("K", ".."), ("M", ".."), (T, 9)])
    assert attack(told, Rules(min_count=9)) == []
    assert len(attack(told, Rules(min_count=10))) == 3


def test_no_facts_and_single_facts():
    assert attack([], Rules()) == []
    assert attack(counts("sex", [("K", "..")]), Rules()) == []
    assert attack(counts("sex", [("K", 12)]), Rules()) == []
    assert len(attack(counts("sex", [("K", 2)]), Rules())) == 1


def test_counts_of_different_cases_are_not_joined():
    told = counts("sex", [("K", ".."), ("M", ".."), (T, 40)])
    assert attack(told + counts("sex", [("M", 38)], cases="beslut"), Rules()) == []
    assert len(attack(told + counts("sex", [("M", 38)]), Rules())) == 2


def test_a_hidden_sum_that_is_all_but_told():
    told = counts("care", [("a", ".."), ("b", 900), (T, 1000)], of="days")
    assert cells(told) == {cell("svar", {"care": "a"}, of="days")}
    both = [("a", ".."), ("b", ".."), ("c", 950), (T, 1000)]
    assert attack(counts("care", both, of="days"), Rules()) == []


def test_what_cannot_be_right_is_told_by_the_places_that_differ():
    told = counts("sex", [("K", 20), ("M", 30), (T, 50)], "första")
    told += counts("stage", [("a", 25), ("b", 26)], "andra")
    told += counts("care", [("x", 10), ("y", 40)], "tredje")
    [leak] = attack(told, Rules())
    assert leak.rule is Rule.CONTRADICTION
    assert Source("andra") in leak.given_by
    assert len(leak.given_by) == 2


def test_a_leak_names_the_cell_and_no_number():
    told = counts("sex stage", [("K", "a", ".."), ("K", "b", 31), ("K", T, 33)])
    [leak] = attack(told, Rules())
    assert leak.cell == cell("svar", {"stage": "a"})
    assert not {"31", "33", "2"} & {*repr(leak).replace("'", " ").split()}
