"""The data dictionary, made from the contracts."""

import pandas as pd
import pandera.ibis as pa

from helpers.data.codes import spelled_out
from helpers.data.contracts import TABLES

TYPES = {
    "string": "text",
    "boolean": "ja eller nej",
    "date": "datum",
    "int64": "heltal",
    "float64": "tal",
}


def describe(table: str) -> pd.DataFrame:
    """Describe the columns of a table, in Swedish.

    Parameters
    ----------
    table : str
        A name in `helpers.data.contracts.TABLES`, which also has its title and description.

    Returns
    -------
    pandas.DataFrame
        One row a column of the table: ``column``, ``label``, ``description``, ``type``,
        ``may_be_missing`` (bool) and ``allowed`` (codes with their meaning, or "").
    """
    columns = TABLES[table].columns
    return pd.DataFrame([_described(name, column) for name, column in columns.items()])


def _described(name: str, column: pa.Column) -> dict[str, str | bool]:
    return {
        "column": name,
        "label": column.title,
        "description": column.description,
        "type": TYPES[str(column.dtype)],
        "may_be_missing": column.nullable,
        "allowed": spelled_out((column.metadata or {}).get("codes", {})),
    }
