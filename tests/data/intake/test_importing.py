"""What an import writes, what it says of the rest, and what it leaves as it was."""

import os
import re
import signal
import subprocess
import sys
from datetime import date
from itertools import count
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
import yaml

from helpers.data import DataProblem, check, files
from helpers.data.intake import importing
from helpers.disclosure.keys import Secret
from helpers.paths import ROOT
from helpers.problem import Problem

PSEUDONYM = Secret(b"not secret, since nobody is real").pseudonyms()
WOMAN, MAN = "19850312-2387", "850312-2395"
COLUMNS = {
    "Nr": "case_id", "Person": "person_id", "Kön": "sex", "Barn": "has_children",
    "Beslut": "decided_on", "Flat": "access_on", "Ut": "left_on", "Orsak": "left_reason",
}  # fmt: skip
HEADER = ";".join(COLUMNS)
SOUND = f"1;{WOMAN};K;ja;2023-04-28;;;"


@pytest.fixture
def imported(tmp_path):
    """Import lines of a text file, and give what is told and the table that it became."""

    def run(*lines, table="queue", columns=COLUMNS, partial=False, header=None, **entry):
        export = tmp_path / "export.csv"
        export.write_text("\n".join([header or ";".join(columns), *lines]) + "\n", encoding="utf-8")
        plan = {"extracted_on": "2026-01-01", "tables": {table: {"columns": columns, **entry}}}
        mapping = tmp_path / "mapping.yml"
        mapping.write_text(yaml.safe_dump(plan, allow_unicode=True), encoding="utf-8")
        request = importing.Request([export], mapping, tmp_path / "out", partial)
        told = importing.run(request, PSEUDONYM)
        return told, pd.read_parquet(tmp_path / "out" / f"{table}.parquet")

    return run


def refused(run, *lines, **options):
    with pytest.raises(DataProblem) as raised:
        run(*lines, **options)
    return str(raised.value)


def test_everything_wrong_is_told_by_rule_with_the_rows_of_the_file(imported, tmp_path):
    told = refused(
        imported,
        SOUND,
        f"2;{MAN};K;ja;2023-04-28;;;",  # a man
        "3;19850312-2388;K;ja;2023-04-28;;;",
        f"4;{WOMAN};Q;kanske;2023-02-30;;;",
        f"4;{WOMAN};K;ja;2023-04-28;2022-01-01;;",
        f"6;{WOMAN};K;ja;2023-04-28",
        f"7;;K;ja;2099-04-28;;;ring {WOMAN}",
    )
    for said in (
        "sex: stämmer inte med personnumret (1 rad: rad 3 i export.csv). Rätta i systemet, eller",
        "personnumret är inte helt, eller har fel kontrollsiffra (1 rad: rad 4 i export.csv)",
        "sex: okänt värde (1 rad: rad 5 i export.csv). Tillåtna värden är K (kvinna), M (man)",
        "has_children: går inte att läsa som ja eller nej (1 rad: rad 5",
        "decided_on: går inte att läsa som datum (1 rad: rad 5",
        "case_id: finns på flera rader (1 rad: rad 6",
        "queue: tillträde före beslut (1 rad: rad 6",
        "raden har fler eller färre celler än rubrikraden (1 rad: rad 7",
        "person_id: värde saknas (1 rad: rad 8",
        "decided_on: dag efter uttagets dag (1 rad: rad 8",
        "left_reason: innehåller personnummer (1 rad: rad 8 i export.csv). Ta bort numren",
        f"raderna ligger i {tmp_path / 'out'}, tabellerna där är som förut",
    ):
        assert said in told
    assert "2387" not in told
    assert "2388" not in told
    assert not (tmp_path / "out" / "queue.parquet").exists()


def test_rows_that_break_a_rule_lie_aside_without_identity_numbers(imported, tmp_path):
    wrong = f"2;{WOMAN};K;kanske;2023-04-28;;;=SUM(A1) {WOMAN}"
    told, rows = imported(SOUND, wrong, "3;X-1;M;nej;2023-04-28;;;", partial=True)
    assert "queue: 2 rader skrivna, 1 utelämnade." in told
    assert [*rows["case_id"]] == ["1", "3"]
    aside = tmp_path / "out" / "left-out-queue.csv"
    (row,) = pd.read_csv(aside, sep=";", encoding="utf-8-sig", dtype=str).to_dict("records")
    assert row["källa"] == "export.csv"
    assert row["rad"] == "3"
    assert row["fel"].startswith("has_children: går inte att läsa")
    assert row["left_reason"] == "'=SUM(A1) (personnummer) "
    assert "2387" not in aside.read_text(encoding="utf-8")
    left_out = files.imported("queue", tmp_path / "out")
    assert left_out == (date(2026, 1, 1), 1, PSEUDONYM("198503122387")[1])
    imported(SOUND)
    assert not aside.exists()


def test_what_is_written_is_for_the_owner_only_and_holds(imported, tmp_path):
    imported(SOUND)
    assert check(tmp_path / "out") == [("queue", 1)]
    if os.name == "posix":
        assert (tmp_path / "out").stat().st_mode & 0o077 == 0
        assert (tmp_path / "out" / "queue.parquet").stat().st_mode & 0o077 == 0


def test_the_same_export_gives_the_same_bytes(imported, tmp_path):
    imported(SOUND)
    first = (tmp_path / "out" / "queue.parquet").read_bytes()
    imported(SOUND)
    assert (tmp_path / "out" / "queue.parquet").read_bytes() == first


def test_sex_comes_from_the_number_when_no_column_has_it(imported):
    columns = {heading: name for heading, name in COLUMNS.items() if name != "sex"}
    lines = [f"{n};{who};ja;2023-04-28;;;" for n, who in enumerate([WOMAN, MAN, "K-77"])]
    _, rows = imported(*lines, columns=columns)
    assert [*rows["sex"]] == ["K", "M", "X"]


def test_a_co_applicant_has_a_row_too(imported):
    header = f"{HEADER};Medsökande"
    _, rows = imported(
        f"{SOUND};{MAN}",
        f"2;{WOMAN};K;nej;2023-05-01;;;;",
        header=header,
        co_applicant="Medsökande",
    )
    assert [*rows["case_id"]] == ["1", "2", "1-2"]
    assert [*rows["sex"]] == ["K", "K", "M"]
    assert [*rows["has_children"]] == [True, False, True]
    assert rows["person_id"][2] == PSEUDONYM("198503122395")[0]


def test_protected_identities_are_counted_apart(imported):
    _, rows = imported(
        f"{SOUND};ja", f"2;{MAN};M;nej;2023-05-01;;;;", header=f"{HEADER};Skydd", protected="Skydd"
    )
    assert [*rows["sex"]] == ["X", "M"]


def test_rows_are_chosen_and_one_date_is_of_two_kinds(imported):
    columns = {**COLUMNS, "Flat": ["access_on", "left_on"]}
    del columns["Ut"]
    lines = [
        f"1;{WOMAN};K;ja;2023-04-28;2023-05-01;Flyttat in",
        f"2;{WOMAN};K;ja;2023-04-28;2023-05-02;Avböjt",
        f"3;{WOMAN};K;ja;2023-04-28;2023-05-03;Felregistrerat",
    ]
    when = {"access_on": {"Orsak": "flyttat in"}, "left_on": {"Orsak": ["Avböjt", "Annat"]}}
    told, rows = imported(*lines, columns=columns, when=when, drop={"Orsak": "Felregistrerat"})
    assert rows["access_on"].tolist() == [date(2023, 5, 1), None]
    assert rows["left_on"].tolist() == [None, date(2023, 5, 2)]
    assert "1 rad bortvalda av mappningen" in told[0]


def test_a_wide_survey_has_a_column_an_item(imported):
    columns = {"Id": "response_id", "Kön": "sex", "Kontakt": "U35538", "Nöjd": "U35543"}
    told, rows = imported(
        "1;Kvinna;Mycket lätt;vet inte", "2;Man;;Ganska nöjd",
        table="survey", columns=columns, fixed={"year": "2024"},
    )  # fmt: skip
    assert told[-1] == "survey: 4 rader skrivna, 0 utelämnade."
    asked = rows.pivot(index="sex", columns="item", values="answer")
    assert asked.loc["K"].tolist() == ["mycket lätt", "vet inte"]
    assert asked.loc["M", "U35543"] == "ganska nöjd"
    assert pd.isna(asked.loc["M", "U35538"])


def test_columns_that_are_not_mapped_are_told_and_left(imported, tmp_path):
    told, rows = imported(f"{SOUND};Anna", header=f"{HEADER};Handläggare")
    assert "export.csv: togs inte med: Handläggare." in told
    assert "Handläggare" not in rows.columns
    assert b"Anna" not in (tmp_path / "out" / "queue.parquet").read_bytes()


@pytest.mark.parametrize(
    ("heading", "asked"), [("BESLUTT", "beslutt"), ("Beslutsdag", "beslutsdag")]
)
def test_a_heading_that_is_not_there_is_told_with_what_it_may_be(imported, heading, asked):
    told = refused(imported, SOUND, header=HEADER.replace("Beslut", heading))
    assert f"export.csv, queue, kolumn beslut: kolumnen saknas. Är det {asked}? Rätta" in told


def test_an_export_of_something_else(imported):
    told = refused(imported, "1;2", header="Belopp;Konto")
    assert "export.csv: ingen av mappningens tabeller finns här. Rätta rubrikerna" in told


def test_an_export_without_rows(imported):
    told = refused(imported, partial=True)
    assert "queue: tabellen är tom. Kontrollera exporten, och keep och drop i mappningen." in told


def test_nothing_is_written_where_it_could_be_committed(tmp_path):
    request = importing.Request([], tmp_path / "m.yml", ROOT / "data" / "own")
    with pytest.raises(Problem, match="ligger i ett kodarkiv"):
        importing.run(request, PSEUDONYM)


WRONG_MAPPINGS = [
    ("a: [", "m.yml: mappningen är inte YAML. Rätta rad"),
    ("name: x", "m.yml: mappningen har inga tabeller"),
    ("tables: {ko: {}}", "okänt namn: ko. Tillåtna är queue"),
    ("tables: {queue: {}}", "m.yml, queue: columns saknas"),
    ("tables: {queue: {columns: {a: case_idd}}}", "okänt namn: case_idd. Är det case_id?"),
    ("tables: {queue: {columns: {a: case_id}}}", "kolumn person_id: kolumnen saknas i mappningen"),
    ("tables: {queue: {columns: {a: case_id, b: case_id}}}", "två rubriker för case_id"),
    ("tables: {queue: {columns: {a: case_id}, keep: [a]}}", "keep har fel form"),
    ("tables: {queue: {columns: {a: {b: c}}}}", "columns har fel form"),
    ("tables: {queue: {columns: {a: case_id}, dates: us}}", "okänd dates. Tillåtna är day-first"),
    ("tables: {queue: {columns: {a: case_id}, datum: us}}", "okänt namn: datum"),
    ("{extracted_on: igår, tables: {queue: {columns: {a: case_id}}}}", "extracted_on är ingen dag"),
    (
        "tables: {extensions: {columns: {a: application_id}, co_applicant: b}}",
        "tabellen har inga personer",
    ),
]


@pytest.mark.parametrize(("content", "said"), WRONG_MAPPINGS)
def test_what_is_wrong_with_a_mapping_is_told(tmp_path, content, said):
    mapping = tmp_path / "m.yml"
    mapping.write_text(content, encoding="utf-8")
    with pytest.raises(DataProblem, match=re.escape(said)):
        importing.run(importing.Request([], mapping, tmp_path / "out"), PSEUDONYM)
    assert not (tmp_path / "out").exists()


class Stopped(BaseException):
    """Somebody pulled the plug."""


STEPS = ("replace", "rename", "mkdir", "chmod", "rmdir", "unlink")
PLACED = ["Nr", "Person", "Kön", "Född", "Form", "Från", "Plan", "Till", "Hur"]


def test_a_stop_at_any_step_leaves_what_was_there_or_what_is_new(tmp_path, monkeypatch):
    request = _two_tables(tmp_path, 1)
    importing.run(request, PSEUDONYM)
    seen = set()
    for step, rows in enumerate(range(2, 40), start=1):
        _two_tables(tmp_path, rows)
        before = _sizes(tmp_path)
        with monkeypatch.context() as patched:
            stops = _stop_at(step, patched)
            try:
                importing.run(request, PSEUDONYM)
            except Stopped:
                assert _sizes(tmp_path) in (before, {rows})
        seen.add(_sizes(tmp_path) == {rows})
        if not stops():
            break
    assert seen == {True, False}
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == [
        ".lock", "placements.parquet", "queue.parquet",
    ]  # fmt: skip


def _stop_at(step, patched):
    """Stop at a step of what changes the folder; tell afterwards whether it came so far."""
    done = count(1)

    def counted(own):
        def stopping(*given, **named):
            if next(done) == step:
                raise Stopped
            return own(*given, **named)

        return stopping

    for name in STEPS:
        patched.setattr(Path, name, counted(getattr(Path, name)))
    patched.setattr(importing.pq, "write_table", counted(importing.pq.write_table))
    return lambda: next(done) > step


def _sizes(folder):
    """Give the numbers of rows of both tables, which are one where they are of one import."""
    found = (files.find(table, folder / "out") for table in ("queue", "placements"))
    return {pq.read_metadata(file).num_rows for file in found}


KILLED = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
import test_importing
test_importing.Path.rename = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
request = test_importing._two_tables(Path(sys.argv[1]), 9)
test_importing.importing.run(request, test_importing.PSEUDONYM)
"""


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_after_a_kill_the_next_import_goes_through(tmp_path):
    importing.run(_two_tables(tmp_path, 1), PSEUDONYM)
    here = str(Path(__file__).parent)
    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), here], check=False)
    assert done.returncode == -signal.SIGKILL
    assert _sizes(tmp_path) == {1}
    importing.run(_two_tables(tmp_path, 2), PSEUDONYM)
    assert _sizes(tmp_path) == {2}


def _two_tables(folder, rows):
    queue = [f"{n};P{n};K;ja;2023-04-28;;;" for n in range(rows)]
    placed = [f"{n};P{n};K;1980;HVB;2023-04-28;2023-05-28;;" for n in range(rows)]
    (folder / "q.csv").write_text("\n".join([HEADER, *queue]))
    (folder / "p.csv").write_text("\n".join([";".join(PLACED), *placed]))
    names = [name for name in importing.CASE_TABLES["placements"].columns if name != "person_key"]
    plan = {
        "queue": {"files": "q*", "columns": COLUMNS},
        "placements": {"files": "p*", "columns": dict(zip(PLACED, names, strict=True))},
    }
    mapping = folder / "m.yml"
    mapping.write_text(yaml.safe_dump({"tables": plan}, allow_unicode=True), encoding="utf-8")
    return importing.Request([folder / "q.csv", folder / "p.csv"], mapping, folder / "out")
