"""The rows in pandas, for packages that want one wait a row."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from benchmarks.contenders.report import GROUPS
from benchmarks.files import AS_OF

COLUMNS = ["sex", "has_children", "decided_on", "access_on", "left_on"]

MeanWait = Callable[[np.ndarray[Any, Any], np.ndarray[Any, Any]], float]
"""Mean wait within the horizon from times (days) and whether each ended with access."""


def read(file: str) -> pd.DataFrame:
    """Read the columns that are needed, dates as pandas is quickest with them.

    Parameters
    ----------
    file : str
        Parquet file of cases.

    Returns
    -------
    DataFrame
        `sex`, `has_children`, `time` (days) and `access` (bool).
    """
    cases: pd.DataFrame = pq.read_table(file, columns=COLUMNS).to_pandas(date_as_object=False)
    ended = cases["access_on"].fillna(cases["left_on"]).fillna(pd.Timestamp(AS_OF))
    time = (ended - cases["decided_on"]).dt.days
    return cases[["sex", "has_children"]].assign(time=time, access=cases["access_on"].notna())


def means(cases: pd.DataFrame, mean_wait: MeanWait) -> dict[str, float]:
    """Mean waits of every group.

    Parameters
    ----------
    cases : DataFrame
        As `read` gives them.
    mean_wait : callable
        How the package finds one.

    Returns
    -------
    dict of str to float
        Days, by the names in `GROUPS`.
    """
    woman, parent = cases["sex"] == "K", cases["has_children"]
    chosen = (woman, ~woman, woman & ~parent, ~woman & ~parent, woman & parent, ~woman & parent)
    return {
        name: mean_wait(cases.loc[rows, "time"].to_numpy(), cases.loc[rows, "access"].to_numpy())
        for name, rows in zip(GROUPS, chosen, strict=True)
    }
