"""Keys: the same people give the same noise however they are read, and other people other noise."""

import ibis
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.data import read_cases, sample
from helpers.disclosure import KeyProblem, Secret, counted
from helpers.disclosure.engines import person_key, set_key
from helpers.disclosure.noise import perturbed, table

SECRET = Secret(b"thirty-two bytes of a made secret")
NOISE = table(7, 4)


def _counted(queue):
    cases = read_cases("queue", queue)
    return counted(cases.table, ["sex", "has_children"], "person_id", SECRET)


@pytest.fixture(scope="module")
def queue():
    return sample.town(12, 20, 3)["queue"]


def test_the_same_cells_from_a_frame_a_csv_file_and_a_parquet_file(queue, tmp_path):
    queue.to_csv(tmp_path / "queue.csv", index=False)
    queue.to_parquet(tmp_path / "queue.parquet", index=False)
    expected = _counted(queue)
    for name in ("queue.csv", "queue.parquet"):
        pd.testing.assert_frame_equal(_counted(tmp_path / name), expected)


def _by_case(queue):
    return counted(read_cases("queue", queue).table, ["case_id"], "person_id", SECRET)


def test_the_engine_hashes_as_python_does(queue):
    first = queue.head(4).assign(person_id=["p1 ", " p1", "å-9", "7"], case_id=list("abcd"))
    hashed = SECRET.hashed("person", ["p1", "p1", "å-9", "7"])
    assert _by_case(first)["key"].tolist() == hashed.tolist()


def test_a_column_of_person_keys_is_taken_as_it_stands(queue):
    keyed = queue.head(2).assign(person_key=[3, 2**32 - 1], case_id=["a", "b"])
    assert _by_case(keyed)["key"].tolist() == [3, 2**32 - 1]


def test_the_key_stands_in_no_query():
    table = ibis.memtable({"p": ["a"]})
    query = str(ibis.to_sql(table.select(k=person_key(table.p)), dialect="duckdb"))
    assert "sha256" in query.lower()
    assert SECRET.derived("person") not in query


def test_an_engine_that_cannot_hash_is_told_of():
    with pytest.raises(KeyProblem, match="Lägg till kolumnen person_key"):
        set_key(type("Engine", (), {"name": "sqlite"})(), SECRET)


@settings(max_examples=5, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 5))
def test_order_and_pieces_of_the_rows_change_nothing(random, pieces):
    frame = sample.town(6, 9, 1)["queue"]
    order = list(range(len(frame)))
    random.shuffle(order)
    shuffled = frame.iloc[order]
    parts = [shuffled.iloc[start::pieces] for start in range(pieces)]
    pd.testing.assert_frame_equal(_counted(pd.concat(parts)), _counted(frame))


def _noise_of(sums, counts):
    series = pd.Series(np.asarray(sums, dtype=np.int64))
    return perturbed(np.asarray(counts), SECRET.hashed("cell", series), NOISE) - counts


@pytest.fixture(scope="module")
def parts():
    """Noise of 4,000 pairs of disjoint groups of 20, and of both together."""
    keys = SECRET.hashed("person", [str(n) for n in range(160_000)]).reshape(4_000, 2, 20)
    sums, twenty = keys.sum(axis=2), np.full(4_000, 20)
    one, other = (_noise_of(sums[:, n], twenty) for n in (0, 1))
    return one, other, _noise_of(sums.sum(axis=1), twenty * 2)


def test_noise_of_others_is_of_its_own(parts):
    one, other, total = parts
    assert np.corrcoef([one, other, total])[np.triu_indices(3, 1)] == pytest.approx(0, abs=0.06)
    assert np.var([one, other, total], axis=1) == pytest.approx(4, rel=0.1)


def test_parts_tell_nothing_of_their_totals_noise(parts):
    """A sum that were not hashed would leave 2.4 of the 4."""
    one, other, total = parts
    groups = pd.DataFrame({"one": one, "other": other, "total": total}).groupby(["one", "other"])
    within = groups["total"].var() * (groups.size() - 1)
    left = within.sum() / (groups.size() - 1).sum()
    assert left == pytest.approx(4, rel=0.1)


def test_the_same_people_have_the_same_noise():
    keys = SECRET.hashed("person", ["a", "b", "c"])
    assert len({*_noise_of([keys.sum(), keys[::-1].sum()], [3, 3])}) == 1
