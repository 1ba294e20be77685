"""What a delivery holds is said by table, sex and time."""

from datetime import date

import pandas as pd
import pytest

from helpers.data import DataProblem
from helpers.data.quality import EVERYONE, examine
from helpers.paths import SAMPLE


def _delivered(folder, *tables, **changes):
    for table in tables:
        rows = pd.read_csv(SAMPLE / f"{table}.csv", dtype="string")
        for column, values in changes.items():
            if column in rows:
                rows.loc[: len(values) - 1, column] = values
        rows.to_csv(folder / f"{table}.csv", index=False)
    return {quality.table: quality for quality in examine(folder)}


def test_rows_period_and_what_is_missing_by_sex(tmp_path):
    queue = _delivered(tmp_path, "queue")["queue"]
    rows = pd.read_csv(SAMPLE / "queue.csv")
    assert queue.rows == rows["sex"].value_counts().sort_index().to_dict()
    days = pd.concat([rows[name] for name in rows if name.endswith("_on")]).dropna()
    assert queue.period == (date.fromisoformat(days.min()), date.fromisoformat(days.max()))
    women = rows[rows["sex"] == "K"]
    assert queue.missing.loc["left_on", "K"] == pytest.approx(women["left_on"].isna().mean())
    assert "decided_on" not in queue.missing.index
    assert queue.is_usable


def test_a_planned_day_is_no_part_of_the_period(tmp_path):
    placements = _delivered(tmp_path, "placements", planned_end_on=["2040-01-01"])["placements"]
    assert placements.period[1] < date(2030, 1, 1)


def test_those_of_neither_sex_are_counted_apart(tmp_path):
    queue = _delivered(tmp_path, "queue", sex=[None, "X"])["queue"]
    assert queue.rows["X"] == 2


def test_references_are_held_when_both_tables_are_there(tmp_path):
    _delivered(tmp_path, "extensions", placement_id=["L9999"])
    found = _delivered(tmp_path, "placements")
    assert not found["extensions"].is_usable
    assert list(found["extensions"].rows) == [EVERYONE]
    (tmp_path / "placements.csv").unlink()
    (alone,) = examine(tmp_path)
    assert alone.is_usable


def test_a_table_without_a_column_has_findings_and_nothing_else(tmp_path):
    pd.DataFrame({"case_id": ["1"]}).to_csv(tmp_path / "queue.csv")
    (queue,) = examine(tmp_path)
    assert not queue.rows
    assert not queue.is_usable
    assert any(finding.column == "sex" for finding in queue.findings)


def test_there_must_be_something_to_examine(tmp_path):
    with pytest.raises(DataProblem, match="ingen tabell hittades"):
        examine(tmp_path)
