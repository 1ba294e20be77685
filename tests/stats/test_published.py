"""Counts behind published percentages: one published case, and the truth always among the fits."""

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.stats.published import (
    Percentages,
    counts_behind,
    gaps_behind,
    groups_behind,
    sizes_behind,
)

SURVEY = {
    "influence": Percentages(first=86, second=100, total=95),
    "whole person": Percentages(first=57, second=92, total=79),
}


def percent(count, n, decimals, rounding):
    exact = Decimal(100 * count) / Decimal(n)
    return float(exact.quantize(Decimal(1).scaleb(-decimals), rounding))


def sizes(groups, item):
    own = groups[groups["item"] == item]
    return sorted(set(zip(own["n_first"], own["n_second"], strict=True)))


def test_two_items_together_leave_one_pair_of_groups():
    groups = groups_behind(SURVEY, max_total=30)
    assert groups.values.tolist() == [
        ["influence", 7, 6, 12, 12],
        ["whole person", 7, 4, 12, 11],
    ]


def test_the_next_fitting_groups_are_twice_as_large():
    groups = groups_behind(SURVEY, max_total=40)
    for item in SURVEY:
        assert sizes(groups, item) == [(7, 12), (14, 24), (14, 25)]


def test_unanswered_items_widen_one_item_and_leave_the_other():
    groups = groups_behind(SURVEY, max_total=30, skipped=3)
    assert sizes(groups, "influence") == [(7, 12), (7, 13), (7, 14), (7, 15)]
    assert sizes(groups, "whole person") == [(7, 12)]


def test_the_claimed_gap_gets_its_interval():
    gaps = gaps_behind(groups_behind(SURVEY)).set_index("item").loc["whole person"]
    assert [gaps["value"], gaps["low"], gaps["high"]] == pytest.approx(
        [-0.345, -0.673, 0.037], abs=5e-4
    )


def test_one_percentage_alone_fits_many_groups():
    fits = sizes_behind(65, max_n=30)
    assert fits.iloc[0].tolist() == [17, 11]
    assert fits["n"].tolist() == [17, 20, 23, 26]


def test_without_a_total_every_pairing_fits():
    groups = groups_behind({"applies": Percentages(50, 50)}, max_total=6)
    assert sizes(groups, "applies") == [(2, 2), (2, 4), (4, 2)]


def test_percentages_that_contradict_each_other_leave_nothing():
    groups = groups_behind({"a": Percentages(10, 20, total=90)})
    assert groups.empty
    assert gaps_behind(groups).empty


@pytest.mark.parametrize(
    ("published", "fits"),
    [(12, True), (13, True), (62, True), (63, True), (11, False), (14, False)],
)
def test_a_half_may_have_been_rounded_up_or_to_even(published, fits):
    # 1 of 8 is 12.5 %, 5 of 8 is 62.5 %.
    assert bool(counts_behind(published, 8)) is fits


@given(st.integers(0, 100), st.integers(1, 300))
def test_a_count_fits_exactly_when_it_is_within_half_a_percent(published, n):
    close = [x for x in range(n + 1) if abs(Fraction(100 * x, n) - published) <= Fraction(1, 2)]
    ties = {x for x in close if Fraction(100 * x, n) - published == Fraction(1, 2)}
    expected = [x for x in close if x not in ties or published % 2 == 0]
    assert list(counts_behind(published, n)) == expected


@given(
    st.integers(1, 500),
    st.data(),
    st.integers(0, 2),
    st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN]),
)
def test_the_true_count_is_always_among_those_that_fit(n, data, decimals, rounding):
    count = data.draw(st.integers(0, n))
    assert count in counts_behind(percent(count, n, decimals, rounding), n, decimals)


@st.composite
def surveys(draw):
    """Two groups, and for two items how many answered and how many said yes."""
    people = draw(st.integers(1, 9)), draw(st.integers(1, 9))
    answers = {}
    for item in "ab":
        n = [draw(st.integers(max(1, size - 2), size)) for size in people]
        answers[item] = [(size, draw(st.integers(0, size))) for size in n]
    return sum(people), answers


@settings(max_examples=60, deadline=None)
@given(surveys(), st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN]))
def test_the_true_survey_is_always_among_those_that_fit(survey, rounding):
    total, answers = survey
    items = {}
    for item, ((n1, x1), (n2, x2)) in answers.items():
        parts = [(x1, n1), (x2, n2), (x1 + x2, n1 + n2)]
        items[item] = Percentages(*(percent(x, n, 0, rounding) for x, n in parts))
    found = set(groups_behind(items, total, skipped=2).itertuples(index=False, name=None))
    for item, ((n1, x1), (n2, x2)) in answers.items():
        assert (item, n1, x1, n2, x2) in found
