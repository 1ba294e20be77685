"""What a case has got for good it keeps: two releases tell who has got it in between."""

import pandas as pd
import pytest

from helpers.disclosure import TOTAL, Rules
from helpers.disclosure.attack import Rule, attack
from helpers.disclosure.told import Counts, at, facts

EARLY, LATE = "2024-06-30", "2024-12-31"
EVENTS = ("access", "left", "waiting")


def told(day, women, men, *, final=("access", "left"), release=""):
    """Tell how waits had ended by a day: (access, left, waiting) of each sex, with their sum."""
    ending = at("ending", day)
    rows = [(sex, *each) for sex, own in (("K", women), ("M", men))
            for each in [*zip(EVENTS, own, strict=True), (TOTAL, sum(own))]]  # fmt: skip
    table = pd.DataFrame(rows, columns=["sex", ending, "n"])
    all_told = Counts("queue", table, as_of=day, where={ending: EVENTS}, final={ending: final})
    return list(facts(all_told, "kö", release))


def leaks(early, late, **about):
    return attack(
        told(EARLY, *early, release="2024", **about) + told(LATE, *late, **about), Rules()
    )


def test_few_who_left_since_an_earlier_release_are_found():
    found = leaks([(30, 11, 40), (50, 17, 60)], [(35, 12, 34), (60, 24, 43)])
    few = f"waiting {EARLY}, left {LATE}"
    where = [dict(leak.cell.where) for leak in found]
    assert {leak.rule for leak in found} == {Rule.DIFFERENCING}
    assert {"ending": (few,), "sex": ("K",)} in where
    assert all(leak.across_releases for leak in found)


def test_of_newcomers_too():
    """Nobody who waited has left, but one who came since."""
    found = leaks([(30, 11, 40), (50, 17, 60)], [(30, 12, 60), (50, 17, 90)])
    assert Rule.DIFFERENCING in {leak.rule for leak in found}


@pytest.mark.parametrize(
    "late",
    [
        [(30, 11, 40), (50, 17, 60)],
        [(40, 19, 22), (66, 30, 31)],
        [(40, 19, 52), (66, 30, 91)],
    ],
    ids=["nobody", "many of those who waited", "many, and many have come"],
)
def test_none_or_many_give_nothing_away(late):
    assert leaks([(30, 11, 40), (50, 17, 60)], late) == []


def test_what_may_be_lost_again_is_not_followed():
    assert leaks([(30, 11, 40), (50, 17, 60)], [(35, 12, 34), (60, 24, 43)], final=()) == []


def test_what_was_final_and_is_no_longer_has_been_corrected():
    found = leaks([(30, 11, 40), (50, 17, 60)], [(38, 3, 40), (50, 17, 60)])
    assert Rule.CONTRADICTION in {leak.rule for leak in found if leak.across_releases}


def test_three_days_are_followed():
    first = told("2023-12-31", (30, 11, 40), (50, 17, 60), release="2023")
    second = told(EARLY, (38, 19, 24), (60, 27, 40), release="2024")
    now = told(LATE, (44, 20, 17), (70, 33, 24))
    found = attack(first + second + now, Rules())
    labels = {value for leak in found for value in dict(leak.cell.where).get("ending", ())}
    assert f"waiting 2023-12-31, waiting {EARLY}, left {LATE}" in labels
    assert attack(first + told(LATE, (44, 19, 18), (70, 33, 24)), Rules()) == []
