"""The tallies of the questions, as their pages ask for them."""

import sys
from importlib import import_module

import ibis

from benchmarks.contenders.report import Stopwatch, report
from benchmarks.files import AS_OF, parquet
from benchmarks.tallies import TABLES
from helpers.data.cases import Cases
from helpers.disclosure import Tally


def cases(question: str, rows: int) -> Cases:
    """Open the tables of a question, not held to their contracts."""
    opened = {name: ibis.read_parquet(parquet(rows, name)) for name in TABLES[question]}
    name = import_module(f"helpers.questions.{question}").TABLE
    return Cases(name, opened[TABLES[question][0]], opened, is_sample=True)


def tally(question: str, of: Cases) -> Tally:
    """Count what a question counts, and sum it to the tables that its page shows."""
    module = import_module(f"helpers.questions.{question}")
    counted: Tally = module.tally(of, module.BY, AS_OF)
    return counted


if __name__ == "__main__":
    watch = Stopwatch()
    opened = cases(sys.argv[1], int(sys.argv[2]))
    watch.lap("read")
    tally(sys.argv[1], opened)
    watch.lap("tally")
    report(watch, {})
