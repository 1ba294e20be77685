"""Dialogue meetings: what matters most and how sure that is, what is new, and what was answered."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.data.reading import Tables
from helpers.disclosure import Rules, load_rules, load_secret
from helpers.disclosure.counts import noisy_counts
from helpers.questions.actions import Followed, follow
from helpers.stats import ranking

__all__ = ["Examined", "PublishedDialogue", "examine", "protect"]


def __dir__() -> list[str]:
    return __all__


_ABOVE = ["unit", "board"]
"""Levels at which a manager could do something."""


@dataclass(frozen=True, repr=False, eq=False)
class PublishedDialogue:
    """What may be known of dialogue meetings. Everything shown is a function of it.

    Attributes
    ----------
    topics : DataFrame
        By topic_id: title and level; without those that one person has raised once.
    ranks : DataFrame
        A row a meeting, by its day, and a column a topic: its place, NaN where it had none.
    raised : DataFrame
        Likewise, whether the topic was raised at all.
    attendance : DataFrame
        By year: meetings, invited and came, which are numbers of people with noise.
    managers : Series of bool
        By the meeting's day, whether a manager was there.
    held_back : Series of int
        By level, how many topics one person has raised once.
    rules : Rules
        The rules that were followed.
    """

    topics: pd.DataFrame
    ranks: pd.DataFrame
    raised: pd.DataFrame
    attendance: pd.DataFrame
    managers: "pd.Series[bool]"
    held_back: "pd.Series[int]"
    rules: Rules

    def __repr__(self) -> str:
        return f"Published dialogue: {len(self.ranks)} meetings, {len(self.topics)} topics"


@dataclass(frozen=True, eq=False)
class Examined:
    """All that can be said of dialogue meetings.

    Attributes
    ----------
    dialogue : PublishedDialogue
    order : DataFrame
        By topic_id, from the first place: title, level, place and its 95 % limits low and high;
        before, the place in all earlier years, and now, that of the last (NaN where not ranked).
    concordance : float
        Kendall's W of the meetings; NaN where there are fewer than two meetings or topics.
    managers : mapping of str to int
        meetings at which something was raised that a manager could act on, and at how many of
        these a manager was there.
    followed : Followed
        What is done about what was raised.
    """

    dialogue: PublishedDialogue
    order: pd.DataFrame
    concordance: float
    managers: Mapping[str, int]
    followed: Followed


def protect(tables: Tables, rules: Rules | None = None) -> PublishedDialogue:
    """Make dialogue meetings what may be known of them.

    Attendance is told by year only, with noise. A topic that one person has raised once is
    counted at its level, and neither named nor placed.

    Parameters
    ----------
    tables : Tables
        ``meetings``, ``topics`` and ``raised``, as `helpers.data.read_tables` gives them.
    rules : Rules, optional
        By default those of `helpers.disclosure.load_rules`.
    """
    rules = rules or load_rules()
    meetings = tables["meetings"].sort_values(["held_on", "meeting_id"])
    topics = tables["topics"].set_index("topic_id")
    alone = _alone(tables["raised"])
    kept = tables["raised"][~tables["raised"]["topic_id"].isin(alone)].astype({"rank": float})
    days = meetings.set_index("meeting_id")["held_on"]
    placed = kept.pivot(index="meeting_id", columns="topic_id", values="rank").reindex(days.index)
    raised = kept.assign(raised=True).pivot(index="meeting_id", columns="topic_id", values="raised")
    return PublishedDialogue(
        topics=topics.loc[placed.columns],
        ranks=placed.set_axis(days),
        raised=raised.reindex(days.index).notna().set_axis(days),
        attendance=_attendance(meetings, tables.is_sample, rules),
        managers=meetings.set_index("held_on")["manager_present"].astype(bool),
        held_back=topics.loc[[*alone], "level"].value_counts(),
        rules=rules,
    )


def examine(dialogue: PublishedDialogue, actions: pd.DataFrame) -> Examined:
    """Find how sure the places are, what moved, and what was answered.

    Parameters
    ----------
    actions : pandas.DataFrame
        As `helpers.data.read_actions` gives it.
    """
    own = actions[actions["about"] == "dialogue"]
    named = {"topics": dialogue.topics.reset_index()}
    enough = min(dialogue.ranks.shape) > 1
    return Examined(
        dialogue=dialogue,
        order=_order(dialogue),
        concordance=ranking.concordance(dialogue.ranks) if enough else float("nan"),
        managers=_managers(dialogue),
        followed=follow(own.reset_index(drop=True), named),
    )


def _alone(raised: pd.DataFrame) -> list[str]:
    """Name the topics that one person has raised at one meeting."""
    by = raised.groupby("topic_id")["mentions"].agg(["size", "max"])
    return [str(topic) for topic in by.index[(by["size"] == 1) & by["max"].eq(1).fillna(False)]]


def _attendance(meetings: pd.DataFrame, is_sample: bool, rules: Rules) -> pd.DataFrame:
    by_year = meetings.assign(year=meetings["held_on"].dt.year).groupby("year")
    sums = by_year.agg(
        meetings=("meeting_id", "size"), invited=("invited", "sum"), came=("came_users", "sum")
    )
    counts = sums.reset_index().melt(["year", "meetings"], value_name="n")
    secret = load_secret(is_sample)
    counts["n"] = noisy_counts("meetings", counts, ["year", "variable"], secret, rules)
    return counts.pivot(index=["year", "meetings"], columns="variable", values="n").reset_index(
        "meetings"
    )


def _order(dialogue: PublishedDialogue) -> pd.DataFrame:
    ranks = dialogue.ranks
    low, high = ranking.intervals(ranks) if len(ranks) else (np.nan, np.nan)
    years = pd.DatetimeIndex(ranks.index).year
    is_last = years == years.max()
    table = dialogue.topics.assign(
        place=ranking.order(ranks) if len(ranks) else np.nan, low=low, high=high,
        before=_places(ranks[~is_last]), now=_places(ranks[is_last]),
    )  # fmt: skip
    return table.sort_values("place", kind="stable")


def _places(ranks: pd.DataFrame) -> "pd.Series[float]":
    """Give the places in some meetings; NaN for topics that had none in them."""
    had = ranks.columns[ranks.notna().any()]
    places = pd.Series(ranking.order(ranks[had]) if len(had) else [], had, dtype=float)
    return places.reindex(ranks.columns)


def _managers(dialogue: PublishedDialogue) -> dict[str, int]:
    theirs = dialogue.topics.index[dialogue.topics["level"].isin(_ABOVE)]
    asked = dialogue.raised[theirs].any(axis=1).to_numpy()
    return {
        "meetings": int(asked.sum()),
        "present": int((asked & dialogue.managers.to_numpy()).sum()),
    }
