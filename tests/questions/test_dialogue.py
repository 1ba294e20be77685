"""The sample's meetings give the published top ten; one person's topic is on no page."""

import pandas as pd
import pytest

from helpers import dialogue, read_tables
from helpers.data import DataProblem, read_actions
from helpers.data.dialogue_contracts import DIALOGUE_TABLES
from helpers.paths import SAMPLE

PUBLISHED = [
    "Kontinuitet",
    "Tid att lyssna",
    "Relationen är viktig",
    "Individuella lösningar",
    "Delaktighet",
    "Boendet är viktigt",
    "Lättillgänglig hjälp",
    "Långsiktighet",
    "Behoven ska styra",
    "Ta vara på erfarenheter",
]


@pytest.fixture(scope="module")
def tables():
    return read_tables(*DIALOGUE_TABLES)


@pytest.fixture(scope="module")
def examined(tables):
    return dialogue.examine(dialogue.protect(tables), read_actions())


def test_the_sample_has_the_published_figures(tables, examined):
    meetings = tables["meetings"]
    assert set(meetings["invited"]) == {10}
    assert set(meetings["came_users"]) == {3, 8}
    terms = meetings["held_on"].dt.year * 2 + (meetings["held_on"].dt.month > 6)
    assert (terms.value_counts() == 2).all()
    assert examined.order["title"].tolist() == PUBLISHED
    answered = examined.followed.actions
    assert answered["decision"].tolist() == ["yes", "no"]
    assert answered["status"].eq("done").sum() == 1


def test_places_have_limits_and_new_topics_no_place_before(examined):
    order = examined.order
    assert (order["low"] <= order["place"]).all()
    assert (order["place"] <= order["high"]).all()
    assert order.index[order["before"].isna()].tolist() == ["T10"]
    assert 0.9 < examined.concordance < 1


def test_what_one_person_raised_once_is_counted_at_its_level_only(examined):
    shown = examined.dialogue
    assert "T11" not in shown.topics.index
    assert "T11" not in shown.ranks.columns
    assert shown.held_back.to_dict() == {"unit": 1}


def test_a_topic_raised_twice_by_one_person_is_shown(tables):
    more = type(tables)(tables)
    again = tables["raised"].iloc[[-1]].assign(meeting_id="D5")
    more["raised"] = pd.concat([tables["raised"], again])
    more.is_sample = True
    assert "T11" in dialogue.protect(more).topics.index


def test_managers_are_counted_at_meetings_where_they_could_act(tables, examined):
    assert examined.managers == {"meetings": 8, "present": 3}
    none = type(tables)(tables)
    none["topics"] = tables["topics"].assign(level="caseworker")
    none.is_sample = True
    found = dialogue.examine(dialogue.protect(none), read_actions())
    assert found.managers == {"meetings": 0, "present": 0}


def test_attendance_is_by_year_with_noise(tables, examined):
    true = tables["meetings"].groupby(tables["meetings"]["held_on"].dt.year)["came_users"].sum()
    shown = examined.dialogue.attendance
    assert shown.columns.tolist() == ["meetings", "came", "invited"]
    moved = shown["came"] - true
    assert moved.abs().max() <= examined.dialogue.rules.max_noise
    assert moved.any()


def test_two_topics_in_one_place_are_told(tmp_path):
    for name in DIALOGUE_TABLES:
        frame = pd.read_csv(SAMPLE / f"{name}.csv", dtype="string")
        if name == "raised":
            frame.loc[1, "rank"] = "1"
        frame.to_csv(tmp_path / f"{name}.csv", index=False)
    with pytest.raises(DataProblem, match=r"raised: två ämnen på samma plats \(2 rader"):
        read_tables(*DIALOGUE_TABLES, source=tmp_path)
