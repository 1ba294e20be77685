"""A cell is read as a person reads it, or not at all."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.data.intake import values
from helpers.data.intake.values import day, is_blank, number, tidy, whole, words, yes_or_no

THE_DAY = date(2023, 4, 28)


@pytest.mark.parametrize(
    "text",
    [
        "2023-04-28", "20230428", "230428", "28.4.2023", "28/4-23", "28/4 2023", "28 apr 2023",
        "28 april 2023", "den 28 april 2023", "28-apr-23", "45044", "45044,5", "2023/04/28",
        "2023-04-28 23:59", "2023-04-28T00:00:00", "28.4.2023 13.45", "2023-04-28 00:00:00.000",
        "2023-04-27T22:30:00Z", "2023-04-28 00:30+02:00",
    ],
)  # fmt: skip
def test_a_day_however_it_is_written(text):
    assert day(text) == THE_DAY


@pytest.mark.parametrize(
    ("style", "text"),
    [("month-first", "04/28/2023"), ("month-first", "4/28/23"), ("year-first", "23-04-28")],
)
def test_a_day_in_a_style_that_the_mapping_tells(style, text):
    assert day(text, style) == THE_DAY


@pytest.mark.parametrize(
    "text", ["9999-12-31", "31.12.9999", "2999-12-31", "2099-12-31", "2958465"]
)
def test_the_last_day_of_all_is_none(text):
    assert day(text) is None


@pytest.mark.parametrize(
    "text", ["2023-02-30", "28", "04-05-06", "snart", "2023-04-28x", "28/4", "1/13/2023", "2023"]
)
def test_what_may_be_any_day_is_none_at_all(text):
    with pytest.raises(ValueError, match=""):
        day(text)


@given(st.dates(date(1970, 1, 1), date(2090, 1, 1)))
def test_every_day_in_every_style(on):
    serial = (on - date(1899, 12, 30)).days
    for text in (f"{on}", f"{on:%Y%m%d}", f"{on.day}.{on.month}.{on.year}", f"{serial}"):
        assert day(text) == on or (text == str(serial) and serial < 10_000)


@given(st.integers(-(10**9), 10**9), st.integers(0, 99))
def test_numbers_with_a_decimal_comma_and_spaces_between_thousands(units, hundredths):
    text = f"{units:,}".replace(",", "\u202f") + f",{hundredths:02}"
    told = float(f"{units}.{hundredths:02}")
    assert number(tidy(text)) == told


def test_a_whole_number_is_whole():
    assert whole("12,0") == 12
    with pytest.raises(ValueError, match=""):
        whole("12,5")


@given(
    st.floats(allow_nan=False, allow_infinity=False)
    | st.integers()
    | st.booleans()
    | st.datetimes()
    | st.text()
)
def test_tidy_text_stays_as_it_is(cell):
    assert tidy(tidy(cell)) == tidy(cell)


def test_text_that_looks_alike_is_alike():
    assert tidy(" a\u030angrat\u200b\u00a0\u2009 sig\ufeff") == "ångrat sig"
    assert tidy(" 007 ") == "007"
    assert tidy(7.0) == "7"
    assert tidy(datetime(2023, 4, 28)) == "2023-04-28 00:00:00"


@pytest.mark.parametrize("text", ["", "-", "–", "NA", "n/a", "NULL", "#N/A", "(tom)"])
def test_what_says_that_there_is_nothing(text):
    assert is_blank(text)


@pytest.mark.parametrize("text", ["ja", "J", "X", "1", "Sant", "TRUE"])
def test_yes(text):
    assert yes_or_no(text)
    assert not yes_or_no({"ja": "nej", "J": "N", "X": "0", "1": "0"}.get(text, "falskt"))


def test_neither_yes_nor_no():
    with pytest.raises(ValueError, match=""):
        yes_or_no("kanske")


@pytest.mark.parametrize("text", ["1,98503E+11", "2E+05"])
def test_a_number_that_a_spreadsheet_has_shortened_is_no_id(text):
    with pytest.raises(ValueError, match=""):
        words(text)


@pytest.mark.parametrize(
    ("text", "sex"),
    [("K", "K"), ("kv", "K"), ("Kvinna", "K"), ("2", "K"), ("M", "M"), ("Man", "M"), ("1", "M"),
     ("Okänt", "X")],
)  # fmt: skip
def test_sex_however_it_is_written(text, sex):
    assert values.coded("KMX", values.SEX_WORDS)(text) == sex
