"""The columns of the case tables, as the files of the sample have them.

The contracts say the same, but take two seconds to load: too long for every commit.
"""

import csv
from pathlib import Path

from helpers.paths import SAMPLE

KEY = "person_key"
"""No file has it: it is given to each row when it is read."""


def _columns(table: Path) -> frozenset[str]:
    with table.open(encoding="utf-8", newline="") as file:
        return frozenset([KEY, *next(csv.reader(file))])


_WITHOUT_CASES = {"actions", "milestones"}
_CASES = (table for table in sorted(SAMPLE.glob("*.csv")) if table.stem not in _WITHOUT_CASES)
TABLES = [_columns(table) for table in _CASES]
COLUMNS = frozenset().union(*TABLES)
IDS = frozenset(column for column in COLUMNS if column.endswith(("_id", "_key")))
DATES = frozenset(column for column in COLUMNS if column.endswith("_on"))
