"""How many more it would be in one group, had it been as often as in another."""

from math import inf

from helpers.stats.estimate import Estimate, difference


def number(first: Estimate, second: Estimate, at_risk: float) -> Estimate:
    """Estimate how many more it would be in the first group, had it the second's level.

    Known as the population attributable number. The interval is that of the difference of the two
    levels (MOVER), times `at_risk`, which is taken as known. A noisy count may stand for it: noise
    of standard deviation 2 in 100 moves limits and value by 2 %, far less than they lie apart.

    Parameters
    ----------
    first, second : Estimate
        Each group's level: a share, or events per time.
    at_risk : float
        How many the first group's share is of; of a rate, the time, in the same unit.

    Returns
    -------
    Estimate
        Negative where it would be fewer.

    References
    ----------
    Mackenbach JP, Kunst AE (1997). Measuring the magnitude of socio-economic inequalities in
    health: an overview of available measures. Social Science & Medicine 44, 757-771.

    Newson RB (2013). Attributable and unattributable risks and fractions and other scenario
    comparisons. Stata Journal 13, 672-698.
    """
    return difference(second, first).map(lambda level: at_risk * level)


def agreeing(found: Estimate, is_apart: bool) -> Estimate:
    """Let a number lie on one side of zero just where another test of the same tells them apart.

    A ratio of rates and their difference are not tested by the same interval: they disagree in
    at most 2 towns of 100. The limit beyond zero is then moved to it, or the interval stretched
    to hold it.

    Parameters
    ----------
    found : Estimate
        As `number` gives it.
    is_apart : bool
        Whether the two groups are told apart.
    """
    if not is_apart:
        return Estimate(found.value, min(found.low, 0.0), max(found.high, 0.0))
    low, high = (0.0, inf) if found.value > 0 else (-inf, 0.0)
    return Estimate(found.value, max(found.low, low), min(found.high, high))
