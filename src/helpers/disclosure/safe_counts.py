"""Counts of durations that may be published, and what may be selected from them."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from helpers.disclosure.grouping import TOTAL, grouping_columns
from helpers.disclosure.hidden import Hidden, Reason
from helpers.disclosure.rules import Rules
from helpers.disclosure.told import Cell, Counts, Ratio, Told, Values, cell

MEASURES = ("time", "event", "n")

WAITING, LEFT = 0, 2
_WAITING_OR_LEFT = "waiting or left"

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
    small : tuple of tuple
        Those of them that have too few persons in all. Of the others only the events are secret,
        and how many they are may be told elsewhere.
    folded : bool
        Whether those who left are counted as still waiting in some group, being too few there:
        the two must then be told as one.
    told : tuple of Counts or Ratio
        What `telling` said of the cases, and of those they are selected from.
    """

    counts: pd.DataFrame
    notes: tuple[str, ...]
    hidden: tuple[Group, ...]
    rules: Rules
    small: tuple[Group, ...] = ()
    folded: bool = False
    told: tuple[Told, ...] = ()

    def telling(  # noqa: PLR0913
        self,
        cases: str,
        as_of: object,
        *,
        attributes: Mapping[str, str],
        events: Mapping[int, str],
        final: Values,
        where: Mapping[str, Values] | None = None,
    ) -> "SafeCounts":
        """Say what the counts tell of the cases, whatever is selected from them later.

        Parameters
        ----------
        cases, where
            As in `helpers.disclosure.told.Counts`.
        as_of : object
            The day the counts stand for.
        attributes : mapping of str to str
            The attributes that columns hold, where their names differ; the times are the
            blocks' own.
        events : mapping of int to str
            The values of the event.
        final : tuple of str
            Those that are final.

        Returns
        -------
        SafeCounts
        """
        ending, lasted = (attributes[column] for column in ("event", "time"))
        rows = self.counts.assign(event=self._endings(events), time=self.counts["time"].round(2))
        blocks = tuple(map(str, sorted({*rows["time"]})))
        within = {lasted: blocks} if blocks else {}
        both = tuple(events.get(one, "") for one in (WAITING, LEFT))
        shared = dict(where or {}) | {ending: tuple(events.values())}
        told = Counts(
            cases,
            _by_label(pd.concat([rows, *self._sums()]).rename(columns=dict(attributes))),
            as_of=str(as_of),
            values={ending: {_WAITING_OR_LEFT: both}} if self.folded else {},
            where=shared | within,
            final={ending: final},
        )
        return replace(self, told=(told, *self._left_out(cell(cases, shared), attributes, as_of)))

    def _left_out(
        self, every: Cell, attributes: Mapping[str, str], as_of: object
    ) -> Iterator[Ratio]:
        """Say that there are the groups left out, and of those not small nothing more."""
        columns = [attributes.get(column, column) for column in self._columns]
        for group in self.hidden:
            if group not in self.small:
                own = {c: v for c, v in zip(columns, group, strict=True) if v != TOTAL}
                part = cell(every.cases, {**dict(every.where), **own})
                yield Ratio(part, every, 0.0, 1.0, str(as_of))

    def _endings(self, events: Mapping[int, str]) -> "pd.Series[str]":
        """Name each row's event; those who wait and those who may have left are named as one."""
        named = self.counts["event"].map(events)
        groups = pd.Series(groups_of(self.counts, self._columns), self.counts.index, dtype=object)
        is_told = groups.isin(groups[self.counts["event"] == LEFT])
        may_hold_both = self.folded & ~is_told & (self.counts["event"] == WAITING)
        return named.mask(may_hold_both, _WAITING_OR_LEFT)

    def _sums(self) -> list[pd.DataFrame]:
        """Count each group, small ones as hidden, and everyone if no group is hidden."""
        every = dict.fromkeys([*self._columns, "event", "time"], TOTAL)
        groups = self.counts.groupby(self._columns, as_index=False)[["n"]].sum()
        hidden = pd.DataFrame(self.small, columns=self._columns)
        hidden["n"] = pd.Series(Hidden(Reason.SMALL_COUNT), hidden.index, dtype=object)
        everyone = pd.DataFrame([every | {"n": self.counts["n"].sum()}])
        parts = [groups, hidden] if self.hidden else [groups, everyone]
        return [part.assign(event=TOTAL, time=TOTAL) for part in parts]

    def withheld(self, note: str) -> "SafeCounts":
        """Hide everyone, and tell nothing of them.

        Parameters
        ----------
        note : str
            Why, in Swedish, to publish.

        Returns
        -------
        SafeCounts
        """
        every = (*groups_of(self.counts, self._columns), *self.hidden)
        return replace(
            self,
            counts=self.counts.iloc[:0],
            notes=(note,),
            hidden=tuple(dict.fromkeys(every)),
            folded=False,
            told=(),
        )

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


def _by_label(table: pd.DataFrame) -> pd.DataFrame:
    """Write values as text; times that read the same are one."""
    labels = table.drop(columns="n").astype(str)
    shown = table["n"].map(lambda n: n if isinstance(n, Hidden) else int(n)).astype(object)
    return labels.assign(n=shown).groupby([*labels], as_index=False, sort=False)[["n"]].sum()


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
