"""The tallies of the questions, as the notebooks ask for them."""

import sys
from collections.abc import Callable
from datetime import date
from functools import partial

import ibis
import pandas as pd

from benchmarks.contenders.report import Stopwatch, report
from benchmarks.files import AS_OF, parquet
from benchmarks.tallies import TABLES
from helpers.questions import extension_tallies, placement_time, queue_times, survey_answers

WINDOW = placement_time.Window(date(AS_OF.year - 3, 1, 1), AS_OF)

TALLIES: dict[str, Callable[..., pd.DataFrame]] = {
    "queue-times": partial(
        queue_times.tally, by=["sex", "has_children"], as_of=AS_OF, first_only=True
    ),
    "extensions": partial(extension_tallies.tally, as_of=AS_OF),
    "user-satisfaction": survey_answers.tally,
    "unplanned-terminations": partial(placement_time.tally, within=WINDOW),
}


def tables(question: str, rows: int) -> list[ibis.Table]:
    """Open the tables of a question."""
    return [ibis.read_parquet(parquet(rows, table)) for table in TABLES[question]]


if __name__ == "__main__":
    watch = Stopwatch()
    opened = tables(sys.argv[1], int(sys.argv[2]))
    watch.lap("read")
    TALLIES[sys.argv[1]](*opened)
    watch.lap("tally")
    report(watch, {})
