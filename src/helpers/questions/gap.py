"""A measured difference between women and men: the one result every question gives."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from helpers.disclosure import Hidden


class Verdict(StrEnum):
    """What the interval lets us say about a gap."""

    ESTABLISHED = "established"
    NOT_ESTABLISHED = "not established"
    TOO_FEW = "too few"


@dataclass(frozen=True)
class Gap:
    """A measured difference between women and men.

    Attributes
    ----------
    question : str
        The question's name, which is also its notebook's: ``"queue-times"``.
    measure : str
        What is measured, in Swedish: ``"medelväntetid inom 12 månader"``.
    group : str
        Who is compared, in Swedish: ``"alla"``, ``"utan barn"``.
    contrast : {"difference", "ratio"}
        Women minus men, or women over men.
    unit : str
        Unit of the two levels: ``"days"`` or ``"share"`` (0 to 1).
    women, men : float or Hidden
        The two levels.
    estimate, low, high : float or Hidden
        The contrast and its 95 % interval.
    n_women, n_men : int or Hidden
        How many each level rests on.
    method : str
        How the interval was made.
    verdict : Verdict
        What the interval lets us say.
    headline : bool
        Whether this is the gap the question is answered by.
    """

    question: str
    measure: str
    group: str
    contrast: Literal["difference", "ratio"]
    unit: str
    women: float | Hidden
    men: float | Hidden
    estimate: float | Hidden
    low: float | Hidden
    high: float | Hidden
    n_women: int | Hidden
    n_men: int | Hidden
    method: str
    verdict: Verdict
    headline: bool = False
