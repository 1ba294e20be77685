"""Time the protection of invented tables: ``python -m benchmarks.suppression``."""

import argparse
from time import perf_counter

import pandas as pd

from benchmarks.suppression.invented import TABLES
from helpers.disclosure import Rules
from helpers.disclosure.suppression import suppress
from helpers.disclosure.systems import system_of
from helpers.disclosure.tables import counted_together

LEAST = Rules().min_count

HEADING = """\
| tables | numbers | small | hidden | loss over the least, % | seconds |
| --- | ---: | ---: | ---: | ---: | ---: |"""


def line(name: str, tables: list[pd.DataFrame]) -> str:
    """Protect tables, and say how it went as a row of a Markdown table."""
    started = perf_counter()
    system = system_of(counted_together(tables))
    is_small = (system.values > 0) & (system.values < LEAST) & system.in_tables
    found = suppress(system, is_small, LEAST)
    seconds = perf_counter() - started
    gap = 100 * (found.loss / found.least - 1) if found.least else 0
    return (
        f"| {name} | {len(system.names):,} | {is_small.sum():,} | {found.hidden.sum():,} "
        f"| {abs(gap):.2f} | {seconds:.1f} |"
    )


def main() -> None:
    """Print a table in Markdown, each row as it is done."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.suppression", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=TABLES, default=[*TABLES], metavar="TABLES")
    print(HEADING)
    for name in parser.parse_args().only:
        print(line(name, TABLES[name]()), flush=True)


if __name__ == "__main__":
    main()
