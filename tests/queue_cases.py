"""Queue cases for tests: from a frame to the engine, and to safe counts."""

import ibis
import pandas as pd

from helpers.disclosure import SafeCounts, protect_durations
from helpers.questions import queue_times

DATES = ["decided_on", "access_on", "left_on"]


def queue(cases: pd.DataFrame) -> ibis.Table:
    """Make the queue table of the engine, with dates as dates."""
    table = ibis.memtable(cases.astype(dict.fromkeys(DATES, "datetime64[s]")))
    return table.mutate(**{column: table[column].cast("date") for column in DATES})


def safe(cases: pd.DataFrame, by=("sex", "has_children"), **options) -> SafeCounts:
    """Tally and protect, as the notebook does."""
    tallied = queue_times.tally(queue(cases), by=by, **options)
    return protect_durations(tallied, landmarks=queue_times.LANDMARKS)
