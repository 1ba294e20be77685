"""The finest grouping that gives nothing away is chosen."""

import pandas as pd
from told_facts import HIDDEN

from helpers.disclosure import TOTAL, Rules
from helpers.disclosure.attack import first_safe
from helpers.disclosure.told import Counts

BY_YEAR = {"2021": 30, "2022": HIDDEN, "2023": 40, TOTAL: 73}
BY_TWO = {"2021–2022": 33, "2023": 40, TOTAL: 73}
BY_NONE = {TOTAL: 73}


def told(numbers):
    return [Counts("svar", pd.DataFrame([*numbers.items()], columns=["year", "n"], dtype=object))]


def test_the_first_that_gives_nothing_away_is_chosen():
    assert first_safe([BY_YEAR, BY_TWO, BY_NONE], told, Rules()) is BY_TWO


def test_the_last_is_chosen_where_each_gives_something_away():
    assert first_safe([BY_YEAR, {"2022": 3}], told, Rules()) == {"2022": 3}


def test_no_more_is_made_than_is_tried():
    candidates = iter([BY_TWO, BY_NONE])
    assert first_safe(candidates, told, Rules()) is BY_TWO
    assert next(candidates) is BY_NONE


def test_tables_that_are_safe_apart_are_attacked_together():
    two_hidden, one = BY_YEAR | {"2023": HIDDEN}, {"2023": 40}

    def together(tables):
        return [each for table in tables for each in told(table)]

    candidates = [[two_hidden, one], [two_hidden], [one]]
    assert first_safe(candidates, together, Rules()) == [two_hidden]
