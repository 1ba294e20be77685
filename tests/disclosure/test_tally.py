"""True counts: whole grids, in memory only, and never shown."""

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made import people, tally

from helpers.disclosure import ALL, PEOPLE, TOTAL, grouped
from helpers.show.shown import Shown

PEOPLE_MADE = people(
    ({"sex": "K", "care": "hem", "year": 2024, "end": "a"}, 41),
    ({"sex": "K", "care": "hvb", "year": 2025, "end": "b"}, 37),
    ({"sex": "M", "care": "hem", "year": 2025, "end": "a"}, 53),
)


def test_a_tally_prints_its_shape_and_no_number_of_its_own():
    made = tally(PEOPLE_MADE, ["sex", "care"], end=["a", "b"])
    assert repr(made) == "Tally of made: 2 tables, 36 cells (secret)"
    assert not {"41", "37", "53", "131"} & set(repr(made).split())


def test_a_tally_is_written_to_no_file():
    with pytest.raises(TypeError, match="secret"):
        pickle.dumps(tally(PEOPLE_MADE))


def test_a_tally_is_no_record_of_a_page():
    with pytest.raises(TypeError, match="secret, and cannot be shown"):
        Shown("titel", "", {"n": [tally(PEOPLE_MADE)]})._repr_mimebundle_()


def test_true_counts_are_given_without_their_keys():
    true = tally(PEOPLE_MADE, end=["a", "b"]).true_counts()
    assert "key" not in true[PEOPLE].columns
    assert true[PEOPLE].set_index("sex")["n"].to_dict() == {"K": 78, "M": 53, TOTAL: 131}


def test_every_combination_has_a_row_and_columns_are_never_crossed():
    table = grouped(PEOPLE_MADE, ["sex", "care", "year"], {"end": ["a", "b", "c"]})
    rows = table.groupby(["grouping", "group"]).size().to_dict()
    assert rows == {
        (ALL, ALL): 6, ("care", "hem"): 6, ("care", "hvb"): 6, ("year", 2024): 6, ("year", 2025): 6,
    }  # fmt: skip
    assert table.loc[table["n"] == 0, "key"].eq(0).all()
    empty = table[(table["group"] == "hvb") & (table["sex"] == "M")]
    assert empty["n"].tolist() == [0, 0, 0]


@settings(deadline=None, max_examples=25)
@given(st.lists(st.tuples(st.sampled_from("KM"), st.sampled_from("ab"), st.integers(0, 3))))
def test_totals_are_the_sums_of_counts_and_of_keys(kinds):
    cells = people(
        ({"sex": "K", "end": "a"}, 1), *[({"sex": sex, "end": end}, n) for sex, end, n in kinds]
    )
    table = grouped(cells, ["sex"], {"end": ["a", "b"]}, totals=["sex", "end"])
    at = table.set_index(["sex", "end"])[["n", "key"]]
    assert (at.loc["K"].loc[TOTAL] + at.loc["M"].loc[TOTAL]).equals(at.loc[TOTAL].loc[TOTAL])
    assert at.loc[TOTAL].loc[TOTAL].tolist() == [len(cells), cells["key"].sum()]
