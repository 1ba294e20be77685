"""A cell is the same wherever it is told of, and each number tells one thing of it."""

from math import inf

import pandas as pd
import pytest

from helpers.disclosure import TOTAL, Hidden, Reason
from helpers.disclosure.told import Cell, Counts, Fact, Ratio, at, cell, facts, read

HIDDEN = Hidden(Reason.SMALL_COUNT)


def table(*rows):
    return pd.DataFrame(rows, columns=["sex", "year", "n"], dtype=object)


def test_a_cell_is_named_by_its_values_in_any_order():
    one = cell("placements", {"stage": ["granted", "denied"], "sex": "K"})
    assert one == cell("placements", {"sex": ["K"], "stage": ("denied", "granted")})
    assert one.where == (("sex", ("K",)), ("stage", ("denied", "granted")))
    assert cell("queue", {"has_children": True}) == cell("queue", {"has_children": "True"})


def test_all_cases_are_a_cell():
    assert cell("queue") == Cell("queue") == Cell("queue", (), "n")


def test_an_attribute_that_is_lost_with_time_is_named_by_its_day():
    assert at("waiting", "2025-12-31") != at("waiting", "2024-12-31")


def test_a_table_tells_a_fact_a_row():
    told = Counts("survey", table(("K", "2025", 12), ("K", TOTAL, HIDDEN), (TOTAL, TOTAL, 40)))
    assert list(facts(told, "enkäten")) == [
        Fact(cell("survey", {"sex": "K", "year": "2025"}), 12, 12, place="enkäten"),
        Fact(cell("survey", {"sex": "K"}), 0, inf, place="enkäten"),
        Fact(cell("survey"), 40, 40, place="enkäten"),
    ]


def test_only_what_is_hidden_says_nothing_of_the_number():
    told = Counts("survey", table(("K", "2025", 0), ("M", "2025", HIDDEN)))
    assert [fact.is_hidden for fact in facts(told)] == [False, True]


def test_labels_stand_for_values_and_tables_for_some_cases():
    values = {"year": {"2022–2023": ("2022", "2023")}}
    told = Counts("survey", table(("K", "2022–2023", 12)), values=values, where={"item": ("1",)})
    [fact] = facts(told)
    assert fact.cell == cell("survey", {"sex": "K", "year": ["2022", "2023"], "item": "1"})


def test_a_sum_of_something_else_is_another_cell():
    [fact] = facts(Counts("placements", table(("K", "2025", 1200)), of="days"))
    assert fact.cell == cell("placements", {"sex": "K", "year": "2025"}, of="days")


def test_a_ratio_tells_its_limits():
    women = cell("survey", {"sex": "K"})
    told = Ratio(women, cell("survey"), 0.565, 0.575, "2025-12-31")
    assert list(facts(told, "enkäten", "2025")) == [
        Fact(women, 0.565, 0.575, cell("survey"), "2025-12-31", "enkäten", "2025")
    ]


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (
            {"cell": {"cases": "survey", "where": [["sex", ["K"]]], "of": "n"}}
            | {"among": {"cases": "survey", "where": [], "of": "n"}}
            | {"low": 0.5, "high": 1, "as_of": "2025-12-31"},
            Ratio(cell("survey", {"sex": "K"}), cell("survey"), 0.5, 1, "2025-12-31"),
        ),
        (
            {"cases": "survey", "of": "n", "as_of": "2025-12-31", "values": {}, "where": {}}
            | {
                "table": {
                    "columns": ["sex", "year", "n"],
                    "rows": [
                        ["K", "2025", 12],
                        ["M", "2025", {"hidden": HIDDEN.reason.explanation}],
                    ],
                }
            },
            Counts("survey", table(("K", "2025", 12), ("M", "2025", HIDDEN)), as_of="2025-12-31"),
        ),
    ],
)
def test_what_a_record_holds_is_read_as_it_was_told(entry, told):
    assert list(facts(read(entry))) == list(facts(told))


def test_a_rounded_count_tells_between_what_it_may_be():
    table = pd.DataFrame({"sex": ["K", "M", TOTAL], "n": [5, 0, 20]})
    limits = [(fact.low, fact.high) for fact in facts(Counts("placements", table, base=5))]
    assert limits == [(5, 7), (0, 0), (18, 22)]
