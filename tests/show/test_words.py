"""Swedish readers meet numbers as they are used to, and no more than the verdict allows."""

from dataclasses import replace
from datetime import date
from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_gaps import (
    EVERY,
    FEWER,
    LONGER,
    MORE,
    RATIO,
    SHORTER,
    TOO_FEW,
    TOO_FEW_RATIO,
    UNSURE,
    UNSURE_SHARE,
)

from helpers.disclosure import Hidden, Reason
from helpers.questions.gap import Verdict
from helpers.show import words

HIDDEN = Hidden(Reason.SMALL_COUNT)


def seen(text):
    """Show each no-break space as ``~``."""
    return text.replace(words.NBSP, "~")


@pytest.mark.parametrize(
    ("value", "options", "text"),
    [
        (0, {}, "0"),
        (-0.0, {}, "0"),
        (-0.4, {}, "0"),
        (-0.4, {"signed": True}, "0"),
        (0.4, {"signed": True}, "0"),
        (-0.04, {"decimals": 1, "signed": True}, "0,0"),
        (16.2, {"signed": True}, "+16"),
        (-7.8, {}, "−8"),
        (-7.8, {"signed": True}, "−8"),
        (1.068, {"decimals": 2}, "1,07"),
        (0.5, {"decimals": 2}, "0,50"),
        (999, {}, "999"),
        (1234, {}, "1~234"),
        (-1234567.5, {"decimals": 1}, "−1~234~567,5"),
        (1234, {"signed": True}, "+1~234"),
        (inf, {}, "∞"),
        (-inf, {}, "−∞"),
        (nan, {}, "–"),
        (HIDDEN, {"decimals": 1, "signed": True}, ".."),
    ],
)
def test_numbers(value, options, text):
    assert seen(words.number(value, **options)) == text


@given(st.floats(-1e9, 1e9), st.integers(0, 3), st.booleans())
def test_no_number_is_a_negative_zero_or_can_break_across_lines(value, decimals, signed):
    text = words.number(value, decimals, signed)
    assert not set(text) & set(" -.")
    assert text.strip("+−0,") or not text.startswith(("+", "−"))
    assert float(text.replace("−", "-").replace(words.NBSP, "").replace(",", ".")) == pytest.approx(
        value, abs=0.51 * 10**-decimals
    )


@pytest.mark.parametrize(
    ("share", "decimals", "text"),
    [
        (0.571, 0, "57~%"),
        (0.5714, 1, "57,1~%"),
        (0, 0, "0~%"),
        (1, 0, "100~%"),
        (-0.001, 0, "0~%"),
        (nan, 0, "–"),
        (HIDDEN, 0, ".."),
    ],
)
def test_percentages(share, decimals, text):
    assert seen(words.percent(share, decimals)) == text


def test_percentages_already_multiplied():
    assert seen(words.points_of_hundred(57)) == "57~%"
    assert words.points_of_hundred(nan) == "–"
    assert words.points(-34.52) == "−34,5"
    assert words.points(3.7) == "+3,7"


@pytest.mark.parametrize(
    ("p", "text"), [(0.0004, "<~0,001"), (0, "<~0,001"), (0.001, "0,001"), (0.0468, "0,047")]
)
def test_p_values(p, text):
    assert seen(words.p_value(p)) == text


def test_dates_are_swedish_and_do_not_break():
    assert seen(words.day(date(2025, 12, 31))) == "31~december~2025"
    assert seen(words.day(date(2024, 5, 1))) == "1~maj~2024"


@pytest.mark.parametrize(
    ("gap", "size", "interval"),
    [
        (LONGER, "+34~dagar", "+29 till +39"),
        (SHORTER, "−34~dagar", "−39 till −29"),
        (UNSURE, "+2~dagar", "−48 till +52"),
        (RATIO, "kvot~1,38", "1,32 till 1,45"),
        (FEWER, "−14~procentenheter", "−19 till −9"),
        (TOO_FEW, "..", ".."),
        (TOO_FEW_RATIO, "..", ".."),
        (replace(UNSURE, estimate=0.3, low=-0.4), "0~dagar", "0 till +52"),
        (replace(UNSURE, estimate=1, low=-inf, high=inf), "+1~dag", "−∞ till ∞"),
        (replace(UNSURE, estimate=-1.2), "−1~dag", "−48 till +52"),
        (replace(UNSURE_SHARE, estimate=0.01, low=-0.2), "+1~procentenhet", "−20 till +56"),
    ],
)
def test_gaps_and_their_intervals(gap, size, interval):
    assert seen(words.size(gap)) == size
    assert words.interval(gap) == interval


@pytest.mark.parametrize(
    ("gap", "interval"),
    [
        (replace(LONGER, low=0.3), "+0,3 till +39"),
        (replace(SHORTER, high=-0.04), "−39 till −0,04"),
        (replace(RATIO, low=1.003), "1,003 till 1,45"),
        (replace(FEWER, high=-0.002), "−19 till −0,2"),
    ],
)
def test_an_established_gap_never_reads_as_if_its_interval_held_no_difference(gap, interval):
    assert gap.verdict is Verdict.ESTABLISHED
    assert words.interval(gap) == interval


@pytest.mark.parametrize(
    ("gap", "title"),
    [
        (LONGER, "Kvinnor väntar längre: +34 dagar i medelväntetid inom 12 månader"),
        (SHORTER, "Kvinnor väntar kortare tid: −34 dagar i medelväntetid inom 12 månader"),
        (RATIO, "Kvinnor väntar längre: kvot 1,38 i medelväntetid inom 12 månader"),
        (UNSURE, "Skillnaden i medelväntetid inom 12 månader är inte statistiskt säkerställd"),
        (TOO_FEW, "Skillnaden i medelväntetid inom 12 månader går inte att bedöma"),
        (TOO_FEW_RATIO, "Skillnaden i medelväntetid inom 12 månader går inte att bedöma"),
    ],
)
def test_the_title_says_what_the_verdict_allows(gap, title):
    assert seen(words.title(gap)).replace("~", " ") == title


def test_a_share_that_is_larger_or_smaller_is_named_so():
    assert words.title(MORE).startswith("Fler kvinnor får bostad inom 6 månader: +14")
    assert words.title(FEWER).startswith("Färre kvinnor får bostad inom 6 månader: −14")


def test_a_sentence_holds_levels_interval_and_n():
    assert words.sentence(LONGER).replace(words.NBSP, " ") == (
        "Kvinnor väntar längre: +34 dagar i medelväntetid inom 12 månader (alla). "
        "Kvinnor 134 dagar, män 100 dagar; skillnad +34 dagar, "
        "95 % konfidensintervall +29 till +39 (1 234 beslut för kvinnor och 1 234 för män)."
    )


def test_a_sentence_on_a_ratio_calls_it_no_difference():
    said = words.sentence(RATIO).replace(words.NBSP, " ")
    assert "män 100 dagar; kvot 1,38, 95 % konfidensintervall 1,32 till 1,45 (" in said
    assert "skillnad" not in said


def test_persons_are_said_to_be_women_and_men_and_other_things_are_named():
    persons = replace(LONGER, measure=replace(LONGER.measure, counted="personer"))
    assert seen(words.counted(replace(persons, n_women=182, n_men=232))) == (
        "182 kvinnor och 232 män"
    )
    assert seen(words.counted(LONGER)) == "1~234 beslut för kvinnor och 1~234 för män"
    assert words.counted(replace(persons, n_women=HIDDEN)).startswith(".. kvinnor")


def test_too_few_gives_no_numbers():
    for gap in (TOO_FEW, TOO_FEW_RATIO):
        assert words.details(gap) == "Det är för få, eller så har de följts för kort tid."
        assert words.sentence(gap).endswith(f"går inte att bedöma (alla). {words.details(gap)}")
        assert ".." not in words.sentence(gap)
        assert words.VERDICTS[gap.verdict] == "går inte att bedöma"


@pytest.mark.parametrize("gap", EVERY)
def test_no_sentence_says_that_there_is_no_difference(gap):
    said = f"{words.title(gap)} {words.sentence(gap)} {words.VERDICTS[gap.verdict]}".lower()
    assert "ingen skillnad" not in said
    assert "lika" not in said
    assert "nan" not in said.replace("finnan", "")
    if gap.verdict is not Verdict.ESTABLISHED:
        assert "längre" not in said
        assert "kortare" not in said


def test_a_capital_leaves_the_rest_as_it_is():
    assert words.capital("andel i IFO") == "Andel i IFO"
    assert words.capital("ålder") == "Ålder"
    assert words.capital("") == ""
