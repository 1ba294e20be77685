"""Headlines hold as often as they say, on invented towns of the sample's size without a gap."""

from contextlib import nullcontext

import pytest
from scipy.stats import binom

from benchmarks.coverage import towns

SIZE = (170, 217)
TOWNS = 15
"""Of each question. All are pooled: 105 headlines, under a minute of one core."""


@pytest.fixture(scope="module")
def answered():
    return [
        towns.answer(question, *SIZE, seed, gap=False)
        for question in towns.QUESTIONS
        for seed in range(TOWNS)
    ]


def _covers_enough(answered):
    """Whether at least 95 % hold the truth, but for one chance in fifty."""
    return sum(town.covers for town in answered) >= binom.ppf(0.02, len(answered), 0.95)


def _wrong_seldom(answered):
    """Whether at most 5 % establish what is not so, but for one chance in fifty."""
    return sum(town.is_wrong for town in answered) <= binom.ppf(0.98, len(answered), 0.05)


def test_intervals_hold_the_truth_and_verdicts_are_true(answered):
    assert all(town.is_shown for town in answered)
    assert _covers_enough(answered)
    assert _wrong_seldom(answered)


def test_intervals_a_quarter_too_short_are_found_out(answered):
    shortened = [town.shortened(0.25) for town in answered]
    assert not _covers_enough(shortened)
    assert not _wrong_seldom(shortened)


@pytest.mark.parametrize("question", towns.QUESTIONS)
def test_no_headline_rests_on_the_models_that_are_left_out(question, answered, monkeypatch):
    monkeypatch.setattr(towns, "_WITHOUT_MODELS", nullcontext())
    whole = towns.answer(question, *SIZE, seed=0, gap=False)
    assert whole == answered[towns.QUESTIONS.index(question) * TOWNS]
