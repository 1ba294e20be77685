"""One question's headline in many municipalities: all pooled, and what chance alone allows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, log

import numpy as np
import pandas as pd

from helpers.questions.gap import Gap
from helpers.stats.estimate import Estimate
from helpers.stats.random_effects import Pooled, pool

__all__ = ["Across", "Place", "across"]


def __dir__() -> list[str]:
    return __all__


@dataclass(frozen=True)
class Place:
    """A municipality's gap on the scale it is pooled on, and how many it rests on."""

    name: str
    people: int
    gap: Estimate


@dataclass(frozen=True)
class Across:
    """A question in all municipalities.

    Attributes
    ----------
    gap : Gap
        That of one of them, for its measure and contrast.
    places : tuple of Place
        Those whose gap has an interval with two ends; ratios are on the log scale.
    left_out : tuple of str
        The others.
    pooled : Pooled or None
        None where fewer than two are left.
    """

    gap: Gap
    places: tuple[Place, ...]
    left_out: tuple[str, ...]
    pooled: Pooled | None

    @property
    def is_ratio(self) -> bool:
        """Whether the gaps are ratios."""
        return self.gap.contrast == "ratio"

    def limits(self, people: Sequence[float]) -> pd.DataFrame:
        """Find between which limits 95 % of gaps lie by chance, resting on so many.

        They suppose that each person tells as much as in the median municipality.

        Returns
        -------
        DataFrame
            people, low, middle, high.
        """
        assert self.pooled is not None
        half = [(one.gap.high - one.gap.low) / 2 * one.people**0.5 for one in self.places]
        reach, middle = np.median(half) / np.sqrt(people), self.pooled.mean.value
        ends = {"low": middle - reach, "middle": middle, "high": middle + reach}
        return pd.DataFrame({"people": people, **ends})


def across(gaps: Mapping[str, Gap]) -> Across:
    """Pool a question's headlines, whose true values may differ (random effects).

    Parameters
    ----------
    gaps : mapping of str to Gap
        By the municipality's name; at least one.
    """
    kept = {name: gap for name, gap in gaps.items() if _has_ends(gap)}
    places = tuple(
        Place(name, (gap.n_women or 0) + (gap.n_men or 0), _scaled(gap))
        for name, gap in kept.items()
    )
    pooled = pool([one.gap for one in places]) if len(places) > 1 else None
    left_out = tuple(name for name in gaps if name not in kept)
    return Across(next(iter(gaps.values())), places, left_out, pooled)


def _has_ends(gap: Gap) -> bool:
    lowest = 0.0 if gap.contrast == "ratio" else -np.inf
    return gap.is_known and lowest < gap.low and isfinite(gap.low) and isfinite(gap.high)


def _scaled(gap: Gap) -> Estimate:
    found = Estimate(gap.estimate, gap.low, gap.high)
    return found.map(log) if gap.contrast == "ratio" else found
