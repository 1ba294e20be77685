"""Where the cases lie, and the date they are as of.

Imports little: the parent of a measured process must be small, or its memory is counted too.
"""

from datetime import date
from pathlib import Path

AS_OF = date(2025, 12, 31)
DATA = Path(__file__).with_name("_data")


def parquet(rows: int, table: str = "queue") -> Path:
    """Parquet file of so many cases."""
    return DATA / f"{table}-{rows}.parquet"


def integers(file: Path) -> Path:
    """Columns of a Parquet file as 32-bit integers, one column after the other."""
    return file.with_suffix(".bin")
