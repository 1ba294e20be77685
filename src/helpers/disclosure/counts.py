"""Noise on tables that hold counts and no rows: there is no person to take a key from."""

from collections.abc import Sequence

import pandas as pd

from helpers.disclosure.keys import Secret
from helpers.disclosure.noise import perturbed
from helpers.disclosure.rules import Rules


def noisy_counts(
    table: str, rows: pd.DataFrame, primary_key: Sequence[str], secret: Secret, rules: Rules
) -> "pd.Series[int]":
    """Give each count the noise of a cell key that is a keyed hash of its table and primary key.

    The same row has the same noise wherever it is shown, as long as its key is the same.

    Parameters
    ----------
    table : str
        The table's name.
    rows : DataFrame
        The columns of the primary key, and ``n``: true counts.
    primary_key : sequence of str
        Columns that tell the rows apart.
    secret : Secret
        The key that decides the noise.
    rules : Rules
        Say how much.

    Returns
    -------
    Series of int
        Noisy counts, by the index of `rows`.
    """
    named = rows[[*primary_key]].astype(str).itertuples(index=False, name=None)
    keys = secret.hashed("cell", ("\0".join((table, *key)) for key in named))
    return pd.Series(perturbed(rows["n"].to_numpy("int64"), keys, rules.noise), rows.index)
