"""Waits are counted right wherever the rows lie, and the gaps say what other programs say."""

from datetime import date, timedelta
from math import isfinite

import duckdb
import ibis
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter
from lifelines.utils import restricted_mean_survival_time
from queue_cases import DATES, queue, safe

from helpers.disclosure import TOTAL, Hidden, Rules, SafeCounts, protect_durations
from helpers.questions import queue_times
from helpers.questions.gap import Verdict
from helpers.questions.queue_times import gap, tally

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
    assert queue_times.latest_date(queue(CASES)) == last
    counts = tally(queue(CASES))
    assert counts["n"].sum() == len(CASES)
    pd.testing.assert_frame_equal(counts, tally(queue(CASES), as_of=last))


@pytest.mark.parametrize("column", ["access_on", "left_on"])
def test_an_end_entered_ahead_of_its_day_moves_no_other_wait(column):
    """The one it is about still waits, and all others have waited as long as before."""
    ahead = CASES.assign(**{column: CASES[column].mask(CASES["case_id"] == "C", "2099-12-31")})
    assert queue_times.latest_date(queue(ahead)) == queue_times.latest_date(queue(CASES))
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


def table(women, men):
    """Counts of women and men, each a list of (time, event, n)."""
    return pd.DataFrame(
        [
            (sex, float(t), event, n)
            for sex, own in (("K", women), ("M", men))
            for t, event, n in own
        ],
        columns=["sex", "time", "event", "n"],
    )


def as_they_are(counts):
    return SafeCounts(counts, notes=(), hidden=(), rules=Rules())


def by_name(gaps, group="alla"):
    return {(g.measure.name.split()[0], g.contrast): g for g in gaps if g.group == group}


STEADY = [(30 + 60 * i, ACCESS, 12) for i in range(8)] + [(500, WAITING, 40)]


def expanded(counts, sex):
    own = counts[counts["sex"] == sex]
    return own.loc[own.index.repeat(own["n"])]


def test_levels_are_those_of_lifelines_on_rows(sample_cases):
    counts = tally(queue(sample_cases))
    found = by_name(gap(as_they_are(counts)))
    for sex, level in (("K", "women"), ("M", "men")):
        people = expanded(counts, sex)
        fitted = KaplanMeierFitter().fit(people["time"], people["event"] == ACCESS)
        mean = getattr(found["medelväntetid", "difference"], level)
        assert mean == pytest.approx(restricted_mean_survival_time(fitted, 365), abs=1e-8)
        assert getattr(found["medianväntetid", "difference"], level) == fitted.median_survival_time_
        completed = people.loc[people["event"] == ACCESS, "time"]
        assert getattr(found["medel", "ratio"], level) == pytest.approx(completed.mean())


def test_share_housed_without_leavers_is_one_minus_the_share_waiting(sample_cases):
    stayed = sample_cases.assign(left_on=pd.NaT)
    counts = tally(queue(stayed))
    housed = by_name(gap(as_they_are(counts)))["andel", "difference"]
    for sex, level in (("K", housed.women), ("M", housed.men)):
        people = expanded(counts, sex)
        fitted = KaplanMeierFitter().fit(people["time"], people["event"] == ACCESS)
        assert level == pytest.approx(1 - fitted.predict(365 / 2))


def test_the_estimate_is_women_minus_men_and_women_over_men(sample_gaps):
    for g in sample_gaps:
        contrast = g.women - g.men if g.contrast == "difference" else g.women / g.men
        assert g.estimate == pytest.approx(contrast)
        assert g.low < g.estimate < g.high


def test_women_and_men_are_not_swapped():
    slow = [(t + 120, event, n) for t, event, n in STEADY]
    found = by_name(gap(as_they_are(table(slow, STEADY))))
    assert found["medelväntetid", "difference"].estimate > 0
    assert found["medelväntetid", "ratio"].estimate > 1
    assert found["andel", "difference"].estimate < 0
    mirrored = by_name(gap(as_they_are(table(STEADY, slow))))
    for key, sign in ((("medelväntetid", "difference"), -1), (("andel", "difference"), -1)):
        assert mirrored[key].estimate == pytest.approx(sign * found[key].estimate)
        assert mirrored[key].low == pytest.approx(sign * found[key].high)
        assert mirrored[key].verdict is found[key].verdict


@pytest.mark.parametrize(("shift", "verdict"), [(0, "NOT_ESTABLISHED"), (150, "ESTABLISHED")])
def test_the_verdict_follows_the_interval(shift, verdict):
    slow = [(t + shift, event, n) for t, event, n in STEADY]
    for g in gap(as_they_are(table(slow, STEADY))):
        null = 1 if g.contrast == "ratio" else 0
        assert g.verdict is (
            Verdict.NOT_ESTABLISHED if g.low <= null <= g.high else Verdict.ESTABLISHED
        )
        assert g.measure.unit == "share" or g.verdict is Verdict[verdict]


@pytest.mark.parametrize(("waiting", "is_enough"), [(4, False), (5, True)])
def test_a_mean_within_12_months_needs_five_waiting_at_12_months(waiting, is_enough):
    women = [(100, ACCESS, 10), (200, ACCESS, 10), (400, WAITING, waiting)]
    found = by_name(gap(as_they_are(table(women, STEADY))))
    for contrast in ("difference", "ratio"):
        g = found["medelväntetid", contrast]
        assert (g.verdict is not Verdict.TOO_FEW) == is_enough
        assert isinstance(g.women, Hidden) != is_enough
        assert isinstance(g.n_women, Hidden) != is_enough
        assert isinstance(g.men, Hidden) != is_enough


def test_all_housed_before_12_months_have_a_mean_wait_and_a_share_housed():
    """Nobody is left to follow, so the whole year is known: the mean is that of the waits."""
    women = [(50, ACCESS, 10), (100, ACCESS, 20), (150, ACCESS, 10)]
    found = by_name(gap(as_they_are(table(women, [(t + 20, *rest) for t, *rest in women]))))
    mean = found["medelväntetid", "difference"]
    assert (mean.women, mean.men) == (pytest.approx(100), pytest.approx(120))
    assert mean.estimate == pytest.approx(-20)
    assert (mean.n_women, mean.n_men) == (40, 40)
    assert found["medelväntetid", "ratio"].verdict is not Verdict.TOO_FEW


@pytest.mark.parametrize("event", [WAITING, LEFT])
def test_who_was_last_seen_before_12_months_without_a_flat_leaves_the_mean_unknown(event):
    for last in (150, 170):
        women = [(50, ACCESS, 10), (100, ACCESS, 20), (150, ACCESS, 10), (last, event, 6)]
        mean = by_name(gap(as_they_are(table(women, STEADY))))["medelväntetid", "difference"]
        assert mean.verdict is Verdict.TOO_FEW
        assert isinstance(mean.women, Hidden)


NO_DIFFERENCE_KNOWN = {
    "nobody housed within 6 months": ([(220, 1, 10), (300, 1, 10), (500, 0, 20)], "andel"),
    "nobody housed within 12 months": ([(400, 1, 10), (450, 1, 9), (500, 0, 20)], "medelväntetid"),
    "one block of completed waits": ([(175, 1, 6), (500, 0, 20)], "medel"),
    "everyone still waits": ([(500, 0, 20)], "andel"),
    "nobody": ([], "medelväntetid"),
}


@pytest.mark.parametrize(
    ("women", "measure"), NO_DIFFERENCE_KNOWN.values(), ids=NO_DIFFERENCE_KNOWN
)
def test_where_all_are_alike_nothing_is_established(women, measure):
    found = gap(as_they_are(table(women, STEADY)))
    for g in found:
        if g.measure.name.split()[0] == measure:
            assert g.verdict is Verdict.TOO_FEW
    levels = [v for g in found for v in (g.estimate, g.low, g.high) if not isinstance(v, Hidden)]
    assert not any(np.isnan(levels))


def test_a_limit_the_data_do_not_set_is_infinite_and_establishes_nothing():
    women = [(50, 1, 10), (100, 1, 7), (120, 0, 10), (300, 1, 8), (500, 0, 17)]
    median = by_name(gap(as_they_are(table(women, STEADY))))["medianväntetid", "difference"]
    assert (isfinite(median.low), median.high) == (True, np.inf)
    assert median.verdict is Verdict.NOT_ESTABLISHED


HARD = {
    "one sex": lambda cases: cases[cases["sex"] == "K"],
    "everyone waits": lambda cases: cases.assign(access_on=pd.NaT, left_on=pd.NaT),
    "few with children": lambda cases: pd.concat(
        [cases[~cases["has_children"]], cases[cases["has_children"]].head(6)]
    ),
    "few women": lambda cases: pd.concat(
        [cases[cases["sex"] == "M"], cases[cases["sex"] == "K"].head(6)]
    ),
    "few": lambda cases: cases.head(8),
    "none": lambda cases: cases.head(0),
    "all": lambda cases: cases,
}


@pytest.mark.parametrize("change", HARD.values(), ids=HARD)
@pytest.mark.parametrize("by", [["sex"], ["sex", "has_children"], ["has_children", "sex"]])
def test_there_is_always_one_headline_first_about_everyone(sample_cases, change, by):
    gaps = gap(safe(change(sample_cases), by=by, as_of=date(2025, 12, 31)))
    assert [g.headline for g in gaps] == [True] + [False] * (len(gaps) - 1)
    assert gaps[0].group == "alla"
    assert {g.group for g in gaps} == (set(queue_times.GROUPS) if len(by) > 1 else {"alla"})


def test_a_division_that_protection_takes_away_is_too_few_and_everyone_stays(sample_cases):
    counts = safe(HARD["few with children"](sample_cases))
    assert set(counts.counts["has_children"]) == {TOTAL}
    gaps = gap(counts)
    for part in ("utan barn", "med barn"):
        assert {g.verdict for g in gaps if g.group == part} == {Verdict.TOO_FEW}
    assert Verdict.TOO_FEW not in {g.verdict for g in gaps if g.group == "alla"}


def test_protection_hardly_moves_the_results(sample_cases, sample_gaps):
    counts = tally(queue(sample_cases), by=["sex", "has_children"], first_only=True)
    bare = gap(as_they_are(counts))
    within = {
        "alla": (3, 0.005),
        "utan barn": (3, 0.005),
        "med barn": (5, 0.01),
    }  # those with are few
    for group, (days, points) in within.items():
        before, after = by_name(bare, group), by_name(sample_gaps, group)
        for level in ("women", "men"):
            mean, share, completed = (
                (getattr(before[key], level), getattr(after[key], level))
                for key in [
                    ("medelväntetid", "difference"),
                    ("andel", "difference"),
                    ("medel", "ratio"),
                ]
            )
            assert mean[1] == pytest.approx(mean[0], abs=days)
            assert share[1] == pytest.approx(share[0], abs=points)
            assert completed[1] == pytest.approx(completed[0], rel=1e-9)


def test_the_38_per_cent_are_there_and_named_as_what_they_are(sample_gaps):
    every, completed = queue_times.ratios(sample_gaps, "utan barn")
    assert round(completed.estimate, 2) == 1.38
    assert "räknar inte dem som väntar" in completed.measure.name
    assert 1 < every.estimate < 1.2


def test_a_manager_needs_every_gap_but_the_ratio_that_repeats_the_headline(sample_gaps):
    left_out = [g for g in sample_gaps if g not in queue_times.foremost(sample_gaps)]
    assert [g.group for g in left_out] == list(queue_times.GROUPS)
    assert {(g.measure.name, g.contrast) for g in left_out} == {
        (sample_gaps[0].measure.name, "ratio")
    }
    assert queue_times.foremost(sample_gaps)[0].headline


def test_each_group_rests_on_its_own_persons_and_the_two_parts_make_everyone(sample_gaps):
    means = [g for g in sample_gaps if g.measure == sample_gaps[0].measure]
    n = {g.group: (g.n_women, g.n_men) for g in means}
    parts = zip(n["utan barn"], n["med barn"], strict=True)
    assert n["alla"] == tuple(map(sum, parts))


def test_like_is_compared_with_like_in_the_tests_of_whole_curves(sample_cases):
    """With children decided by coin and a wait that depends on them only, nothing differs."""
    cells = [("K", False, 40), ("K", True, 10), ("M", False, 10), ("M", True, 40)]
    counts = pd.DataFrame(
        [
            (sex, child, float(t + 200 * child), ACCESS, n)
            for sex, child, n in cells
            for t in (50, 100, 150, 200)
        ],
        columns=["sex", "has_children", "time", "event", "n"],
    )
    stratified = queue_times.tests(protect_durations(counts)).set_index("test")["p_value"]
    together = counts.drop(columns="has_children")
    crude = queue_times.tests(protect_durations(together)).set_index("test")["p_value"]
    assert (stratified > 0.9).all()
    assert (crude < 0.001).all()
