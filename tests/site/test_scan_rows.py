"""Rows of cases, however they are shown."""

import io
import json

import pandas as pd
import pytest

from helpers.data.contracts import CASE_TABLES
from helpers.data.interview_contracts import INTERVIEW_TABLES
from helpers.paths import ROOT, SAMPLE
from helpers.site.scan import columns, scan_site

QUEUE = pd.read_csv(SAMPLE / "queue.csv").head(4)
SEXES = QUEUE[["sex", "has_children", "decided_on"]]
COUNTS = pd.DataFrame({"sex": ["K", "M"], "Antal": [57, 92]})
IDS, ROWS = "id-column", "person-rows"


def rules(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return {one.rule for one in scan_site(folder)}


def pre(text):
    return f"<pre>{text}</pre>"


def excel(table):
    buffer = io.BytesIO()
    table.to_excel(buffer, index=False)
    return buffer.getvalue()


def html(table):
    return table.to_html(classes=None).replace('class="dataframe"', "")


WITH_IDS = {
    "HTML": ("a.html", html(QUEUE)),
    "HTML, id as index": ("a.html", html(QUEUE.groupby("person_id")[["sex"]].count())),
    "CSV": ("a.csv", QUEUE.to_csv(index=False)),
    "Swedish CSV": ("a.csv", QUEUE.to_csv(index=False, sep=";")),
    "Excel": ("a.xlsx", excel(QUEUE)),
    "JSON records": ("a.json", QUEUE.to_json(orient="records")),
    "JSON columns": ("a.json", QUEUE.to_json()),
    "JSON headings and rows": ("a.json", QUEUE.to_json(orient="split")),
    "JSON lists": ("a.json", json.dumps([list(QUEUE), *QUEUE.to_numpy().tolist()])),
    "JSON deep inside": ("a.json", json.dumps({"spec": [{"data": {"person_id": "P1"}}]})),
    "printed by pandas": ("a.html", pre(QUEUE.to_string())),
    "printed without index": ("a.html", pre(QUEUE.to_string(index=False))),
    "a column printed": ("a.html", pre(repr(QUEUE["person_id"]))),
    "a drawn table": ("a.html", pre("│ case_id │ sex │\n│ str │ str │\n├───┼───┤\n│ K1 │ K │")),
    "a markdown table": ("a.md", "| person_id | sex |\n|---|---|\n| P1001 | K |"),
    "CSV printed": ("a.html", pre(QUEUE.to_csv(index=False))),
    "CSV in a program": ("a.js", f"let a = {json.dumps(QUEUE.to_csv(index=False))}"),
    "keys of persons": ("a.csv", "sex;person_key\nK;3046823412\n"),
    "a record in a program": ("a.js", "let a = [{person_id: 'P1001', sex: 'K'}]"),
}
WITHOUT_IDS = {
    "HTML": ("a.html", html(SEXES)),
    "CSV": ("a.csv", SEXES.to_csv(index=False)),
    "JSON records": ("a.json", SEXES.to_json(orient="records")),
    "printed by pandas": ("a.html", pre(SEXES.to_string())),
    "any frame": ("a.html", COUNTS.to_html()),
    "any long frame, printed": ("a.html", pre(repr(pd.DataFrame({"n": range(99)})))),
    "any long frame in a program": (
        "a.js",
        f"let a = {json.dumps(repr(pd.DataFrame({'n': range(99)})))}",
    ),
}
SAFE = {
    "counts": ("a.html", html(COUNTS)),
    "counts as CSV": ("a.csv", COUNTS.to_csv(index=False)),
    "columns named in a sentence": (
        "a.html",
        "<p>Varje person har ett person_id i 4 tabeller.</p>",
    ),
    "columns named in code": ("a.html", pre('cases.group_by(["person_id", "sex"]).head(4)')),
    "a list of columns": ("a.html", pre("case_id, person_id, sex, decided_on")),
    "columns named in JSON": ("a.json", json.dumps({"columns": ["person_id", "sex"], "rows": []})),
    "a chart's specification": ("a.json", json.dumps({"x": {"field": "person_id"}})),
    "an empty table": ("a.csv", "case_id,person_id,sex\n"),
    "a renaming": ("a.js", 'names = {"person_id": "Person", "case_id": "Ärende"}'),
}


@pytest.mark.parametrize(("name", "content"), WITH_IDS.values(), ids=WITH_IDS)
def test_a_column_of_ids_with_values_is_found(tmp_path, name, content):
    assert IDS in rules(tmp_path, name, content)


@pytest.mark.parametrize(("name", "content"), WITHOUT_IDS.values(), ids=WITHOUT_IDS)
def test_rows_without_ids_are_found(tmp_path, name, content):
    assert rules(tmp_path, name, content) == {ROWS}


@pytest.mark.parametrize(("name", "content"), SAFE.values(), ids=SAFE)
def test_counts_and_names_of_columns_pass(tmp_path, name, content):
    assert rules(tmp_path, name, content) == set()


def test_the_data_dictionary_names_every_column_and_passes(tmp_path):
    dictionary = ROOT / "reports" / "_generated" / "data-dictionary.md"
    content = dictionary.read_text(encoding="utf-8")
    assert "person_id" in content
    assert rules(tmp_path, "dictionary.md", content) == set()
    assert rules(tmp_path, "dictionary.html", content) == set()


def test_the_id_is_named_and_its_values_are_not(tmp_path):
    (tmp_path / "kö.csv").write_text("sex;person_id\nK;P1001\n", encoding="utf-8")
    (only,) = scan_site(tmp_path)
    assert "person_id" in only.what
    assert "P1001" not in str(only)


_ALSO = {"applied_on", "refused"}
"""Columns that need not be there, and that the sample has."""


def test_the_columns_are_those_of_the_contracts():
    of_interviews = (INTERVIEW_TABLES[name] for name in ("interviews", "notes"))
    of_persons = [*CASE_TABLES.values(), *of_interviews]
    needed = [
        {n for n, column in table.columns.items() if column.required or n in _ALSO}
        for table in of_persons
    ]
    tables = {frozenset(names) | {columns.KEY} for names in needed}
    assert set(columns.TABLES) == tables
    kinds = {name: str(c.dtype) for t in of_persons for name, c in t.columns.items()}
    assert {name for name, kind in kinds.items() if kind == "date"} == columns.DATES
