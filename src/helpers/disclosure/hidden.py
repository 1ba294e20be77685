"""A number that may not be shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

_SMALL = "Antalet är litet, eller skulle avslöja ett annat litet antal."


class Reason(StrEnum):
    """Why a number is hidden.

    The code is for the analyst alone. Publish only `explanation`, which is the same for a
    small count as for the larger ones hidden to protect it: a reader who could tell them
    apart would know that the count is small.
    """

    SMALL_COUNT = "small-count"
    COMPLEMENTARY = "complementary"
    SMALL_DENOMINATOR = "small-denominator"
    ALL_ALIKE = "all-alike"
    TOO_FEW_AT_RISK = "too-few-at-risk"
    DOMINANCE = "dominance"

    @property
    def explanation(self) -> str:
        """The reason in Swedish, as readers may see it."""
        return _EXPLANATIONS[self]


_EXPLANATIONS = {
    Reason.SMALL_COUNT: _SMALL,
    Reason.COMPLEMENTARY: _SMALL,
    Reason.SMALL_DENOMINATOR: "Gruppen är för liten för att visas som andel.",
    Reason.ALL_ALIKE: "Alla i gruppen är lika, och gruppen beskrivs därför inte.",
    Reason.TOO_FEW_AT_RISK: "För få är kvar att följa så länge.",
    Reason.DOMINANCE: "En enda person står för för mycket av summan.",
}


@dataclass(frozen=True, repr=False)
class Hidden:
    """A number that may not be shown: ``..`` in print, and never a number in arithmetic.

    Attributes
    ----------
    reason : Reason
        Why it is hidden.
    """

    reason: Reason

    @classmethod
    def read(cls, entry: Mapping[str, str]) -> "Hidden":
        """Read it from its record in a notebook's output, which holds the explanation alone.

        One reworded since is hidden all the same.
        """
        known = (reason for reason in Reason if reason.explanation == entry["hidden"])
        return cls(next(known, Reason.SMALL_COUNT))

    def __str__(self) -> str:
        return ".."

    __repr__ = __str__
