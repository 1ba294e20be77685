"""Placements and applications for tests: from frames to the engine, and to safe counts."""

from collections.abc import Mapping

import ibis
import pandas as pd

from helpers.disclosure import protect, protect_durations
from helpers.questions import extensions

DATES = {
    "placements": ["started_on", "planned_end_on", "ended_on"],
    "extensions": ["applied_on", "decided_on"],
}


def engine(frames: Mapping[str, pd.DataFrame]) -> list[ibis.Table]:
    """Make the two tables of the engine, with dates as dates and missing values as nulls."""
    return [_table(frames[name], dates) for name, dates in DATES.items()]


def _table(frame: pd.DataFrame, dates: list[str]) -> ibis.Table:
    typed = frame.astype(dict.fromkeys(dates, "datetime64[s]"))
    words = typed.columns.drop(dates).drop("days_granted", errors="ignore")
    numbers = {"days_granted": "Int64"} if "days_granted" in typed else {}
    table = ibis.memtable(typed.astype(dict.fromkeys(words, "string") | numbers))
    return table.mutate(**{column: table[column].cast("date") for column in dates})


def shown(frames: Mapping[str, pd.DataFrame], as_of=None) -> dict[str, object]:
    """Tally and protect, as the notebook does."""
    tables = engine(frames)

    def tally(*by):
        return extensions.tally(*tables, by=["sex", *by], as_of=as_of)

    return {
        "counts": protect(extensions.merge(tally())),
        "days": protect_durations(extensions.tally_days(*tables, as_of=as_of)),
        "persons": protect(extensions.tally_persons(*tables, as_of=as_of)),
        "turns": protect(extensions.settled(tally("turn"))),
        "strata": protect(extensions.pool(tally("care", "period"))),
    }
