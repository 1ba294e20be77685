"""The header is found, every row is read or told, and what is unclear is refused."""

import pytest
import xlsxwriter
import yaml

from helpers.data import DataProblem
from helpers.data.intake import importing
from helpers.disclosure.keys import Secret

PSEUDONYM = Secret(b"not secret, since nobody is real").pseudonyms()
HEADER = ["Id", "Vem", "Barn", "Beslut"]
ROW = ["1", "P1", "ja", "2024-03-01"]
COLUMNS = {"Id": "case_id", "Vem": "person_id", "Barn": "has_children", "Beslut": "decided_on"}
FIXED = {"access_on": "", "left_on": "", "left_reason": "", "sex": "K"}


@pytest.fixture
def told(tmp_path):
    """Import sheets by name, and give what is said of it."""

    def run(change=lambda book: None, **sheets):
        file = tmp_path / "a.xlsx"
        with xlsxwriter.Workbook(file) as book:
            for name, rows in sheets.items():
                sheet = book.add_worksheet(name)
                for n, row in enumerate(rows):
                    sheet.write_row(n, 0, row)
            change(book)
        mapping = tmp_path / "m.yml"
        tables = {"queue": {"columns": COLUMNS, "fixed": FIXED}}
        mapping.write_text(yaml.safe_dump({"tables": tables}))
        request = importing.Request([file], mapping, tmp_path / "ut")
        return "\n".join(importing.run(request, PSEUDONYM))

    return run


def refused(told, *given, **sheets):
    with pytest.raises(DataProblem) as raised:
        told(*given, **sheets)
    return str(raised.value)


def test_every_row_that_is_no_data_is_told(told):
    rows = [["Kö"], [], HEADER, ROW, [], ["2", *ROW[1:]], ["Summa", "2"]]
    said = told(Data=rows)
    assert "a.xlsx, bladet Data: rubriker på rad 3, 1 rad med annat ovanför" in said
    assert "2 rader utan innehåll, 1 rad med summor sist" in said
    assert "queue: 2 rader skrivna, 0 utelämnade." in said


def test_sheets_of_the_same_table_are_joined_and_others_are_told(told):
    said = told(Ett=[HEADER, ROW], Om=[["Rapport"]], Två=[HEADER, ["2", *ROW[1:]]])
    assert "queue: 2 rader skrivna" in said
    assert "a.xlsx, bladet Om: lästes inte, rubrikerna finns inte där." in said


def test_a_heading_that_stands_twice_is_refused(told):
    said = refused(told, Data=[[*HEADER, "VEM"], ROW])
    assert "a.xlsx, bladet Data: rubriker som står två gånger på rad 1: vem. Ge varje" in said


def test_merged_cells_in_or_under_the_header_are_refused(told):
    def merge(book):
        book.get_worksheet_by_name("Data").merge_range(0, 4, 0, 6, "Övrigt")

    said = refused(told, merge, Data=[HEADER, ROW])
    assert "sammanfogade celler i rubrikraden eller under den" in said


def test_merged_cells_of_a_title_are_read(told):
    def merge(book):
        book.get_worksheet_by_name("Data").merge_range(0, 0, 0, 3, "Kö till bostad")

    assert "queue: 1 rad skrivna" in told(merge, Data=[[], HEADER, ROW])


def test_a_sum_that_is_not_last_is_a_row_like_any_other(told):
    said = refused(told, Data=[HEADER, ["Summa", "", "", ""], ROW])
    assert "person_id: värde saknas (1 rad: rad 2 i a.xlsx, bladet Data)" in said
