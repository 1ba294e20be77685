"""Facts for tests, as a page would tell them; `..` is hidden."""

import pandas as pd

from helpers.disclosure import Hidden, Reason, Rules
from helpers.disclosure.attack import attack
from helpers.disclosure.told import Counts, Ratio, cell, facts

HIDDEN = Hidden(Reason.SMALL_COUNT)


def counts(columns, rows, place="tabell", release="", **about):
    """Tell a table: its columns' names and its rows, the number last."""
    shown = [(*labels, HIDDEN if n == ".." else n) for *labels, n in rows]
    table = pd.DataFrame(shown, columns=[*columns.split(), "n"], dtype=object)
    return list(facts(Counts(**{"cases": "svar", "table": table} | about), place, release))


def grid(rows, shown, place="tabell", **about):
    """Tell a table of two dimensions with its margins, the last row and column the totals."""
    columns = shown[0]
    return counts(
        "row column",
        [
            (r, c, n)
            for r, line in zip(rows, shown[1:], strict=True)
            for c, n in zip(columns, line, strict=True)
        ],
        place,
        **about,
    )


def share(percent, place, *, decimals=0, release="", as_of="", answer="ja", **among):
    """Tell a rounded percentage of those who answered so among some."""
    half = 0.5 / 10**decimals
    part, whole = cell("svar", {**among, "answer": answer}), cell("svar", among)
    told = Ratio(part, whole, (percent - half) / 100, (percent + half) / 100, as_of)
    return list(facts(told, place, release))


def found(told, rules=None):
    """Attack, and give each leak by its rule and cell."""
    return {(leak.rule.value, leak.cell): leak for leak in attack(told, rules or Rules())}
