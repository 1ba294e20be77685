"""Waits are counted right wherever the rows lie."""

from datetime import date, timedelta

import duckdb
import ibis
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from queue_cases import DATES, queue

from helpers.questions.queue_tallies import latest_date, tally

COLUMNS = ["case_id", "person_id", "sex", "has_children", *DATES]
AS_OF = date(2024, 3, 1)
WAITING, ACCESS, LEFT = 0, 1, 2

CASES = pd.DataFrame(
    [
        ("A", "p1", "K", False, "2024-01-01", "2024-01-08", None),  # 7 days: the second week
        ("B", "p2", "K", False, "2024-01-01", "2024-01-07", None),  # 6 days: the first
        ("C", "p3", "K", True, "2024-01-10", None, None),  # still waiting: 51 days
        ("D", "p4", "M", False, "2024-01-31", None, "2024-03-01"),  # left after 30
        ("E", "p1", "K", False, "2024-02-01", "2024-02-01", None),  # at once, second decision
        ("F", "p5", "M", True, "2024-02-28", "2024-03-31", None),  # access not yet known: 2 days
        ("G", "p6", "M", False, "2024-03-02", None, None),  # decided later
        ("H", "p7", "M", False, "2024-02-02", None, "2024-06-01"),  # leaving not yet known: 28
    ],
    columns=COLUMNS,
)
COUNTED = [
    ("K", 3.5, ACCESS, 2),
    ("K", 10.5, ACCESS, 1),
    ("K", 52.5, WAITING, 1),
    ("M", 3.5, WAITING, 1),
    ("M", 31.5, WAITING, 1),
    ("M", 31.5, LEFT, 1),
]


def rows(counts):
    return list(counts.itertuples(index=False, name=None))


def test_a_small_table_counted_by_hand():
    counts = tally(queue(CASES), as_of=AS_OF)
    assert list(counts) == ["sex", "time", "event", "n"]
    assert rows(counts) == COUNTED


def test_counts_by_two_columns_add_up_to_those_by_one():
    by_child = tally(queue(CASES), by=["sex", "has_children"], as_of=AS_OF)
    summed = by_child.groupby(["sex", "time", "event"], as_index=False)["n"].sum()
    assert rows(summed) == COUNTED
    assert ("K", True, 52.5, WAITING, 1) in rows(by_child)


def test_only_each_persons_first_decision_is_counted_if_asked():
    counts = tally(queue(CASES), as_of=AS_OF, first_only=True)
    assert rows(counts) == [("K", 3.5, ACCESS, 1), *COUNTED[1:]]


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_decisions_on_a_day_the_first_case_counts(order):
    two = CASES.iloc[[0, 1] * 20].assign(person_id=[f"p{i // 2}" for i in range(40)])
    two["case_id"] = [f"c{i:02}" for i in range(40)]
    counts = tally(queue(two[::order]), as_of=AS_OF, first_only=True)
    assert rows(counts) == [("K", 10.5, ACCESS, 20)]


def test_without_an_as_of_date_the_last_decision_is_used():
    last = date(2024, 3, 2)
    assert latest_date(queue(CASES)) == last
    counts = tally(queue(CASES))
    assert counts["n"].sum() == len(CASES)
    pd.testing.assert_frame_equal(counts, tally(queue(CASES), as_of=last))


@pytest.mark.parametrize("column", ["access_on", "left_on"])
def test_an_end_entered_ahead_of_its_day_moves_no_other_wait(column):
    """The one it is about still waits, and all others have waited as long as before."""
    ahead = CASES.assign(**{column: CASES[column].mask(CASES["case_id"] == "C", "2099-12-31")})
    assert latest_date(queue(ahead)) == latest_date(queue(CASES))
    pd.testing.assert_frame_equal(tally(queue(ahead)), tally(queue(CASES)))


def test_nothing_is_counted_before_the_first_decision_or_of_an_empty_table():
    assert tally(queue(CASES), as_of=date(2023, 1, 1)).empty
    assert tally(queue(CASES.head(0)), as_of=AS_OF).empty


def test_a_table_without_decisions_asks_for_the_as_of_date():
    with pytest.raises(ValueError, match="Ange vilken dag uppgifterna gäller"):
        tally(queue(CASES.head(0)))


@pytest.fixture(params=["csv", "parquet", "database"])
def elsewhere(request, tmp_path):
    """The hand-made cases in a file or a database."""
    path, engine = tmp_path / f"queue.{request.param}", ibis.duckdb.connect()
    frame = CASES.astype(dict.fromkeys(DATES, "datetime64[s]"))
    if request.param == "csv":
        frame.to_csv(path, index=False)
        return engine.read_csv(path)
    if request.param == "parquet":
        queue(CASES).to_parquet(path)
        return engine.read_parquet(path)
    with duckdb.connect(path) as database:
        dates = ", ".join(f"{column}::date AS {column}" for column in DATES)
        others = ", ".join(c for c in COLUMNS if c not in DATES)
        database.execute(f"CREATE TABLE queue AS SELECT {others}, {dates} FROM frame")
    return ibis.duckdb.connect(path).table("queue")


@pytest.mark.parametrize("first_only", [False, True])
def test_the_same_expression_gives_the_same_counts_anywhere(elsewhere, first_only):
    options = {"by": ["sex", "has_children"], "as_of": AS_OF, "first_only": first_only}
    pd.testing.assert_frame_equal(tally(elsewhere, **options), tally(queue(CASES), **options))


def test_only_counts_leave_the_engine(monkeypatch):
    left = []
    to_pandas = ibis.Table.to_pandas

    def watched(table, **options):
        left.append((ibis.to_sql(table), to_pandas(table, **options)))
        return left[-1][1]

    monkeypatch.setattr(ibis.Table, "to_pandas", watched)
    many = pd.concat([CASES] * 50, ignore_index=True)
    tally(queue(many), as_of=AS_OF)
    [(sql, counts)] = left
    assert "COUNT(*)" in sql
    assert "GROUP BY" in sql
    assert list(counts) == ["sex", "week", "event", "n"]
    assert len(counts) == len(COUNTED)
    assert counts["n"].sum() == 7 * 50


days = st.dates(date(2023, 1, 1), date(2024, 12, 31))
ends = st.one_of(
    st.none(), st.tuples(st.sampled_from(["access_on", "left_on"]), st.integers(0, 900))
)
people = st.tuples(st.integers(1, 8), st.sampled_from("KM"), st.booleans(), days, ends)


def frame(drawn):
    rows = []
    for number, (person, sex, child, decided, end) in enumerate(drawn):
        ends = {end[0]: decided + timedelta(days=end[1])} if end else {}
        known = (f"c{number:03}", f"p{person}", sex, child, decided)
        rows.append((*known, ends.get("access_on"), ends.get("left_on")))
    return pd.DataFrame(rows, columns=COLUMNS)


@settings(max_examples=10, deadline=None)
@given(st.lists(people, min_size=1, max_size=30), days, st.randoms(use_true_random=False))
def test_every_decided_case_is_counted_once_in_any_order(drawn, as_of, random):
    cases = frame(drawn)
    counts = tally(queue(cases), as_of=as_of)
    assert counts["n"].sum() == (pd.to_datetime(cases["decided_on"]) <= pd.Timestamp(as_of)).sum()
    assert (counts["n"] > 0).all()
    assert (counts["time"] >= 3.5).all()
    shuffled = cases.iloc[random.sample(range(len(cases)), len(cases))]
    for first_only in (False, True):
        options = {"as_of": as_of, "first_only": first_only}
        pd.testing.assert_frame_equal(
            tally(queue(cases), **options), tally(queue(shuffled), **options)
        )
