"""What the municipality sets: breaks in series and prices, and what is said of what cannot be."""

import re
from datetime import date

import pytest

from helpers.questions.settings import breaks, check, groupings, left_out, prices
from helpers.settings import FILE, KEYS, SettingsProblem, as_of, entries, name, period


def stated(tmp_path, text):
    file = tmp_path / "likavard.yml"
    file.write_text(text, encoding="utf-8")
    return file


def test_nothing_is_set_where_the_lines_are_comments():
    assert breaks("queue-times") == {} and prices() == {}


_EXAMPLE = re.compile(r"^# (?= *[\w -]+:(?: |$)[^.]*$)")


def test_the_examples_in_the_file_can_be_used_as_they_are(tmp_path):
    lines = FILE.read_text(encoding="utf-8").splitlines()
    file = stated(tmp_path, "\n".join(_EXAMPLE.sub("", line) for line in lines))
    check(file)
    assert {*KEYS} == {*entries(file)}
    assert (name(file), as_of(file), period(file)) == ("Exempelby kommun", date(2025, 12, 31), 4)
    assert list(breaks("queue-times", file)) == [date(2024, 7, 1)]
    assert min(prices(file).values()) > 0
    assert groupings("queue-times", file) == ["year"]
    assert left_out(file) == ["user-satisfaction"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("naem: X", "naem finns inte. Menar du name?"),
        ("As-Of: 2025-12-31", "Menar du as_of?"),
        ("xyzzy: 1", "xyzzy finns inte. Det som finns är name, as_of"),
        ("groupings: {extension: [year]}", "Menar du extensions?"),
        ("groupings: {extensions: year}", "inom hakparentes"),
        ("leave_out: extensions", "inom hakparentes"),
        ("as_of: igår", "skriv en dag"),
        ("as_of: 2025-12-31 10:00:00", "skriv en dag"),
        ("period: 0", "från 1 till 20"),
        ("period: ja", "från 1 till 20"),
        ("name: [X]", "skriv kommunens namn"),
        ("- 1", "en inställning på varje rad"),
        ("name: X\nas_of: [", "rad 2: går inte att läsa"),
    ],
)
def test_what_cannot_be_set_is_told(tmp_path, text, said):
    with pytest.raises(SettingsProblem, match=re.escape(said)):
        check(stated(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("breaks: {kö: {2024-07-01: ny}}", "kö finns inte"),
        ("breaks: {queue-times: 2024-07-01}", "en dag och ett skäl"),
        ("breaks: {queue-times: {2024: ny}}", "en dag och ett skäl"),
        ("breaks: [1]", "en rad för varje fråga"),
    ],
)
def test_a_break_that_cannot_be_read_is_told(tmp_path, text, said):
    with pytest.raises(SettingsProblem, match=said):
        breaks("queue-times", stated(tmp_path, text))


@pytest.mark.parametrize("price", ["0", "-1", "ja", ".inf", ".nan", "dyr"])
def test_a_price_is_a_number_above_0(tmp_path, price):
    with pytest.raises(SettingsProblem, match="HVB: priset ska vara ett tal över 0"):
        prices(stated(tmp_path, f"prices: {{HVB: {price}}}"))
