"""A share of things that belong to persons, some of whom have several."""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from statsmodels.stats.proportion import proportion_confint

from helpers.stats.estimate import Estimate

Floats: TypeAlias = npt.NDArray[np.floating]


def interval(
    trials: npt.ArrayLike,
    successes: npt.ArrayLike,
    persons: npt.ArrayLike,
    level: float = 0.95,
) -> Estimate:
    """Share of all trials that succeed, with an interval for persons drawn, not trials.

    Wilson's interval for as many trials as would say as much, were they independent: their
    number over the design effect, which is taken to be no less than 1. Equals
    `helpers.stats.proportions.interval` where each person has one trial. The difference of
    two groups of persons is `helpers.stats.estimate.difference` of their intervals.

    Parameters
    ----------
    trials, successes : array_like of int, shape (patterns,)
        The patterns that occur: how many trials a person has, and how many succeed.
    persons : array_like of int, shape (patterns,)
        How many persons have each pattern; at least two in all.
    level : float, default 0.95
        Confidence level, between 0 and 1.

    Returns
    -------
    Estimate
        A share between 0 and 1.

    Raises
    ------
    ValueError
        If a pattern has no trial or more successes than trials, a number is negative, or
        there are fewer than two persons.

    See Also
    --------
    design_effect : How many times the variance of independent trials.

    References
    ----------
    Rao JNK, Scott AJ (1992). A simple method for the analysis of clustered binary data.
    Biometrics 48, 577-585.
    """
    patterns = _patterns(trials, successes, persons)
    tried, succeeded, people = patterns
    effect = _design_effect(*patterns)
    return widened(float(succeeded @ people), float(tried @ people), effect, level)


def widened(count: float, n: float, effect: float, level: float = 0.95) -> Estimate:
    """Share of `n` trials, with Wilson's interval for as many as would say as much.

    Parameters
    ----------
    count, n : float
        How many trials succeed, of how many.
    effect : float
        The design effect, as `design_effect` gives it; taken to be no less than 1.
    level : float, default 0.95
        Confidence level, between 0 and 1.

    Returns
    -------
    Estimate
        A share between 0 and 1.
    """
    size = n / max(effect, 1.0)
    low, high = proportion_confint(count / n * size, size, alpha=1 - level, method="wilson")
    return Estimate(count / n, float(low), float(high))


def design_effect(trials: npt.ArrayLike, successes: npt.ArrayLike, persons: npt.ArrayLike) -> float:
    """Variance of the share, over what it were if all trials were independent.

    The linearised variance of a ratio of two totals over persons, over that of a simple
    random sample of as many trials. Where all trials succeed, or none, the data do not say,
    and a person's trials are taken to be wholly alike.

    Parameters
    ----------
    trials, successes, persons : array_like of int, shape (patterns,)
        As in `interval`.

    Returns
    -------
    float
        1 where each person has one trial; above 1 where a person's trials are more alike
        than those of different persons.

    Raises
    ------
    ValueError
        As `interval`.

    References
    ----------
    Cochran WG (1977). Sampling Techniques, 3rd ed., section 6.4.

    Kish L (1965). Survey Sampling, section 5.4.
    """
    return _design_effect(*_patterns(trials, successes, persons))


def _design_effect(trials: Floats, successes: Floats, persons: Floats) -> float:
    n, people = trials @ persons, persons.sum()
    share = successes @ persons / n
    if share in (0, 1):
        return float(trials**2 @ persons / n)
    residual = successes - share * trials
    clustered = (residual**2 @ persons) / n**2 * people / (people - 1)
    return float(clustered / (share * (1 - share) / (n - 1)))


def _patterns(
    trials: npt.ArrayLike, successes: npt.ArrayLike, persons: npt.ArrayLike
) -> tuple[Floats, Floats, Floats]:
    """Return the three columns, once every pattern is found possible."""
    tried, succeeded, people = (
        np.asarray(values, dtype=float) for values in (trials, successes, persons)
    )
    if not ((tried > 0) & (succeeded >= 0) & (succeeded <= tried) & (people >= 0)).all():
        raise ValueError("a pattern needs 0 <= successes <= trials, trials > 0 and persons >= 0")
    if people.sum() < 2:
        raise ValueError("a share of persons' trials needs at least two persons")
    return tried, succeeded, people
