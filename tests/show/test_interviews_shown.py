"""The interviews' page: words for how many people, and never one number of few."""

import re
from dataclasses import replace

import pytest
from read_shown import downloaded

from helpers import interviews, read_tables, show
from helpers.data.interview_contracts import INTERVIEW_TABLES

VIEWS = ("in_short", "themes", "notes", "together", "saturation", "agreement", "challenges")


@pytest.fixture(scope="module")
def published():
    return interviews.protect(read_tables(*INTERVIEW_TABLES))


def test_the_answer_says_what_no_challenge_took_up_and_that_nothing_is_tried(published):
    said = show.interviews.in_short(published).html
    assert "Minst 10 personer är intervjuade." in said
    assert "”Att klara sig själv”: minst 5 personer." in said
    assert "Ingen utmaning har tagit upp ”Att klara sig själv”." in said
    assert "4 utmaningar är formulerade. Ingen prototyp är gjord än." in said


def test_no_view_gives_the_number_of_people(published):
    html = " ".join(getattr(show.interviews, view)(published).html for view in VIEWS)
    assert not re.search(
        r"\b(11|[1-9]) (?:kvinnor|personer)", html.replace("minst 5", "").replace("inst 10", "")
    )
    rows = downloaded(show.interviews.themes(published))
    assert {row["Personer"] for row in rows} == {"minst 10", "minst 5", "några"}


def test_codes_found_and_agreement_are_said(published):
    assert "väntas 1" in show.interviews.saturation(published).title
    assert "Krippendorffs alfa är 0,84" in show.interviews.agreement(published).html
    alone = replace(published, agreement=None)
    assert "Bara en person har kodat" in show.interviews.agreement(alone).html


def test_a_challenge_stands_beside_its_codes(published):
    first = downloaded(show.interviews.challenges(published))[0]
    assert first["Bygger på"] == "möts inte som kvinna. får berätta om igen. skäms"
    assert first["Prövade med"] == "inte prövad"
