"""Days of placement: all of them up to the cap, each once, and kronor by the price list."""

import pytest
from placement_cases import AS_OF, many, placements

from helpers import resources, show
from helpers.disclosure import PEOPLE
from helpers.show import resources as page


def days(*rows, **cell):
    counts = resources.tally(placements(*rows), AS_OF).true_counts()[PEOPLE]
    for column, value in {"group": "all", "sex": "K", **cell}.items():
        counts = counts[counts[column] == value]
    [row] = counts.to_dict("records")
    return row["n"], row["days"]


def test_days_after_an_unplanned_ending_count_too():
    found = days(
        ("a", "K", "HVB", "2022-01-01", "2022-01-11", "unplanned"),
        ("a", "K", "HVB", "2023-01-01", "2023-01-21", "planned"),
    )
    assert found == (1, 30)


def test_a_day_in_two_placements_counts_once_in_the_one_that_began_first():
    rows = [
        ("a", "K", "HVB", "2022-01-01", "2022-01-31", "planned"),
        ("a", "K", "stödboende", "2022-01-21", "2022-02-10", "planned"),
    ]
    assert days(*rows) == (1, 40)
    assert days(*rows, group="HVB") == (1, 30)
    assert days(*rows, group="stödboende") == (1, 10)


def test_nobody_adds_more_days_than_the_cap():
    assert days(("a", "K", "HVB", "2022-01-01", None, None)) == (1, 730)


@pytest.fixture(scope="module")
def published():
    """200 days of each woman in HVB and each man in supported housing, and 100 of other men."""
    rows = [
        *many("K", "HVB", 0, 100, days=200),
        *many("M", "stödboende", 0, 100, days=200),
        *many("M", "HVB", 0, 100, days=100),
    ]
    return resources.protect(resources.tally(placements(*rows), AS_OF))


def shown(published, monkeypatch, **prices):
    monkeypatch.setattr(page, "prices", lambda: prices)
    one = show.resources.per_person(published)
    return one.published["resources"].set_index("Vårdform"), one.html


def test_without_prices_there_are_days_and_no_kronor(published, monkeypatch):
    data, html = shown(published, monkeypatch)
    assert data.loc["Alla", "Dygn per kvinna"] == pytest.approx(200, abs=15)
    assert data.loc["Alla", "Dygn per man"] == pytest.approx(150, abs=10)
    assert data.loc["Stödboende", "Dygn per kvinna"] is None
    assert "kronor" not in html.lower()


def test_kronor_are_days_times_the_price_of_their_care_form(published, monkeypatch):
    data, html = shown(published, monkeypatch, HVB=1000, stödboende=2000)
    assert data.loc["Alla", "Kronor per kvinna"] == pytest.approx(200_000, rel=0.08)
    assert data.loc["Alla", "Kronor per man"] == pytest.approx(250_000, rel=0.08)
    assert data.loc["HVB", "Kronor per man"] == pytest.approx(100_000, rel=0.15)
    assert "Pris saknas" not in html


def test_care_forms_without_a_price_and_prices_without_a_care_form_are_told(published, monkeypatch):
    data, html = shown(published, monkeypatch, HVB=1000, **{"<b>hvb": 5})
    assert "Pris saknas för stödboende." in html
    assert "&lt;b&gt;hvb" in html and "<b>" not in html
    assert data.loc["Alla", "Kronor per man"] == pytest.approx(50_000, rel=0.15)


def test_a_small_town_has_days_and_is_told_why_there_are_no_kronor(monkeypatch):
    rows = [*many("K", "HVB", 0, 40), *many("M", "HVB", 0, 40)]
    small = resources.protect(resources.tally(placements(*rows), AS_OF))
    data, html = shown(small, monkeypatch, HVB=1000)
    assert list(data.index) == ["Alla"] and list(data.columns) == [
        "Dygn per kvinna", "Antal kvinnor", "Dygn per man", "Antal män",
    ]  # fmt: skip
    assert "i en kommun av den här storleken" in html
