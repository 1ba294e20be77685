"""Each tally beside SQL by hand, as a table in Markdown."""

import subprocess
import sys
from collections.abc import Collection, Iterator

from benchmarks.files import parquet
from benchmarks.measure import Run, least, measure
from benchmarks.tallies import TABLES

_HEADING = """\
| rows | tally | seconds | SQL by hand | ratio | peak memory | SQL by hand |
| ---: | --- | ---: | ---: | ---: | ---: | ---: |"""


def table(
    rows: int, repeats: int = 1, limit: float = 300, questions: Collection[str] = tuple(TABLES)
) -> str:
    """Let ours and the SQL count the same cases, in turns.

    Parameters
    ----------
    rows : int
        Number of cases, made unless they lie there.
    repeats : int
        Turns, of which the least time counts.
    limit : float
        Seconds after which either is stopped.
    questions : collection of str
        Whose tallies.

    Returns
    -------
    str
        A Markdown table, one row a question; without numbers if one was stopped every turn.
    """
    if not all(parquet(rows, name).exists() for names in TABLES.values() for name in names):
        subprocess.run([sys.executable, "-m", "benchmarks.tallies.cases", str(rows)], check=True)
    return "\n".join([_HEADING, *_lines(rows, repeats, limit, questions), ""])


def _lines(rows: int, repeats: int, limit: float, questions: Collection[str]) -> Iterator[str]:
    for question in questions:
        turns = [
            [_run(module, question, rows, limit) for module in ("ours", "by_hand")]
            for _ in range(repeats)
        ]
        ours, by_hand = map(least, zip(*turns, strict=True))
        yield f"| {rows:,} | {question} | {_compared(ours, by_hand, limit)} |"


def _run(module: str, question: str, rows: int, limit: float) -> Run | None:
    return measure(
        [sys.executable, "-m", f"benchmarks.tallies.{module}", question, str(rows)], limit
    )


def _compared(ours: Run | None, by_hand: Run | None, limit: float) -> str:
    if not (ours and by_hand):
        return f"over {limit:.0f} | | | |"
    seconds = ours.steps["tally"], by_hand.steps["tally"]
    ratio = seconds[0] / seconds[1]
    times = " | ".join(f"{number:.2f}" for number in (*seconds, ratio))
    return f"{times} | {ours.peak:.0f} MB | {by_hand.peak:.0f} MB"
