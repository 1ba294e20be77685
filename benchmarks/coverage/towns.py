"""Invented towns answered: what each headline says, and what true counts would have said."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from math import inf, log, nan
from unittest.mock import patch

import pandas as pd

from benchmarks import key
from helpers.data import read_cases, sample
from helpers.disclosure import Tally
from helpers.questions.gap import Gap, Verdict
from helpers.stats import estimate, proportions, rates, survival
from helpers.stats.estimate import Estimate

TRUTHS = {
    "queue_times": "waiting",
    "extensions": "extended",
    "user_satisfaction": "positive",
    "unplanned_terminations": "unplanned",
    "goals": "reached",
    "violence_found": "found",
    "pathways": "own_contract",
}
"""What `sample.truth` calls each question's headline."""
QUESTIONS = tuple(TRUTHS)


_WITHOUT_MODELS = patch(
    "helpers.stats.imputation.estimate", lambda *_, **__: Estimate(nan, nan, nan)
)
"""Leaves out what takes most of the time, and no headline rests on."""


@dataclass(frozen=True)
class Answered:
    """What one town's headline says, beside the truth; ratios are on the log scale.

    Attributes
    ----------
    truth, value, low, high : float
        Of the difference, or of the logarithm of the ratio; NaN where too few.
    is_established : bool
        Whether the verdict says so.
    """

    truth: float
    value: float
    low: float
    high: float
    is_established: bool

    @property
    def is_shown(self) -> bool:
        """Whether the town is told anything."""
        return self.value == self.value

    @property
    def covers(self) -> bool:
        """Whether the interval holds the truth."""
        return self.low <= self.truth <= self.high

    @property
    def is_wrong(self) -> bool:
        """Whether a gap is called established that does not exist, or goes the other way."""
        return self.is_established and self.value * self.truth <= 0

    def shortened(self, by: float) -> "Answered":
        """Give the interval that is made so much shorter, around its value."""
        low, high = (self.value + (1 - by) * (end - self.value) for end in (self.low, self.high))
        return Answered(self.truth, self.value, low, high, low > 0 or high < 0)


def answer(question: str, women: int, men: int, seed: int, gap: bool) -> Answered:
    """Make a town and answer one question about it, as a municipality would."""
    module = import_module(f"helpers.questions.{question}")
    truth = _truth(question, gap)
    with key.of_town(_key(seed)), _WITHOUT_MODELS:
        found = module.answer(sample.town(women, men, seed, gap), sample.AS_OF).headline
    return _answered(found, truth)


def exact(question: str, women: int, men: int, seed: int, gap: bool) -> Answered:
    """Say what the same town's true counts would have said."""
    module = import_module(f"helpers.questions.{question}")
    town = sample.town(women, men, seed, gap)
    with key.of_town(_key(seed)):
        tally = module.tally(read_cases(module.TABLE, town), as_of=sample.AS_OF)
    found = _EXACT[question](tally)
    is_ratio = question == "unplanned_terminations"
    limits = [_log(each) if is_ratio else each for each in (found.value, found.low, found.high)]
    return Answered(_truth(question, gap), *limits, found.excludes(1.0 if is_ratio else 0.0))


def _answered(gap: Gap, truth: float) -> Answered:
    limits = (gap.estimate, gap.low, gap.high)
    told = map(_log, limits) if gap.contrast == "ratio" else limits
    return Answered(truth, *told, gap.verdict is Verdict.ESTABLISHED)


def _truth(question: str, gap: bool) -> float:
    value = getattr(sample.truth(gap), TRUTHS[question])
    return log(value) if question == "unplanned_terminations" else value


def _log(value: float) -> float:
    return log(value) if value > 0 else (-inf if value == 0 else nan)


def _key(seed: int) -> bytes:
    return f"an invented town's key, number {seed:012d}".encode()


def _everyone(tally: Tally, table: str) -> pd.DataFrame:
    counts = tally.true_counts()[table]
    return counts[counts["grouping"] == "all"] if "grouping" in counts else counts


def _waiting(tally: Tally) -> Estimate:
    means = survival.restricted_mean(_everyone(tally, "waits"), 365).set_index("sex")
    levels = [Estimate(*means.loc[sex, ["mean", "low", "high"]]) for sex in "KM"]
    return estimate.difference(*levels)


def _share(
    table: str, column: str, part: set[object], whole: set[object]
) -> Callable[[Tally], Estimate]:
    def share(tally: Tally) -> Estimate:
        counts = _everyone(tally, table)
        if "item" in counts:
            counts = counts[counts["item"] == "U35543"]
        sums = [
            int(counts[(counts["sex"] == sex) & counts[column].isin(values)]["n"].sum())
            for sex in "KM"
            for values in (part, whole)
        ]
        return proportions.gap(*sums) if sums[1] and sums[3] else Estimate(nan, nan, nan)

    return share


def _unplanned(tally: Tally) -> Estimate:
    time = _everyone(tally, "time").set_index("sex")
    numbers = [time.loc[sex, name] for sex in "KM" for name in ("n", "days")]
    return rates.ratio(*numbers) if numbers[0] + numbers[2] else Estimate(nan, nan, nan)


_EXACT: dict[str, Callable[[Tally], Estimate]] = {
    "queue_times": _waiting,
    "extensions": _share("stages", "stage", {"granted"}, {"granted", "denied", "not applied"}),
    "user_satisfaction": _share("replies", "reply", {"positive"}, {"positive", "not positive"}),
    "unplanned_terminations": _unplanned,
    "pathways": _share("own_24", "own", {True}, {True, False}),
    "violence_found": _share("stages", "stage", {"found"}, {"found", "not told", "not asked"}),
    "goals": _share("outcomes", "outcome", {"reached"}, {"reached", "not yet", "dropped"}),
}
