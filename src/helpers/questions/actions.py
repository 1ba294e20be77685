"""What is done about what was found: raised, decided, done, told, measured again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from helpers.data.reading import read_tables, tables

__all__ = ["STEPS", "Followed", "follow", "named"]


def __dir__() -> list[str]:
    return __all__


STEPS = ("raised_on", "decided_on", "done_on", "told_users_on", "remeasure_on")
"""The days of an action, in the order they should come."""
HAPPENED = STEPS[:-1]
ENDED = ("done", "stopped")

_TITLED = {
    "audit": ("audit_questions", "question_id", "text"),
    "dialogue": ("topics", "topic_id", "title"),
    "mapping": ("indicators", "indicator_id", "text"),
    "challenge": ("challenges", "challenge_id", "title"),
}
"""By what an action is about: the table that names it, its id there, and its name."""


@dataclass(frozen=True, eq=False)
class Followed:
    """How far each action has come.

    Attributes
    ----------
    as_of : datetime.date or None
        The day it is seen from; None where nothing has happened.
    actions : DataFrame
        The columns of the contract; title, what it is about, missing where no table names it;
        is_late, not done though it should be; is_untold, decided but those concerned not told;
        is_remeasure_due, the day to measure again has come.
    waits : DataFrame
        One row a pair of steps: first, then (columns of `STEPS`), actions that have both, and
        the median and longest time between them, in days.
    """

    as_of: date | None
    actions: pd.DataFrame
    waits: pd.DataFrame


def follow(
    actions: pd.DataFrame,
    named: Mapping[str, pd.DataFrame] | None = None,
    as_of: date | None = None,
) -> Followed:
    """Follow each action from the day it was raised.

    Parameters
    ----------
    actions : pandas.DataFrame
        As `helpers.data.read_actions` gives it.
    named : mapping of str to DataFrame, optional
        Tables that name what actions are about: ``audit_questions``, ``topics``, ``indicators``,
        ``challenges``.
    as_of : datetime.date, optional
        The day it is seen from; by default the last day on which anything happened, so that
        the page is the same until the table is changed.
    """
    seen_from = as_of or _last_day(actions)
    titles = _titles(named or {})
    pairs = zip(actions["about"], actions["about_id"], strict=True)
    followed = actions.assign(
        title=pd.Series([titles.get(pair) for pair in pairs], actions.index, dtype=object),
        is_late=_passed(actions["due_on"], seen_from) & ~actions["status"].isin(ENDED),
        is_untold=actions["decided_on"].notna() & actions["told_users_on"].isna(),
        is_remeasure_due=_passed(actions["remeasure_on"], seen_from),
    )
    return Followed(seen_from, followed, _waits(actions))


def named() -> dict[str, pd.DataFrame]:
    """Read the tables that name what actions are about, as far as they are there."""
    naming = {table for table, *_ in _TITLED.values()}
    return read_tables(*(table for table in tables() if table in naming))


def _last_day(actions: pd.DataFrame) -> date | None:
    last = pd.to_datetime(actions[[*HAPPENED]].stack()).max()
    return None if pd.isna(last) else last.date()


def _passed(days: pd.Series, as_of: date | None) -> "pd.Series[bool]":
    return pd.to_datetime(days) < pd.Timestamp(as_of or date.max)


def _titles(named: Mapping[str, pd.DataFrame]) -> dict[tuple[str, str], str]:
    return {
        (about, str(row[key])): str(row[title])
        for about, (table, key, title) in _TITLED.items()
        if table in named
        for row in named[table].to_dict("records")
    }


def _waits(actions: pd.DataFrame) -> pd.DataFrame:
    """Measure the time from one step to the next, and from raised to told."""
    pairs = [("raised_on", "decided_on"), ("decided_on", "done_on"), ("raised_on", "told_users_on")]
    rows = [(first, then, *_days(actions, first, then)) for first, then in pairs]
    return pd.DataFrame(rows, columns=["first", "then", "actions", "median", "longest"])


def _days(actions: pd.DataFrame, first: str, then: str) -> tuple[int, float, float]:
    both = actions[[first, then]].dropna().apply(pd.to_datetime)
    days = (both[then] - both[first]).dt.days
    return len(days), float(days.median()), float(days.max())
