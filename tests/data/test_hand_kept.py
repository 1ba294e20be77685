"""Actions go out to Excel and CSV, are changed there, and come in again with nothing lost."""

import datetime as dt

import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner

from helpers.cli import app
from helpers.data import DataProblem, hand_kept, read_actions
from helpers.paths import SAMPLE


def written(file):
    done = CliRunner().invoke(app, ["actions", "--to", str(file)])
    assert done.exit_code == 0, done.output
    return file


def same(one, other):
    pd.testing.assert_frame_equal(one, other, check_dtype=False)


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_goes_out_comes_in_again(tmp_path, kind):
    written(tmp_path / f"actions.{kind}")
    same(read_actions(tmp_path), read_actions())


def test_what_an_administrator_changes_in_excel_is_read_and_all_else_is_as_it_was(tmp_path):
    file = written(tmp_path / "actions.xlsx")
    book = openpyxl.load_workbook(file)
    sheet = book.active
    heads = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, heads["Läge"]).value = "klar"
    sheet.cell(2, heads["Klar"]).value = dt.date(2026, 4, 1)
    sheet.cell(3, heads["Skäl"]).value = "=viktigt: 100 % och åäö"
    sheet.cell(3, heads["Skäl"]).data_type = "s"
    book.save(file)
    expected = read_actions()
    expected.loc[0, "status"] = "done"
    expected.loc[0, "done_on"] = pd.Timestamp(2026, 4, 1)
    expected.loc[1, "reason"] = "=viktigt: 100 % och åäö"
    same(read_actions(tmp_path), expected)


def test_the_workbook_is_the_same_each_time(tmp_path):
    one, other = (written(tmp_path / f"{name}.xlsx") for name in ("a", "b"))
    assert one.read_bytes() == other.read_bytes()


def test_a_wrong_word_in_excel_is_told_by_column(tmp_path):
    rows = read_actions().assign(status="nästan")
    hand_kept.write("actions", rows, tmp_path / "actions.xlsx")
    with pytest.raises(DataProblem, match=r"actions, kolumn status: okänt värde \(10 rader"):
        read_actions(tmp_path)


@pytest.mark.parametrize(
    ("name", "told"), [("actions.docx", "okänt filformat"), ("actions.csv", "filen finns redan")]
)
def test_a_file_that_cannot_be_written_is_told(tmp_path, name, told):
    (tmp_path / "actions.csv").write_text("vår egen", encoding="utf-8")
    done = CliRunner().invoke(app, ["actions", "--to", str(tmp_path / name)])
    assert done.exit_code == 2
    assert told in done.stderr
    assert (tmp_path / "actions.csv").read_text(encoding="utf-8") == "vår egen"


def test_case_tables_in_excel_come_in_by_import_only(tmp_path):
    (tmp_path / "queue.xlsx").write_bytes((SAMPLE / "queue.csv").read_bytes())
    done = CliRunner().invoke(app, ["check", str(tmp_path)])
    assert done.exit_code == 2
