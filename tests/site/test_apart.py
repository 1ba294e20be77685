"""Those in no comparison are told with noise, and only where there are any."""

import re

import pandas as pd
import pytest
import yaml

from helpers.data.intake import importing
from helpers.disclosure.keys import load
from helpers.paths import SAMPLE
from helpers.site import apart


@pytest.fixture
def delivered(tmp_path, monkeypatch):
    def deliver(n):
        queue = pd.read_csv(SAMPLE / "queue.csv", dtype="string")
        queue.loc[: n - 1, "sex"] = "X"
        queue.to_csv(tmp_path / "queue.csv", index=False)
        monkeypatch.setenv("LIKAVARD_DATA", str(tmp_path))
        return queue["person_id"].head(n).nunique()

    return deliver


def test_nothing_is_said_where_nobody_is_apart():
    assert apart.said() == ""


def test_those_of_neither_sex_are_told_with_noise_and_always_the_same(delivered):
    people = delivered(60)
    told = apart.said()
    (n,) = re.findall(r"Kö till lägenhet:\*\* (\d+) personer har annat eller okänt kön", told)
    assert abs(int(n) - people) <= 7
    assert told == apart.said()


def test_one_person_apart_is_not_told_as_a_number(delivered):
    delivered(1)
    assert "<\xa05 personer" in apart.said()


def test_rows_left_out_at_import_are_told(tmp_path, monkeypatch):
    lines = [f"{n};P{n};ja;{'igår' if n < 40 else '2024-03-01'}" for n in range(80)]
    (tmp_path / "a.csv").write_text("\n".join(["Id;Vem;Barn;Beslut", *lines]), encoding="utf-8")
    columns = {"Id": "case_id", "Vem": "person_id", "Barn": "has_children", "Beslut": "decided_on"}
    fixed = dict.fromkeys(["access_on", "left_on", "left_reason"], "") | {"sex": "K"}
    plan = {"tables": {"queue": {"columns": columns, "fixed": fixed}}}
    (tmp_path / "m.yml").write_text(yaml.safe_dump(plan))
    request = importing.Request([tmp_path / "a.csv"], tmp_path / "m.yml", tmp_path / "ut", True)
    importing.run(request, load(is_sample=True).pseudonyms())
    monkeypatch.setenv("LIKAVARD_DATA", str(tmp_path / "ut"))
    (n,) = re.findall(r"(\d+) rader lämnades ute vid läsningen", apart.said())
    assert abs(int(n) - 40) <= 7
