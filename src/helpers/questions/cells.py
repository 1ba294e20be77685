"""Single counts out of a protected table."""

import pandas as pd

from helpers.disclosure import TOTAL, Hidden


def count(table: pd.DataFrame, **values: object) -> int | None:
    """Find one count, summed over every grouping that is not named.

    Parameters
    ----------
    table : pandas.DataFrame
        Grouping columns and ``n``, with margins, as `helpers.disclosure.protect` gives it.
    **values
        The value of each grouping column that is not to be summed over.

    Returns
    -------
    int or None
        None where the count is hidden or the table has none.
    """
    wanted = {column: values.get(column, TOTAL) for column in table.columns.drop("n")}
    found = table.loc[(table[list(wanted)] == pd.Series(wanted)).all(axis=1), "n"]
    if len(found) != 1 or isinstance(found.iloc[0], Hidden):
        return None
    return int(found.iloc[0])
