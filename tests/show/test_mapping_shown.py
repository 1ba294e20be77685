"""The mapping's page: a sign and a word in each cell, bounds, and no confidence intervals."""

import pandas as pd
import pytest
from read_shown import downloaded

from helpers import mapping, read_tables, show
from helpers.data.mapping_contracts import MAPPING_TABLES

VIEWS = ("in_short", "shares", "matrix", "sources", "changes", "helpers")


@pytest.fixture(scope="module")
def mapped():
    return mapping.examine(read_tables(*MAPPING_TABLES))


def test_the_answer_gives_a_word_and_the_number_behind_it(mapped):
    said = show.mapping.in_short(mapped).html
    assert "Ett forum för samverkan i kommunen: de flesta (11 av 15)." in said
    assert "de flesta från 60" in said


def test_each_cell_of_the_matrix_has_a_sign_and_a_word(mapped):
    shown = show.mapping.matrix(mapped)
    rows = {row["Kommun"]: row for row in downloaded(shown)}
    assert rows["Ormsjö"]["Ett forum för samverkan i kommunen"] == "? okänt"
    assert rows["Aspvik"]["En samordnare"] == "● ja"
    assert next(iter(rows)) == "Aspvik"
    assert "lv-sortable" in shown.html


def test_shares_are_told_as_bounds_without_confidence(mapped):
    rows = downloaded(show.mapping.shares(mapped))
    assert (
        rows[3]["Andel ja, minst till mest"].replace("\N{NO-BREAK SPACE}", " ") == "73 % till 80 %"
    )
    html = " ".join(getattr(show.mapping, view)(mapped).html for view in VIEWS)
    assert "konfidens" not in html


def test_open_figures_say_that_none_are_fetched_and_where_the_series_breaks(mapped):
    none = pd.DataFrame(columns=["indicator_id", "place", "year", "value"])
    assert "inte bland de hämtade" in show.mapping.beside(mapped, none).html
    some = pd.DataFrame([("I01", "Riket", 2024, 64.0)], columns=none.columns)
    said = show.mapping.beside(mapped, some).html
    assert "64,0" in said
    assert "från 12 till 24 månader" in said
