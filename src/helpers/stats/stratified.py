"""Two groups compared within strata: one pooled figure, and whether one figure will do."""

from math import sqrt

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from helpers.stats.chi_square import ChiSquare
from helpers.stats.estimate import Estimate
from helpers.stats.strata import MEASURES, MeasureName, Strata


def mantel_haenszel(  # noqa: PLR0913 - two counts out of two sizes, and how
    events1: npt.ArrayLike,
    total1: npt.ArrayLike,
    events2: npt.ArrayLike,
    total2: npt.ArrayLike,
    *,
    measure: MeasureName,
    level: float = 0.95,
) -> Estimate:
    """Compare two groups within strata, pooled with Mantel and Haenszel's weights.

    Holds for few large strata as for many small ones. A stratum without both groups says
    nothing and counts for nothing.

    Parameters
    ----------
    events1, total1 : array_like, shape (strata,)
        The first group in each stratum: how many have the event, of how many persons (risk)
        or in how much person-time (rate).
    events2, total2 : array_like, shape (strata,)
        The second group, in the same strata and unit.
    measure : {"risk ratio", "risk difference", "rate ratio", "rate difference"}
        What is taken to be one and the same in all strata; the first group over, or minus,
        the second.
    level : float, default 0.95
        Confidence level, between 0 and 1.

    Returns
    -------
    Estimate
        A ratio without unit, with limits symmetric on the log scale; a difference of shares,
        or of events per unit of person-time.

    Raises
    ------
    ValueError
        If the arrays differ in shape, a count is negative or above its number of persons, no
        stratum has both groups, or a ratio is asked for and a group has no events.

    References
    ----------
    Greenland S, Robins JM (1985). Estimation of a common effect parameter from sparse
    follow-up data. Biometrics 41, 55-68. (Both ratios and the rate difference.)

    Sato T (1989). On the variance estimator for the Mantel-Haenszel risk difference.
    Biometrics 45, 1323-1324.
    """
    chosen = MEASURES[measure]
    value, variance = chosen.pool(_strata(events1, total1, events2, total2, chosen.of_persons))
    reach = float(ndtri((1 + level) / 2)) * sqrt(max(variance, 0.0))
    return Estimate(*(chosen.back(x) for x in (value, value - reach, value + reach)))


def homogeneity(
    events1: npt.ArrayLike,
    total1: npt.ArrayLike,
    events2: npt.ArrayLike,
    total2: npt.ArrayLike,
    *,
    measure: MeasureName,
) -> ChiSquare:
    """Test that the measure is one and the same in all strata: Cochran's Q.

    The strata's own estimates, of ratios the logarithms, about the pooled one, weighted by
    their precision. A stratum in which some count is 0 has 1/2 added to each; one in which
    nobody or everybody has the event counts for nothing. Breslow and Day's test is not used,
    as it tests that the odds ratio is the same, which is another measure than these.

    Parameters
    ----------
    events1, total1, events2, total2, measure
        As in `mantel_haenszel`.

    Returns
    -------
    ChiSquare
        With one degree of freedom fewer than the strata that count.

    Raises
    ------
    ValueError
        As `mantel_haenszel`.

    References
    ----------
    Cochran WG (1954). The combination of estimates from different experiments.
    Biometrics 10, 101-129.
    """
    chosen = MEASURES[measure]
    strata = _strata(events1, total1, events2, total2, chosen.of_persons)
    pooled, _ = chosen.pool(strata)
    values, variances = chosen.each(chosen.filled(strata))
    statistic = float(((values - pooled) ** 2 / variances).sum())
    return ChiSquare(f"Cochran's Q, {measure}", statistic, max(len(values) - 1, 0))


def _strata(
    events1: npt.ArrayLike,
    total1: npt.ArrayLike,
    events2: npt.ArrayLike,
    total2: npt.ArrayLike,
    of_persons: bool,
) -> Strata:
    """Return the strata that have both groups, once every count is found possible."""
    arrays = [np.asarray(values, dtype=float) for values in (events1, total1, events2, total2)]
    if len({array.shape for array in arrays}) > 1 or arrays[0].ndim != 1:
        raise ValueError("the four columns must be one-dimensional and of one length")
    strata = Strata(*arrays)
    possible = np.minimum.reduce(arrays) >= 0
    if of_persons:
        possible &= (strata.events1 <= strata.total1) & (strata.events2 <= strata.total2)
    if not possible.all():
        raise ValueError("counts must be 0 or more, and at most their number of persons")
    both = (strata.total1 > 0) & (strata.total2 > 0)
    if not both.any():
        raise ValueError("no stratum has both groups")
    return strata.where(both)
