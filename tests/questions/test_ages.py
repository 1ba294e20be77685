"""Always sex, never only sex: every question can be asked by age too, where it is known."""

from importlib import import_module

import pandas as pd
import pytest

from helpers.data import read_cases
from helpers.paths import SAMPLE
from helpers.questions import QUESTIONS

AGES = ["0–29 år", "30–49 år", "50 år och äldre"]
WITHOUT = {"queue": "person_id", "survey": "response_id"}
"""Tables of the sample that do not say when somebody was born, and whose rows they are."""


def cases(question):
    """The sample's cases, with a year of birth a person, blank for the first of them."""
    if question.TABLE not in WITHOUT:
        return read_cases(question.TABLE)
    frame = pd.read_csv(SAMPLE / f"{question.TABLE}.csv")
    person, _ = pd.factorize(frame[WITHOUT[question.TABLE]])
    years = pd.Series(1955 + person % 50, dtype="Int64").mask(person == 0)
    return read_cases(question.TABLE, frame.assign(birth_year=years))


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_is_answered_by_sex_and_age(name):
    question = import_module(f"helpers.questions.{name}")
    tally = question.tally(cases(question), ["sex", "age_group"], "2025-12-31")
    published = question.protect(tally)
    groups = [group.value for group in published.groups() if group.grouping == "age_group"]
    assert groups == AGES
    people = tally.true_counts()["people"].groupby("grouping")["n"].sum()
    everyone = (
        tally.true_counts()["people"].query("grouping == 'all' and sex != 'total'")["n"].sum()
    )
    known = tally.true_counts()["people"].query("grouping == 'age_group' and sex != 'total'")
    assert people["age_group"] > 0
    assert everyone - known["n"].sum() == (question.TABLE in WITHOUT)


def test_who_has_no_year_of_birth_is_in_no_age_but_among_all():
    queue_times = import_module("helpers.questions.queue_times")
    labels = {
        gap.group.label
        for gap in queue_times.gaps(
            queue_times.protect(queue_times.tally(cases(queue_times), ["sex", "age_group"]))
        )
    }
    assert labels == {"alla", *AGES}
