"""Endings and days of placements, made safe to publish."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat

import numpy as np
import pandas as pd

from helpers.disclosure import TOTAL, Hidden, Reason, Rules, load_rules, protect, told
from helpers.disclosure.sums import is_dominated
from helpers.disclosure.told import Cell, Counts, Told, Values, at
from helpers.questions.cases import PLACEMENTS
from helpers.questions.placement_time import ENDINGS, UNPLANNED, Window

OTHER_FORMS = "övriga vårdformer"

_MEASURES = ["placements", "unplanned", "days"]


@dataclass(frozen=True, eq=False)
class SafeRates:
    """Endings and days that may be published, and every number computed from them.

    Attributes
    ----------
    by_form : DataFrame
        A row for each ``sex`` and ``group`` (care form), with sums over either: ``placements``,
        ``unplanned`` and ``days``, int or Hidden.
    by_period : DataFrame
        ``sex``, ``group`` (calendar years), ``unplanned`` and ``days``.
    joined : tuple of str
        The care forms that are counted as `OTHER_FORMS`, to have none too small to show.
    within : Window
        The time followed.
    rules : Rules
        The rules that were followed.
    """

    by_form: pd.DataFrame
    by_period: pd.DataFrame
    joined: tuple[str, ...]
    within: Window
    rules: Rules

    @cached_property
    def told(self) -> tuple[Told, ...]:
        """What the tables tell of the placements."""
        ended_in = at("year of ending", self.within.as_of)
        return (
            *(self._counts(self.by_form, "care_form", measure) for measure in _MEASURES),
            self._counts(self.by_period, ended_in, "unplanned"),
            self._counts(self.by_period, "year", "days"),
            *self.within.told,
        )

    def _counts(self, table: pd.DataFrame, attribute: str, measure: str) -> Counts:
        return Counts(
            PLACEMENTS,
            table[["sex", "group", measure]].set_axis(["sex", attribute, "n"], axis=1),
            of=self._of(measure),
            as_of=str(self.within.as_of),
            values={attribute: {str(group): self._values(group) for group in table["group"]}},
            where=self._where(measure),
            base=1 if measure == "days" else self.rules.rounding_base,
        )

    def cell(self, measure: str, sex: str, form: str) -> Cell:
        """Name what one number counts.

        Parameters
        ----------
        measure : {"placements", "unplanned", "days"}
            What is counted.
        sex, form : str
            Among which; `TOTAL` for both sexes, or all care forms.

        Returns
        -------
        Cell
        """
        group = {"sex": (sex,), "care_form": self._values(form)}
        named = {name: values for name, values in group.items() if TOTAL not in values}
        return told.cell(PLACEMENTS, {**self._where(measure), **named}, self._of(measure))

    def _of(self, measure: str) -> str:
        """Days are counted from the window's first day to its last."""
        start, as_of = self.within.start, self.within.as_of
        return at(f"days from {start}", as_of) if measure == "days" else "n"

    def _where(self, measure: str) -> Mapping[str, Values]:
        endings = (ENDINGS[UNPLANNED],) if measure == "unplanned" else tuple(ENDINGS.values())
        return {} if measure == "days" else {**self.within.followed, self.within.ending: endings}

    def _values(self, group: str) -> Values:
        """Name the care forms, or the years, that a group holds."""
        if group == OTHER_FORMS:
            return self.joined
        first, _, last = group.partition("–")
        is_period = first.isdigit() and last.isdigit()
        return tuple(map(str, range(int(first), int(last) + 1))) if is_period else (group,)


def protect_rates(tallied: pd.DataFrame, within: Window, rules: Rules | None = None) -> SafeRates:
    """Make endings and days safe to publish.

    Care forms are joined, those with the fewest unplanned endings of either sex first, and so
    are consecutive years, until no number has to be hidden. Person-time is a sum, and follows
    the counts it is summed over: it is counted in whole weeks in each cell of the tally, and
    is hidden where the placements behind it, or their endings, are. Where one person's days
    dominate a sum the table shows no days at all.

    Parameters
    ----------
    tallied : DataFrame
        As `helpers.questions.placement_time.tally` gives it.
    within : Window
        The time followed.
    rules : Rules, optional
        By default those of `helpers.disclosure.load_rules`.

    Returns
    -------
    SafeRates
        The only tables to publish of these endings. They share their sums; the combinations
        of care form and period are in neither.
    """
    rules = rules or load_rules()
    weeks = (tallied["days"] / rules.duration_unit).round().astype("int64")
    counts = tallied.assign(days=weeks * rules.duration_unit)
    forms = _joined_forms(counts)
    shown = [*_until_whole((_by_form(counts, joined) for joined in forms), rules)]
    by_period = [*_until_whole(_by_period(counts), rules)][-1]
    is_one_period = by_period["group"] != TOTAL
    return SafeRates(
        by_form=shown[-1],
        by_period=by_period[is_one_period].drop(columns="placements"),
        joined=forms[len(shown) - 1],
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
    return counts.groupby(["sex", "group"], as_index=False)[[*_MEASURES, "largest"]].sum()


def _until_whole(tables: Iterable[pd.DataFrame], rules: Rules) -> Iterator[pd.DataFrame]:
    """Protect one table after another, up to the first without holes."""
    for table in tables:
        shown = _protected(table, rules)
        yield shown
        if not shown.map(lambda cell: isinstance(cell, Hidden)).any(axis=None):
            return


def _protected(table: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """Protect placements by how they ended, and hide the days of those that are hidden."""
    other = table["placements"] - table["unplanned"]
    ended = table.assign(other=other).melt(["sex", "group"], ["unplanned", "other"], "how", "n")
    shown = protect(ended, rules=rules).pivot(index=["sex", "group"], columns="how", values="n")
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


def care_forms(counts: SafeRates) -> list[str]:
    """Name the groups to show: everyone first, the joined forms last.

    Parameters
    ----------
    counts : SafeRates
        Protected counts.

    Returns
    -------
    list of str
        `TOTAL` alone where there is one care form only, or all had to be joined.
    """
    forms = [str(form) for form in counts.by_form["group"].unique() if form != TOTAL]
    return [TOTAL, *sorted(forms, key=OTHER_FORMS.__eq__)] if len(forms) > 1 else [TOTAL]


def cell(table: pd.DataFrame, sex: str, group: str) -> dict[str, int] | None:
    """Find one row of a protected table.

    Parameters
    ----------
    table : pandas.DataFrame
        A table of `SafeRates`.
    sex, group : str
        Which; `TOTAL` for both sexes, or all care forms.

    Returns
    -------
    dict of str to int or None
        The numbers by column. None where some are hidden, or nobody was placed.
    """
    own = table[(table["sex"] == sex) & (table["group"] == group)]
    found = own.drop(columns=["sex", "group"]).to_dict("records")
    if not found or any(isinstance(number, Hidden) for number in found[0].values()):
        return None
    return {str(name): int(n) for name, n in found[0].items()} if found[0]["days"] else None
