"""Counts of answers to the national user survey that may be published, and what they tell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import pandas as pd

from helpers import disclosure
from helpers.data.codes import DO_NOT_KNOW, SEX, SURVEY_ITEMS
from helpers.disclosure import TOTAL, Hidden, Rules
from helpers.disclosure.told import Cell, Counts, Told, Values, cell
from helpers.questions.cases import RESPONSES, some
from helpers.questions.cells import count

POSITIVE, NOT_POSITIVE, NO_ANSWER = "positivt", "inte positivt", "inget svar"
ON_SCALE = (POSITIVE, NOT_POSITIVE)
REPLIES = (*ON_SCALE, DO_NOT_KNOW, NO_ANSWER)


class Positive(NamedTuple):
    """Positive answers, of how many on the scale."""

    answers: int
    n: int

    @property
    def share(self) -> float:
        """Share of those on the scale."""
        return self.answers / self.n


class Both(NamedTuple):
    """The positive answers of each sex."""

    women: Positive
    men: Positive


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
    is_complete : bool
        Whether every response has a row for each item, as far as the numbers of rows tell.
    """

    replies: pd.DataFrame
    by_period: pd.DataFrame
    by_step: pd.DataFrame
    ladders: Mapping[str, Sequence[Sequence[str]]]
    as_of: str
    rules: Rules
    is_complete: bool = True

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

    @property
    def told_of_replies(self) -> tuple[Told, ...]:
        """What the table of replies tells, and that responses may lack items, if some do."""
        items = () if self.is_complete else self.told
        lacking = [some(RESPONSES, item, _given(item), "lacking", self.as_of) for item in items]
        return (*self.told.values(), *lacking)

    def everything_told(self) -> tuple[Told, ...]:
        """Tell what all the tables do."""
        return (*self.told_of_replies, *self.told_by_period, *self.told_by_step)

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
            where={item: among or _given(item)},
            base=self.rules.rounding_base,
        )


def scale(item: str) -> Values:
    """List the answers on an item's scale, the best first."""
    return (*SURVEY_ITEMS[item].positive, *SURVEY_ITEMS[item].negative)


def _given(item: str) -> Values:
    """List what a response with the item may hold."""
    return (*SURVEY_ITEMS[item].answers, NO_ANSWER)


def _by_item(table: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    return ((str(item), own.drop(columns="item")) for item, own in table.groupby("item"))


def _years(period: str) -> Values:
    first, _, last = period.partition("–")
    return tuple(map(str, range(int(first), int(last or first) + 1)))


def positive_answers(counts: pd.DataFrame, rules: Rules, **cell: str) -> Both | None:
    """Find the positive answers of women and of men.

    Parameters
    ----------
    counts : pandas.DataFrame
        Protected counts with a column ``reply``.
    rules : Rules
        The rules that were followed.
    **cell
        The value of each other grouping column that is not to be summed over.

    Returns
    -------
    Both or None
        None where one of the two shares may not be shown.
    """
    women, men = (_positive(counts, rules, sex=sex, **cell) for sex in SEX)
    return Both(women, men) if women and men else None


def _positive(counts: pd.DataFrame, rules: Rules, **cell: str) -> Positive | None:
    good, bad = (count(counts, reply=reply, **cell) for reply in ON_SCALE)
    if good is None or bad is None:
        return None
    hidden = isinstance(disclosure.share(good, good + bad, rules), Hidden)
    return None if hidden else Positive(good, good + bad)
