"""The columns of the case tables, as the sample has them.

The contracts say the same, but take two seconds to load: too long for every commit.
"""

import csv

from helpers.paths import SAMPLE


def _columns(table: str) -> frozenset[str]:
    with (SAMPLE / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(next(csv.reader(file)))


TABLES = [_columns(table) for table in ("queue", "placements", "extensions", "survey")]
COLUMNS = frozenset().union(*TABLES)
IDS = frozenset(column for column in COLUMNS if column.endswith("_id"))
DATES = frozenset(column for column in COLUMNS if column.endswith("_on"))
