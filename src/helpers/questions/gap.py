"""A measured difference between women and men: the one result every question gives."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from helpers.disclosure import Hidden, Reason, Rules
from helpers.disclosure.told import Cell, Ratio, Told
from helpers.stats.estimate import Estimate, difference, ratio

_TOO_FEW = Hidden(Reason.TOO_FEW_AT_RISK)

DECIMALS = 6
"""Decimals that are published of a level or a gap, at most."""

Contrast = Literal["difference", "ratio"]


class Verdict(StrEnum):
    """What the interval lets us say about a gap."""

    ESTABLISHED = "established"
    NOT_ESTABLISHED = "not established"
    TOO_FEW = "too few"


@dataclass(frozen=True)
class Measure:
    """What a gap is measured in, and the Swedish words for it.

    Attributes
    ----------
    name : str
        ``"medelväntetid inom 12 månader"``.
    unit : {"days", "share", "rate"}
        Unit of the two levels; a share lies between 0 and 1, a rate is per 100 years.
    more, less : str
        What is said when women are established to have more, or less, of it:
        ``"Kvinnor väntar längre"``.
    method : str
        How the interval is made.
    counted : str
        What its n counts, in Swedish: ``"beslut"``.
    """

    name: str
    unit: Literal["days", "share", "rate"]
    more: str
    less: str
    method: str
    counted: str


@dataclass(frozen=True)
class Level:
    """One sex's level of a measure, how many it rests on, and what it tells of them."""

    estimate: Estimate
    n: int
    told: tuple[Told, ...] = ()


def quotient(  # noqa: PLR0913
    value: float, cell: Cell, among: Cell, as_of: object, rules: Rules, *, per: float = 1
) -> tuple[Ratio, ...]:
    """Say what a share or rate tells, written with as many decimals as are published.

    Parameters
    ----------
    value : float
        The level.
    cell, among : Cell
        What is counted, and among which.
    as_of : object
        The day it stands for.
    rules : Rules
        The rules that were followed.
    per : float
        How many of the latter the level is per: a rate per 100 years of days is per 36525.

    Returns
    -------
    tuple of Ratio
        Empty where the counts are rounded: it is of them, and tells nothing of what they were.
    """
    if rules.rounding_base > 1:
        return ()
    half, written = 10**-DECIMALS / 2, round(value, DECIMALS)
    return (Ratio(cell, among, (written - half) / per, (written + half) / per, str(as_of)),)


@dataclass(frozen=True)
class Gap:
    """A measured difference between women and men.

    Attributes
    ----------
    question : str
        The question's name, which is also its notebook's: ``"queue-times"``.
    measure : Measure
        What is measured.
    group : str
        Who is compared, in Swedish: ``"alla"``, ``"utan barn"``.
    contrast : {"difference", "ratio"}
        Women minus men, or women over men.
    verdict : Verdict
        What the interval lets us say.
    women, men : float or Hidden
        The two levels, in the measure's unit.
    estimate, low, high : float or Hidden
        The contrast and its 95 % interval.
    n_women, n_men : int or Hidden
        How many each level rests on.
    headline : bool
        Whether this is the gap that answers the question.
    told : tuple of Counts or Ratio
        What the two levels tell of the cases. Gaps that say the same are the same.
    """

    question: str
    measure: Measure
    group: str
    contrast: Contrast
    verdict: Verdict
    women: float | Hidden = _TOO_FEW
    men: float | Hidden = _TOO_FEW
    estimate: float | Hidden = _TOO_FEW
    low: float | Hidden = _TOO_FEW
    high: float | Hidden = _TOO_FEW
    n_women: int | Hidden = _TOO_FEW
    n_men: int | Hidden = _TOO_FEW
    headline: bool = False
    told: tuple[Told, ...] = field(default=(), compare=False)


def compare(  # noqa: PLR0913
    question: str,
    measure: Measure,
    group: str,
    women: Level | None,
    men: Level | None,
    *,
    contrast: Contrast = "difference",
    estimate: Estimate | None = None,
    headline: bool = False,
) -> Gap:
    """Compare the women's level with the men's.

    Parameters
    ----------
    question, measure, group, contrast, headline
        As in `Gap`.
    women, men : Level or None
        None where too few are left to say anything; the gap is then `TOO_FEW`.
    estimate : Estimate, optional
        The contrast with its interval, where the latter is not made of the two levels' own (MOVER).

    Returns
    -------
    Gap
    """
    if women is None or men is None:
        return Gap(question, measure, group, contrast, Verdict.TOO_FEW, headline=headline)
    estimate = estimate or _CONTRASTS[contrast](women.estimate, men.estimate)
    return Gap(
        question=question,
        measure=measure,
        group=group,
        contrast=contrast,
        verdict=_verdict(estimate, null=_NULLS[contrast]),
        women=women.estimate.value,
        men=men.estimate.value,
        estimate=estimate.value,
        low=estimate.low,
        high=estimate.high,
        n_women=women.n,
        n_men=men.n,
        headline=headline,
        told=tuple(dict.fromkeys((*women.told, *men.told))),
    )


_CONTRASTS = {"difference": difference, "ratio": ratio}
_NULLS = {"difference": 0.0, "ratio": 1.0}


def _verdict(estimate: Estimate, null: float) -> Verdict:
    return Verdict.ESTABLISHED if estimate.excludes(null) else Verdict.NOT_ESTABLISHED
