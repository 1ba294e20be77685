"""Counts of durations that may be published, and what may be selected from them."""

from collections.abc import Collection
from dataclasses import dataclass, replace

import pandas as pd

from helpers.disclosure.grouping import grouping_columns
from helpers.disclosure.rules import Rules

MEASURES = ("time", "event", "n")

Group = tuple[object, ...]


@dataclass(frozen=True, eq=False)
class SafeCounts:
    """Counts of durations that may be published, and every number computed from them.

    Attributes
    ----------
    counts : DataFrame
        Grouping columns, `time` (days, float), `event` (0 still waiting, 1 access, 2 left) and
        `n` (persons). No row has fewer than `rules.min_count` persons.
    notes : tuple of str
        What was changed beyond the times, in Swedish sentences to publish.
    hidden : tuple of tuple
        The groups that are left out, as values of the grouping columns in order.
    rules : Rules
        The rules that were followed.
    folded : bool
        Whether those who left are counted as still waiting in some group, being too few there:
        the two must then be told as one.
    """

    counts: pd.DataFrame
    notes: tuple[str, ...]
    hidden: tuple[Group, ...]
    rules: Rules
    folded: bool = False

    def over(self, *columns: str) -> "SafeCounts":
        """Sum out grouping columns: everyone, whatever their values.

        A sum that lacks a hidden group is hidden too.

        Parameters
        ----------
        *columns : str
            Grouping columns, which the result is without.

        Returns
        -------
        SafeCounts
        """
        kept = [column for column in self._columns if column not in columns]
        hidden = self._project(self.hidden, kept)
        counts = without(summed(self.counts, kept), kept, hidden)
        return replace(self, counts=counts, hidden=hidden)

    def where(self, **values: object) -> "SafeCounts":
        """Select those with one value in each of some grouping columns.

        Parameters
        ----------
        **values
            The value for each column, which the result is without.

        Returns
        -------
        SafeCounts
            Empty where the column has been summed out to protect it.
        """
        kept = [column for column in self._columns if column not in values]
        chosen = (self.counts[list(values)] == list(values.values())).all(axis=1)
        wanted = tuple(values.values())
        hidden = [g for g in self.hidden if self._project([g], list(values)) == (wanted,)]
        return replace(
            self, counts=summed(self.counts[chosen], kept), hidden=self._project(hidden, kept)
        )

    @property
    def _columns(self) -> list[str]:
        return grouping_columns(self.counts, MEASURES)

    def _project(self, groups: Collection[Group], columns: list[str]) -> tuple[Group, ...]:
        """Keep the values of some columns, each group once."""
        places = [self._columns.index(column) for column in columns]
        return tuple(dict.fromkeys(tuple(group[i] for i in places) for group in groups))


def groups_of(counts: pd.DataFrame, columns: list[str]) -> list[Group]:
    """Name the group of each row."""
    return [tuple(row) for row in counts[columns].to_numpy(dtype=object)]


def summed(counts: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """Sum persons over all but some grouping columns, in order, without empty rows."""
    return counts[counts["n"] > 0].groupby([*columns, "time", "event"], as_index=False)[["n"]].sum()


def without(counts: pd.DataFrame, columns: list[str], groups: Collection[Group]) -> pd.DataFrame:
    """Leave out groups."""
    kept = [group not in groups for group in groups_of(counts, columns)]
    return counts.loc[kept]
