"""One table is the same wherever it lies."""

import sqlite3
from datetime import date

import duckdb
import ibis
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from helpers import environment
from helpers.data import provenance, read_actions, read_cases, read_published
from helpers.data.contracts import CASE_TABLES, TABLES
from helpers.paths import SAMPLE


def rows(table, source=None):
    return read_cases(table, source).table


@pytest.fixture(scope="module")
def queue():
    return rows("queue", SAMPLE)


def as_pandas(folder):
    return pd.read_csv(SAMPLE / "queue.csv")


def as_typed_pandas(folder):
    return rows("queue", SAMPLE).to_pandas()


def as_timestamps(folder):
    dates = ["decided_on", "access_on", "left_on"]
    return pd.read_csv(SAMPLE / "queue.csv", parse_dates=dates)


def as_csv_from_excel(folder):
    frame = pd.read_csv(SAMPLE / "queue.csv").replace(
        {"has_children": {True: "SANT", False: "FALSKT"}}
    )
    frame.to_csv(folder / "utdrag [1].csv", sep=";", index=False, encoding="utf-8-sig")
    return folder / "utdrag [1].csv"


def as_parquet(folder):
    rows("queue", SAMPLE).to_parquet(folder / "queue.parquet")
    return folder


def as_duckdb(folder):
    with duckdb.connect(folder / "cases.duckdb") as connection:
        connection.sql(f"CREATE TABLE queue AS FROM read_csv('{SAMPLE / 'queue.csv'}')")
    return f"duckdb://{folder / 'cases.duckdb'}"


def as_sqlite(folder):
    with sqlite3.connect(folder / "cases.sqlite") as connection:
        pd.read_csv(SAMPLE / "queue.csv").to_sql("queue", connection, index=False)
    connection.close()
    return f"sqlite://{folder / 'cases.sqlite'}"


def as_ibis(folder):
    return ibis.memtable(pd.read_csv(SAMPLE / "queue.csv"))


@pytest.mark.parametrize(
    "place",
    [
        as_pandas,
        as_typed_pandas,
        as_timestamps,
        as_csv_from_excel,
        as_parquet,
        as_duckdb,
        as_sqlite,
        as_ibis,
    ],
)
def test_the_same_table_from_everywhere(queue, place, tmp_path):
    table = rows("queue", place(tmp_path))
    assert table.schema() == queue.schema()
    expected = queue.order_by("case_id").to_pandas()
    pd.testing.assert_frame_equal(table.order_by("case_id").to_pandas(), expected)


@pytest.mark.parametrize("table", CASE_TABLES)
def test_columns_have_the_types_of_the_contract(table):
    schema = rows(table, SAMPLE).schema()
    columns = TABLES[table].columns.items()
    expected = {
        name: str(column.dtype) for name, column in columns if column.required or name in schema
    }
    assert {name: str(dtype) for name, dtype in schema.items()} == expected


def test_the_sample_is_read_unless_told_otherwise(monkeypatch, tmp_path):
    monkeypatch.delenv("LIKAVARD_DATA", raising=False)
    assert rows("queue").count().to_pyarrow().as_py() == 445
    rows("queue").limit(3).to_csv(tmp_path / "queue.csv")
    monkeypatch.setenv("LIKAVARD_DATA", str(tmp_path))
    assert rows("queue").count().to_pyarrow().as_py() == 3
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LIKAVARD_DATA", "")
    assert rows("queue").count().to_pyarrow().as_py() == 445


PLACES = ["own", "own/queue.csv", "duckdb://own/a%20town.duckdb", "sqlite://own/a%20town.sqlite"]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("here", [".", "notebooks"])
def test_a_relative_place_is_found_from_here_and_from_the_repository(
    monkeypatch, tmp_path, place, here
):
    (tmp_path / "own").mkdir()
    (tmp_path / "notebooks").mkdir()
    few = pd.read_csv(SAMPLE / "queue.csv").head(3)
    few.to_csv(tmp_path / "own" / "queue.csv", index=False)
    with duckdb.connect(tmp_path / "own" / "a town.duckdb") as connection:
        connection.sql("CREATE TABLE queue AS FROM few")
    with sqlite3.connect(tmp_path / "own" / "a town.sqlite") as connection:
        few.to_sql("queue", connection, index=False)
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.chdir(tmp_path / here)
    monkeypatch.setenv("LIKAVARD_DATA", place)
    assert rows("queue").count().to_pyarrow().as_py() == 3


@pytest.mark.parametrize("address", ["postgres://db/own?user=a", "duckdb://", "duckdb:////own.db"])
def test_an_address_that_is_no_relative_file_is_left_as_it_is(monkeypatch, address):
    monkeypatch.setenv("LIKAVARD_DATA", address)
    assert environment.named("LIKAVARD_DATA") == address


def test_missing_dates_stay_missing(queue):
    waiting = queue.filter(queue.access_on.isnull(), queue.left_on.isnull(), ~queue.refused)
    assert waiting.count().to_pyarrow().as_py() == 95


def test_other_columns_are_left_out(queue):
    extra = queue.mutate(name=ibis.literal("Kim"))
    assert rows("queue", extra).columns == queue.columns


LATE_EVENING = pd.Timestamp("2022-06-30 22:30")
"""In UTC; in Sweden it is the first of July."""


@pytest.mark.parametrize("zone", ["UTC", "America/New_York"])
@pytest.mark.parametrize("how", ["typed", "text", "int96", "sqlite"])
def test_a_moment_is_the_same_swedish_date_wherever_it_is_from(
    queue, tmp_path, monkeypatch, zone, how
):
    monkeypatch.setenv("TZ", zone)
    frame = queue.limit(1).to_pandas().assign(access_on=None, left_on=None)
    if how == "text":
        source = frame.astype("string").assign(decided_on=["2022-06-30T22:30:00Z"])
    elif how == "typed":
        source = frame.assign(decided_on=[LATE_EVENING.tz_localize("UTC")])
    elif how == "int96":
        source = tmp_path / "queue.parquet"
        moment = pa.table(frame.assign(decided_on=[LATE_EVENING]))
        pq.write_table(moment, source, use_deprecated_int96_timestamps=True)
    else:
        source = f"sqlite://{tmp_path / 'cases.sqlite'}"
        with sqlite3.connect(tmp_path / "cases.sqlite") as connection:
            text = frame.astype("string").assign(decided_on=["2022-07-01 00:30:00+02:00"])
            text.to_sql("queue", connection, index=False)
    assert rows("queue", source).decided_on.to_pandas()[0].date() == date(2022, 7, 1)


def test_text_that_looks_alike_is_alike(queue):
    frame = queue.limit(2).to_pandas()
    odd = ["HVB\u00a0A\u030a\u200b\u2009", "\ufeff HVB  Å "]
    texts = rows("queue", frame.assign(left_reason=odd)).left_reason.to_pandas()
    assert texts.tolist() == ["HVB Å", "HVB Å"]


def test_those_of_a_third_or_unknown_sex_are_set_apart_and_stop_nothing(queue):
    frame = queue.order_by("case_id").limit(4).to_pandas()
    cases = read_cases("queue", frame.assign(sex=["K", "X", None, "M"]))
    assert cases.table.order_by("case_id").sex.to_pandas().tolist() == ["K", "M"]
    assert cases.apart["queue"].count().to_pyarrow().as_py() == 2


def test_their_applications_are_set_apart_by_their_placements():
    tables = {name: pd.read_csv(SAMPLE / f"{name}.csv") for name in ("placements", "extensions")}
    tables["placements"].loc[0, "sex"] = "X"
    cases = read_cases("extensions", tables)
    assert cases.linked["placements"].count().to_pyarrow().as_py() == 387
    assert cases.apart["placements"].count().to_pyarrow().as_py() == 1


def test_tables_of_one_database_can_be_joined(tmp_path):
    with duckdb.connect(tmp_path / "cases.duckdb") as connection:
        for table in ("placements", "extensions"):
            path = SAMPLE / f"{table}.csv"
            connection.sql(f"CREATE TABLE {table} AS FROM read_csv('{path}')")
    address = f"duckdb://{tmp_path / 'cases.duckdb'}"
    placements, extensions = (rows(t, address) for t in ("placements", "extensions"))
    joined = extensions.join(placements, "placement_id")
    assert joined.count().to_pyarrow().as_py() == extensions.count().to_pyarrow().as_py()


def test_what_was_read_is_remembered(monkeypatch, queue):
    monkeypatch.setattr(provenance, "read", {"published"})
    rows("queue", SAMPLE)
    assert provenance.origin() == "sample"
    rows("queue", queue.to_pandas())
    assert provenance.origin() == "own"


def test_actions_may_be_absent_or_none_and_dates_are_dates(tmp_path):
    none = read_actions(tmp_path)
    (tmp_path / "actions.csv").write_text(",".join(none.columns), encoding="utf-8")
    assert len(none) == len(read_actions(tmp_path)) == 0
    assert read_actions()["decided_on"].max() == pd.Timestamp(2026, 3, 17)


def test_published_figures_keep_whole_numbers_and_blanks():
    figures = read_published()
    assert len(figures) == 111
    assert figures["n"].dtype == "Int64"
    assert figures["part"].dtype == bool
    assert figures["place"].isna().any()
