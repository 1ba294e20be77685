"""A template that is filled in by hand becomes the table that it is for."""

import openpyxl
import pandas as pd
import pytest
import yaml

from helpers.data import read_cases
from helpers.data.contracts import CASE_TABLES, REFERS_TO
from helpers.data.intake import importing, template
from helpers.disclosure.keys import Secret
from helpers.paths import SAMPLE
from helpers.problem import Problem

_ROWS = 40
PSEUDONYM = Secret(b"not secret, since nobody is real").pseudonyms()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("template")
    template.write(folder)
    return folder


def test_each_table_has_a_workbook_that_explains_itself(folder):
    for table, contract in CASE_TABLES.items():
        book = openpyxl.load_workbook(folder / f"{table}.xlsx")
        headings = [cell.value for cell in book["Data"][1]]
        assert headings == [c.title for name, c in contract.columns.items() if name != "person_key"]
        assert [row[0].value for row in book["Kolumner"].iter_rows(min_row=2)] == headings
        assert all(row[1].value for row in book["Kolumner"].iter_rows(min_row=2))
        explained = [row[0].value for row in book["Så fyller du i"].iter_rows(min_row=2)]
        for word in ("Period", "Vilka som är med", "Beslut", "Oplanerat avslut", "Har barn"):
            assert word in explained


def test_codes_and_yes_or_no_are_chosen_from_a_list(folder):
    book = openpyxl.load_workbook(folder / "placements.xlsx")
    rules = {str(rule.sqref)[0]: rule for rule in book["Data"].data_validations.dataValidation}
    assert {"C": "list", "F": "date", "I": "list"}.items() <= {
        k: r.type for k, r in rules.items()
    }.items()
    assert [cell.value for cell in book["Listor"]["C"]][:3] == [
        "kvinna",
        "man",
        "annat eller okänt",
    ]


def test_a_template_filled_with_the_sample_gives_the_sample(folder, tmp_path):
    tables = [table for table in CASE_TABLES if table not in REFERS_TO]
    filled = [_filled(folder, table, tmp_path) for table in tables]
    request = importing.Request(filled, folder / "mappning.yml", tmp_path / "out")
    importing.run(request, PSEUDONYM)
    for table in tables:
        read = read_cases(table, tmp_path / "out").to_pandas()
        sample = read_cases(table, SAMPLE).to_pandas().head(len(read))
        same = [name for name in read if name not in ("person_id", "response_id", "person_key")]
        pd.testing.assert_frame_equal(read[same], sample[same], check_dtype=False)


def _filled(folder, table, to):
    book = openpyxl.load_workbook(folder / f"{table}.xlsx")
    rows = pd.read_csv(SAMPLE / f"{table}.csv", dtype=str, keep_default_na=False).head(_ROWS)
    columns = CASE_TABLES[table].columns
    for row in rows.itertuples(index=False):
        book["Data"].append([_in_swedish(columns[n], v) for n, v in zip(rows, row, strict=True)])
    book.save(to / f"{table}.xlsx")
    return to / f"{table}.xlsx"


def _in_swedish(column, value):
    codes = (column.metadata or {}).get("codes", {})
    return {"true": "ja", "false": "nej"}.get(value, codes.get(value, value)) or None


def test_the_mapping_names_every_column(folder):
    written = (folder / "mappning.yml").read_text(encoding="utf-8")
    tables = yaml.safe_load(written)["tables"]
    assert tables["queue"]["columns"]["Beslut"] == "decided_on"
    assert "# Dagen då boendestöd beviljades" in written


def test_a_template_is_not_written_over(folder):
    with pytest.raises(Problem, match=r"finns redan queue\.xlsx"):
        template.write(folder)
