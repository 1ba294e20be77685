"""How far each action has come, counted by hand."""

from datetime import date

import pandas as pd
import pytest

from helpers import actions
from helpers.data import read_actions, read_tables

NONE = read_actions().head(0)


def action(**given):
    """Give an action of which only some days are known."""
    days = {name: pd.to_datetime(day) for name, day in given.items() if name.endswith("_on")}
    return read_actions().head(1).assign(**dict.fromkeys(DAYS, pd.NaT)).assign(**given | days)


DAYS = [name for name in NONE if name.endswith("_on")]


def followed(*rows, **options):
    return actions.follow(pd.concat(rows), **options)


@pytest.mark.parametrize(
    ("due", "status", "is_late"),
    [
        ("2026-05-01", "started", False),
        ("2026-04-30", "started", True),
        ("2026-04-30", "not started", True),
        ("2026-04-30", "done", False),
        ("2026-04-30", "stopped", False),
        (None, "started", False),
    ],
)
def test_late_is_what_should_be_done_and_is_neither_done_nor_stopped(due, status, is_late):
    found = followed(action(due_on=due, status=status), as_of=date(2026, 5, 1))
    assert found.actions["is_late"].tolist() == [is_late]


def test_untold_is_what_was_decided_whatever_the_answer_was():
    refused = action(decided_on="2026-01-02", decision="no")
    told = action(decided_on="2026-01-02", told_users_on="2026-01-09")
    assert followed(refused, told, action()).actions["is_untold"].tolist() == [True, False, False]


def test_it_is_seen_from_the_last_day_anything_happened_and_never_from_a_plan():
    one = action(raised_on="2026-01-02", due_on="2027-01-01", remeasure_on="2028-01-01")
    assert followed(one).as_of == date(2026, 1, 2)
    assert followed(one, as_of=date(2029, 1, 1)).actions["is_remeasure_due"].all()


def test_times_are_of_the_actions_that_have_both_days():
    rows = [
        action(raised_on="2026-01-01", decided_on="2026-01-11"),
        action(raised_on="2026-01-01", decided_on="2026-01-31"),
        action(raised_on="2026-01-01"),
    ]
    first = followed(*rows).waits.iloc[0]
    assert (first["first"], first["then"]) == ("raised_on", "decided_on")
    assert (first["actions"], first["median"], first["longest"]) == (2, 20, 30)


def test_no_actions_are_no_error():
    found = actions.follow(NONE)
    assert found.as_of is None
    assert found.waits["actions"].sum() == 0


def test_what_an_action_is_about_is_named_by_its_table():
    named = {"topics": pd.DataFrame({"topic_id": ["T1"], "title": ["Tid att lyssna"]})}
    about = [action(about="dialogue", about_id="T1"), action(about="audit", about_id="T1")]
    titles = actions.follow(pd.concat(about), named).actions["title"]
    assert titles.tolist() == ["Tid att lyssna", None]


def test_an_action_cannot_be_told_before_it_was_raised(tmp_path):
    told = read_actions().assign(told_users_on="2001-01-01")
    told.to_csv(tmp_path / "actions.csv", index=False)
    with pytest.raises(Exception, match=r"återkopplat innan det togs upp \(10 rader"):
        read_tables("actions", source=tmp_path)
