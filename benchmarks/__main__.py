"""Time the queue question, or every tally: ``python -m benchmarks --rows 10000 1000000``."""

import argparse

from benchmarks.contest import contest
from benchmarks.table import tables
from benchmarks.tallies.contest import table


def main() -> None:
    """Print the tables in Markdown, each number of rows as it is done."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[10**4, 10**6, 10**7])
    parser.add_argument("--repeats", type=int, default=3, help="turns, the least of which counts")
    parser.add_argument("--limit", type=float, default=300, help="seconds a contender may take")
    parser.add_argument("--tallies", action="store_true", help="every tally beside SQL by hand")
    asked = parser.parse_args()
    for rows in asked.rows:
        if asked.tallies:
            print(table(rows, asked.repeats, asked.limit), flush=True)
        else:
            print(tables(list(contest(rows, asked.repeats, asked.limit)), asked.limit), flush=True)


if __name__ == "__main__":
    main()
