"""A gap is said in plain Swedish, and no more of it than the verdict allows."""

from dataclasses import replace
from math import inf

import pytest
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
from helpers.show import gap_words
from helpers.show.words import NBSP

HIDDEN = Hidden(Reason.SMALL_COUNT)


def seen(text):
    """Show each no-break space as ``~``."""
    return text.replace(NBSP, "~")


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
        (LONGER, "Kvinnor väntar längre: +34 dagar i medelväntetid inom 12 månader"),
        (SHORTER, "Kvinnor väntar kortare tid: −34 dagar i medelväntetid inom 12 månader"),
        (RATIO, "Kvinnor väntar längre: kvot 1,38 i medelväntetid inom 12 månader"),
        (UNSURE, "Skillnaden i medelväntetid inom 12 månader är inte statistiskt säkerställd"),
        (TOO_FEW, "Skillnaden i medelväntetid inom 12 månader går inte att bedöma"),
        (TOO_FEW_RATIO, "Skillnaden i medelväntetid inom 12 månader går inte att bedöma"),
    ],
)
def test_the_title_says_what_the_verdict_allows(gap, title):
    assert seen(gap_words.title(gap)).replace("~", " ") == title


def test_a_share_that_is_larger_or_smaller_is_named_so():
    assert gap_words.title(MORE).startswith("Fler kvinnor får bostad inom 6 månader: +14")
    assert gap_words.title(FEWER).startswith("Färre kvinnor får bostad inom 6 månader: −14")


def test_a_sentence_holds_levels_interval_and_n():
    assert gap_words.sentence(LONGER).replace(NBSP, " ") == (
        "Kvinnor väntar längre: +34 dagar i medelväntetid inom 12 månader (alla). "
        "Kvinnor 134 dagar, män 100 dagar; skillnad +34 dagar, "
        "95 % konfidensintervall +29 till +39 (1 234 beslut för kvinnor och 1 234 för män)."
    )


def test_a_sentence_on_a_ratio_calls_it_no_difference():
    said = gap_words.sentence(RATIO).replace(NBSP, " ")
    assert "män 100 dagar; kvot 1,38, 95 % konfidensintervall 1,32 till 1,45 (" in said
    assert "skillnad" not in said


def test_persons_are_said_to_be_women_and_men_and_other_things_are_named():
    persons = replace(LONGER, measure=replace(LONGER.measure, counted="personer"))
    assert seen(gap_words.counted(replace(persons, n_women=182, n_men=232))) == (
        "182 kvinnor och 232 män"
    )
    assert seen(gap_words.counted(LONGER)) == "1~234 beslut för kvinnor och 1~234 för män"
    assert gap_words.counted(replace(persons, n_women=HIDDEN)).startswith(".. kvinnor")


def test_too_few_gives_no_numbers():
    for gap in (TOO_FEW, TOO_FEW_RATIO):
        assert gap_words.details(gap) == "Det är för få, eller så har de följts för kort tid."
        assert gap_words.sentence(gap).endswith(
            f"går inte att bedöma (alla). {gap_words.details(gap)}"
        )
        assert ".." not in gap_words.sentence(gap)
        assert gap_words.VERDICTS[gap.verdict] == "går inte att bedöma"


@pytest.mark.parametrize("gap", EVERY)
def test_no_sentence_says_that_there_is_no_difference(gap):
    parts = gap_words.title(gap), gap_words.sentence(gap), gap_words.VERDICTS[gap.verdict]
    said = " ".join(parts).lower()
    assert "ingen skillnad" not in said
    assert "lika" not in said
    assert "nan" not in said.replace("finnan", "")
    if gap.verdict is not Verdict.ESTABLISHED:
        assert "längre" not in said
        assert "kortare" not in said
