"""Wrong data give one clear message, and nothing that a row says."""

import sqlite3
import traceback
from datetime import date

import duckdb
import ibis
import pandas as pd
import pytest

from helpers.data import DataProblem, check, read_cases
from helpers.data.problems import Finding
from helpers.data.validation import hold
from helpers.paths import SAMPLE

SECRET = "19850312-2384"


@pytest.fixture(scope="module")
def sample():
    return {file.stem: pd.read_csv(file, dtype="string") for file in SAMPLE.glob("*.csv")}


def broken(frame, **cells):
    """Change the first rows of a frame, one list of values a column."""
    changed = frame.copy()
    for column, values in cells.items():
        changed.loc[: len(values) - 1, column] = values
    return changed


def message(table, source):
    with pytest.raises(DataProblem) as raised:
        read_cases(table, source)
    told = "".join(traceback.format_exception(raised.value, chain=True))
    assert SECRET not in told
    return str(raised.value)


EARLY = "2001-01-01"
WRONG = [
    (
        "queue",
        {"sex": [SECRET, "F"]},
        "queue, kolumn sex: okänt värde (2 rader). Tillåtna värden är K (kvinna), M (man), X",
    ),
    (
        "queue",
        {"decided_on": [SECRET]},
        "kolumn decided_on: går inte att läsa som datum (1 rad). Skriv datum som ÅÅÅÅ-MM-DD.",
    ),
    (
        "queue",
        {"decided_on": ["2022-02-30"]},
        "kolumn decided_on: går inte att läsa som datum (1 rad)",
    ),
    (
        "queue",
        {"has_children": [SECRET]},
        "kolumn has_children: går inte att läsa som ja eller nej (1 rad). Skriv true eller false.",
    ),
    (
        "queue",
        {"access_on": [EARLY], "left_on": [None]},
        "queue: tillträde före beslut (1 rad). Rätta datumen.",
    ),
    (
        "queue",
        {"access_on": [None], "left_on": [EARLY]},
        "queue: lämnade kön före beslut (1 rad). Rätta datumen.",
    ),
    (
        "queue",
        {"access_on": ["2026-01-01"] * 3, "left_on": ["2026-01-01"] * 3},
        "queue: både tillträde och lämnad kö (3 rader). Behåll det datum som kom först",
    ),
    (
        "queue",
        {"case_id": [SECRET, SECRET, SECRET]},
        "queue, kolumn case_id: finns på flera rader (2 rader). Behåll en rad för varje id.",
    ),
    (
        "queue",
        {"person_id": [None, "  "]},
        "queue, kolumn person_id: värde saknas (2 rader). Fyll i värdet.",
    ),
    ("queue", {"applied_on": ["2026-01-01"]}, "queue: beslut före ansökan (1 rad). Rätta datumen."),
    (
        "queue",
        {"refused": ["true"], "access_on": ["2025-12-30"], "left_on": [None]},
        "queue: avslag men tillträde eller lämnad kö (1 rad). Den som fått avslag köar inte.",
    ),
    (
        "placements",
        {"birth_year": [SECRET, "1980.5"]},
        "kolumn birth_year: går inte att läsa som heltal (2 rader). Skriv bara siffror.",
    ),
    ("placements", {"planned_end_on": [EARLY]}, "placements: planerat slut före start (1 rad)"),
    (
        "placements",
        {"ended_on": [EARLY], "ending": ["planned"]},
        "placements: slut före start (1 rad)",
    ),
    (
        "placements",
        {"ending": [None]},
        "placements: slut utan avslut, eller avslut utan slut (1 rad)",
    ),
    (
        "placements",
        {"ending": ["avbrott"]},
        "Tillåtna värden är planned (planerat), unplanned (oplanerat).",
    ),
    ("extensions", {"decided_on": [EARLY]}, "extensions: avgjord före ansökan (1 rad)"),
    (
        "extensions",
        {"outcome": [None], "days_granted": [None]},
        "extensions: avgjord utan utfall, eller utfall utan datum (1 rad)",
    ),
    (
        "extensions",
        {"outcome": ["denied"], "days_granted": ["30"]},
        "extensions: beviljade dagar utan att ansökan är beviljad (1 rad)",
    ),
    (
        "extensions",
        {"outcome": ["granted"], "days_granted": ["0"]},
        "kolumn days_granted: för litet värde (1 rad). Minsta tillåtna värde är 1.",
    ),
    ("survey", {"answer": [SECRET, "ja"]}, "survey: svar utanför frågans skala (2 rader)"),
    (
        "survey",
        {"item": ["U35538", "U35538"]},
        "survey, kolumn response_id + item: finns på flera rader (1 rad)",
    ),
    ("goals", {"reached_on": [EARLY], "dropped_on": [None]}, "goals: nått före planen (1 rad)"),
    ("goals", {"dropped_on": [EARLY], "reached_on": [None]}, "goals: struket före planen (1 rad)"),
    (
        "goals",
        {"reached_on": ["2025-12-30"] * 2, "dropped_on": ["2025-12-30"] * 2},
        "goals: både nått och struket (2 rader). Behåll det datum som kom först",
    ),
    ("goals", {"birth_year": ["2024"]}, "goals: född efter planen (1 rad). Rätta födelseåret."),
    ("goals", {"area": [SECRET]}, "goals, kolumn area: okänt värde (1 rad)"),
    ("screening", {"asked_on": [EARLY]}, "screening: tillfrågad före öppnandet (1 rad)"),
    (
        "screening",
        {"asked_on": [None], "answer": ["never"], "role": [None]},
        "screening: tillfrågad utan svar, eller svar utan dag (1 rad)",
    ),
    (
        "screening",
        {"role": ["exposed"], "asked_on": [None], "answer": [None]},
        "screening: berättat om våld utan roll, eller roll utan våld (1 rad)",
    ),
    (
        "screening",
        {"offered": ["false"], "accepted": ["true"]},
        "screening: tackat ja till hjälp som inte erbjöds (1 rad)",
    ),
    ("screening", {"birth_year": ["2030"]}, "screening: född efter öppnandet (1 rad)"),
    (
        "stays",
        {"ended_on": [None], "ending": ["planned"]},
        "stays: avslut utan slut (1 rad). Fyll i slutet",
    ),
    ("stays", {"ended_on": [EARLY], "ending": ["planned"]}, "stays: slut före start (1 rad)"),
    ("stays", {"birth_year": ["2030"]}, "stays: född efter vistelsens start (1 rad)"),
    ("actions", {"decision": [None]}, "actions: beslut utan dag, eller dag utan beslut (1 rad)"),
    ("actions", {"status": ["done"]}, "klar utan dag, eller dag utan att vara klar (1 rad)"),
    (
        "actions",
        {"status": ["done"], "done_on": [EARLY]},
        "actions: klar före beslut (1 rad). Rätta datumen.",
    ),
    ("actions", {"about": [SECRET]}, "actions, kolumn about: okänt värde (1 rad)"),
]


@pytest.mark.parametrize(("table", "cells", "told"), WRONG)
def test_each_broken_rule_is_told_with_its_rows_and_what_to_do(
    sample, tmp_path, table, cells, told
):
    frame = broken(sample[table], **cells)
    assert told in message(table, frame)
    frame.to_csv(tmp_path / f"{table}.csv", sep=";", index=False)
    assert told in message(table, tmp_path)


def test_everything_wrong_is_told_at_once(sample):
    frame = broken(sample["queue"], sex=[SECRET], access_on=["imorgon"], case_id=["1", "1"])
    assert message("queue", frame).splitlines() == [
        "Data kan inte användas:",
        "- queue, kolumn case_id: finns på flera rader (1 rad). Behåll en rad för varje id.",
        "- queue, kolumn sex: okänt värde (1 rad). Tillåtna värden är K (kvinna), M (man), "
        "X (annat eller okänt).",
        "- queue, kolumn access_on: går inte att läsa som datum (1 rad). "
        "Skriv datum som ÅÅÅÅ-MM-DD.",
    ]


def test_missing_columns_are_named(sample):
    told = message("queue", sample["queue"].drop(columns=["sex", "left_on"]))
    advice = "kolumnen saknas. Lägg till kolumnen eller rätta dess namn i första raden."
    assert told.splitlines()[1:] == [
        f"- queue, kolumn sex: {advice}",
        f"- queue, kolumn left_on: {advice}",
    ]


def test_a_file_without_header_does_not_tell_its_first_row(tmp_path):
    (tmp_path / "queue.csv").write_text(f"B1,{SECRET},K,true,2022-01-01,,,\n")
    assert "kolumn sex: kolumnen saknas" in message("queue", tmp_path)


def test_an_empty_table(sample, tmp_path):
    assert "queue: tabellen är tom. Lägg till rader." in message("queue", sample["queue"].head(0))
    sample["queue"].head(0).to_csv(tmp_path / "queue.csv", index=False)
    assert "queue: tabellen är tom" in message("queue", tmp_path)


def test_an_empty_file(tmp_path):
    (tmp_path / "queue.csv").write_text("")
    assert "kolumn case_id: kolumnen saknas" in message("queue", tmp_path)


def test_a_missing_file_is_named(tmp_path):
    told = message("queue", tmp_path)
    assert f"queue: filen saknas. Lägg queue.parquet eller queue.csv i mappen {tmp_path}." in told
    assert "Lägg kö.csv i mappen uttag." in message("queue", "uttag/kö.csv")


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_a_file_that_is_not_utf8(sample, tmp_path, encoding):
    frame = broken(sample["queue"], left_reason=[f"åäö {SECRET}"])
    frame.to_csv(tmp_path / "queue.csv", index=False, encoding=encoding)
    assert "filen är inte UTF-8. Spara queue.csv som CSV UTF-8." in message("queue", tmp_path)


def test_a_file_of_another_kind(tmp_path):
    (tmp_path / "queue.xlsx").write_text(SECRET)
    told = message("queue", tmp_path / "queue.xlsx")
    assert "okänt filformat. Spara queue.xlsx som CSV (UTF-8) eller Parquet." in told


@pytest.mark.parametrize("name", ["queue.csv", "queue.parquet"])
def test_a_damaged_file(tmp_path, name):
    rows = "".join(f"{n},{SECRET}{',' * (n % 5)}\n" for n in range(20))
    (tmp_path / name).write_text(f"case_id,person_id\n{rows}")
    assert "queue: går inte att läsa. Kontrollera" in message("queue", tmp_path)


def test_a_row_that_breaks_off_far_down(sample, tmp_path):
    rows = sample["queue"].to_csv(index=False)
    (tmp_path / "queue.csv").write_text(rows + f"B9999,{SECRET}\n" + f'B9998,"{SECRET}\n')
    assert "queue: går inte att läsa. Kontrollera" in message("queue", tmp_path)


@pytest.mark.parametrize("scheme", ["duckdb", "sqlite", "okänd"])
def test_a_database_that_is_not_there(tmp_path, scheme):
    told = message("queue", f"{scheme}://{tmp_path}/{SECRET}.db")
    assert "databasen: går inte att öppna. Kontrollera adressen" in told
    assert not list(tmp_path.iterdir())


def test_a_database_without_the_table(tmp_path):
    duckdb.connect(tmp_path / "cases.duckdb").close()
    sqlite3.connect(tmp_path / "cases.sqlite").close()
    for scheme in ("duckdb", "sqlite"):
        told = message("queue", f"{scheme}://{tmp_path / f'cases.{scheme}'}")
        assert "queue: tabellen saknas i databasen" in told


def test_an_unknown_table():
    assert "kö: okänd tabell. Tabellerna heter queue, placements," in message("kö", SAMPLE)


def test_a_frame_that_mixes_dates_and_text(sample):
    frame = sample["queue"].astype(object)
    frame.loc[0, "decided_on"] = pd.Timestamp("2022-01-11")
    frame.loc[1, "decided_on"] = SECRET
    assert "decided_on: går inte att läsa som datum (1 rad)" in message("queue", frame)


def test_rows_of_an_engine_are_held_to_the_same_rules(sample):
    table = ibis.memtable(sample["queue"]).mutate(sex=ibis.literal(SECRET))
    assert "kolumn sex: okänt värde (445 rader)" in message("queue", table)


def test_check_tells_of_every_table_it_finds(sample, tmp_path):
    sample["placements"].to_csv(tmp_path / "placements.csv", index=False)
    broken(sample["queue"], sex=[SECRET]).to_csv(tmp_path / "queue.csv", index=False)
    queue, placements = check(tmp_path)
    assert queue.table == "queue"
    assert "kolumn sex: okänt värde (1 rad)" in str(queue.result)
    assert placements == ("placements", 388)


def test_check_takes_a_file_and_a_database(sample, tmp_path):
    assert check(SAMPLE / "queue.csv") == [("queue", 445)]
    with duckdb.connect(tmp_path / "cases.duckdb") as connection:
        connection.sql(f"CREATE TABLE survey AS FROM read_csv('{SAMPLE / 'survey.csv'}')")
    assert check(f"duckdb://{tmp_path / 'cases.duckdb'}") == [("survey", 1694)]


def test_check_needs_something_to_check(tmp_path):
    with pytest.raises(DataProblem, match="ingen tabell hittades"):
        check(tmp_path)


def test_a_problem_holds_its_findings():
    finding = Finding("queue", "okänt värde", "Rätta.", "sex", 1)
    assert DataProblem(finding).findings == (finding,)


def test_a_folder_that_is_not_there(tmp_path):
    told = message("queue", tmp_path / "uttag")
    assert f"queue: mappen finns inte. Rätta sökvägen {tmp_path / 'uttag'}." in told
    with pytest.raises(DataProblem, match="uttaget: mappen finns inte"):
        check(tmp_path / "uttag")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Queue.CSV", "queue: filen heter fel. Byt namn på Queue.CSV till"),
        ("queue.csv.gz", "queue: filen är packad. Packa upp queue.csv.gz till"),
    ],
)
def test_a_file_that_is_nearly_the_one(tmp_path, name, told):
    (tmp_path / name).write_text("")
    assert told in message("queue", tmp_path)
    with pytest.raises(DataProblem, match=told):
        check(tmp_path)


def test_a_file_that_is_named_for_no_table(tmp_path):
    (tmp_path / "export.csv").write_text("")
    with pytest.raises(
        DataProblem, match=r"export\.csv: filen heter inte som någon tabell\. De heter"
    ):
        check(tmp_path / "export.csv")


@pytest.mark.parametrize("column", ["SEX", "Kön", "kon", " sex", "sexx"])
def test_a_column_of_nearly_the_name_is_asked_about(sample, column):
    told = message("queue", sample["queue"].rename(columns={"sex": column}))
    assert f"kolumn sex: kolumnen saknas. Är det {column}? Lägg till" in told


def test_lines_above_the_header_are_not_left_out_in_silence(sample, tmp_path):
    rows = sample["queue"].to_csv(index=False, sep=";")
    (tmp_path / "queue.csv").write_text(f"Uttag\n\n{rows}")
    message("queue", tmp_path)


NEXT_YEAR = f"{date.today().year + 1}-01-01"
PAST = "dag efter uttagets dag (1 rad)"
IMPOSSIBLE = [
    ("queue", {"decided_on": [NEXT_YEAR], "access_on": [None]}, f"decided_on: {PAST}. Rätta"),
    ("queue", {"access_on": ["2202-03-01"], "left_on": [None]}, f"access_on: {PAST}"),
    ("placements", {"ended_on": ["9999-12-31"]}, f"ended_on: {PAST}. Rätta datumet. Pågår det än"),
    ("placements", {"planned_end_on": ["2202-03-01"]}, f"planned_end_on: {PAST}"),
    ("queue", {"decided_on": ["1900-01-01"]}, "decided_on: orimligt tidigt datum (1 rad)"),
    ("placements", {"birth_year": ["1885"]}, "birth_year: för litet värde (1 rad)"),
    ("placements", {"birth_year": ["2085"]}, "placements: född efter placeringens start (1 rad)"),
    ("queue", {"person_id": ["121212-1212"]}, "person_id: innehåller personnummer (1 rad)"),
    (
        "queue",
        {"left_reason": ["dog 19121212-1212"]},
        "left_reason: innehåller personnummer (1 rad). Ta bort numren ur texten.",
    ),
]


@pytest.mark.parametrize(("table", "cells", "told"), IMPOSSIBLE)
def test_what_cannot_be_so_is_told(sample, table, cells, told):
    assert told in message(table, broken(sample[table], **cells))


def test_a_plan_may_lie_ahead(sample):
    read_cases("placements", broken(sample["placements"], planned_end_on=[NEXT_YEAR]))


def test_serial_numbers_that_begin_with_a_date_are_no_identity_numbers(sample):
    numbers = [f"202304{1 + n % 28:02}{n:04}" for n in range(445)]
    read_cases("queue", broken(sample["queue"], case_id=numbers))


def test_an_application_for_no_placement_is_told(sample):
    extensions = broken(sample["extensions"], placement_id=["L9999"])
    told = message("extensions", {**sample, "extensions": extensions})
    assert "kolumn placement_id: hör inte till någon rad i placements (1 rad). Ta med" in told


def test_what_is_wrong_with_the_placements_is_told_with_the_applications(sample):
    tables = {
        "extensions": broken(sample["extensions"], outcome=["ja"]),
        "placements": broken(sample["placements"], ending=["ja"]),
    }
    told = message("extensions", tables)
    assert told.index("extensions, kolumn outcome") < told.index("placements, kolumn ending")


def notices(table, frame):
    return [str(finding) for finding in hold(table, ibis.memtable(frame)).findings]


def test_what_may_be_so_is_told_and_stops_nothing(sample):
    placements, queue = sample["placements"], sample["queue"]
    assert notices("placements", placements) == notices("queue", queue) == []
    twice = broken(placements, person_id=["V1", "V1"], started_on=["2022-01-01", "2022-01-02"])
    (told,) = notices("placements", twice)
    assert told.startswith("placements: börjar innan personens förra placering är slut (1 rad).")
    forgotten = broken(
        placements, started_on=["2019-01-01"], planned_end_on=["2019-02-01"], ended_on=[None],
        ending=[None],
    )  # fmt: skip
    (told,) = notices("placements", forgotten)
    assert "pågår mer än två år efter planerat slut (1 rad)" in told
    days = {"applied_on": ["2018-12-01"], "decided_on": ["2019-01-01"]}
    waiting = broken(queue, access_on=[None], left_on=[None], **days)
    (told,) = notices("queue", waiting)
    assert "väntar sedan mer än fem år (1 rad)" in told
    read_cases("queue", waiting)
