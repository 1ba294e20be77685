"""Queue cases for tests: from a frame to the engine, and to safe counts."""

import ibis
import pandas as pd

from helpers.disclosure import SafeCounts
from helpers.questions import queue_times

DATES = ["decided_on", "access_on", "left_on"]


def queue(cases: pd.DataFrame) -> ibis.Table:
    """Make the queue table of the engine, with dates as dates."""
    table = ibis.memtable(cases.astype(dict.fromkeys(DATES, "datetime64[s]")))
    return table.mutate(**{column: table[column].cast("date") for column in DATES})


def safe(cases: pd.DataFrame, by=("sex", "has_children"), as_of=None, **options) -> SafeCounts:
    """Tally and protect, as the notebook does."""
    table = queue(cases)
    as_of = as_of or queue_times.latest_date(table)
    return queue_times.protect(queue_times.tally(table, by, as_of, **options), as_of)
