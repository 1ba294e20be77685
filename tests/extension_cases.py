"""Placements and applications made by hand, and published counts made by hand."""

from datetime import date

import pandas as pd

from helpers import extensions, read_cases
from helpers.disclosure import Published, Rules

AS_OF = date(2025, 12, 31)
STAGES = ("open", "not applied", "denied", "granted")


def placement(name, person=None, sex="K", started="2024-01-01", planned_end="2024-06-30", **more):
    return {
        "placement_id": name,
        "person_id": person or f"p{name}",
        "sex": sex,
        "birth_year": 1990,
        "care_form": "HVB",
        "started_on": started,
        "planned_end_on": planned_end,
        "ended_on": None,
        "ending": None,
    } | more


def application(of, outcome=None, applied="2024-05-01", decided=None, days=None, number=1):
    return {
        "application_id": f"{of}-{number}",
        "placement_id": of,
        "applied_on": applied,
        "decided_on": decided or (None if outcome is None else "2024-05-20"),
        "outcome": outcome,
        "days_granted": days,
    }


def frames(placements, applications):
    """Type the rows as the tables of a source are; an application there must be."""
    other = [application("other")]
    tables = {
        "placements": pd.DataFrame([*placements, placement("other", sex="X")]),
        "extensions": pd.DataFrame([*applications, *other]).astype({"days_granted": "Int64"}),
    }
    for frame in tables.values():
        for column in frame.columns[frame.columns.str.endswith("_on")]:
            frame[column] = pd.to_datetime(frame[column])
    return tables


def tallied(placements, applications=(), by=("sex",), as_of=AS_OF):
    cases = read_cases("extensions", frames(placements, applications))
    return extensions.tally(cases, by=list(by), as_of=as_of)


def published(women, men, days=(0, 0), care=None):
    """Publish noisy (open, not applied, denied, granted) and years granted of each sex.

    Nobody has a second placement. `care` is (sex, whether extended, n) by care form.
    """
    own = {"K": women, "M": men}
    own["total"] = [sum(both) for both in zip(women, men, strict=True)]
    stages = [
        ("all", "all", sex, stage, n)
        for sex, counts in own.items()
        for stage, n in zip((*STAGES, "total"), (*counts, sum(counts)), strict=True)
    ]
    people = [(*row[:3], row[4]) for row in stages if row[3] == "total"]
    settled = [(sex, True, own[sex][3]) for sex in "KM"]
    settled += [(sex, False, own[sex][1] + own[sex][2]) for sex in "KM"]
    extended = [("care", place, *each) for place, sexes in (care or {}).items() for each in sexes]
    given = [("all", "all", sex, own[sex][3], y) for sex, y in zip("KM", days, strict=True)]
    group = ["grouping", "group", "sex"]
    tables = {
        "people": pd.DataFrame(people, columns=[*group, "n"]),
        "stages": pd.DataFrame(stages, columns=[*group, "stage", "n"]),
        "extended": pd.DataFrame(extended, columns=[*group, "extended", "n"]),
        "placements": pd.DataFrame(
            [("all", "all", *row) for row in settled], columns=[*group, "extended", "n"]
        ),
        "days": pd.DataFrame(given, columns=[*group, "n", "years"]),
    }
    return Published(
        "extensions", AS_OF, ("sex", "care"), (), tables, pd.DataFrame(), Rules(), "fingerprint"
    )
