"""Before the queue: the first application, its days and its outcome, and who then queues."""

import pandas as pd
import pytest

from helpers import before_queue, queue_times, read_cases, show
from helpers.paths import SAMPLE

AS_OF = "2025-12-31"


def application(person, applied="2024-01-01", decided="2024-01-31", refused=False, sex="K", n=1):
    return {
        "case_id": f"{person}-{n}",
        "person_id": person,
        "sex": sex,
        "has_children": False,
        "decided_on": pd.Timestamp(decided),
        "access_on": pd.NaT,
        "left_on": pd.NaT,
        "left_reason": None,
        "applied_on": pd.Timestamp(applied),
        "refused": refused,
    }


def cases(*rows):
    return read_cases("queue", pd.DataFrame([*rows, application("x", sex="X")]))


def true(tally, table, **where):
    rows = tally.true_counts()[table]
    for name, value in ({"sex": "K"} | where).items():
        rows = rows[rows[name] == value]
    return int(rows["n"].iloc[0])


def test_a_person_counts_once_by_the_first_application():
    own = cases(application("p", refused=True), application("p", "2024-03-01", "2024-03-11", n=2))
    tally = before_queue.tally(own, AS_OF)
    assert true(tally, "people") == true(tally, "refused", refused=True) == 1
    assert tally.means["value"].tolist() == [30]


@pytest.mark.parametrize(("decided", "in_time"), [("2024-01-31", 1), ("2024-02-01", 0)])
def test_a_decision_is_made_by_a_landmark_on_its_day(decided, in_time):
    tally = before_queue.tally(cases(application("p", decided=decided)), AS_OF)
    assert true(tally, "decided", landmark=30, decided=True) == in_time


def test_a_later_decision_is_not_yet_known_and_long_ones_are_capped():
    own = cases(application("p", decided="2025-12-31"), application("q", decided="2026-01-01"))
    tally = before_queue.tally(own, AS_OF)
    assert true(tally, "people") == 1
    assert tally.means["value"].tolist() == [365]


def test_who_is_refused_does_not_queue():
    own = cases(application("p", refused=True), application("q"))
    assert true(queue_times.tally(own, as_of=AS_OF), "people", grouping="all") == 1


def test_a_table_that_does_not_tell_gives_nothing_and_the_page_says_so(sample_gaps):
    frame = pd.read_csv(SAMPLE / "queue.csv").drop(columns=["applied_on", "refused"])
    assert before_queue.tally(read_cases("queue", frame.head(50))) is None
    assert "säger inte när ansökan kom in" in show.queue_times.way(None, sample_gaps).html
    assert "säger inte när ansökan kom in" in show.queue_times.before(None).html


def test_the_whole_way_is_that_before_the_queue_and_that_in_it(sample_gaps):
    tally = before_queue.tally(read_cases("queue"))
    gaps = before_queue.gaps(before_queue.protect(tally))
    shown = show.queue_times.way(gaps, sample_gaps)
    days = shown.published["days"].set_index("sex")
    assert days.loc["K"].tolist() == [gaps[0].women, sample_gaps.headline.women]
    assert days.loc["M"].tolist() == [gaps[0].men, sample_gaps.headline.men]
    assert gaps[0].low < gaps[0].estimate < gaps[0].high
    assert gaps[1].is_known and not any(gap.headline for gap in gaps)
