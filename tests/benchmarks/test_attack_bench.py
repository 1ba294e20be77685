"""The tables that the attack is timed on are what they are said to be."""

import numpy as np

from benchmarks.attack.__main__ import HEADING, line
from benchmarks.attack.hiding import hidden, with_margins
from benchmarks.attack.sites import SITES, cube, linked, sample


def test_no_hidden_cell_is_alone_in_its_line():
    numbers = with_margins(np.array([[3, 8, 20], [9, 7, 30], [40, 50, 60]]))
    hides = hidden(numbers)
    assert hides[0, 0]
    assert not {1} & {*hides.sum(axis=0), *hides.sum(axis=1)}


def test_the_tables_have_the_size_that_is_said():
    assert len(cube()) == 51 * 21 * 6
    assert len(linked()) == 496 * 16
    assert len(sample()) > 700


def test_the_tables_are_the_same_every_time():
    assert sample() == sample()


def test_the_row_says_how_much_was_told_and_how_long_it_took():
    site = "few linked tables"
    row = line(site, lambda: linked(attributes=4))
    assert row.startswith(f"| {site} | 96 |")
    assert row.count("|") == HEADING.splitlines()[0].count("|")
    assert len(SITES) == 3
