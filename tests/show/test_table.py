"""A table can be read by a screen reader, also when stacked, and holds nothing but its words."""

import pandas as pd
import pytest
from lxml import html as lxml
from markupsafe import Markup

from helpers.show import table

NASTY = '<b> & "q" \''


@pytest.fixture
def written():
    link, hidden = Markup('<a href="x.html">x</a>'), ".."
    rows = [("Kvinnor", "1 234", link), (NASTY, hidden, "")]
    cells = pd.DataFrame(rows, columns=["Kön", NASTY, "Länk"], dtype=object)
    return lxml.fragments_fromstring(table.html(cells, f"Antal {NASTY}"))[0]


def test_rows_and_columns_have_headers(written):
    assert [head.text for head in written.xpath("//thead//th[@scope='col']")] == [
        "Kön",
        NASTY,
        "Länk",
    ]
    rows = written.xpath("//tbody/tr")
    assert [row.xpath("th[@scope='row']")[0].text for row in rows] == ["Kvinnor", NASTY]
    assert all(len(row.xpath("th")) == 1 and len(row.xpath("td")) == 2 for row in rows)


def test_words_are_words_and_only_markup_is_markup(written):
    assert not written.xpath("//b")
    assert written.xpath("//td/a/@href") == ["x.html"]
    assert written.xpath("//caption")[0].text == f"Antal {NASTY}"


def test_hidden_is_two_dots_and_says_nothing_more(written):
    assert written.xpath("//tbody/tr[2]/td[1]")[0].text_content() == ".."
    assert "small" not in lxml.tostring(written, encoding="unicode")


def test_a_cell_carries_its_heading_and_its_role_into_the_stack(written):
    assert written.xpath("//tbody/tr[1]/td/@data-label") == [NASTY, "Länk"]
    roles = {"table": "table", "tr": "row", "th": "header", "td": "cell"}
    for tag, role in roles.items():
        assert all(role in part.get("role") for part in written.xpath(f"//{tag}"))


def test_only_numbers_are_set_to_the_right():
    said = ["< 5", "1 234", ".."]
    cells = pd.DataFrame({"Kön": ["Kvinnor", "Män", "Båda"], "Antal": said, "Ord": ["3 av 4"] * 3})
    written = lxml.fragments_fromstring(table.html(cells, "Antal"))[0]
    assert written.xpath("//td[@class='lv-number']/text()") == said


@pytest.mark.parametrize(("cells", "fits"), [([["12"] * 9] * 3, True), ([["12"]] * 4, False)])
def test_a_phone_has_room_for_few_rows_of_short_cells(cells, fits):
    assert table.is_short(pd.DataFrame([("Kvinnor", *row) for row in cells])) is fits


def test_a_table_of_no_rows_still_has_its_headings():
    empty = lxml.fromstring(table.html(pd.DataFrame({"Kön": [], "Antal": []}), "Tom"))
    assert len(empty.xpath("//th[@scope='col']")) == 2
    assert not empty.xpath("//td")


def test_two_points_are_explained_where_something_is_hidden():
    hidden = pd.DataFrame({"Kön": ["Kvinnor"], "Antal": [".. (12)"]})
    assert "Två punkter (..)" in table.html(hidden, "Antal")
    assert "Två punkter" not in table.html(hidden.replace(".. (12)", "12"), "Antal")
