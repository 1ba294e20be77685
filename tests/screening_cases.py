"""Questions about violence for tests: from a few words each to the cases that are read."""

import pandas as pd

from helpers import read_cases, violence_found

AS_OF = "2025-12-31"


def case(person, opened="2024-06-01", asked=None, answer=None, **more):
    told = answer in ("earlier", "now")
    return {
        "person_id": person,
        "sex": "K",
        "birth_year": 1980,
        "opened_on": opened,
        "asked_on": asked,
        "method": "routine" if asked else "none",
        "answer": answer,
        "role": "exposed" if told else None,
        "offered": None,
        "accepted": None,
    } | more


def frame(*rows):
    told = case("x", "2022-01-01", "2022-01-01", "now", sex="X", offered=True, accepted=True)
    table = pd.DataFrame([*rows, told])
    table["screening_id"] = [f"{n:03d}" for n in range(len(table))]
    table = table.astype({"offered": "boolean", "accepted": "boolean", "answer": "string"})
    days = {day: pd.to_datetime(table[day]) for day in ("opened_on", "asked_on")}
    return table.assign(role=table["role"].astype("string"), **days)


def tallied(*rows, by=("sex",), as_of=AS_OF, milestones=()):
    cases = read_cases("screening", frame(*rows))
    return violence_found.tally(cases, by=list(by), as_of=as_of, milestones=milestones)


def many(sex, found, asked, of, opened="2024-06-01"):
    """Persons with a case each, some of whom are asked and the first of those tell of violence."""
    return [
        case(
            f"{sex}{opened}{n}",
            opened,
            opened if n < asked else None,
            "now" if n < found else "never" if n < asked else None,
            sex=sex,
        )
        for n in range(of)
    ]
