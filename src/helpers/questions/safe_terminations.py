"""Endings, days and durations of placements, made safe to publish together."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import product, repeat
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.disclosure import TOTAL, Hidden, Reason, Rules, SafeCounts, load_rules
from helpers.disclosure import protect as protect_table
from helpers.disclosure.alike import protect_unlike
from helpers.disclosure.attack import first_safe
from helpers.disclosure.sums import is_dominated
from helpers.disclosure.told import Told, at
from helpers.questions.cases import PLACEMENTS
from helpers.questions.placement_time import ENDED, ENDINGS, Window
from helpers.questions.safe_rates import MEASURES, OTHER_FORMS, SafeRates

LANDMARKS = (365 / 4, 365 / 2, 365)
"""Days after which shares are read off."""

_WITHHELD = (
    "Hur länge placeringarna har varat visas inte: "
    "tillsammans med övriga tabeller kan det röja någon."
)


class SafeTerminations(NamedTuple):
    """Everything about how placements end that may be published.

    Attributes
    ----------
    rates : SafeRates
        Endings and days, by care form and by calendar years.
    durations : SafeCounts
        How long placements lasted and how they ended.
    """

    rates: SafeRates
    durations: SafeCounts

    def everything_told(self) -> tuple[Told, ...]:
        """Tell what all the tables do."""
        return (*self.rates.told, *self.durations.told)


def protect(
    tallied: pd.DataFrame, followed: pd.DataFrame, within: Window, rules: Rules | None = None
) -> SafeTerminations:
    """Make endings, days and durations safe to publish.

    They are of the same placements. Each table is safe by itself; care forms are then joined,
    those with the fewest unplanned endings of either sex first, and so are consecutive years,
    until no number of theirs has to be hidden, and all tables together give nothing away. If
    they still do, the durations are withheld instead.

    Person-time is a sum, and follows the counts it is summed over: it is counted in whole weeks
    in each cell of the tally, and is hidden where the placements behind it, or their endings,
    are. Where one person's days dominate a sum the table shows no days at all.

    Parameters
    ----------
    tallied : DataFrame
        As `helpers.questions.placement_time.tally` gives it.
    followed : DataFrame
        As `helpers.questions.placement_time.follow` gives it.
    within : Window
        The time followed.
    rules : Rules, optional
        By default those of `helpers.disclosure.load_rules`.

    Returns
    -------
    SafeTerminations
        The only tables to publish of these placements.
    """
    rules = rules or load_rules()
    durations = _durations(followed, within, rules)
    chosen = product((durations, durations.withheld(_WITHHELD)), _rates(tallied, within, rules))
    candidates = (SafeTerminations(rates, lasted) for lasted, rates in chosen)
    return first_safe(candidates, SafeTerminations.everything_told, rules)


def _durations(followed: pd.DataFrame, within: Window, rules: Rules) -> SafeCounts:
    attributes = {
        "event": within.ending,
        "time": at("time placed", within.as_of),
        "is_new": f"begun from {within.start}",
    }
    counts = protect_unlike(followed, rules, LANDMARKS).telling(
        PLACEMENTS,
        within.as_of,
        attributes=attributes,
        events=ENDINGS,
        final=ENDED,
        where=within.followed,
    )
    return replace(counts, told=(*counts.told, *within.told))


def _rates(tallied: pd.DataFrame, within: Window, rules: Rules) -> Iterator[SafeRates]:
    """Give rates by care form and by period, the finest without holes first."""
    weeks = (tallied["days"] / rules.duration_unit).round().astype("int64")
    counts = tallied.assign(days=weeks * rules.duration_unit)
    forms = _joined_forms(counts)
    by_form = _protected_each((_by_form(counts, joined) for joined in forms), rules)
    by_period = _protected_each(_by_period(counts), rules)
    for forms_shown, periods_shown in product(_whole(by_form), _whole(by_period)):
        is_period = by_period[periods_shown]["group"] != TOTAL
        yield SafeRates(
            by_form=by_form[forms_shown],
            by_period=by_period[periods_shown][is_period].drop(columns="placements"),
            joined=forms[forms_shown],
            within=within,
            rules=rules,
        )


def _joined_forms(counts: pd.DataFrame) -> list[tuple[str, ...]]:
    """List what to join: nothing, the two forms with fewest endings of either sex, and so on."""
    endings = counts.pivot_table("unplanned", "care_form", "sex", aggfunc="sum", fill_value=0)
    fewest = [str(form) for form in endings.min(axis=1).sort_values(kind="stable").index]
    return [(), *(tuple(fewest[:size]) for size in range(2, len(fewest) + 1))]


def _by_form(counts: pd.DataFrame, joined: Sequence[str]) -> pd.DataFrame:
    group = counts["care_form"].mask(counts["care_form"].isin(joined), OTHER_FORMS)
    return _summed(counts.assign(group=group, placements=counts["entered"]))


def _by_period(counts: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Give tables of each year, then of fewer and longer periods."""
    years = sorted(counts["year"].unique())
    if not years:
        yield _by_form(counts, ())
    for number in range(len(years), 0, -1):
        periods = np.array_split(years, number)
        first = {year: period[0] for period in periods for year in period}
        name = {p[0]: f"{p[0]}–{p[-1]}" if len(p) > 1 else f"{p[0]}" for p in periods}
        carried = counts["carried"].where(counts["year"].isin(name), 0)
        group = counts["year"].map(first).map(name)
        yield _summed(counts.assign(group=group, placements=counts["entered"] + carried))


def _summed(counts: pd.DataFrame) -> pd.DataFrame:
    """Sum the counts. No person has more days of a sum than the sum of the most in each cell."""
    return counts.groupby(["sex", "group"], as_index=False)[[*MEASURES, "largest"]].sum()


def _protected_each(tables: Iterable[pd.DataFrame], rules: Rules) -> list[pd.DataFrame]:
    return [_protected(table, rules) for table in tables]


def _whole(tables: Sequence[pd.DataFrame]) -> list[int]:
    """Give the places of the tables without holes; of the last if all have some."""
    has_holes = [table.map(lambda n: isinstance(n, Hidden)).any(axis=None) for table in tables]
    return [i for i, holes in enumerate(has_holes) if not holes] or [len(tables) - 1]


def _protected(table: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """Protect placements by how they ended, and hide the days of those that are hidden."""
    other = table["placements"] - table["unplanned"]
    ended = table.assign(other=other).melt(["sex", "group"], ["unplanned", "other"], "how", "n")
    shown = protect_table(ended, rules=rules).pivot(
        index=["sex", "group"], columns="how", values="n"
    )
    counts = shown.reindex(columns=[TOTAL, "unplanned"], fill_value=0)
    counts.columns = pd.Index(["placements", "unplanned"])
    why = counts.map(lambda n: n if isinstance(n, Hidden) else None).bfill(axis=1)["placements"]
    days = _with_margins(table).reindex(counts.index, fill_value=0)
    is_told = why.isna() & (days["days"] > 0)
    if any(map(is_dominated, *days[is_told][["days", "largest"]].to_numpy().T, repeat(rules))):
        why = why.mask(why.isna(), Hidden(Reason.DOMINANCE))
    return counts.assign(days=days["days"].astype(object).mask(why.notna(), why)).reset_index()


def _with_margins(table: pd.DataFrame) -> pd.DataFrame:
    over: tuple[list[str], ...] = ([], ["sex"], ["group"], ["sex", "group"])
    sums = [table.assign(**dict.fromkeys(columns, TOTAL)) for columns in over]
    return _summed(pd.concat(sums)).set_index(["sex", "group"])
