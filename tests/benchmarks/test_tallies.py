"""The tallies and the SQL by hand that they are timed beside count the same."""

import re

import pandas as pd
import pytest

from benchmarks.files import parquet
from benchmarks.tallies import TABLES, by_hand, cases, ours
from benchmarks.tallies.contest import table
from helpers.data import read_cases
from helpers.disclosure import counted

ROWS = 1000


@pytest.fixture(scope="module", autouse=True)
def _written():
    cases.write(ROWS)


def _cells(question, monkeypatch):
    """What a tally has the engine count, before it is summed to tables."""
    kept = []

    def counted_too(*asked, **options):
        kept.append(counted(*asked, **options))
        return kept[-1]

    monkeypatch.setattr(f"helpers.questions.{question}.counted", counted_too)
    ours.tally(question, ours.cases(question, ROWS))
    [cells] = kept
    return cells


@pytest.mark.parametrize("question", TABLES)
def test_the_tally_by_hand_gives_the_same_counts_and_keys(question, monkeypatch):
    cells = _cells(question, monkeypatch)
    assert len(cells) > 50 and cells["key"].min() > 0
    pd.testing.assert_frame_equal(cells, by_hand.tally(question, ROWS), check_dtype=False)


@pytest.mark.parametrize(
    "name", ["placements", "extensions", "survey", "goals", "screening", "stays"]
)
def test_the_cases_hold_to_their_contracts(name):
    files = {table: parquet(ROWS, table) for table in (name, "placements")}
    assert len(read_cases(name, files).to_pandas()) > 0


def test_some_persons_have_several_decisions():
    decisions = read_cases("queue", parquet(ROWS, "decisions")).to_pandas()
    assert decisions["person_id"].nunique() < ROWS


def test_the_table_times_ours_and_the_sql():
    shown = table(ROWS, questions=["goals", "queue_times"])
    assert all(re.search(rf"\| 1,000 \| {name} \| \d", shown) for name in ("goals", "queue_times"))


def test_who_takes_too_long_is_said_to():
    assert table(ROWS, limit=0.001, questions=["goals"]).count("over 0") == 1
