"""Placements by how far they have come towards being extended, made safe to publish."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import pandas as pd

from helpers.disclosure import (
    TOTAL,
    Hidden,
    Rules,
    SafeCounts,
    load_rules,
    protect_durations,
)
from helpers.disclosure import protect as protect_table
from helpers.disclosure.alike import hide_alike
from helpers.disclosure.attack import first_safe
from helpers.disclosure.told import Counts, Told, Values, at
from helpers.questions.cases import PLACED, PLACEMENTS, some
from helpers.questions.extension_strata import pool
from helpers.questions.extension_tallies import (
    DENIED,
    GRANTED,
    NOT_APPLIED,
    STAGES,
    Tallies,
    merge,
    settled,
)

SETTLED = (NOT_APPLIED, DENIED, GRANTED)
APPLIED = (DENIED, GRANTED)
"""Stages in which an application has been decided, for good."""

_EXTENDED = {"True": (GRANTED,), "False": (NOT_APPLIED, DENIED)}


@dataclass(frozen=True, eq=False)
class SafeExtensions:
    """Counts of placements that may be published, and every number computed from them.

    The tables but the first are further views of the same placements. Each is used and told of
    only if it hides nothing, and gives nothing away together with the others.

    Attributes
    ----------
    stages : pandas.DataFrame
        ``sex``, ``stage`` (of `STAGES`) and ``n``, with margins.
    as_of : datetime.date
        The day the counts stand for.
    rules : Rules
        The rules that were followed.
    days : SafeCounts, optional
        Days granted by sex.
    persons, turns, periods, strata : pandas.DataFrame, optional
        ``trials`` and ``successes`` of persons; ``sex``, ``extended`` and either ``turn``,
        ``period`` (two years of start) or ``stratum``; with ``n`` and margins. The strata are
        for a model alone: beside other questions' counts of the same placements by care form,
        theirs would give away how many cannot be judged yet.
    """

    stages: pd.DataFrame
    as_of: date
    rules: Rules
    days: SafeCounts | None = None
    persons: pd.DataFrame | None = None
    turns: pd.DataFrame | None = None
    periods: pd.DataFrame | None = None
    strata: pd.DataFrame | None = None

    @property
    def stage(self) -> str:
        """The attribute of how far a placement has come."""
        return at("stage", self.as_of)

    @cached_property
    def told(self) -> tuple[Counts, ...]:
        """What the stages tell of the placements."""
        return (self._counts(self.stages.rename(columns={"stage": self.stage}), STAGES),)

    @cached_property
    def told_by_person(self) -> tuple[Counts, ...]:
        """What the table of persons tells."""
        if (persons := shown(self.persons)) is None:
            return ()
        names = {name: at(name, self.as_of) for name in ("trials", "successes")}
        table = persons.astype(dict.fromkeys(names, str)).rename(columns=names)
        return (Counts(PLACED, table, as_of=str(self.as_of), base=self.rules.rounding_base),)

    @cached_property
    def told_by_turn(self) -> tuple[Counts, ...]:
        """What the table of first and later placements tells."""
        turns = shown(self.turns)
        return () if turns is None else (self._settled(turns),)

    @cached_property
    def told_by_period(self) -> tuple[Counts, ...]:
        """What the table of periods tells."""
        if (periods := shown(self.periods)) is None:
            return ()
        return (self._settled(periods.rename(columns={"period": "started"})),)

    def everything_told(self) -> tuple[Told, ...]:
        """Tell what all the tables do."""
        days = self.days.told if self.days else ()
        by_view = (*self.told_by_person, *self.told_by_turn, *self.told_by_period)
        return (*self.told, *days, *by_view)

    def _settled(self, table: pd.DataFrame) -> Counts:
        """Tell of placements that can be judged."""
        named = table.rename(columns={"extended": self.stage})
        counts = self._counts(named, SETTLED)
        values: dict[str, Mapping[str, Values]] = {self.stage: _EXTENDED}
        if "started" in table:
            values["started"] = _years({*table["started"]} - {TOTAL})
        return replace(counts, values=values)

    def _counts(self, table: pd.DataFrame, stages: Values) -> Counts:
        return Counts(
            PLACEMENTS,
            table,
            as_of=str(self.as_of),
            where={self.stage: stages},
            final={self.stage: APPLIED},
            base=self.rules.rounding_base,
        )


def _years(periods: Collection[str]) -> dict[str, Values]:
    """List the years of each period: ``2022–23``."""
    first = {period: int(period.partition("–")[0]) for period in sorted(periods)}
    return {period: (str(year), str(year + 1)) for period, year in first.items()}


def protect(tallied: Tallies, as_of: date, rules: Rules | None = None) -> SafeExtensions:
    """Make the counts safe to publish.

    Where the tables together give something away, views are left out until they do not: first
    the periods, then the turns, then the days.

    Parameters
    ----------
    tallied : Tallies
        As `helpers.questions.extension_tallies.tally_all` gives them.
    as_of : datetime.date
        The day the counts stand for.
    rules : helpers.disclosure.Rules, optional
        By default those of `helpers.disclosure.load_rules`.

    Returns
    -------
    SafeExtensions
    """
    rules = rules or load_rules()
    counts = SafeExtensions(
        stages=hide_alike(protect_table(merge(tallied.by_sex), rules=rules), "sex"),
        as_of=as_of,
        rules=rules,
        days=_days(protect_durations(tallied.days, rules), as_of),
        persons=protect_table(tallied.persons, rules=rules),
        turns=protect_table(settled(tallied.by_turn), rules=rules),
        periods=protect_table(_by_period(tallied.by_place), rules=rules),
        strata=protect_table(pool(tallied.by_place, rules), rules=rules),
    )
    return first_safe(_ever_fewer(counts), SafeExtensions.everything_told, rules)


def _ever_fewer(counts: SafeExtensions) -> Iterator[SafeExtensions]:
    """Leave out one view after another."""
    yield counts
    yield (without_periods := replace(counts, periods=None))
    yield (without_turns := replace(without_periods, turns=None))
    yield replace(without_turns, days=None)


def _by_period(by_place: pd.DataFrame) -> pd.DataFrame:
    counts = settled(by_place)
    return counts.groupby(["sex", "period", "extended"], as_index=False)[["n"]].sum()


def _days(counts: SafeCounts, as_of: date) -> SafeCounts:
    """Say what the days granted tell; how many extensions lack them is not told."""
    lasted = at("days granted", as_of)
    attributes = {"event": at("stage", as_of), "time": lasted}
    named = counts.telling(
        PLACEMENTS, as_of, attributes=attributes, events={1: GRANTED}, final=APPLIED
    )
    known = [str(days) for days in sorted({*counts.counts["time"].round(2)})]
    others = [some(PLACEMENTS, lasted, known, "unknown", as_of)] if known else []
    return replace(named, told=(*named.told, *others))


def shown(protected: pd.DataFrame | None) -> pd.DataFrame | None:
    """Give a table if there is one and it hides nothing."""
    if protected is None or any(isinstance(n, Hidden) for n in protected["n"]):
        return None
    return protected


def complete(protected: pd.DataFrame | None) -> pd.DataFrame | None:
    """Give a table that hides nothing, without its margins.

    Parameters
    ----------
    protected : pandas.DataFrame or None
        A table of `SafeExtensions`.

    Returns
    -------
    pandas.DataFrame or None
    """
    if (table := shown(protected)) is None:
        return None
    inner = table[(table != TOTAL).all(axis=1) & (table["n"] > 0)]
    return inner.astype({"n": "int64"})
