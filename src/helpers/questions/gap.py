"""A measured difference between women and men: the one result every question gives."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import inf, log, nan
from pathlib import Path
from typing import Literal, overload

import pandas as pd

from helpers.disclosure import Group, Level, Published
from helpers.questions import settings
from helpers.settings import FILE, SettingsProblem
from helpers.stats.chi_square import ChiSquare
from helpers.stats.estimate import Estimate, agreeing, attributable, difference, more_needed, ratio
from helpers.stats.heterogeneity import cochran

LEVEL = 0.95
"""Confidence level of every interval."""

_DEFAULTS = {"days": 30.0, "share": 10.0, "ratio": 1.25}
"""In days, percentage points, and times as often; by unit, or `ratio` for any ratio."""

Contrast = Literal["difference", "ratio"]

_CONTRASTS = {"difference": difference, "ratio": ratio}
_NULLS = {"difference": 0.0, "ratio": 1.0}


class Verdict(StrEnum):
    """What the interval of a headline lets us say."""

    ESTABLISHED = "established"
    TOO_SMALL_TO_MATTER = "too small to matter"
    NOT_ESTABLISHED = "not established"
    TOO_FEW = "too few"


@dataclass(frozen=True)
class Measure:
    """What a gap is measured in, and the Swedish words for it.

    Attributes
    ----------
    code : str
        ``"restricted mean wait"``, in a data frame.
    name : str
        ``"genomsnittlig väntan under det första året"``.
    unit : {"days", "share", "rate"}
        Unit of the two levels; a share lies between 0 and 1, a rate is per 100 years.
    method : str
        How the interval is made.
    more, less : str
        Of a headline: that women have more, or less, of it: ``"Kvinnor väntar längre än män"``.
        Said as it is, and after "Vi kan inte säga om".
    alike : str
        Of a headline that is a share or a rate: had it been so for women as for men: ``"Om kvinnor
        varit nöjda med stödet lika ofta som män"``.
    counted : str
        What its n counts, in Swedish: ``"personer"``.
    """

    code: str
    name: str
    unit: Literal["days", "share", "rate"]
    method: str
    more: str = ""
    less: str = ""
    alike: str = ""
    counted: str = "personer"


SEXES = ("K", "M")
"""Women before men."""


@dataclass(frozen=True)
class Gap:
    """A measured difference between women and men.

    Attributes
    ----------
    question : str
        The question's name, which is also its notebook's: ``"queue-times"``.
    measure : Measure
        What is measured.
    group : Group
        Who is compared.
    contrast : {"difference", "ratio"}
        Women minus men, or women over men.
    women, men : float
        The two levels, in the measure's unit. NaN where too few are left to say.
    estimate, low, high : float
        The contrast and its 95 % interval. Limits are NaN for what is given as a number only,
        and infinite where the data set none.
    n_women, n_men : int or None
        Noisy counts of what each level rests on; None where too few are left to say.
    levels : tuple of Estimate
        The women's level with its interval, and the men's; empty where there is none.
    headline : bool
        Whether this is the gap that answers the question.
    verdict : Verdict or None
        What the interval lets us say. A headline has one, no other gap does.
    more_women, more_men : int or None
        How many more it takes, at the present ratio of women to men, until half the interval is
        the relevant difference; where the headline is not established.
    attributable : Estimate or None
        How many more women it would be, had it been as often as for men; of a headline that is a
        share or a rate.
    p_value : float
        Of no difference, where several gaps are tested together (Holm); else NaN.
    """

    question: str
    measure: Measure
    group: Group
    contrast: Contrast
    women: float = nan
    men: float = nan
    estimate: float = nan
    low: float = nan
    high: float = nan
    n_women: int | None = None
    n_men: int | None = None
    levels: tuple[Estimate, ...] = ()
    headline: bool = False
    verdict: Verdict | None = None
    more_women: int | None = None
    more_men: int | None = None
    attributable: Estimate | None = None
    p_value: float = field(default=nan, compare=False)

    @property
    def is_known(self) -> bool:
        """Whether both levels may be described."""
        return self.n_women is not None

    @property
    def has_interval(self) -> bool:
        """Whether it has limits, be they infinite."""
        return self.low == self.low

    @property
    def null(self) -> float:
        """What no difference is."""
        return _NULLS[self.contrast]


def compare(  # noqa: PLR0913 - a gap is that many things
    question: str,
    measure: Measure,
    group: Group,
    women: Level | None,
    men: Level | None,
    *,
    contrast: Contrast = "difference",
    estimate: Estimate | None = None,
    at_risk: float | None = None,
    headline: bool = False,
    p_value: float = nan,
) -> Gap:
    """Compare the women's level with the men's.

    Parameters
    ----------
    question, measure, group, contrast, headline, p_value
        As in `Gap`.
    women, men : Level or None
        None where too few are left to say anything.
    estimate : Estimate, optional
        The contrast with its interval, where the latter is not made of the two levels' own (MOVER).
    at_risk : float, optional
        Women's time, in the unit of a rate.

    Returns
    -------
    Gap
    """
    if women is None or men is None:
        verdict = Verdict.TOO_FEW if headline else None
        return Gap(question, measure, group, contrast, headline=headline, verdict=verdict)
    found = estimate or _CONTRASTS[contrast](women.estimate, men.estimate)
    verdict, more = _judged(question, measure, contrast, found) if headline else (None, None)
    at_risk = women.n if measure.unit == "share" else at_risk
    return Gap(
        question=question,
        measure=measure,
        group=group,
        contrast=contrast,
        women=women.estimate.value,
        men=men.estimate.value,
        estimate=found.value,
        low=found.low,
        high=found.high,
        n_women=women.n,
        n_men=men.n,
        levels=(women.estimate, men.estimate),
        headline=headline,
        verdict=verdict,
        more_women=more and more_needed(*more, women.n),
        more_men=more and more_needed(*more, men.n),
        attributable=_attributable(women, men, at_risk, found.excludes(_NULLS[contrast]))
        if headline and at_risk is not None
        else None,
        p_value=p_value,
    )


def _attributable(women: Level, men: Level, at_risk: float, is_apart: bool) -> Estimate:
    return agreeing(attributable(women.estimate, men.estimate, at_risk), is_apart)


def _judged(
    question: str, measure: Measure, contrast: Contrast, found: Estimate
) -> tuple[Verdict, tuple[float, float] | None]:
    """Give the verdict and, where nothing is established, half the interval and what matters."""
    relevant = relevant_difference(question, measure, contrast)
    low, high = (_distance(contrast, limit) for limit in (found.low, found.high))
    if -relevant <= low and high <= relevant:
        return Verdict.TOO_SMALL_TO_MATTER, None
    if found.excludes(_NULLS[contrast]):
        return Verdict.ESTABLISHED, None
    half = (high - low) / 2
    return Verdict.NOT_ESTABLISHED, (half, relevant) if half < inf else None


def _distance(contrast: Contrast, limit: float) -> float:
    """How far a limit is from no difference; that of a ratio is on the log scale."""
    if contrast == "difference":
        return limit
    return log(limit) if limit > 0 else -inf


class Gaps(Sequence[Gap]):
    """Every gap of a question, in the order they are shown.

    Parameters
    ----------
    gaps : iterable of Gap
        The gaps.
    published : Published
        What they were computed from.
    """

    def __init__(self, gaps: Iterable[Gap], published: Published) -> None:
        self._gaps = tuple(gaps)
        self.published = published

    @overload
    def __getitem__(self, place: int) -> Gap: ...
    @overload
    def __getitem__(self, place: slice) -> "Gaps": ...
    def __getitem__(self, place: int | slice) -> "Gap | Gaps":
        found = self._gaps[place]
        return found if isinstance(found, Gap) else Gaps(found, self.published)

    def __len__(self) -> int:
        return len(self._gaps)

    @property
    def headline(self) -> Gap:
        """The gap that answers the question."""
        return next(gap for gap in self if gap.headline)

    def of(self, *, measure: str | None = None, group: object = None) -> "Gaps":
        """Select gaps.

        Parameters
        ----------
        measure : str, optional
            Code of a measure: ``"restricted mean wait"``.
        group : object, optional
            ``"all"``, the name of a column, for each of its groups, or a group as `to_frame`
            writes it: ``"has_children: False"``.

        Returns
        -------
        Gaps
        """
        kept = (
            gap
            for gap in self
            if measure in (None, gap.measure.code)
            and (group is None or str(group) in (str(gap.group), gap.group.grouping))
        )
        return Gaps(kept, self.published)

    def interaction(self, measure: str, grouping: str) -> ChiSquare:
        """Test that a gap is the same in every group (Cochran's Q on the gaps' intervals).

        Parameters
        ----------
        measure : str
            Code of a measure.
        grouping : str
            A column.

        Returns
        -------
        ChiSquare
            Nothing is compared where fewer than two groups have an interval.
        """
        groups = [gap for gap in self.of(measure=measure, group=grouping) if gap.has_interval]
        estimates = [Estimate(gap.estimate, gap.low, gap.high) for gap in groups]
        return cochran(estimates, is_ratio=any(gap.contrast == "ratio" for gap in groups))

    def to_frame(self) -> pd.DataFrame:
        """Give one row a gap, in English codes.

        Returns
        -------
        DataFrame
            ``question``, ``measure``, ``group``, ``contrast``, ``women``, ``men``,
            ``estimate``, ``low``, ``high``, ``n_women``, ``n_men`` (whole numbers, missing
            where too few), ``verdict`` (missing but for the headline), ``headline``.
        """
        rows = [
            (g.question, g.measure.code, str(g.group), g.contrast, g.women, g.men, g.estimate,
             g.low, g.high, g.n_women, g.n_men, g.verdict and g.verdict.value, g.headline)
            for g in self
        ]  # fmt: skip
        columns = [
            "question", "measure", "group", "contrast", "women", "men", "estimate",
            "low", "high", "n_women", "n_men", "verdict", "headline",
        ]  # fmt: skip
        frame = pd.DataFrame(rows, columns=columns)
        return frame.astype({"n_women": "Int64", "n_men": "Int64"})

    def __repr__(self) -> str:
        return repr(self.to_frame())

    def _repr_html_(self) -> str:
        return str(self.to_frame().to_html())


def relevant_difference(
    question: str, measure: Measure, contrast: Contrast, file: Path = FILE
) -> float:
    """Read how large a question's headline must be to matter.

    Parameters
    ----------
    question, measure, contrast
        As in `Gap`.
    file : Path
        The settings; what it leaves out is 30 days, 10 percentage points, a ratio of 1.25.

    Returns
    -------
    float
        In days, as a share of 1, or as the logarithm of a ratio.

    Raises
    ------
    SettingsProblem
        If the file cannot be read, names another question, or holds something that is no number
        above 0 (a ratio: above 1).
    """
    kind = "ratio" if contrast == "ratio" else measure.unit
    figure = settings.by_question("relevant_difference", file).get(question, _DEFAULTS[kind])
    least = 1 if kind == "ratio" else 0
    if isinstance(figure, bool) or not isinstance(figure, int | float) or not least < figure < inf:
        raise SettingsProblem(
            f"{file.name}, relevant_difference, {question}: värdet ska vara ett tal över {least}."
        )
    if kind == "ratio":
        return log(figure)
    return figure / 100 if kind == "share" else float(figure)
