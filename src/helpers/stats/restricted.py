"""Mean waits within a horizon whose precision is told by the shares at landmarks alone.

The mean itself may come from every wait. What is made public of its spread may not, so that is
taken from how many, at a few landmarks, were still waiting.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

from helpers.stats.estimate import Estimate

ROUNDING = 1 / 12  # variance of what rounding to whole units takes away
FEWEST = 5  # people the spread is taken to rest on, at least


@dataclass(frozen=True)
class RestrictedMean:
    """Mean wait within a horizon, and how precisely it is known.

    Attributes
    ----------
    value : float
        The mean, as made public.
    variance : float
        Its variance from who happened to be counted, in the square of its unit.
    df : float
        Degrees of freedom of `variance`.
    noise_variance : float, default 0
        Variance of what was added on purpose and by rounding, known exactly.
    """

    value: float
    variance: float
    df: float
    noise_variance: float = 0.0

    def interval(self, level: float = 0.95) -> Estimate:
        """Mean with Student's t interval, Satterthwaite's degrees of freedom."""
        return _interval(self.value, [self], [1.0], level)


def mean(  # noqa: PLR0913 - the mean, of how many, its noise, and the landmarks
    value: float,
    n: int,
    noise_sd: float,
    *,
    times: Sequence[float],
    done: Sequence[int],
    followed: Sequence[int],
) -> RestrictedMean:
    """Put a published mean together with the precision its landmarks tell.

    Its variance is `spread` / (m - 1), m being the mean of `n` and the number followed to the
    horizon, at most `n`; at least 5.

    Parameters
    ----------
    value : float
        Mean time within the horizon, rounded to whole units.
    n : int
        How many it is of.
    noise_sd : float
        Standard deviation of the normal noise in `value`, in its unit.
    times : sequence of float, shape (k,)
        Landmarks, rising; the last is the horizon.
    done : sequence of int, shape (k,)
        How many of those followed to each landmark had by then stopped waiting.
    followed : sequence of int, shape (k,)
        How many were followed to each landmark. All counts may be noisy.

    Raises
    ------
    ValueError
        As `spread`.
    """
    people = max((n + min(n, followed[-1])) / 2, FEWEST)
    variance = spread(times, done, followed) / (people - 1)
    return RestrictedMean(value, variance, people - 1, noise_sd**2 + ROUNDING)


def spread(times: Sequence[float], done: Sequence[int], followed: Sequence[int]) -> float:
    """Variance of one wait within a horizon, from how many had stopped waiting at landmarks.

    The share still waiting, (y + 1) / (n + 2), is made falling and taken to be linear from 1 at
    time 0 through the landmarks; the variance is that of a wait with such a curve, at least that
    of one whose standard deviation is a quarter of the horizon.

    Parameters
    ----------
    times, done, followed
        As in `mean`.

    Raises
    ------
    ValueError
        If the three differ in length or are empty, or the times do not rise from above 0.
    """
    if not len(times) == len(done) == len(followed) > 0:
        raise ValueError("each landmark needs its time, how many are done and how many followed")
    time = np.array([0.0, *times])
    if not (np.diff(time) > 0).all():
        raise ValueError("the landmarks must rise from above 0")
    waiting = (np.subtract(followed, done) + 1) / (np.array(followed) + 2)
    falling = np.minimum.accumulate([1.0, *waiting])
    return max(_variance(time, falling), times[-1] ** 2 / 16)


def difference(first: RestrictedMean, second: RestrictedMean, level: float = 0.95) -> Estimate:
    """Difference of two independent means, first minus second, with Student's t interval.

    References
    ----------
    Satterthwaite FE (1946). An approximate distribution of estimates of variance components.
    Biometrics Bulletin 2, 110-114.
    """
    return _interval(first.value - second.value, [first, second], [1.0, 1.0], level)


def ratio(first: RestrictedMean, second: RestrictedMean, level: float = 0.95) -> Estimate:
    """Ratio of two independent means, first over second: the delta method on the log scale.

    Raises
    ------
    ValueError
        If a mean is not above 0.

    References
    ----------
    Uno H, Claggett B, Tian L, et al. (2014). Moving beyond the hazard ratio in quantifying the
    between-group difference in survival analysis. Journal of Clinical Oncology 32, 2380-2385.
    """
    if first.value <= 0 or second.value <= 0:
        raise ValueError("a ratio needs two means above 0")
    slopes = [1 / first.value, 1 / second.value]
    return _interval(log(first.value / second.value), [first, second], slopes, level).map(exp)


def _variance(time: npt.NDArray[np.float64], waiting: npt.NDArray[np.float64]) -> float:
    """2 ∫ t S - (∫ S)² of a curve that is linear between its points."""
    width, start, end = np.diff(time), waiting[:-1], waiting[1:]
    area = (width * (start + end) / 2).sum()
    ahead = start * (2 * time[:-1] + time[1:]) + end * (time[:-1] + 2 * time[1:])
    return float((width * ahead / 3).sum() - area**2)


def _interval(
    value: float, means: Sequence[RestrictedMean], slopes: Sequence[float], level: float
) -> Estimate:
    """Student's t interval of a sum, of whose variances only some are estimated."""
    parts = [slope**2 * each.variance for each, slope in zip(means, slopes, strict=True)]
    known = sum(slope**2 * each.noise_variance for each, slope in zip(means, slopes, strict=True))
    total = sum(parts) + known
    df = total**2 / sum(part**2 / each.df for part, each in zip(parts, means, strict=True))
    reach = float(stdtrit(df, (1 + level) / 2)) * sqrt(total)
    return Estimate(value, value - reach, value + reach)
