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
from helpers.stats.estimate import Estimate


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
        (replace(OPEN, low=-50), "−34~dagar", "minst −50, ingen övre gräns"),
        (replace(OPEN, high=-1), "−34~dagar", "ingen undre gräns, högst −1"),
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
        (LONGER, "Kvinnor väntar längre än män: 134 dagar, mot 100 för män"),
        (SHORTER, "Kvinnor väntar kortare tid än män: 100 dagar, mot 134 för män"),
        (RATIO, "Kvinnor väntar längre än män: 1,4 gånger så ofta"),
        (MORE, "Kvinnor får bostad oftare än män: 64 av 100 kvinnor, mot 50 av 100 män"),
        (FEWER, "Kvinnor får bostad mer sällan än män: 50 av 100 kvinnor, mot 64 av 100 män"),
        (UNSURE, "Vi kan inte säga om kvinnor väntar längre än män"),
        (
            SMALL,
            "Det skiljer högst 30 dagar mellan kvinnor och män, för lite för att spela roll",
        ),
        (TOO_FEW, "Det är för få för att säga om kvinnor väntar längre än män"),
    ],
)
def test_the_title_says_what_the_verdict_allows(gap, title):
    assert seen(gap_words.title(gap)).replace("~", " ") == title


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (3, 26, "hade det varit ungefär 15 fler (95 % intervall 3 till 26 fler)."),
        (-26, -0.2, "hade det varit ungefär 13 färre (95 % intervall 0 till 26 färre)."),
        (-2.4, 20, "kunde det ha varit allt från 2 färre till 20 fler."),
        (-0.4, 20, "kunde det ha varit allt från 0 till 20 fler."),
        (-inf, 20, "kunde det ha varit allt från obegränsat många färre till 20 fler."),
    ],
)
def test_a_share_is_also_told_in_persons(low, high, said):
    verdict = Verdict.ESTABLISHED if low > 0 or high < 0 else Verdict.NOT_ESTABLISHED
    number = Estimate((low + high) / 2 + (0.5 if low > 0 else 0), low, high)
    told = gap_words.in_persons(replace(FEWER, verdict=verdict, attributable=number))
    assert told.replace(NBSP, " ") == f"Om kvinnor fått bostad lika ofta som män {said}"


def test_waits_and_what_is_too_few_are_not_told_in_persons():
    assert gap_words.in_persons(LONGER) == gap_words.in_persons(TOO_FEW) == ""


def test_the_details_hold_measure_levels_interval_and_n():
    assert gap_words.details(LONGER).replace(NBSP, " ") == (
        "Väntan under det första året: kvinnor 134 dagar, män 100 dagar. Skillnad +34 dagar (95 % "
        "intervall +29 till +39). Räknat på 1 234 beslut från kvinnor och 1 234 från män."
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
    assert "intervall" not in gap_words.details(NUMBER)
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
    if "längre" in said and gap.verdict is not Verdict.ESTABLISHED:
        assert "säga om kvinnor väntar längre" in said
