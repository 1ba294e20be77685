"""What an interval lets us say: four verdicts, and how many more it takes."""

from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.disclosure import EVERYONE, Level
from helpers.questions.gap import (
    Measure,
    Verdict,
    compare,
    relevant_difference,
)
from helpers.questions.settings import SettingsProblem
from helpers.stats.estimate import Estimate

SHARE = Measure("share", "andel", "share", "hand")
WAIT = Measure("wait", "väntan", "days", "hand")


def judged(low, high, *, question="queue-times", contrast="difference", n=(100, 300)):
    middle = (low + high) / 2
    level = Estimate(middle, low, high)
    return compare(
        question, WAIT, EVERYONE, Level(level, n[0]), Level(level, n[1]),
        contrast=contrast, estimate=Estimate(middle, low, high), headline=True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (31, 60, Verdict.ESTABLISHED),
        (-60, -1, Verdict.ESTABLISHED),
        (1, 31, Verdict.ESTABLISHED),
        (1, 30, Verdict.TOO_SMALL_TO_MATTER),  # within what matters, though it leaves out 0
        (-30, 30, Verdict.TOO_SMALL_TO_MATTER),
        (-30.1, 30, Verdict.NOT_ESTABLISHED),
        (0, 31, Verdict.NOT_ESTABLISHED),  # 0 itself is within the interval
        (-inf, inf, Verdict.NOT_ESTABLISHED),
    ],
)
def test_verdict_of_a_difference_in_days(low, high, verdict):
    assert judged(low, high).verdict is verdict


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (1.1, 2.0, Verdict.ESTABLISHED),
        (0.81, 1.24, Verdict.TOO_SMALL_TO_MATTER),
        (0.79, 1.24, Verdict.NOT_ESTABLISHED),
        (0.81, 1.26, Verdict.NOT_ESTABLISHED),
        (0.0, 0.9, Verdict.ESTABLISHED),
    ],
)
def test_verdict_of_a_ratio_lies_on_the_log_scale(low, high, verdict):
    found = judged(low, high, question="unplanned-terminations", contrast="ratio")
    assert found.verdict is verdict


def test_twice_too_wide_takes_four_times_as_many():
    """Half the interval is 60 days, twice the 30 that matter: three times as many more."""
    found = judged(-50, 70)
    assert (found.more_women, found.more_men) == (300, 900)


def test_a_gap_that_is_no_headline_has_no_verdict():
    level = Level(Estimate(5, 4, 6), 50)
    assert compare("queue-times", WAIT, EVERYONE, level, level).verdict is None


def test_too_few_of_either_sex_are_not_compared():
    level = Level(Estimate(5, 4, 6), 50)
    found = compare("queue-times", WAIT, EVERYONE, None, level, headline=True)
    assert (found.verdict, found.n_men, found.is_known) == (Verdict.TOO_FEW, None, False)


def test_a_headline_that_is_a_share_is_also_in_persons():
    """Of 200 women 20 %, of men 35 %: 30 more, had it been as often."""
    levels = Level(Estimate(0.2, 0.15, 0.25), 200), Level(Estimate(0.35, 0.3, 0.4), 300)
    found = compare("extensions", SHARE, EVERYONE, *levels, headline=True)
    assert found.attributable.value == pytest.approx(30)
    assert found.attributable.low == pytest.approx(-200 * found.high)
    assert compare("extensions", SHARE, EVERYONE, *levels).attributable is None
    assert judged(31, 60).attributable is None


def test_a_number_without_an_interval_has_none():
    level = Level(Estimate(5, nan, nan), 50)
    assert not compare("queue-times", WAIT, EVERYONE, level, level).has_interval


@given(st.floats(-500, 500), st.floats(0.1, 500))
def test_no_verdict_is_established_of_an_interval_that_holds_no_difference(middle, reach):
    found = judged(middle - reach, middle + reach)
    if found.low <= 0 <= found.high:
        assert found.verdict is not Verdict.ESTABLISHED


@pytest.mark.parametrize(
    ("text", "contrast", "said"),
    [
        ("relevant_difference: {kö: 30}", "difference", "kö finns inte"),
        ("relevant_difference: {queue-times: -1}", "difference", "ett tal över 0"),
        ("relevant_difference: {queue-times: 0.8}", "ratio", "ett tal över 1"),
        ("relevant_difference: {queue-times: ja}", "difference", "ett tal över 0"),
        ("a: [", "difference", "går inte att läsa"),
        ("x", "difference", "en inställning på varje rad"),
        ("relevant_difference: 3", "difference", "en rad för varje fråga"),
        ("relevant_difference: {queue-times: .inf}", "difference", "ett tal över 0"),
        ("relevant_difference: {queue-times: .nan}", "difference", "ett tal över 0"),
    ],
)
def test_settings_that_make_no_sense_are_told(tmp_path, text, contrast, said):
    file = tmp_path / "likavard.yml"
    file.write_text(text)
    with pytest.raises(SettingsProblem, match=said):
        relevant_difference("queue-times", WAIT, contrast, file)


def test_what_the_settings_leave_out_has_a_value(tmp_path):
    file = tmp_path / "likavard.yml"
    file.write_text("relevant_difference: {queue-times: 14}")
    assert relevant_difference("queue-times", WAIT, "difference", file) == 14
    assert relevant_difference("extensions", SHARE, "difference", file) == 0.10
