"""Two groups in each stratum, and what four measures make of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import exp, log
from typing import Literal, Self, TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.floating]
Pooled: TypeAlias = tuple[float, float]
Each: TypeAlias = tuple[Floats, Floats]
MeasureName: TypeAlias = Literal["risk ratio", "risk difference", "rate ratio", "rate difference"]


@dataclass(frozen=True)
class Strata:
    """Two groups in each stratum, as arrays of shape (strata,)."""

    events1: Floats
    total1: Floats
    events2: Floats
    total2: Floats

    @property
    def events(self) -> Floats:
        """Events of both groups."""
        return self.events1 + self.events2

    @property
    def total(self) -> Floats:
        """Persons, or person-time, of both groups."""
        return self.total1 + self.total2

    @property
    def weight(self) -> Floats:
        """Mantel and Haenszel's weight."""
        return self.total1 * self.total2 / self.total

    @property
    def crossed(self) -> tuple[Floats, Floats]:
        """Each group's rate, times the weight."""
        return self.events1 * self.total2 / self.total, self.events2 * self.total1 / self.total

    def where(self, kept: npt.NDArray[np.bool_]) -> Self:
        """Keep some of the strata."""
        return type(self)(
            self.events1[kept], self.total1[kept], self.events2[kept], self.total2[kept]
        )


@dataclass(frozen=True)
class Measure:
    """How a measure is estimated, on its own scale or the log scale, with its variance."""

    pool: Callable[[Strata], Pooled]
    each: Callable[[Strata], Each]
    back: Callable[[float], float]
    of_persons: bool

    def filled(self, strata: Strata) -> Strata:
        """Add 1/2 to each count where one is 0, and drop strata where nothing varies.

        Counts are those with the event and, of persons, those without.
        """
        counts = [np.array([strata.events1, strata.events2])]
        if self.of_persons:
            counts.append(np.array([strata.total1, strata.total2]) - counts[0])
        varied = np.all([count.any(axis=0) for count in counts], axis=0)
        half = np.any([(count == 0).any(axis=0) for count in counts], axis=0) / 2
        extra = half * 2 if self.of_persons else 0.0
        return Strata(
            strata.events1 + half,
            strata.total1 + extra,
            strata.events2 + half,
            strata.total2 + extra,
        ).where(varied)


def _pooled_ratio(strata: Strata, overlap: Floats | float) -> Pooled:
    """Log ratio and variance; `overlap` is what risks have and rates do not."""
    first, second = (part.sum() for part in strata.crossed)
    if not (first > 0 and second > 0):
        raise ValueError("a ratio needs events in both groups")
    spread = (strata.events * strata.weight / strata.total - overlap).sum()
    return log(first / second), float(spread / (first * second))


def _pooled_risk_ratio(strata: Strata) -> Pooled:
    return _pooled_ratio(strata, strata.events1 * strata.events2 / strata.total)


def _pooled_rate_ratio(strata: Strata) -> Pooled:
    return _pooled_ratio(strata, 0.0)


def _pooled_difference(strata: Strata) -> float:
    first, second = strata.crossed
    return float((first - second).sum() / strata.weight.sum())


def _pooled_risk_difference(s: Strata) -> Pooled:
    value = _pooled_difference(s)
    skew = s.total1**2 * s.events2 - s.total2**2 * s.events1
    skew += s.total1 * s.total2 * (s.total2 - s.total1) / 2
    mixed = s.events1 * (s.total2 - s.events2) + s.events2 * (s.total1 - s.events1)
    spread = value * (skew / s.total**2).sum() + (mixed / (2 * s.total)).sum()
    return value, float(spread / s.weight.sum() ** 2)


def _pooled_rate_difference(s: Strata) -> Pooled:
    spread = s.weight**2 * (s.events1 / s.total1**2 + s.events2 / s.total2**2)
    return _pooled_difference(s), float(spread.sum() / s.weight.sum() ** 2)


def _each_log_ratio(s: Strata) -> Floats:
    ratios: Floats = np.log(s.events1 * s.total2 / (s.events2 * s.total1))
    return ratios


def _each_risk_ratio(s: Strata) -> Each:
    variance = 1 / s.events1 - 1 / s.total1 + 1 / s.events2 - 1 / s.total2
    return _each_log_ratio(s), variance


def _each_rate_ratio(s: Strata) -> Each:
    return _each_log_ratio(s), 1 / s.events1 + 1 / s.events2


def _each_risk_difference(s: Strata) -> Each:
    first, second = s.events1 / s.total1, s.events2 / s.total2
    return first - second, first * (1 - first) / s.total1 + second * (1 - second) / s.total2


def _each_rate_difference(s: Strata) -> Each:
    value = s.events1 / s.total1 - s.events2 / s.total2
    return value, s.events1 / s.total1**2 + s.events2 / s.total2**2


MEASURES: Mapping[MeasureName, Measure] = {
    "risk ratio": Measure(_pooled_risk_ratio, _each_risk_ratio, exp, of_persons=True),
    "risk difference": Measure(
        _pooled_risk_difference, _each_risk_difference, float, of_persons=True
    ),
    "rate ratio": Measure(_pooled_rate_ratio, _each_rate_ratio, exp, of_persons=False),
    "rate difference": Measure(
        _pooled_rate_difference, _each_rate_difference, float, of_persons=False
    ),
}
