"""The sample's county has the published figures; what is not known is bounds and never a guess."""

import pandas as pd
import pytest

from helpers import mapping, read_tables
from helpers.data import DataProblem
from helpers.data.mapping_contracts import MAPPING_TABLES
from helpers.paths import SAMPLE


@pytest.fixture(scope="module")
def tables():
    return read_tables(*MAPPING_TABLES)


def with_rows(tables, rows):
    own = type(tables)(tables)
    own["mapping"] = rows
    return own


@pytest.fixture(scope="module")
def first(tables):
    """The first year, which is the one that was published."""
    return mapping.examine(with_rows(tables, tables["mapping"].query("year == 2019")))


def test_the_sample_has_the_published_figures(tables, first):
    assert len(first.matrix) == 15
    shared = tables["mapping"].dropna(subset=["agreement_id"])["org_id"].unique()
    assert len(shared) == 4
    assert tables["agreements"]["org_ids"].tolist() == ["|".join(shared)]
    said = mapping.in_words(first.indicators)
    assert said["I01"] == "få"
    assert said["I04"] == "de flesta"
    assert first.indicators.loc["I06", "no"] / 15 >= 0.9
    assert first.indicators.loc["I05", ["yes", "partly"]].tolist() == [0, 2]
    largest = first.matrix.index[:2]
    assert (first.matrix.loc[largest, "I03"] == "yes").all()
    assert not (first.matrix.loc[first.matrix.index[2:], "I03"] == "yes").any()


def test_shares_are_bounds_of_what_is_unknown(first):
    forum = first.indicators.loc["I04"]
    assert (forum["yes"], forum["unknown"]) == (11, 1)
    assert (forum["low"], forum["high"]) == (11 / 15, 12 / 15)


def test_one_who_did_not_answer_is_unknown_and_stays_in_the_whole(tables):
    rows = tables["mapping"]
    found = mapping.examine(with_rows(tables, rows[rows["org_id"] != "Aspvik"]))
    assert (found.matrix.loc["Aspvik"] == "unknown").all()
    assert found.indicators.loc["I02", "low"] == 5 / 15
    assert found.indicators.loc["I02", "high"] == 6 / 15


def test_the_interview_holds_where_the_survey_says_another_thing(first):
    assert first.matrix.loc["Furunäs", "I04"] == "no"
    assert first.sources.loc["I04"].tolist() == [14, 11]
    assert first.sources.loc["I02"].tolist() == [15, 15]


def test_changes_are_of_what_was_known_both_times(tables, first):
    assert first.changes.empty
    found = mapping.examine(tables).changes
    assert found.loc["I01"].tolist() == [2, 3, 1, 0]
    assert found.loc["I04"].tolist() == [11, 11, 0, 0]
    rows = tables["mapping"].copy()
    rows.loc[(rows["year"] == 2019) & (rows["org_id"] == "Björkdal"), "status"] = "unknown"
    assert mapping.examine(with_rows(tables, rows)).changes.loc["I01", "gained"] == 0


def test_who_has_it_stands_beside_who_lacks_it_from_the_largest(first):
    forum = first.helpers.loc["I04"]
    assert forum["lacking"] == ["Furunäs", "Norrfors"]
    assert forum["having"][0] == "Aspvik"
    assert first.helpers.loc["I02", "agreements"] == ["En gemensam samordnare"]


@pytest.mark.parametrize(
    ("yes", "no", "word"),
    [
        (15, 0, "alla"),
        (14, 1, "nästan alla"),
        (9, 6, "de flesta"),
        (6, 9, "ungefär hälften"),
        (4, 11, "en del"),
        (3, 12, "få"),
        (0, 15, "inga"),
        (0, 0, "okänt"),
    ],
)
def test_words_for_how_many_follow_the_declared_bands(yes, no, word):
    counts = pd.DataFrame({"yes": [yes], "partly": [0], "no": [no]})
    assert mapping.in_words(counts).tolist() == [word]


def test_open_figures_of_the_same_thing_are_the_newest_of_each_place(tables):
    own = type(tables)(tables)
    own["indicators"] = tables["indicators"].assign(oj_id=["U1", *[None] * 5])
    peers = pd.DataFrame(
        [("U1", "Riket", 2023, "T", 60.0, "ok"), ("U1", "Riket", 2024, "T", 64.0, "ok"),
         ("U1", "Riket", 2025, "T", None, "missing"), ("U9", "Riket", 2024, "T", 1.0, "ok")],
        columns=["kpi", "place", "year", "sex", "value", "status"],
    )  # fmt: skip
    found = mapping.beside(mapping.examine(own), peers)
    assert found.to_numpy(object).tolist() == [["I01", "Riket", 2024, 64.0]]
    assert mapping.beside(mapping.examine(tables), peers).empty


def test_wrong_tables_are_told(tmp_path):
    wrong = {"mapping": ("status", "kanske"), "agreements": ("to", "2017-01-01")}
    for name in MAPPING_TABLES:
        frame = pd.read_csv(SAMPLE / f"{name}.csv", dtype="string")
        if name in wrong:
            frame.loc[0, wrong[name][0]] = wrong[name][1]
        frame.to_csv(tmp_path / f"{name}.csv", index=False)
    with pytest.raises(DataProblem) as raised:
        read_tables(*MAPPING_TABLES, source=tmp_path)
    assert "mapping, kolumn status: okänt värde (1 rad" in str(raised.value)
    assert "agreements: slut före start (1 rad" in str(raised.value)
