"""Contracts are whole, and the committed files keep them."""

import pandas as pd
import pytest

from helpers.data import describe, read_cases
from helpers.data.contracts import CASE_TABLES, DELIVERED, TABLES
from helpers.paths import PUBLISHED, SAMPLE

FOLDER = {**dict.fromkeys(DELIVERED, SAMPLE), "figures": PUBLISHED}


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
    needed = [
        name for name, column in TABLES[table].columns.items() if column.required or name in header
    ]
    assert list(header) == needed


def test_a_described_column():
    sex, access = describe("queue").set_index("column").loc[["sex", "access_on"]].to_dict("records")
    assert (sex["label"], sex["allowed"]) == ("Kön", "K (kvinna), M (man), X (annat eller okänt)")
    assert (access["type"], access["may_be_missing"]) == ("datum", True)


@pytest.mark.parametrize("table", CASE_TABLES)
def test_pandera_accepts_the_sample(table):
    contract, rows = TABLES[table], read_cases(table, SAMPLE).table
    contract.remove_columns([c for c in contract.columns if c not in rows.columns]).validate(
        rows, lazy=True
    )
