"""Placements and applications for tests: from frames to the engine, and to safe counts."""

from collections.abc import Mapping, Sequence
from datetime import date

import ibis
import pandas as pd

from helpers.disclosure import Rules, protect
from helpers.disclosure.alike import hide_alike
from helpers.questions import extensions
from helpers.questions.extensions import SafeExtensions

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


def safe(frames: Mapping[str, pd.DataFrame], as_of: date) -> SafeExtensions:
    """Tally and protect, as the notebook does."""
    return extensions.protect(extensions.tally_all(*engine(frames), as_of), as_of)


def counted(
    women: Sequence[int], men: Sequence[int], as_of: date = date(2025, 12, 31)
) -> SafeExtensions:
    """Protect (open, not applied, denied, granted) of each sex."""
    rows = [
        (sex, stage, n)
        for sex, own in (("K", women), ("M", men))
        for stage, n in zip(extensions.STAGES, own, strict=True)
    ]
    stages = protect(pd.DataFrame(rows, columns=["sex", "stage", "n"]))
    return SafeExtensions(hide_alike(stages, "sex"), as_of, Rules())
