"""Placements for tests: from a frame to the engine, and to what may be published."""

import ibis
import pandas as pd

from helpers.questions.unplanned_terminations import (
    SafeTerminations,
    Window,
    follow,
    protect,
    tally,
)

DATES = ["started_on", "planned_end_on", "ended_on"]


def placements(cases: pd.DataFrame) -> ibis.Table:
    """Make the placements table of the engine, with dates as dates."""
    typed = cases.astype(dict.fromkeys(DATES, "datetime64[s]") | {"ending": "str"})
    typed["ending"] = typed["ending"].where(typed["ended_on"].notna())
    table = ibis.memtable(typed)
    return table.mutate(**{column: table[column].cast("date") for column in DATES})


def safe(cases: pd.DataFrame, within: Window) -> SafeTerminations:
    """Tally and protect, as the notebook does."""
    table = placements(cases)
    return protect(tally(table, within), follow(table, within), within)
