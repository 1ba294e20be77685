"""A gap is said in plain Swedish, and no more of it than the verdict allows."""

from dataclasses import replace
from math import inf, nan

import pytest
from made_gaps import (
    EVERY,
    FEWER,
    LONGER,
    MORE,
    NUMBER,
    OPEN,
    OTHER,
    RATIO,
    SHORTER,
    SMALL,
    TOO_FEW,
    UNSURE,
)

from helpers.questions.gap import Verdict
from helpers.show import gap_words
from helpers.show.words import NBSP


def seen(text):
    """Show each no-break space as ``~``."""
    return text.replace(NBSP, "~")


@pytest.mark.parametrize(
    ("gap", "size", "interval"),
    [
        (LONGER, "+34~dagar", "+29 till +39"),
        (SHORTER, "−34~dagar", "−39 till −29"),
        (UNSURE, "+2~dagar", "−48 till +52"),
        (RATIO, "kvot~1,38", "1,31 till 1,45"),
        (FEWER, "−14~procentenheter", "−19 till −9"),
        (TOO_FEW, "..", ".."),
        (OPEN, "−34~dagar", "utan gränser"),
        (replace(OPEN, low=-50), "−34~dagar", "−50 till obegränsat upp"),
        (replace(OPEN, high=-1), "−34~dagar", "obegränsat ned till −1"),
        (replace(UNSURE, estimate=0.3, low=-0.4), "0~dagar", "0 till +52"),
        (replace(UNSURE, estimate=-1.2), "−1~dag", "−48 till +52"),
        (replace(OTHER, estimate=0.01, low=-0.2, high=0.56), "+1~procentenhet", "−20 till +56"),
    ],
)
def test_gaps_and_their_intervals(gap, size, interval):
    assert seen(gap_words.size(gap)) == size
    assert gap_words.interval(gap) == interval


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
    assert gap_words.interval(gap) == interval


@pytest.mark.parametrize(
    ("gap", "title"),
    [
        (LONGER, "Kvinnor väntar längre: +34 dagar i väntan under det första året"),
        (SHORTER, "Kvinnor väntar kortare tid: −34 dagar i väntan under det första året"),
        (RATIO, "Kvinnor väntar längre: kvot 1,38 i väntan under det första året"),
        (UNSURE, "Skillnaden i väntan under det första året är inte statistiskt säkerställd"),
        (
            SMALL,
            "Skillnaden i väntan under det första året är för liten för att spela roll: säkert "
            "högst 30 dagar",
        ),
        (TOO_FEW, "För få för att bedöma skillnaden i väntan under det första året"),
    ],
)
def test_the_title_says_what_the_verdict_allows(gap, title):
    assert seen(gap_words.title(gap)).replace("~", " ") == title


def test_a_share_that_is_larger_or_smaller_is_named_so():
    assert gap_words.title(MORE).startswith("Fler kvinnor får bostad inom 6 månader: +14")
    assert gap_words.title(FEWER).startswith("Färre kvinnor får bostad inom 6 månader: −14")


def test_a_sentence_holds_levels_interval_and_n():
    assert gap_words.sentence(LONGER).replace(NBSP, " ") == (
        "Kvinnor väntar längre: +34 dagar i väntan under det första året. "
        "Kvinnor 134 dagar, män 100 dagar; skillnad +34 dagar, "
        "95 % konfidensintervall +29 till +39 (1 234 beslut från kvinnor och 1 234 från män)."
    )


def test_what_is_not_established_says_how_many_more_it_takes():
    """Half the interval is 50 days against 30: 1.8 times as many more, in two figures."""
    assert "ungefär 2 200 kvinnor och 4 400 män till" in gap_words.details(UNSURE).replace(
        NBSP, " "
    )
    assert "till för att" not in gap_words.details(LONGER)


def test_an_interval_narrow_enough_says_what_it_still_holds():
    narrow = replace(UNSURE, more_women=0, more_men=0)
    assert gap_words.details(narrow).endswith("så stor att den spelar roll.")


def test_a_number_is_given_without_limits():
    assert "konfidensintervall" not in gap_words.details(NUMBER)
    assert gap_words.in_brief(NUMBER).replace(NBSP, " ") == "kvot 0,75"


def test_persons_are_said_to_be_women_and_men():
    persons = replace(LONGER, measure=replace(LONGER.measure, counted="personer"))
    assert seen(gap_words.counted(replace(persons, n_women=182, n_men=232))) == (
        "182 kvinnor och 232 män"
    )


def test_a_time_that_is_not_reached_is_words():
    assert seen(gap_words.level(LONGER, inf)) == "längre än 24~månader"


def test_what_cannot_be_given_is_said_so():
    assert gap_words.in_brief(replace(OTHER, estimate=nan)).startswith("kan inte anges")


@pytest.mark.parametrize("gap", EVERY)
def test_no_sentence_says_that_there_is_no_difference(gap):
    said = f"{gap_words.title(gap) if gap.headline else ''} {gap_words.details(gap)}".lower()
    assert "ingen skillnad" not in said
    assert "nan" not in said
    assert "∞" not in said
    if gap.headline and gap.verdict is not Verdict.ESTABLISHED:
        assert "längre" not in said
        assert "kortare" not in said
