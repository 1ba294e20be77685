"""Placements for tests: from a few words each to the cases that are read."""

import pandas as pd

from helpers.data import read_cases

FIRST, AS_OF = "2022-01-01", "2025-12-31"
"""The window of the sample's last day."""

_COLUMNS = ["person_id", "sex", "care_form", "started_on", "ended_on", "ending"]
_DATES = ["started_on", "planned_end_on", "ended_on"]


def frame(*rows):
    """Make a table of (person, sex, care form, start, end or None, ending or None)."""
    table = pd.DataFrame(rows, columns=_COLUMNS)
    table["placement_id"] = [f"L{n}" for n in range(len(table))]
    table = table.assign(birth_year=1990, planned_end_on="2030-01-01")
    return table.assign(**{column: pd.to_datetime(table[column]) for column in _DATES})


def placements(*rows):
    """Read such a table as cases."""
    return read_cases("placements", frame(*rows))


def many(sex, form, ended, of, days=100):
    """Placements of as many persons, the first of whom end unplanned."""
    start = pd.Timestamp("2022-01-01")
    end = str((start + pd.Timedelta(days=days)).date())
    return [
        (
            f"{sex}{form}{n}",
            sex,
            form,
            str(start.date()),
            end,
            "unplanned" if n < ended else "planned",
        )
        for n in range(of)
    ]
