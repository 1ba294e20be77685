"""What a reader could name of invented towns, as it was measured: the stored result, told."""

import json
from pathlib import Path
from typing import Any

import pandas as pd

from helpers import paths
from helpers.show import words
from helpers.show.table import html

MEASURED = paths.SHIPPED / "benchmarks" / "attack" / "results.json"
"""Written by ``python -m benchmarks.attack``, and committed."""

_CAPTION = "Andel av de små antalen som kan pekas ut, i påhittade kommuner av olika storlek"
_UTTERED = {1: "en utgåva", 2: "två utgåvor", 3: "tre utgåvor"}


def table(file: Path = MEASURED) -> str:
    """Write what was measured as a sentence and a table, in markdown.

    Parameters
    ----------
    file : Path
        The stored result.

    Returns
    -------
    str
        Shares are means over the questions.
    """
    measured = json.loads(file.read_text(encoding="utf-8"))
    rows = pd.DataFrame(measured["rows"])
    means = rows.groupby(["people", "releases"], as_index=False)[
        ["counts", "changes", "by_rates"]
    ].mean()
    wide = means.pivot(index="people", columns="releases")
    return (
        f"{_said(rows, measured['limits'])}\n\n```{{=html}}\n{html(_in_words(wide), _CAPTION)}\n```"
    )


def _in_words(wide: pd.DataFrame) -> pd.DataFrame:
    releases = list(wide["counts"].columns)
    said = {"Personer i varje fråga": [words.number(people) for people in wide.index]}
    said |= {
        f"Utpekade antal, {_UTTERED[n]}": [words.percent(share) for share in wide["counts", n]]
        for n in releases
    }
    said |= {
        f"Utpekade ändringar, {_UTTERED[n]}": [words.percent(share) for share in wide["changes", n]]
        for n in releases
        if n > 1
    }
    said["Utpekade antal för den som bara vet hur vanligt det är"] = [
        words.percent(share) for share in wide["by_rates", releases[0]]
    ]
    return pd.DataFrame(said)


def _said(rows: pd.DataFrame, limits: dict[str, Any]) -> str:
    """Say how many towns were read, how many counts were proved, and what the limits are."""
    towns = int(
        rows[rows["releases"] == rows["releases"].min()].groupby("question")["towns"].sum().max()
    )
    proved = int(rows["proved"].sum())
    sure = (
        "Inte ett enda antal gick att bevisa."
        if not proved
        else f"{words.number(proved)} antal gick att bevisa."
    )
    counts, changes = (words.percent(limits[name]) for name in ("counts", "changes"))
    return (
        f"Programmet läste {words.number(towns)} påhittade kommuner. {sure} Gränsen är att i "
        f"genomsnitt högst {counts} av de små antalen, och {changes} av ändringarna mellan två "
        "utgåvor, kan pekas ut."
    )
