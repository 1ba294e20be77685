"""How many are needed before a difference of a given size can be established."""

from math import ceil
from typing import NamedTuple

from statsmodels.stats.proportion import samplesize_proportions_2indep_onetail


class Needed(NamedTuple):
    """How many answers each group needs."""

    first: int
    second: int


def answers_needed(
    share1: float, share2: float, *, ratio: float = 1.0, power: float = 0.8, level: float = 0.95
) -> Needed:
    """Answers needed to establish the difference of two shares.

    From the normal approximation of the two-sided test of two independent shares, its
    variance pooled under no difference.

    Parameters
    ----------
    share1, share2 : float
        The true shares of the two groups, strictly between 0 and 1, and not alike.
    ratio : float, default 1
        Answers of the second group for each of the first.
    power : float, default 0.8
        Chance of establishing the difference, above one minus `level`.
    level : float, default 0.95
        Confidence level of the interval that must leave out 0.

    Returns
    -------
    Needed
        Whole answers, rounded up.

    Raises
    ------
    ValueError
        If the shares are alike or not between 0 and 1, or `ratio` is not above 0.

    References
    ----------
    Fleiss JL, Levin B, Paik MC (2003). Statistical Methods for Rates and Proportions,
    3rd ed., section 4.3.
    """
    if not (0 < share1 < 1 and 0 < share2 < 1) or share1 == share2:
        raise ValueError("the shares must lie between 0 and 1, and differ")
    if not ratio > 0:
        raise ValueError("ratio must be above 0")
    difference = share1 - share2
    first = samplesize_proportions_2indep_onetail(
        difference, share2, power, ratio=ratio, alpha=1 - level
    )
    return Needed(ceil(first), ceil(first * ratio))
