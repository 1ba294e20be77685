"""The posterior reader: sure of what it should be, unsure of the rest, and the same every time."""

from copy import deepcopy
from datetime import date

import numpy as np
import pandas as pd
import pytest
from made import people, secret, tally

from helpers.disclosure import Rules, protect
from helpers.disclosure.attacker import cells_of, chances, changes_of, measure, named, posterior

SWEEPS = 30


def _record(cells, day=date(2025, 12, 31), exact=False):
    made = tally(cells, of=secret(1), as_of=day, end=["a", "b"])
    record = protect(made).to_record()
    if exact:
        for name, table in record["tables"].items():
            true = made.tables[name]["n"].tolist()
            table["rows"] = [[*row[:-1], n] for row, n in zip(table["rows"], true, strict=True)]
    return record | {"exact": exact}


def _few(n, start=0):
    kinds = {("K", "a"): n, ("K", "b"): 8, ("M", "a"): 6, ("M", "b"): 9}
    return people(*[({"sex": s, "end": e}, k) for (s, e), k in kinds.items()], start=start)


def test_exact_numbers_are_known():
    draws = posterior([_record(_few(2), exact=True)], sweeps=100)
    true = [cell.n for cell in cells_of([_record(_few(2), exact=True)])]
    assert np.median(draws, axis=0).tolist() == true
    assert (draws == true).mean() > 0.75


def test_noisy_numbers_leave_the_truth_within_reach_and_in_doubt():
    record = _record(_few(2))
    draws = posterior([record], sweeps=SWEEPS)
    off = draws - np.array([cell.n for cell in cells_of([record])])
    assert np.mean(np.abs(off) <= Rules().max_noise) > 0.99
    assert chances(draws).max() < 0.9


def test_a_lone_count_is_believed_as_bayes_says():
    """One cell, flat prior over how many there are: the posterior is the table's own column."""
    record = {
        "question": "made", "as_of": "2025-12-31", "rules": {"max_noise": 7, "variance": 4},
        "tables": {"people": {"columns": ["grouping", "group", "sex", "n"],
                              "rows": [["all", "all", "total", 4]]}},
    }  # fmt: skip
    draws = posterior([record], sweeps=400)[:, 0]
    noise = Rules().noise
    chance = np.array([noise[min(x, 7), 4 - x + 7] if abs(4 - x) <= 7 else 0 for x in range(12)])
    seen = np.bincount(draws, minlength=12)[:12] / len(draws)
    assert seen == pytest.approx(chance / chance.sum(), abs=0.05)


def test_the_same_seed_gives_the_same_risk_and_no_record_is_changed():
    records = [_record(_few(2), date(2024, 12, 31)), _record(_few(3))]
    before = deepcopy(records)
    assert measure(records, seed=3) == measure(records, seed=3)
    assert records == before


def test_equal_numbers_of_the_same_people_are_no_second_look():
    """A second release in which nothing happened adds little to the first."""
    once = _record(_few(3))
    twice = [_record(_few(3), date(2024, 12, 31)), once]
    one, two = (posterior(records, sweeps=SWEEPS) for records in ([once], twice))
    spread = [draws[:, :3].std(axis=0).mean() for draws in (one, two)]
    assert spread[1] > 0.7 * spread[0]


def test_changes_are_of_the_same_cell_a_release_later():
    later = pd.concat([_few(2), people(({"sex": "K", "end": "a"}, 3), start=500)])
    cells = cells_of([_record(_few(2), date(2024, 12, 31)), _record(later)])
    pairs = list(zip(*changes_of(cells), strict=True))
    assert len(pairs) == len(cells) / 2
    assert all(cells[one].who == cells[two].who for one, two in pairs)
    assert {(cells[one].release, cells[two].release) for one, two in pairs} == {(0, 1)}


def test_named_is_what_is_said_with_nine_tenths_of_what_is_expected():
    chance = np.array([[0.95, 0.3, 0.0], [0.05, 0.3, 0.4]])
    assert named(chance) == pytest.approx(0.95 / 2.0)
    assert named(np.zeros((8, 0))) == 0
