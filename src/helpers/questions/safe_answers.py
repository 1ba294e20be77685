"""Counts of answers to the national user survey that may be published, and what they tell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from helpers.data.codes import SURVEY_ITEMS
from helpers.disclosure import TOTAL, Rules
from helpers.disclosure.told import Cell, Counts, Values, cell
from helpers.questions.cases import RESPONSES

POSITIVE, NOT_POSITIVE, NO_ANSWER = "positivt", "inte positivt", "inget svar"
ON_SCALE = (POSITIVE, NOT_POSITIVE)


@dataclass(frozen=True, eq=False)
class SafeAnswers:
    """Counts of answers that may be published, and everything computed from them.

    Attributes
    ----------
    replies : pandas.DataFrame
        ``item``, ``sex``, ``reply`` (positive or not, "vet inte", none), ``n``, with margins.
    by_period : pandas.DataFrame
        ``item``, ``sex``, ``period``, ``reply``, ``n``, with margins; on the scale only.
    by_step : pandas.DataFrame
        ``item``, ``sex``, ``step`` (1 is the worst), ``n``, with margins; on the scale only.
    ladders : mapping of str to list of list of str
        The answers on each step of each item's scale, the worst first.
    as_of : str
        The last day (ISO) of the years.
    rules : Rules
        The rules that were followed.
    """

    replies: pd.DataFrame
    by_period: pd.DataFrame
    by_step: pd.DataFrame
    ladders: Mapping[str, Sequence[Sequence[str]]]
    as_of: str
    rules: Rules

    @property
    def periods(self) -> list[str]:
        """The periods shown, in order."""
        return sorted({*self.by_period["period"]} - {TOTAL})

    @cached_property
    def told(self) -> Mapping[str, Counts]:
        """What the table of replies tells of the responses, by item."""
        return {item: self._counts(item, own) for item, own in _by_item(self.replies)}

    @cached_property
    def told_by_period(self) -> tuple[Counts, ...]:
        """What the table by period tells."""
        years = {"year": {period: _years(period) for period in self.periods}}
        return tuple(
            self._counts(
                item, own.rename(columns={"period": "year"}), among=scale(item), values=years
            )
            for item, own in _by_item(self.by_period)
        )

    @cached_property
    def told_by_step(self) -> tuple[Counts, ...]:
        """What the table by step tells."""
        table = self.by_step.astype({"step": str}).rename(columns={"step": "reply"})
        return tuple(self._counts(item, own, among=scale(item)) for item, own in _by_item(table))

    def everything_told(self) -> tuple[Counts, ...]:
        """Tell what all the tables do."""
        return (*self.told.values(), *self.told_by_period, *self.told_by_step)

    def cells(self, item: str, sex: str) -> tuple[Cell, Cell]:
        """Name the positive answers of one sex, and all on the scale.

        Parameters
        ----------
        item : str
            Which item.
        sex : {"K", "M"}
            Whose answers.

        Returns
        -------
        tuple of Cell
        """
        positive, every = SURVEY_ITEMS[item].positive, scale(item)
        part, whole = (
            cell(RESPONSES, {"sex": sex, item: answers}) for answers in (positive, every)
        )
        return part, whole

    def _counts(
        self,
        item: str,
        table: pd.DataFrame,
        among: Values = (),
        values: Mapping[str, Mapping[str, Values]] | None = None,
    ) -> Counts:
        """Tell of an item's answers, all of them `among` these; of every response by default."""
        asked = SURVEY_ITEMS[item]
        replies = {POSITIVE: asked.positive, NOT_POSITIVE: asked.negative}
        steps = enumerate(self.ladders.get(item, ()), start=1)
        replies |= {str(step): tuple(answers) for step, answers in steps}
        return Counts(
            RESPONSES,
            table.rename(columns={"reply": item}),
            as_of=self.as_of,
            values={**(values or {}), item: replies},
            where={item: among or (*asked.answers, NO_ANSWER)},
            base=self.rules.rounding_base,
        )


def scale(item: str) -> Values:
    """List the answers on an item's scale, the best first."""
    return (*SURVEY_ITEMS[item].positive, *SURVEY_ITEMS[item].negative)


def _by_item(table: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    return ((str(item), own.drop(columns="item")) for item, own in table.groupby("item"))


def _years(period: str) -> Values:
    first, _, last = period.partition("–")
    return tuple(map(str, range(int(first), int(last or first) + 1)))
