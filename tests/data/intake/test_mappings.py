"""The mappings that come along read the exports they are for, and propose others."""

import csv

import messy
import pandas as pd
import pytest
import yaml

from helpers.data.codes import SURVEY_ITEMS
from helpers.data.contracts import CASE_TABLES
from helpers.data.intake import importing, mapping
from helpers.data.intake.suggesting import suggest
from helpers.data.sample import town
from helpers.disclosure.keys import Secret
from helpers.paths import MAPPINGS

PSEUDONYM = Secret(b"not secret, since nobody is real").pseudonyms()
READY = sorted(file.stem for file in MAPPINGS.glob("*.yml"))


def _truth():
    survey = town(12, 12, 1)["survey"].astype(object)
    return messy.truth(1) | {"survey": survey.sort_values(["item", "response_id"])}


def _wide(rows):
    wide = rows.pivot(index=["response_id", "year", "sex"], columns="item", values="answer")
    return wide.reset_index()


def _said(entry, column, value):
    """Write a value as the system would."""
    words = {code: said for said, code in entry.get("values", {}).get(column, {}).items()}
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return f"{value:%d.%m.%Y}"
    return {True: "Ja", False: "Nej"}.get(value, words.get(value, value))


def _cells(entry, row):
    """Write a row under the headings of a mapping."""
    cells = dict.fromkeys(
        [entry.get("co_applicant"), entry.get("protected"), *entry.get("drop", {})], ""
    )
    for heading, columns in entry["columns"].items():
        for column in [columns] if isinstance(columns, str) else columns:
            if column not in entry.get("when", {}):
                cells[heading] = _said(entry, column, row[column])
            elif not pd.isna(row[column]):
                cells[heading] = _said(entry, column, row[column])
                cells |= {where: words[0] for where, words in entry["when"][column].items()}
    return {heading: cell for heading, cell in cells.items() if heading}


def _exports(folder, entries, truth):
    for table, entry in entries.items():
        rows = _wide(truth[table]) if table == "survey" else truth[table]
        written = [_cells(entry, row) for row in rows.to_dict("records")]
        headings = list(dict.fromkeys(heading for row in written for heading in row))
        name = entry.get("files", "*").replace("*", "x").replace("xbostadx", "x bostad x")
        file = folder / f"{table} {name}.csv"
        with file.open("w", encoding="cp1252", newline="") as opened:
            writer = csv.DictWriter(opened, headings, restval="", delimiter=";")
            writer.writeheader()
            writer.writerows(written)
        yield file


@pytest.fixture(params=READY)
def system(request, tmp_path):
    """The mapping of a system, exports that it is for, and the truth they were made from."""
    file = MAPPINGS / f"{request.param}.yml"
    entries = yaml.safe_load(file.read_text(encoding="utf-8"))["tables"]
    for entry in entries.values():
        entry.pop("sheet", None)
    own = tmp_path / "mapping.yml"
    own.write_text(yaml.safe_dump({"tables": entries}, sort_keys=False), encoding="utf-8")
    truth = _truth()
    return own, list(_exports(tmp_path, entries, truth)), entries, truth


def test_a_ready_mapping_reads_the_export_of_its_system(system, tmp_path):
    own, exports, entries, truth = system
    assert mapping.load(own)
    importing.run(importing.Request(exports, own, tmp_path / "out", True), PSEUDONYM)
    for table, entry in entries.items():
        rows = pd.read_parquet(tmp_path / "out" / f"{table}.parquet")
        assert len(rows) == len(truth[table])
        own_ids = {"person_id", "response_id", *entry.get("when", {})}
        for column in {*truth[table]} - own_ids - _not_told(table, entry):
            assert _texts(rows[column]) == _texts(truth[table][column]), (table, column)


def _not_told(table, entry):
    """Columns that need not be there, and that the export of the system has not."""
    columns = CASE_TABLES[table].columns
    told = str([*entry["columns"].values(), *entry.get("fixed", {})])
    return {name for name, own in columns.items() if not own.required and name not in told}


def _texts(column):
    return [None if pd.isna(cell) else str(cell)[:10].removesuffix(".0") for cell in column]


def test_the_export_of_a_known_system_is_recognised(system):
    _, exports, entries, _ = system
    proposed = suggest(exports)
    tables = yaml.safe_load(proposed)["tables"]
    for table, entry in entries.items():
        for heading, column in entry["columns"].items():
            if isinstance(column, str):
                assert tables[table]["columns"][heading] == column, heading


def test_a_proposal_says_how_sure_it_is_and_what_is_left_and_no_cell(tmp_path):
    made = messy.export(tmp_path, messy.Style(seed=3))
    proposed = suggest(made.files)
    assert '"Beslutsdatum": decided_on  # 100 %' in proposed
    assert "# hittades inte: started_on (Start)" in proposed
    assert "# tas inte med: Fr.o.m." in proposed
    assert "# values, outcome: 2 ord känns inte igen. Skriv vilken" in proposed
    for said in ("Bifall", "Enligt plan", *made.truth["placements"]["care_form"].unique()):
        assert said not in proposed
    assert not [number for number in made.numbers if number[2:8] in proposed]


def test_person_numbers_are_known_by_what_they_are_and_dates_by_how_they_are_written(tmp_path):
    lines = ["x;Beslutsdatum;Tillträde;Kön", "19850312-2387;04/28/2023;05/13/2023;K"]
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    table = yaml.safe_load(suggest([tmp_path / "a.csv"]))["tables"]["queue"]
    assert table["columns"]["x"] == "person_id"
    assert table["dates"] == "month-first"


def test_what_is_like_no_table_is_said(tmp_path):
    (tmp_path / "a.csv").write_text("Belopp;Konto\n1;2\n")
    assert "# a.csv: liknar ingen tabell" in suggest([tmp_path / "a.csv"])


def test_every_item_of_the_survey_has_words_of_its_own():
    viva = mapping.load(MAPPINGS / "viva.yml")
    survey = next(table for table in viva.tables if table.table == "survey")
    assert survey.items == list(SURVEY_ITEMS)
