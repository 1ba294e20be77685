"""A gap says no more than its interval allows."""

from math import inf, nan

import pytest

from helpers.disclosure import Hidden
from helpers.questions.gap import Gap, Level, Measure, Verdict, compare
from helpers.stats.estimate import Estimate

WAIT = Measure(
    name="väntetid",
    unit="days",
    more="Kvinnor väntar längre",
    less="Kortare",
    method="för hand",
    counted="personer",
)


def level(value, reach, n=50):
    return Level(Estimate(value, value - reach, value + reach), n)


def made(women, men, contrast="difference"):
    return compare("waits", WAIT, "alla", women, men, contrast=contrast)


def test_a_difference_worked_by_hand():
    gap = made(level(130, 3, n=40), level(100, 4, n=60))
    assert (gap.women, gap.men, gap.n_women, gap.n_men) == (130, 100, 40, 60)
    assert (gap.estimate, gap.low, gap.high) == (30, 25, 35)
    assert gap.verdict is Verdict.ESTABLISHED


def test_a_ratio_is_judged_against_one():
    gap = made(level(130, 3), level(100, 4), "ratio")
    assert gap.estimate == pytest.approx(1.3)
    assert 1 < gap.low < 1.3 < gap.high
    assert gap.verdict is Verdict.ESTABLISHED
    assert made(level(101, 3), level(100, 4), "ratio").verdict is Verdict.NOT_ESTABLISHED


@pytest.mark.parametrize(
    ("apart", "verdict"),
    [
        (5.01, Verdict.ESTABLISHED),
        (5, Verdict.NOT_ESTABLISHED),  # a limit at zero does not leave zero out
        (0, Verdict.NOT_ESTABLISHED),
        (-5, Verdict.NOT_ESTABLISHED),
        (-5.01, Verdict.ESTABLISHED),
    ],
)
def test_the_verdict_flips_where_the_interval_leaves_zero(apart, verdict):
    assert made(level(100 + apart, 3), level(100, 4)).verdict is verdict


@pytest.mark.parametrize(("women", "men"), [(None, level(9, 1)), (level(9, 1), None), (None, None)])
@pytest.mark.parametrize("contrast", ["difference", "ratio"])
def test_too_few_of_either_sex_hides_every_number(women, men, contrast):
    gap = made(women, men, contrast)
    assert gap.verdict is Verdict.TOO_FEW
    numbers = (gap.women, gap.men, gap.estimate, gap.low, gap.high, gap.n_women, gap.n_men)
    assert all(isinstance(number, Hidden) for number in numbers)


@pytest.mark.parametrize("limits", [(nan, nan), (-inf, inf), (nan, inf)])
def test_an_interval_without_limits_establishes_nothing(limits):
    women = Level(Estimate(500.0, *limits), 50)
    assert made(women, level(100, 4)).verdict is Verdict.NOT_ESTABLISHED


def test_gaps_are_told_apart_by_all_they_say():
    gap = made(level(130, 3), level(100, 4))
    assert gap == made(level(130, 3), level(100, 4))
    assert len({gap, made(level(130, 3), level(100, 4)), made(level(131, 3), level(100, 4))}) == 2
    assert isinstance(gap, Gap)
