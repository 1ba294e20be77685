"""The files a reader takes away open in Swedish Excel and hold what the table holds."""

import csv
import io
from base64 import b64decode
from datetime import datetime

import openpyxl
import pandas as pd
import pytest
from lxml import html as lxml

from helpers.show import download

TABLE = pd.DataFrame(
    {
        "Kön": ["Kvinnor", "Män", 'Å "ä"; ö'],
        "Antal": pd.Series([1234, "..", 0], dtype=object),
        "Andel": [0.5, -12.25, 3.0],
    }
)
TITLE = 'Antal & "andel" <b>'


def files(table=TABLE):
    links = lxml.fromstring(download.links(table, "antal", TITLE)).xpath("//a")
    return {link.get("download"): (link, link.get("href").split(",", 1)) for link in links}


def content(name, table=TABLE):
    return b64decode(files(table)[name][1][1])


def test_links_name_the_file_and_say_what_is_in_it():
    assert list(files()) == ["antal.csv", "antal.xlsx"]
    for link, _ in files().values():
        assert link.get("aria-label").startswith("Ladda ner ")
        assert TITLE in link.get("aria-label")


def test_the_csv_has_decimal_commas_beside_hidden_numbers_too():
    table = pd.DataFrame({"Dagar": [1.5, ".."]}, dtype=object)
    assert content("antal.csv", table).decode("utf-8-sig") == "Dagar\n1,5\n..\n"


def test_the_csv_is_what_swedish_excel_opens():
    raw = content("antal.csv")
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.decode("utf-8-sig").split("\n") == [
        "Kön;Antal;Andel",
        "Kvinnor;1234;0,5",
        "Män;..;-12,25",
        '"Å ""ä""; ö";0;3,0',
        "",
    ]


@pytest.mark.parametrize("text", ["=1+1", "+34 dagar", "@SUM(A1)", "-1+2", " =1", "\t1", "＝1"])
def test_no_words_are_a_formula_in_the_csv(text):
    table = pd.DataFrame({text: [text], "Antal": [-1], "Andel": [-0.5]})
    rows = list(
        csv.reader(io.StringIO(content("antal.csv", table).decode("utf-8-sig")), delimiter=";")
    )
    assert rows == [[f"'{text}", "Antal", "Andel"], [f"'{text}", "-1", "-0,5"]]


@pytest.mark.parametrize("text", ["−12 dagar", "-", "–", "+", "a=b", "e-post", "K1-2", ".."])
def test_other_words_stay_as_they_are_in_the_csv(text):
    table = pd.DataFrame({"Skillnad": [text]})
    assert content("antal.csv", table).decode("utf-8-sig") == f"Skillnad\n{text}\n"


def test_the_excel_file_equals_the_table():
    read = pd.read_excel(io.BytesIO(content("antal.xlsx")), sheet_name="Tabell")
    assert list(read) == list(TABLE)
    assert read["Kön"].tolist() == TABLE["Kön"].tolist()
    assert read["Antal"].tolist() == [1234, "..", 0]
    assert read["Andel"].tolist() == TABLE["Andel"].tolist()


@pytest.mark.parametrize(
    "text", ["=1+1", "+34 dagar", "@SUM(A1)", "http://example.se", "−5", "007"]
)
def test_words_stay_words_in_excel(text):
    table = pd.DataFrame({"Skillnad": [text]})
    read = pd.read_excel(io.BytesIO(content("antal.xlsx", table)), dtype=object)
    assert read["Skillnad"].tolist() == [text]


def test_the_bytes_are_the_same_every_time():
    for name in files():
        assert content(name) == content(name)
    made = openpyxl.load_workbook(io.BytesIO(content("antal.xlsx"))).properties
    assert made.created == datetime(2000, 1, 1)


def test_a_table_of_no_rows_can_be_taken_away():
    empty = pd.DataFrame({"Kön": [], "Antal": []})
    assert content("antal.csv", empty).decode("utf-8-sig") == "Kön;Antal\n"
    assert pd.read_excel(io.BytesIO(content("antal.xlsx", empty))).empty
