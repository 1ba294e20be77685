"""The grouping columns of a table of counts."""

from collections.abc import Collection

import pandas as pd

TOTAL = "alla"


def grouping_columns(table: pd.DataFrame, measures: Collection[str]) -> list[str]:
    """Name the columns that group a table of counts: all but its measures.

    Parameters
    ----------
    table : DataFrame
        Counts.
    measures : collection of str
        Columns that do not group.

    Returns
    -------
    list of str
        In the table's order.

    Raises
    ------
    ValueError
        If a grouping column has missing values, which would leave persons out.
    """
    columns = [column for column in table.columns if column not in measures]
    for column in columns:
        if table[column].isna().any():
            raise ValueError(
                f"Kolumnen {column} saknar värden. Ge dem ett eget namn, till exempel ”okänt”."
            )
    return columns
