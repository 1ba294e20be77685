"""The invented tables that protection is timed on are what they are said to be."""

import pytest

from benchmarks.suppression.__main__ import HEADING, line
from benchmarks.suppression.invented import TABLES, linked
from helpers.disclosure.systems import system_of
from helpers.disclosure.tables import counted_together


@pytest.mark.parametrize("name", TABLES)
def test_the_tables_are_the_same_on_every_run(name):
    assert all(one.equals(other) for one, other in zip(TABLES[name](), TABLES[name](), strict=True))


def test_linked_tables_count_the_same_cases():
    system = system_of(counted_together(linked(3, mean=40)))
    assert len(system.names) == 3 * 4 + 3 * (3 * 4 * 4)


def test_a_row_says_how_it_went():
    row = line("two", linked(2, mean=40))
    assert row.count("|") == HEADING.splitlines()[0].count("|")
    assert "| 0.00 |" in row
