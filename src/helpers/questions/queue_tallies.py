"""Waits for a flat counted by how long they are and how they end.

A wait begins with a decision. It ends with access to a flat, or when the person leaves the queue,
or it still runs on the as-of date.
"""

from collections.abc import Sequence
from datetime import date

import ibis
import pandas as pd

WAITING, ACCESS, LEFT = 0, 1, 2
EVENTS = {WAITING: "waiting", ACCESS: "access", LEFT: "left"}
ENDED = (EVENTS[ACCESS], EVENTS[LEFT])


def latest_date(cases: ibis.Table) -> date:
    """Last date a decision was made, used as the as-of date unless another is given.

    Access and leaving do not count, since they may be entered ahead of their day.

    Parameters
    ----------
    cases : ibis.Table
        The ``queue`` table.

    Returns
    -------
    datetime.date

    Raises
    ------
    ValueError
        If the table holds no decisions.
    """
    latest = cases.decided_on.max().to_pandas()
    if pd.isna(latest):
        raise ValueError("Tabellen har inga beslut. Ange vilken dag uppgifterna gäller (as_of).")
    return pd.Timestamp(latest).date()


def tally(
    cases: ibis.Table,
    by: Sequence[str] = ("sex",),
    as_of: date | None = None,
    first_only: bool = False,
) -> pd.DataFrame:
    """Count the waits by group, length and how they ended.

    One expression, run where the rows are; only the counts leave.

    Parameters
    ----------
    cases : ibis.Table
        The ``queue`` table.
    by : sequence of str
        Columns to group by.
    as_of : datetime.date, optional
        What happened later is not yet known: a wait that ends later still runs, a decision made
        later is left out. The latest date of the table by default.
    first_only : bool
        Count each person's first decision only, rather than every decision.

    Returns
    -------
    pandas.DataFrame
        The columns of `by` and ``time`` (days waited, the middle of the week: 3.5, 10.5, …),
        ``event`` (0 still waiting, 1 access, 2 left) and ``n``, in the order of the columns.
    """
    as_of = as_of or latest_date(cases)
    decided = cases.filter(cases.decided_on <= as_of)
    if first_only:
        decided = _first_decisions(decided)
    event = ibis.cases(
        (decided.access_on <= as_of, ACCESS), (decided.left_on <= as_of, LEFT), else_=WAITING
    )
    end = ibis.least(
        ibis.coalesce(decided.access_on, as_of), ibis.coalesce(decided.left_on, as_of), as_of
    )
    weeks = end.delta(decided.decided_on, unit="day") // 7
    waits = decided.select(*by, week=weeks.cast("int64"), event=event.cast("int64"))
    counts = waits.group_by([*by, "week", "event"]).aggregate(n=ibis._.count().cast("int64"))
    table = counts.order_by([*by, "week", "event"]).to_pandas()
    return pd.DataFrame(table.assign(week=7 * table["week"] + 3.5)).rename(columns={"week": "time"})


def _first_decisions(cases: ibis.Table) -> ibis.Table:
    order = ibis.window(group_by="person_id", order_by=["decided_on", "case_id"])
    return cases.filter(ibis.row_number().over(order) == 0)
