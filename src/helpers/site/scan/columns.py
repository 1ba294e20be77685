"""The columns of the case tables, as the files of the sample have them.

The contracts say the same, but take two seconds to load: too long for every commit.
"""

import csv
from pathlib import Path

from helpers.paths import SAMPLE

KEY = "person_key"
"""No file has it: it is given to each row when it is read."""
_OF_PERSONS = {"person_id", "response_id", "placement_id", "interview_id"}
"""A file with one of these has rows of persons; others hold counts, or what is done."""


def _columns(table: Path) -> frozenset[str]:
    with table.open(encoding="utf-8", newline="") as file:
        return frozenset([KEY, *next(csv.reader(file))])


_FILES = [*map(_columns, sorted(SAMPLE.glob("*.csv")))]
EVERY = frozenset().union(*_FILES)
"""The columns of all tables."""
TABLES = [columns for columns in _FILES if columns & _OF_PERSONS]
COLUMNS = frozenset().union(*TABLES)
IDS = frozenset(column for column in COLUMNS if column.endswith(("_id", "_key")))
DATES = frozenset(column for column in COLUMNS if column.endswith("_on"))
