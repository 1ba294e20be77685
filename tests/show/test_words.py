"""Swedish readers meet numbers and dates as they are used to."""

from datetime import date
from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.show import words


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
        (inf, {}, "ingen gräns"),
        (-inf, {}, "ingen gräns"),
        (nan, {}, "–"),
        (None, {"decimals": 1, "signed": True}, ".."),
    ],
)
def test_numbers(value, options, text):
    assert seen(words.number(value, **options)) == text


@pytest.mark.parametrize(
    ("n", "text"), [(0, "<~5"), (4, "<~5"), (5, "5"), (1234, "1~234"), (None, "..")]
)
def test_a_small_count_is_written_as_such(n, text):
    assert seen(words.count(n)) == text
    assert seen(words.count(7, smallest_shown=8)) == "<~8"


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
        (None, 0, ".."),
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


def test_a_capital_leaves_the_rest_as_it_is():
    assert words.capital("andel i IFO") == "Andel i IFO"
    assert words.capital("ålder") == "Ålder"
    assert words.capital("") == ""
