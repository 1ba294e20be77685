"""Personal identity numbers, measured on the public lists of the `personnummer` project."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.site.scan.characters import plain
from helpers.site.scan.identity import positions

REFERENCE = Path(__file__).with_name("reference")
BARE = ("long_format", "short_format")
PARTED = ("separated_format", "separated_long")


def read(name):
    return json.loads((REFERENCE / f"{name}.json").read_text(encoding="utf-8"))


def numbers(forms, **wanted):
    """Numbers of the lists in some of their written forms."""
    listed = [item for name in ("list", "interim") for item in read(name)]
    chosen = [item for item in listed if wanted.items() <= item.items()]
    return [item[form] for item in chosen for form in forms]


def recall(texts):
    assert texts
    said = [plain(f"Klient {text}, avslutad.") for text in texts]
    return sum(any(positions(text)) for text in said) / len(said)


@pytest.mark.parametrize("kind", ["ssn", "con", "interim"])
@pytest.mark.parametrize("form", [*BARE, *PARTED])
def test_every_right_number_is_found_in_every_form(kind, form):
    assert recall(numbers([form], type=kind, valid=True)) == 1


@pytest.mark.parametrize("kind", ["ssn", "con"])
def test_a_wrong_check_digit_hides_no_number_that_is_written_with_its_hyphen(kind):
    assert recall(numbers(PARTED, type=kind, valid=False)) == 1


def test_bare_digits_must_have_the_right_check_digit():
    wrong = [text for text in numbers(BARE, valid=False) if text.isdigit()]
    others = [text for text in wrong if text[-4:-1] != "000"]  # wrong by its serial number alone
    assert recall(others) == 0


@pytest.mark.parametrize("name", ["allPins", "allCoords"])
def test_every_number_for_tests_is_found(name):
    assert recall(read(name)) == 1
    assert recall([text[2:] for text in read(name)]) == 1


def test_no_organisation_number_is_taken_for_a_person():
    texts = [item[form] for item in read("orgnumber") for form in ("short_format", PARTED[0])]
    assert recall(texts) == 0


@pytest.mark.parametrize(
    "parting",
    [
        "-",
        "+",
        "–",
        "—",
        "‐",
        "‑",
        "−",
        " - ",
        "\u00ad",
        " ",
        "\u00a0",
        "\u202f",
        "\u2009",
        "\u200b",
    ],
)
@pytest.mark.parametrize("start", ["19821105", "821105"])
def test_every_dash_and_space_parts_a_number(start, parting):
    assert recall([f"{start}{parting}9954"]) == 1


@pytest.mark.parametrize(
    "text",
    [
        "1982-11-05-9954",
        "(821105-9954)",
        "p821105-9954.",
        "utdrag_821105-9954.csv",
        "821105-9954-2",
        "1,821105-9954",
        "nr:8211059954",
        "198211059954.0",
        "a=8211059954&b",
        "P198211059954",
        "utdrag_8211059954.csv",
        "| 19821105 | 9954 |",
        "│ 821105     ┆ -9954 │",
        "821105;9954",
        "1982.11.05.9954",
        "1982/11/05/9954",
        "1982 11 05 9954",
        "/sok/821105%2D9954",
    ],
)
def test_a_number_is_found_beside_other_characters(text):
    assert recall([text]) == 1


@pytest.mark.parametrize(
    "text",
    [
        "2020-10-01–2021-12-31",
        "2024-01-15 1030",
        "1982-11-05 9954",
        "2023–2024",
        "20231301-1234",
        "820230-9954",
        "0.8211059954",
        "0,8211059954",
        "82 11 05 9954",
        "821105.9954",
        "98211059954",
        "82110599541",
        "821105, 9954",
        "821105 | 8 | 9954",
        "a8211059954f",
        "2f8211059954",
        "070-123 45 67",
        "08-508 25 000",
        "M 123.4 567.8 L 821105.5 995.4",
        "1700000000",
        "sha256-821105a9954",
        "faa270682-m800c643227",
    ],
)
def test_other_numbers_are_no_persons(text):
    assert list(positions(plain(text))) == []


@settings(max_examples=200, deadline=None)
@given(st.dates(), st.integers(0, 9999), st.text(max_size=5))
def test_a_date_with_four_digits_after_a_hyphen_is_found_where_it_starts(day, last, before):
    text = f"{before} {day:%y%m%d}-{last:04}"
    assert len(plain(before)) + 1 in positions(plain(text))
