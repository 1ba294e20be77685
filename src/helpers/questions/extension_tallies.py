"""Placements counted by how far they have come towards being extended.

Counted for each placement is its first application that was not withdrawn. What cannot be known
yet is set apart: placements whose planned end has not come, and those whose application is
pending.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import ibis
import pandas as pd

from helpers.data.codes import FAMILY_HOME

TOO_EARLY, PENDING, WITHDRAWN = "too early", "pending", "withdrawn"
OPEN, NOT_APPLIED, DENIED, GRANTED = "open", "not applied", "denied", "granted"
STAGES = (OPEN, NOT_APPLIED, DENIED, GRANTED)
"""How far a placement has come, in as few steps as the question needs."""

_MERGED = {TOO_EARLY: OPEN, PENDING: OPEN, WITHDRAWN: NOT_APPLIED}


def latest_date(placements: ibis.Table, applications: ibis.Table) -> date:
    """Last date anything is known to have happened, used as the as-of date by default.

    Parameters
    ----------
    placements, applications : ibis.Table
        The ``placements`` and ``extensions`` tables.

    Returns
    -------
    datetime.date

    Raises
    ------
    ValueError
        If the tables hold no dates.
    """
    columns = [placements.started_on, placements.ended_on]
    columns += [applications.applied_on, applications.decided_on]
    dates = pd.Series([column.max().to_pandas() for column in columns]).dropna()
    if dates.empty:
        raise ValueError("Tabellerna har inga datum. Ange vilken dag uppgifterna gäller (as_of).")
    return pd.Timestamp(max(map(pd.Timestamp, dates))).date()


def tally(
    placements: ibis.Table,
    applications: ibis.Table,
    by: Sequence[str] = ("sex",),
    as_of: date | None = None,
) -> pd.DataFrame:
    """Count the placements by how far they have come towards being extended.

    One expression, run where the rows are; only the counts leave.

    Parameters
    ----------
    placements, applications : ibis.Table
        The ``placements`` and ``extensions`` tables.
    by : sequence of str
        Columns to group by: those of the placements, and ``turn`` (a person's first placement
        or a later one), ``care`` (family home or other) and ``period`` (two years of start).
    as_of : datetime.date, optional
        What happened later is not yet known. The latest date of the tables by default.

    Returns
    -------
    pandas.DataFrame
        The columns of `by`, ``stage`` and ``n``, in the order of the columns. The stages are
        too early (the planned end has not come), pending, not applied, withdrawn (every
        application was), denied and granted.
    """
    staged = _staged(placements, applications, as_of)
    counts = staged.group_by([*by, "stage"]).aggregate(n=ibis._.count().cast("int64"))
    return pd.DataFrame(counts.order_by([*by, "stage"]).to_pandas())


class Tallies(NamedTuple):
    """The placements counted in every way the question needs.

    Attributes
    ----------
    by_sex, by_turn, by_place : pandas.DataFrame
        `tally` by sex; by sex and turn; by sex, care and period.
    persons, days : pandas.DataFrame
        `tally_persons` and `tally_days`.
    """

    by_sex: pd.DataFrame
    by_turn: pd.DataFrame
    by_place: pd.DataFrame
    persons: pd.DataFrame
    days: pd.DataFrame


def tally_all(
    placements: ibis.Table, applications: ibis.Table, as_of: date | None = None
) -> Tallies:
    """Count the placements in every way the question needs.

    Parameters
    ----------
    placements, applications, as_of
        As in `tally`.

    Returns
    -------
    Tallies
    """
    tables, as_of = (placements, applications), as_of or latest_date(placements, applications)
    return Tallies(
        by_sex=tally(*tables, ["sex"], as_of),
        by_turn=tally(*tables, ["sex", "turn"], as_of),
        by_place=tally(*tables, ["sex", "care", "period"], as_of),
        persons=tally_persons(*tables, as_of),
        days=tally_days(*tables, as_of),
    )


def tally_days(
    placements: ibis.Table, applications: ibis.Table, as_of: date | None = None
) -> pd.DataFrame:
    """Count the extensions granted by sex and length.

    Parameters
    ----------
    placements, applications, as_of
        As in `tally`.

    Returns
    -------
    pandas.DataFrame
        ``sex``, ``time`` (days granted), ``event`` (1) and ``n``, as
        `helpers.disclosure.protect_durations` takes them.
    """
    staged = _staged(placements, applications, as_of)
    granted = staged.filter(staged.stage == GRANTED, staged.days_granted.notnull())
    counts = granted.group_by(["sex", "days_granted"]).aggregate(n=ibis._.count().cast("int64"))
    table = pd.DataFrame(counts.order_by(["sex", "days_granted"]).to_pandas())
    told = table.assign(time=table["days_granted"].astype(float), event=1)
    return told[["sex", "time", "event", "n"]]


def tally_persons(
    placements: ibis.Table, applications: ibis.Table, as_of: date | None = None
) -> pd.DataFrame:
    """Count the persons by how many placements they have, and how many of these were extended.

    Parameters
    ----------
    placements, applications, as_of
        As in `tally`. Placements that cannot be judged yet are left out.

    Returns
    -------
    pandas.DataFrame
        ``trials`` (placements), ``successes`` (extended) and ``n`` (persons).
    """
    staged = _staged(placements, applications, as_of)
    settled = staged.filter(staged.stage.notin([TOO_EARLY, PENDING]))
    persons = settled.group_by("person_id").aggregate(
        trials=ibis._.count().cast("int64"),
        successes=(ibis._.stage == GRANTED).cast("int64").sum().cast("int64"),
    )
    patterns = persons.group_by(["trials", "successes"])
    counts = patterns.aggregate(n=ibis._.count().cast("int64"))
    return pd.DataFrame(counts.order_by(["trials", "successes"]).to_pandas())


def _staged(placements: ibis.Table, applications: ibis.Table, as_of: date | None) -> ibis.Table:
    """Give each placement its stage, the days granted and what it can be grouped by."""
    as_of = as_of or latest_date(placements, applications)
    begun = _described(placements.filter(placements.started_on <= as_of))
    joined = begun.left_join(_first_applications(applications, as_of), "placement_id")
    stage = ibis.cases(
        (joined.planned_end_on > as_of, TOO_EARLY),
        (joined.outcome.isnull(), NOT_APPLIED),
        else_=joined.outcome,
    )
    return joined.mutate(stage=stage)


def _described(placements: ibis.Table) -> ibis.Table:
    started = ["started_on", "placement_id"]
    order = ibis.window(group_by="person_id", order_by=started)
    is_first = ibis.row_number().over(order) == 0
    year = placements.started_on.year().cast("int64")
    first = year - year % 2
    return placements.mutate(
        turn=is_first.ifelse("first", "later"),
        care=(placements.care_form == FAMILY_HOME).ifelse("familjehem", "annan vårdform"),
        period=first.cast("string") + "–" + (first % 100 + 1).cast("string"),
    )


def _first_applications(applications: ibis.Table, as_of: date) -> ibis.Table:
    """Select each placement's first application, a withdrawn one only if it has no other."""
    known = applications.filter(applications.applied_on <= as_of)
    outcome = (known.decided_on <= as_of).fill_null(False).ifelse(known.outcome, PENDING)
    told = known.mutate(outcome=outcome)
    withdrawn = (told.outcome == WITHDRAWN).cast("int64")
    order = ibis.window(
        group_by="placement_id", order_by=[withdrawn, told.applied_on, told.application_id]
    )
    first = told.filter(ibis.row_number().over(order) == 0)
    return first.select("placement_id", "outcome", "days_granted")


def merge(tallied: pd.DataFrame) -> pd.DataFrame:
    """Merge the stages that are too rare to be shown by themselves.

    Too early and pending become ``open``: the outcome is not known. A withdrawn application
    counts as none.

    Parameters
    ----------
    tallied : pandas.DataFrame
        As `tally` gives it.

    Returns
    -------
    pandas.DataFrame
        The same columns, with every stage of `STAGES` for every group.
    """
    by = [column for column in tallied.columns if column != "n"]
    stage = tallied["stage"].replace(_MERGED)
    merged = tallied.assign(stage=pd.Categorical(stage, categories=STAGES))
    counts = merged.groupby(by, observed=False)["n"].sum().reset_index()
    return counts.astype({"stage": object, "n": "int64"})


def settled(tallied: pd.DataFrame) -> pd.DataFrame:
    """Count the extended, and those that are not, of the placements that can be judged.

    Parameters
    ----------
    tallied : pandas.DataFrame
        As `tally` gives it.

    Returns
    -------
    pandas.DataFrame
        The same columns, ``extended`` in place of ``stage``.
    """
    merged = merge(tallied)
    known = merged[merged["stage"] != OPEN]
    told = known.assign(extended=known["stage"] == GRANTED)
    by = [column for column in told.columns if column not in ("stage", "n")]
    return told.groupby(by)["n"].sum().reset_index()
