"""An attacker who knows published tables alone, written apart from what protects them."""

from itertools import product

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, eye_array, vstack

from helpers.disclosure import TOTAL, Hidden
from helpers.disclosure.bounds import Knowledge

_FAR = 10_000


def cells(protected):
    """The numbers of a table, by what their cases share and others may not."""
    splits = [
        column for column in protected.columns[:-1] if len({*protected[column]} - {TOTAL}) > 1
    ]
    return {
        frozenset((column, row[column]) for column in splits if row[column] != TOTAL): row["n"]
        for row in protected.to_dict("records")
    }


def intervals(*tables, whole=True, known=None):
    """Bound every hidden number of tables of the same cases: one unknown a combination of all."""
    shown = {name: n for table in tables for name, n in cells(table).items()} | (known or {})
    values = {}
    for table in tables:
        for column in table.columns[:-1]:
            own = [value for value in table[column].unique() if value != TOTAL]
            values[column] = list(dict.fromkeys([*values.get(column, []), *own]))
    counts = [{*zip(values, combination, strict=True)} for combination in product(*values.values())]
    rows = {name: [float(name <= count) for count in counts] for name in shown}
    told = [name for name, n in shown.items() if not isinstance(n, Hidden)]
    sums = np.array([rows[name] for name in told]).reshape(-1, len(counts))
    numbers = [shown[name] for name in told]
    for name in shown.keys() - {*told}:
        yield (
            name,
            *(
                sign * round(_least(sign * np.array(rows[name]), sums, numbers, whole), 6)
                for sign in (1, -1)
            ),
        )


def _least(goal, sums, numbers, whole):
    return milp(
        goal,
        constraints=LinearConstraint(sums, numbers, numbers) if len(numbers) else None,
        bounds=Bounds(0, _FAR),
        integrality=np.full(len(goal), int(whole)),
    ).fun


def is_safe(*tables, least, whole=True, truth=None):
    """Whether every hidden number keeps its room, and from each who is alone in one."""
    if any(high - low < least for _, low, high in intervals(*tables, whole=whole)):
        return False
    alone = [name for name, n in (truth or {}).items() if n == 1]
    for person in alone:
        within = {name: n for name, n in truth.items() if person <= name}
        if any(
            high - low < least for _, low, high in intervals(*tables, whole=whole, known=within)
        ):
            return False
    return True


def margins(table):
    """The numbers of a table of counts and its margins, unprotected."""
    columns = [column for column in table.columns if column != "n"]
    either = product(
        *([(column, value) for value in [*table[column].unique(), TOTAL]] for column in columns)
    )
    whole = [{**dict(where), "n": int(table["n"][_are(table, where)].sum())} for where in either]
    return cells(pd.DataFrame(whole, columns=[*columns, "n"]))


def _are(table, where):
    return np.all([(table[c] == v) | (v == TOTAL) for c, v in where], axis=0)


def table_of(columns, rows):
    """A table of counts from its rows."""
    return pd.DataFrame(rows, columns=[*columns, "n"])


def as_frame(counts):
    """A table of counts from an array."""
    counts = np.array(counts)
    names = [[f"{axis}{i}" for i in range(n)] for axis, n in zip("abc", counts.shape, strict=False)]
    rows = [(*cell, n) for cell, n in zip(product(*names), counts.ravel(), strict=True)]
    return table_of(list("abc"[: counts.ndim]), rows)


def hidden(*protected):
    """The names of what is hidden."""
    return {name for p in protected for name, n in cells(p).items() if isinstance(n, Hidden)}


def knowledge(system, told):
    """What is known of a system where some numbers are told."""
    values = np.append(system.values[told], np.zeros(len(system.lines)))
    ones = eye_array(len(system.values), format="csr")[told]
    return Knowledge(csr_array(vstack([ones, system.sums])), values, values)


def one(system, number):
    """A number of a system as a sum of its numbers."""
    return csr_array(eye_array(len(system.values), format="csr")[[number]])
