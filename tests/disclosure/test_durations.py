"""Durations can be published without giving a person away, and mean what they meant."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.disclosure import TOTAL, Rules, SafeCounts, cut_curve, protect_durations

GROUPS = ["sex", "has_children"]
WAITING, ACCESS, LEFT = 0, 1, 2


def table(*rows, columns=("sex", "time", "event", "n")):
    return pd.DataFrame(rows, columns=list(columns))


def by_child():
    """Two persons a week, for six weeks, of each sex, with and without children, and event."""
    rows = [
        (sex, child, 7 * week + 3.5, event, 2)
        for sex in "KM"
        for child in (False, True)
        for event in (WAITING, ACCESS, LEFT)
        for week in range(6)
    ]
    return table(*rows, columns=(*GROUPS, "time", "event", "n"))


def thin(counts, event, n):
    """Leave `n` women with an event in each group, all in the first week."""
    chosen = (counts["sex"] == "K") & (counts["event"] == event)
    first = chosen & (counts["time"] == 3.5)
    return counts.assign(n=counts["n"].mask(chosen, 0).mask(first, n))


def persons(counts, *columns):
    return counts.groupby([*columns])["n"].sum().to_dict()


def mean_times(counts, *columns):
    days = counts.assign(days=counts["time"] * counts["n"]).groupby([*columns])
    return (days["days"].sum() / days["n"].sum()).to_dict()


cells = st.tuples(
    st.sampled_from("KM"),
    st.booleans(),
    st.integers(0, 60).map(lambda week: 7 * week + 3.5),
    st.sampled_from([WAITING, ACCESS, LEFT]),
    st.integers(0, 9),
)
counts_tables = st.lists(cells, max_size=60).map(
    lambda rows: table(*rows, columns=(*GROUPS, "time", "event", "n")).astype(
        {"time": float, "event": int, "n": int}
    )
)
full_tables = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 4)), min_size=12 * 5, max_size=12 * 8
).map(
    lambda waits: table(
        *(
            ("KM"[i % 2], i // 2 % 2 == 0, 7 * week + 3.5, i // 4 % 3, n)
            for i, (week, n) in enumerate(waits)
        ),
        columns=(*GROUPS, "time", "event", "n"),
    )
)


@settings(max_examples=60, deadline=None)
@given(counts_tables, st.integers(5, 9))
def test_no_row_is_small_however_it_is_summed(counts, least):
    safe = protect_durations(counts, Rules(min_count=least))
    for chosen in (safe, safe.over("has_children"), safe.over(*GROUPS), safe.where(sex="K")):
        assert (chosen.counts["n"] >= least).all()


@settings(max_examples=40, deadline=None)
@given(full_tables)
def test_persons_and_mean_times_stay(counts):
    safe = protect_durations(counts)
    assert (safe.notes, safe.hidden) == ((), ())
    by = [*GROUPS, "event"]
    assert persons(safe.counts, *by) == persons(counts, *by)
    assert mean_times(safe.counts, *by) == pytest.approx(mean_times(counts, *by))


@settings(max_examples=40, deadline=None)
@given(counts_tables, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(counts, random):
    shuffled = counts.iloc[random.sample(range(len(counts)), len(counts))]
    safe, again = protect_durations(counts), protect_durations(shuffled)
    pd.testing.assert_frame_equal(safe.counts, again.counts)
    assert (safe.notes, safe.hidden) == (again.notes, again.hidden)


@settings(max_examples=30, deadline=None)
@given(full_tables)
def test_the_order_of_grouping_columns_matters_only_for_which_is_summed_out(counts):
    safe = protect_durations(counts).counts
    turned = protect_durations(counts[[*reversed(GROUPS), "time", "event", "n"]]).counts
    ordered = turned[safe.columns].sort_values([*GROUPS, "time", "event"], ignore_index=True)
    pd.testing.assert_frame_equal(safe, ordered)


def test_blocks_follow_each_other_and_the_last_remainder_joins():
    counts = table(*(("K", 7 * week + 3.5, ACCESS, 2) for week in range(8)))
    safe = protect_durations(counts).counts
    assert safe[["time", "n"]].values.tolist() == [[10.5, 6], [38.5, 10]]


def test_times_are_counted_in_whole_weeks():
    counts = table(("K", 0.0, ACCESS, 3), ("K", 6.0, ACCESS, 3))
    assert protect_durations(counts).counts[["time", "n"]].values.tolist() == [[3.5, 6]]


def test_few_leavers_count_as_waiting_everywhere():
    counts = thin(by_child(), LEFT, 2)
    safe = protect_durations(counts)
    assert "räknas där som väntande" in safe.notes[0]
    assert persons(safe.counts, "sex", "event") == {
        ("K", WAITING): 28,
        ("K", ACCESS): 24,
        ("M", WAITING): 24,
        ("M", ACCESS): 24,
        ("M", LEFT): 24,
    }
    for chosen in (safe, safe.over("has_children"), safe.where(has_children=False)):
        assert chosen.folded


@pytest.mark.parametrize("leavers", [0, 5])
def test_leavers_who_are_none_or_enough_are_told_apart_from_those_who_wait(leavers):
    safe = protect_durations(thin(by_child(), LEFT, leavers))
    assert not safe.folded
    assert persons(safe.counts, "sex", "event").get(("K", LEFT), 0) == 2 * leavers


def test_few_leavers_are_not_given_away_by_a_group_where_nobody_waits():
    counts = thin(thin(by_child(), LEFT, 1), WAITING, 0)
    safe = protect_durations(counts.drop(columns="has_children"))
    assert safe.hidden == (("K",),)
    assert set(safe.counts["sex"]) == {"M"}


def test_a_small_group_sums_out_the_last_column_for_all():
    safe = protect_durations(thin(by_child(), WAITING, 4))
    assert set(safe.counts["has_children"]) == {TOTAL}
    assert f"visas bara som ”{TOTAL}”" in safe.notes[0]
    assert safe.hidden == ()
    assert persons(safe.over("has_children").counts, "sex", "event")["K", WAITING] == 8
    assert safe.where(has_children=False).counts.empty


def test_a_small_group_of_the_last_column_is_left_out_of_every_sum():
    counts = thin(by_child(), ACCESS, 1)
    safe = protect_durations(counts[["sex", "time", "event", "n"]])
    assert safe.hidden == (("K",),)
    assert set(safe.counts["sex"]) == {"M"}
    assert safe.over("sex").counts.empty
    assert safe.over("sex").hidden == ((),)
    assert safe.where(sex="K").hidden == ((),)
    assert safe.where(sex="M").hidden == ()


def test_everyone_and_those_without_children_come_from_one_table():
    counts = by_child()
    safe = protect_durations(counts)
    everyone, childless = safe.over("has_children"), safe.where(has_children=False)
    assert isinstance(everyone, SafeCounts)
    assert list(everyone.counts) == list(childless.counts) == ["sex", "time", "event", "n"]
    by = ("sex", "event")
    assert persons(everyone.counts, *by) == persons(counts, *by)
    assert persons(childless.counts, *by) == persons(counts[~counts["has_children"]], *by)


def test_counts_without_groups_are_protected_too():
    safe = protect_durations(by_child()[["time", "event", "n"]])
    assert persons(safe.counts, "event") == {WAITING: 48, ACCESS: 48, LEFT: 48}


@pytest.mark.parametrize("columns", [[], ["sex"], GROUPS])
def test_no_rows_and_one_small_row_give_nothing(columns):
    shape = [*columns, "time", "event", "n"]
    one = by_child()[shape].head(1)
    for counts in (one.head(0), one):
        safe = protect_durations(counts)
        assert list(safe.counts) == shape
        assert safe.counts.empty
        assert len(safe.hidden) == len(counts)


def test_missing_groups_are_refused():
    with pytest.raises(ValueError, match="sex saknar värden"):
        protect_durations(table(("K", 3.5, 1, 9), (None, 3.5, 1, 9)))


def test_a_curve_is_cut_where_few_remain():
    curve = pd.DataFrame({"sex": list("KKKMM"), "at_risk": [20, 5, 4, 9, 0]})
    assert cut_curve(curve).values.tolist() == [["K", 20], ["K", 5], ["M", 9]]
    assert cut_curve(curve, Rules(min_at_risk=10)).values.tolist() == [["K", 20]]
