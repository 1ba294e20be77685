"""The sample's interviews have the published figures; people are told in words only."""

import pandas as pd
import pytest

from helpers import interviews, read_tables
from helpers.data import DataProblem
from helpers.data.interview_contracts import INTERVIEW_TABLES
from helpers.paths import SAMPLE


@pytest.fixture(scope="module")
def tables():
    return read_tables(*INTERVIEW_TABLES)


@pytest.fixture(scope="module")
def published(tables):
    return interviews.protect(tables)


def changed(tables, **others):
    own = type(tables)(tables | others)
    own.is_sample = True
    return own


def test_the_sample_has_the_published_figures(tables):
    assert tables["interviews"]["person_id"].nunique() == 11
    assert set(tables["interviews"]["sex"]) == {"K"}
    assert len(tables["notes"]) == 1000
    assert tables["notes"]["area"].nunique() == 6
    assert tables["codes"]["theme"].nunique() == 3
    assert len(tables["challenges"]) == 4
    assert tables["prototypes"].empty


@pytest.mark.parametrize(
    ("people", "said"),
    [(0, "ingen"), (1, "några"), (4, "några"), (5, "minst 5"), (9, "minst 5"), (10, "minst 10")],
)
def test_people_are_told_in_words(people, said):
    assert interviews.held(people) == said


def test_people_come_first_and_one_who_says_a_thing_often_is_one(tables, published):
    assert published.codes.loc["K01", "people"] == "minst 10"
    assert published.codes.loc["K11", "people"] == "några"
    alone = tables["notes"].assign(interview_id="N01")
    found = interviews.protect(changed(tables, notes=alone))
    assert set(found.themes["people"]) == {"några"}


def test_notes_have_noise_and_no_other_number_of_people_is_published(tables, published):
    coded = tables["codings"].merge(tables["codes"], on="code_id")
    true = coded.groupby("theme")["note_id"].nunique()
    moved = published.themes["notes"] - true
    assert moved.abs().max() <= published.rules.max_noise
    told = published.together.to_numpy().ravel().tolist() + published.codes["people"].tolist()
    assert set(told) <= {"ingen", "några", "minst 5", "minst 10"}


def test_a_theme_that_no_challenge_took_up_is_found(published):
    assert published.themes.index[~published.themes["is_taken_up"]].tolist() == [
        "Att klara sig själv"
    ]


def test_saturation_is_in_whole_codes_and_per_cents(published):
    assert published.accumulation[-1] == 11
    assert published.unseen == 1


def test_one_coder_has_no_agreement(tables, published):
    assert 0.7 < published.agreement.value < 0.95
    one = tables["codings"].query("coder == 'A'")
    assert interviews.protect(changed(tables, codings=one)).agreement is None


def test_a_challenge_is_traced_to_people_and_to_what_was_tried(tables, published):
    first = published.challenges.loc["U1"]
    assert first["codes"] == ["möts inte som kvinna", "får berätta om igen", "skäms"]
    assert (first["people"], first["prototypes"], first["tested"]) == ("minst 10", 0, {})
    tried = pd.DataFrame(
        {
            "prototype_id": ["P1", "P2"],
            "challenge_id": ["U1", "U1"],
            "tested_on": pd.to_datetime(["2022-03-01", None]),
            "tested_with": pd.array([6, None], "Int64"),
            "outcome": ["bra", None],
        }
    )
    found = interviews.protect(changed(tables, prototypes=tried)).challenges.loc["U1"]
    assert (found["prototypes"], found["tested"]) == (2, {"P1": "minst 5"})


def test_what_somebody_said_is_refused_where_a_title_should_be(tmp_path):
    for name in INTERVIEW_TABLES:
        frame = pd.read_csv(SAMPLE / f"{name}.csv", dtype="string")
        if name == "codes":
            frame.loc[0, "title"] = "hon sade att " * 12
        if name == "notes":
            frame["text"] = "vad hon sade"
        frame.to_csv(tmp_path / f"{name}.csv", index=False)
    with pytest.raises(DataProblem, match=r"codes: för lång text \(1 rad") as raised:
        read_tables(*INTERVIEW_TABLES, source=tmp_path)
    assert "hon sade" not in str(raised.value)
    kept = read_tables("notes", source=tmp_path)["notes"]
    assert "text" not in kept
