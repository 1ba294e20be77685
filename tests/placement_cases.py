"""Placements for tests: from a frame to the engine, and to what may be published."""

from typing import NamedTuple

import ibis
import pandas as pd

from helpers.disclosure import SafeCounts
from helpers.questions import unplanned_terminations
from helpers.questions.unplanned_terminations import SafeRates, Window

DATES = ["started_on", "planned_end_on", "ended_on"]


class Safe(NamedTuple):
    """What the notebook computes everything from."""

    rates: SafeRates
    durations: SafeCounts


def placements(cases: pd.DataFrame) -> ibis.Table:
    """Make the placements table of the engine, with dates as dates."""
    typed = cases.astype(dict.fromkeys(DATES, "datetime64[s]") | {"ending": "str"})
    typed["ending"] = typed["ending"].where(typed["ended_on"].notna())
    table = ibis.memtable(typed)
    return table.mutate(**{column: table[column].cast("date") for column in DATES})


def safe(cases: pd.DataFrame, within: Window) -> Safe:
    """Tally and protect, as the notebook does."""
    table = placements(cases)
    return Safe(
        unplanned_terminations.protect_rates(unplanned_terminations.tally(table, within), within),
        unplanned_terminations.protect_followed(
            unplanned_terminations.follow(table, within), within
        ),
    )
