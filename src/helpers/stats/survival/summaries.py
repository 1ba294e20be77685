"""One number a group: the median, and the mean within a horizon."""

import numpy as np
import pandas as pd

from helpers.stats.survival.lifetable import (
    ROUNDING,
    Floats,
    LifeTable,
    by_group,
    normal_quantile,
    ratio,
    survival,
    survival_limits,
)


def median(counts: pd.DataFrame, event: int = 1, level: float = 0.95) -> pd.DataFrame:
    """Time by which half have had the event, from the Kaplan-Meier curve.

    Parameters
    ----------
    counts, event
        As in `kaplan_meier`.

    Returns
    -------
    DataFrame
        One row a group: grouping columns, then ``median`` (the first time the curve is at
        one half or below), the Brookmeyer-Crowley limits ``low`` and ``high`` (the same of
        the curve's log-log limits), in the unit of ``time``, and ``n``. Infinite where the
        curve does not reach one half, and 0 for a lower limit where the curve falls to 0
        before its limits say anything.

    References
    ----------
    Brookmeyer R, Crowley J (1982). A confidence interval for the median survival time.
    Biometrics 38, 29-41.
    """
    columns = ["median", "low", "high", "n"]

    def summary(table: LifeTable) -> tuple[float, ...]:
        share, se = survival(table)
        limits = survival_limits(share, se, level)
        middle, low, high = (_half_reached(table.time, curve) for curve in (share, *limits))
        low = low if low <= middle else 0.0
        return middle, low, high, float(table.at_risk[0])

    return by_group(counts, event, columns, summary)


def _half_reached(time: Floats, curve: Floats) -> float:
    """First time the curve is at one half or below, infinite where it never is."""
    reached = curve <= 0.5 + ROUNDING
    return float(time[reached.argmax()]) if reached.any() else np.inf


def restricted_mean(
    counts: pd.DataFrame, horizon: float, event: int = 1, level: float = 0.95
) -> pd.DataFrame:
    """Mean time to the event within a horizon (RMST): the area under the Kaplan-Meier curve.

    A wait that lasts past the horizon counts as the horizon. Waits not seen to the end count
    as far as they were seen; past the last time seen the curve stays where it is, so that
    those who then still wait are taken to wait on.

    Parameters
    ----------
    counts, event
        As in `kaplan_meier`.
    horizon : float
        Where the area ends, in the unit of ``time``.

    Returns
    -------
    DataFrame
        One row a group: grouping columns, then ``mean``, ``se`` and the normal limits ``low``
        and ``high``, in the unit of ``time``, and ``n``. Where nobody's wait differs within
        the horizon ``se`` is 0, which is no sign of precision in a small group.

    Raises
    ------
    ValueError
        The counts are not valid, or the horizon is not above 0.

    References
    ----------
    Klein JP, Moeschberger ML (2003). Survival Analysis, 2nd ed., section 4.5.
    """
    columns = ["mean", "se", "low", "high", "n"]
    if not horizon > 0:
        raise ValueError("horizon must be above 0")

    def summary(table: LifeTable) -> tuple[float, ...]:
        mean, se = _area(table, horizon)
        reach = normal_quantile(level) * se
        return mean, se, mean - reach, mean + reach, float(table.at_risk[0])

    return by_group(counts, event, columns, summary)


def _area(table: LifeTable, horizon: float) -> tuple[float, float]:
    """Area under the Kaplan-Meier curve up to `horizon`, and its standard error."""
    share, _ = survival(table)
    width = np.diff(np.minimum(table.time, horizon), append=horizon)
    remaining = np.cumsum((share * width)[::-1])[::-1]
    weight = ratio(table.events, table.at_risk * (table.at_risk - table.events))
    return float(remaining[0]), float(np.sqrt(np.sum(remaining**2 * weight)))
