"""Stays for tests: from a few words each to the cases that are read."""

import pandas as pd

from helpers import pathways, read_cases

AS_OF = "2025-12-31"


def stay(person, state, started, ended=None, ending=None, **more):
    return {
        "person_id": person,
        "sex": "K",
        "birth_year": 1980,
        "state": state,
        "started_on": started,
        "ended_on": ended,
        "ending": ending,
    } | more


def frame(*rows):
    table = pd.DataFrame([*rows, stay("x", "institution", "2022-01-01", "2022-02-01", sex="X")])
    table["stay_id"] = [f"{n:04d}" for n in range(len(table))]
    days = {day: pd.to_datetime(table[day]) for day in ("started_on", "ended_on")}
    return table.assign(ending=table["ending"].astype("string"), **days)


def tallied(*rows, by=("sex",), as_of=AS_OF):
    return pathways.tally(read_cases("stays", frame(*rows)), by=list(by), as_of=as_of)


def way(person, exit_on, *then, **more):
    """An institution left on a day, and what came then: (state, first day, last day, ending)."""
    first = stay(person, "institution", "2021-06-01", exit_on, "planned", **more)
    return [first, *(stay(person, *each, **more) for each in then)]


def many(sex, own, of, exit_on="2023-01-01"):
    """Persons of whom the first get a contract the day they leave, the others no home."""
    return [
        row
        for n in range(of)
        for row in way(
            f"{sex}{n}", exit_on, ("own_contract" if n < own else "no_home", exit_on), sex=sex
        )
    ]
