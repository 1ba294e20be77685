"""Contracts are whole, and pandera itself judges by them as the reading does."""

import ibis
import pandas as pd
import pytest
from pandera.errors import SchemaErrors

from helpers.data import DataProblem, describe, read_cases
from helpers.data.contracts import CASE_TABLES, TABLES
from helpers.paths import PUBLISHED, SAMPLE

FOLDER = {**dict.fromkeys(CASE_TABLES, SAMPLE), "figures": PUBLISHED}


@pytest.mark.parametrize("table", TABLES)
def test_every_table_and_column_is_described(table):
    contract, columns = TABLES[table], describe(table)
    assert contract.title
    assert contract.description
    assert (columns[["column", "label", "description", "type"]] != "").all(axis=None)
    assert columns["label"].is_unique


@pytest.mark.parametrize("table", TABLES)
def test_the_committed_file_has_the_columns_of_the_contract(table):
    header = pd.read_csv(FOLDER[table] / f"{table}.csv", nrows=0).columns
    assert list(header) == describe(table)["column"].tolist()


def test_a_described_column():
    sex, access = describe("queue").set_index("column").loc[["sex", "access_on"]].to_dict("records")
    assert (sex["label"], sex["allowed"]) == ("Kön", "K (kvinna), M (man)")
    assert (access["type"], access["may_be_missing"]) == ("datum", True)


@pytest.mark.parametrize("table", CASE_TABLES)
def test_pandera_accepts_the_sample(table):
    TABLES[table].validate(read_cases(table, SAMPLE), lazy=True)


@pytest.mark.parametrize(
    "cells",
    [{"sex": "F"}, {"access_on": "2001-01-01"}, {"case_id": "B0001"}, {"left_on": "2026-01-01"}],
)
def test_pandera_refuses_what_the_reading_refuses(cells):
    good = read_cases("queue", SAMPLE)
    housed = good.filter(good.access_on.notnull())
    types = {name: housed[name].type() for name in cells}
    bad = housed.mutate(**{n: ibis.literal(v).cast(types[n]) for n, v in cells.items()})
    with pytest.raises(SchemaErrors):
        TABLES["queue"].validate(bad, lazy=True)
    with pytest.raises(DataProblem):
        read_cases("queue", bad)
