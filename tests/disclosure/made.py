"""Small made tables: people given by hand, with keys of their own."""

from datetime import date

import pandas as pd

from helpers.disclosure import PEOPLE, Secret, Tally, grouped

SECRET = Secret(b"thirty-two bytes of a made secret")


def secret(seed):
    return Secret(f"a made secret for the town no. {seed:06d}".encode())


def people(*kinds, start=0):
    """One row a person: each kind is a dict of columns and how many there are of it."""
    rows = [kind for kind, n in kinds for _ in range(n)]
    keys = SECRET.hashed("person", [f"p{start + place}" for place in range(len(rows))])
    return pd.DataFrame(rows).assign(n=1, key=keys)


def tally(cells, by=("sex",), of=SECRET, as_of=date(2025, 12, 31), **columns):
    """Tables people, and ended by a column of its own with totals, of people made by hand."""
    tables = {PEOPLE: grouped(cells, by, totals=["sex"])}
    for name, values in columns.items():
        totals = ["sex", name]
        tables[f"{name}s"] = grouped(cells.dropna(subset=[name]), by, {name: values}, totals)
    return Tally("made", as_of, tuple(by), of, tables)
