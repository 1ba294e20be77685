"""Endings and days of placements that may be published, and what they tell."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from helpers.disclosure import TOTAL, Hidden, Rules, told
from helpers.disclosure.told import Cell, Counts, Told, Values, at
from helpers.questions.cases import PLACEMENTS
from helpers.questions.placement_time import ENDED, ENDINGS, UNPLANNED, Window

OTHER_FORMS = "övriga vårdformer"

MEASURES = ["placements", "unplanned", "days"]


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
            *(self._counts(self.by_form, "care_form", measure) for measure in MEASURES),
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
            final={self.within.ending: ENDED},
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
