"""The data dictionary's page, from the contracts that tables are checked against."""

import pandas as pd

from helpers.data import describe
from helpers.data.contracts import TABLES
from helpers.show import table

_HEADINGS = {
    "column": "Kolumn",
    "label": "Namn",
    "description": "Betydelse",
    "type": "Typ",
    "may_be_missing": "Får saknas",
    "allowed": "Tillåtna värden",
}


def dictionary() -> str:
    """Write one section a table, in markdown.

    Returns
    -------
    str
    """
    return "\n\n".join(_section(name) for name in TABLES)


def _section(name: str) -> str:
    title, description = TABLES[name].title, TABLES[name].description
    columns = table.html(_in_words(describe(name)), f"Kolumner i {name}")
    return (
        f"## {title} (`{name}`) {{#tab-{name}}}\n\n{description}.\n\n```{{=html}}\n{columns}\n```"
    )


def _in_words(columns: pd.DataFrame) -> pd.DataFrame:
    missing = columns["may_be_missing"].map({True: "ja", False: "nej"})
    return columns.assign(may_be_missing=missing)[list(_HEADINGS)].rename(columns=_HEADINGS)
