"""The day and the years that `likavard.yml` sets hold for every question."""

from datetime import date
from importlib import import_module

import pytest

from helpers import settings
from helpers.data import read_cases
from helpers.questions import QUESTIONS


def counted(question, **asked):
    module = import_module(f"helpers.questions.{question}")
    return module.tally(read_cases(module.TABLE), module.BY, **asked)


def everyone(tally):
    people = tally.true_counts()["people"]
    return people[(people["grouping"] == "all") & (people["sex"] == "total")]["n"].sum()


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_day_that_is_set_is_as_if_asked_for(question, monkeypatch):
    asked = counted(question, as_of="2024-12-31")
    monkeypatch.setattr(settings, "as_of", lambda: date(2024, 12, 31))
    unasked = counted(question)
    assert (unasked.as_of, everyone(unasked)) == (asked.as_of, everyone(asked))
    assert counted(question, as_of="2025-06-30").as_of == date(2025, 6, 30)


@pytest.mark.parametrize("question", QUESTIONS)
def test_fewer_years_count_fewer_people(question, monkeypatch):
    every = everyone(counted(question))
    monkeypatch.setattr(settings, "period", lambda: 2)
    two = everyone(counted(question))
    monkeypatch.setattr(settings, "period", lambda: 1)
    assert 0 < everyone(counted(question)) < two < every


@pytest.mark.parametrize(
    ("years", "periods"),
    [(1, ["2025"]), (2, ["2024", "2025"]), (3, ["2023", "2024–25"]), (4, ["2022–23", "2024–25"])],
)
def test_the_years_are_split_in_an_earlier_and_a_later_half(monkeypatch, years, periods):
    monkeypatch.setattr(settings, "period", lambda: years)
    people = counted("extensions").tables["people"]
    assert sorted(people.query("grouping == 'period'")["group"].unique()) == periods
