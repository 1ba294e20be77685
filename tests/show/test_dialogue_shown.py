"""The dialogue's page and the sheet that staff print for the next meeting."""

import pypandoc
import pytest
from read_shown import downloaded
from typer.testing import CliRunner

from helpers import dialogue, read_tables, show
from helpers.cli import app
from helpers.data import read_actions
from helpers.data.dialogue_contracts import DIALOGUE_TABLES
from helpers.show.words import NBSP

VIEWS = ("in_short", "ranks", "levels", "sheet", "attendance")


@pytest.fixture(scope="module")
def examined():
    return dialogue.examine(dialogue.protect(read_tables(*DIALOGUE_TABLES)), read_actions())


def test_the_answer_says_what_matters_and_who_can_act(examined):
    said = show.dialogue.in_short(examined).html
    assert "Viktigast har varit ”Kontinuitet”, ”Tid att lyssna” och ”Relationen är viktig”." in said
    assert "8 möten har rangordnat ämnena nästan helt likadant." in said
    assert "4 av 10 ämnen kan handläggaren själv göra något åt." in said
    assert "2 ämnen har fått ett svar, och 1 sak är gjord." in said
    assert "En chef var med på 3 av de 8 möten där en chef kunde göra något." in said


def test_the_top_ten_has_places_limits_and_what_moved(examined):
    rows = downloaded(show.dialogue.ranks(examined))
    assert [row["Plats"] for row in rows] == [str(place) for place in range(1, 11)]
    assert rows[0][f"Säker till 95{NBSP}%"] == "1 till 2"
    assert rows[-1]["Rörelse"] == "ny"
    assert rows[0]["Rörelse"] == "samma"


def test_the_sheet_says_what_was_done_and_what_cannot_be_done_and_why(examined):
    said = show.dialogue.sheet(examined).html.replace(NBSP, " ")
    assert "Det här gjorde vi, 13 september 2017." in said
    assert "Det här kan vi inte. Boendet är inte tryggt nog" in said
    assert said.count("Vi har inte svarat än.") == 8


def test_one_persons_topic_is_in_no_view(examined):
    html = " ".join(getattr(show.dialogue, view)(examined).html for view in VIEWS)
    assert "En egen nyckel" not in html
    assert "visas inte: enheten 1" in html


def test_the_sheet_as_a_document(tmp_path):
    done = CliRunner().invoke(app, ["meeting-sheet", "--to", str(tmp_path / "blad.docx")])
    assert done.exit_code == 0, done.output
    text = pypandoc.convert_file(tmp_path / "blad.docx", "plain")
    assert "Kontinuitet" in text
    assert "Det här gjorde vi" in text
