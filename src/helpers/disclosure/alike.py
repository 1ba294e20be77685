"""Describe no group whose members are all alike: what is said of the group is said of each."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from helpers.disclosure.durations import protect_durations
from helpers.disclosure.grouping import TOTAL, grouping_columns
from helpers.disclosure.hidden import Hidden, Reason
from helpers.disclosure.rules import Rules
from helpers.disclosure.safe_counts import MEASURES, Group, SafeCounts, groups_of, without

_MERGED = (
    f"Den finaste uppdelningen kan inte visas utan att röja någon och visas bara som ”{TOTAL}”."
)
_DROPPED = "Minst en grupp kan inte visas utan att röja någon."


def hide_alike(protected: pd.DataFrame, group: str, count: str = "n") -> pd.DataFrame:
    """Hide how a group splits, where all its members have the same value.

    With the group's split goes that of all groups together, which would give it away. How many
    the group is stays.

    Parameters
    ----------
    protected : DataFrame
        `group`, one other grouping column and `count`, with margins, as
        `helpers.disclosure.protect` gives it.
    group : str
        The column of groups: ``"sex"``.
    count : str
        Name of the column of counts, in persons.

    Returns
    -------
    DataFrame
    """
    [other] = protected.columns.difference([group, count])
    is_part = protected[other] != TOTAL
    alike = [
        name
        for name, own in protected[is_part & (protected[group] != TOTAL)].groupby(group)
        if _is_alike(own[count])
    ]
    told = [*alike, TOTAL] if alike else []
    hidden = is_part & protected[group].isin(told)
    return protected.assign(**{count: protected[count].mask(hidden, Hidden(Reason.ALL_ALIKE))})


def _is_alike(numbers: pd.Series) -> bool:
    """Whether one number alone is more than zero, and none is hidden."""
    return not any(isinstance(n, Hidden) for n in numbers) and sum(n > 0 for n in numbers) == 1


def protect_unlike(
    counts: pd.DataFrame, rules: Rules | None = None, landmarks: Sequence[float] = ()
) -> SafeCounts:
    """Make counts of durations safe to publish, and describe no group to whom one event came alone.

    As long as there is such a group the last grouping column is summed out for all. One that is
    left when one column remains is left out.

    Parameters
    ----------
    counts, rules, landmarks
        As in `helpers.disclosure.protect_durations`.

    Returns
    -------
    SafeCounts
    """
    columns = grouping_columns(counts, MEASURES)
    safe, notes = protect_durations(counts, rules, landmarks), list[str]()
    while _alike(safe, columns) and (split := _split(safe, columns))[1:]:
        counts, notes = counts.assign(**{split[-1]: TOTAL}), [_MERGED]
        safe = protect_durations(counts, rules, landmarks)
    if alike := _alike(safe, columns):
        kept = without(safe.counts, columns, alike)
        safe = replace(safe, counts=kept, hidden=(*safe.hidden, *alike))
        notes.append(_DROPPED)
    return replace(safe, notes=(*safe.notes, *notes))


def _alike(safe: SafeCounts, columns: list[str]) -> list[Group]:
    """Name the groups that have one event only."""
    events = safe.counts.groupby(columns, as_index=False)[["event"]].nunique()
    return groups_of(events[events["event"] == 1], columns)


def _split(safe: SafeCounts, columns: list[str]) -> list[str]:
    """Name the grouping columns that are not summed out."""
    return [column for column in columns if not safe.counts[column].eq(TOTAL).all()]
