"""An invented municipality: the four case tables, made from seeds.

``python -m helpers.data.sample`` writes them to ``data/sample/``. No person in them exists. They
reproduce the published figures that the questions start from, and hold what those figures left
out: people still waiting, several decisions a person, pending applications, answers not given.
"""

import csv
from pathlib import Path

from helpers.data.sample import placements, queue, survey
from helpers.data.sample.draws import AS_OF, FIRST_DAY, Row
from helpers.paths import SAMPLE

__all__ = ["AS_OF", "FIRST_DAY", "write"]

TABLES = {
    "queue": queue.cases,
    "placements": placements.placements,
    "extensions": placements.extensions,
    "survey": survey.answers,
}


def write(folder: Path = SAMPLE) -> list[Path]:
    """Write the sample, one CSV file a table.

    Parameters
    ----------
    folder : Path
        Where to; made if it is not there.

    Returns
    -------
    list of Path
        The files written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return [_write_csv(folder / f"{name}.csv", make()) for name, make in TABLES.items()]


def _write_csv(path: Path, rows: list[Row]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(rows[0])
        writer.writerows([_text(value) for value in row.values()] for row in rows)
    return path


def _text(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
