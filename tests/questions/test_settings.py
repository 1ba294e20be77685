"""What the municipality sets: breaks in series and prices, and what is said of what cannot be."""

from datetime import date

import pytest

from helpers.questions.settings import FILE, SettingsProblem, breaks, prices


def stated(tmp_path, text):
    file = tmp_path / "likavard.yml"
    file.write_text(text, encoding="utf-8")
    return file


def test_nothing_is_set_where_the_lines_are_comments():
    assert breaks("queue-times") == {} and prices() == {}


def test_the_examples_in_the_file_can_be_used_as_they_are(tmp_path):
    lines = FILE.read_text(encoding="utf-8").splitlines()
    start = lines.index("# breaks:")
    text = "\n".join(line.removeprefix("# ") for line in lines[start:] if ":" in line)
    file = stated(tmp_path, text)
    assert list(breaks("queue-times", file)) == [date(2024, 7, 1)]
    assert min(prices(file).values()) > 0


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
