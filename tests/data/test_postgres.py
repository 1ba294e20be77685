"""Tables in PostgreSQL: counted there, the same counts, keys and noise as from files."""

from importlib import import_module
from unittest.mock import MagicMock

import pandas as pd
import psycopg
import pytest
from postgres import Server, programs, started

import helpers
from helpers import queue_times
from helpers.data import DataProblem, check, read_cases
from helpers.data.contracts import TABLES
from helpers.data.databases import _connect
from helpers.disclosure import KeyProblem, load_secret, protect
from helpers.paths import ROOT, SAMPLE
from helpers.questions import QUESTIONS
from helpers.questions.asking import UsageProblem
from helpers.site import notebooks

PAGES = sorted(
    page for page in (ROOT / "notebooks").glob("*.ipynb") if "read_cases" in page.read_text("utf-8")
)


@pytest.fixture(scope="module")
def server():
    if programs() is None:
        pytest.skip("Needs PostgreSQL: install postgresql")
    with started() as server:
        for table in TABLES:
            if (SAMPLE / f"{table}.csv").is_file():
                server.fill(table)
        yield server
        _connect.cache_clear()


def test_all_tables_hold_to_their_contracts(server: Server) -> None:
    assert dict(check(server.address)) == dict(check(SAMPLE))


@pytest.mark.parametrize("question", QUESTIONS)
def test_counts_keys_and_noise_are_those_of_files(server: Server, question: str) -> None:
    module = import_module(f"helpers.questions.{question}")
    cases = [read_cases(module.TABLE, source) for source in (server.address, SAMPLE)]
    ours, theirs = (module.tally(one, module.BY) for one in cases)
    assert ours.tables.keys() == theirs.tables.keys()
    for name, table in theirs.tables.items():
        pd.testing.assert_frame_equal(ours.tables[name], table)
    assert protect(ours).to_record() == protect(theirs).to_record()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_notebook_runs(server: Server, page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIKAVARD_DATA", server.address)
    monkeypatch.setattr(helpers, "show", MagicMock(), raising=False)  # what is shown is counted
    names: dict[str, object] = {}
    for cell in notebooks.read(page)["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)
    assert names["published"].key == load_secret(is_sample=False).fingerprint


def test_views_of_another_system_meet_the_contract(server: Server) -> None:
    """Codes, moments with a zone, fixed-width text and marks apart become what they mean."""
    server.run(
        "CREATE SCHEMA utdata",
        """CREATE TABLE utdata.beslut (arende int, person char(12), kon char(1), barn text,
           beslut timestamptz, tilltrade timestamptz, lamnat date, orsak text)""",
        """INSERT INTO utdata.beslut VALUES
           (1, 'a1', '2', 'ja', '2024-06-30 22:30:00+00', NULL, NULL, NULL),
           (2, E'b2\\u00a0', '1', 'nej', '2024-01-01 12:00:00+00', NULL, '2024-03-01',
            E'  Flyttade till Va\\u0308xjo\\u0308\\u200b ')""",
        """CREATE VIEW utdata.queue AS SELECT arende AS case_id, person AS person_id,
           CASE kon WHEN '2' THEN 'K' ELSE 'M' END AS sex, barn AS has_children,
           beslut AS decided_on, tilltrade AS access_on, lamnat AS left_on, orsak AS left_reason
           FROM utdata.beslut""",
    )
    address = f"{server.address}?options=-csearch_path%3Dutdata"
    rows = read_cases("queue", address).to_pandas().sort_values("case_id")
    assert rows["person_id"].tolist() == ["a1", "b2"]
    assert rows["sex"].tolist() == ["K", "M"]
    assert rows["has_children"].tolist() == [True, False]
    assert pd.to_datetime(rows["decided_on"]).dt.date.astype(str).tolist() == [
        "2024-07-01",
        "2024-01-01",
    ]
    assert rows["left_reason"].tolist()[1] == "Flyttade till Växjö"


def test_the_key_is_in_no_log(server: Server) -> None:
    key = load_secret(is_sample=False).derived("person")
    server.run(
        "CREATE ROLE verbose LOGIN SUPERUSER", "ALTER ROLE verbose SET log_statement = 'all'"
    )
    address = server.address.replace("likavard:hemligt", "verbose:hemligt")
    with pytest.raises(KeyProblem, match="Databasen loggar alla frågor"):
        queue_times.tally(read_cases("queue", address))
    server.run("ALTER ROLE verbose SET log_statement = 'none'")
    _connect.cache_clear()
    assert queue_times.tally(read_cases("queue", address))
    assert "SELECT" in server.logged()
    assert key not in server.logged()


def test_one_who_may_only_read_can_count(server: Server) -> None:
    server.run(
        "CREATE ROLE reader LOGIN",
        "GRANT SELECT ON queue TO reader",
        "ALTER ROLE reader SET default_transaction_read_only = on",
    )
    address = server.address.replace("likavard:hemligt", "reader:hemligt")
    assert queue_times.tally(read_cases("queue", address))


@pytest.mark.parametrize("wrong", ["nobody", "port"])
def test_what_cannot_be_opened_is_told_without_the_address(server: Server, wrong: str) -> None:
    address = server.address.replace("likavard:", "nobody:")
    if wrong == "port":
        address = "postgresql://likavard:hemligt@127.0.0.1:1/postgres"
    with pytest.raises(DataProblem, match="går inte att öppna") as told:
        check(address)
    assert "hemligt" not in str(told.value)
    assert told.value.__cause__ is None


def test_a_row_that_breaks_a_rule_is_counted_and_not_quoted(server: Server) -> None:
    server.run(
        "CREATE SCHEMA trasig",
        "CREATE TABLE trasig.queue AS SELECT * FROM public.queue",
        "UPDATE trasig.queue SET sex = 'kvinna-x' WHERE case_id IN "
        "(SELECT case_id FROM trasig.queue ORDER BY case_id LIMIT 3)",
    )
    address = f"{server.address}?options=-csearch_path%3Dtrasig"
    with pytest.raises(DataProblem, match=r"sex.*okänt värde.*3 rader") as told:
        read_cases("queue", address)
    assert "kvinna-x" not in str(told.value)


def test_an_error_of_the_engine_holds_no_value(server: Server) -> None:
    cases = read_cases("queue", server.address).mutate(broken=lambda t: t.case_id.cast("int64"))
    with pytest.raises(UsageProblem, match="Det gick inte att räkna") as told:
        queue_times.tally(cases, by=["sex", "broken"])
    with psycopg.connect(server.address) as connection:
        first = connection.execute("SELECT min(case_id) FROM queue").fetchone()[0]
    assert first not in str(told.value)
