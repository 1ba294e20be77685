"""Curves over time: Kaplan-Meier survival and Aalen-Johansen cumulative incidence."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from helpers.stats.survival.lifetable import (
    Floats,
    LifeTable,
    by_group,
    ratio,
    survival,
    survival_limits,
)


def kaplan_meier(counts: pd.DataFrame, event: int = 1, level: float = 0.95) -> pd.DataFrame:
    """Share who have not yet had the event, by time (Kaplan-Meier).

    Everything that is not `event` is censored. At a tied time, events come before censoring.

    Parameters
    ----------
    counts : DataFrame
        Grouping columns, ``time``, ``event`` and ``n``.
    event : {1, 2}
        The event waited for.

    Returns
    -------
    DataFrame
        Grouping columns, then ``time``, ``at_risk`` (just before `time`), ``events``,
        ``censored``, ``survival`` (0 to 1, from `time` until the next row), ``se``
        (Greenwood; 0 once the curve is at 0) and the log-log limits ``low`` and ``high``, NaN
        where the curve is at 1 or 0 and they have no value. One row for each distinct time,
        the first always at time 0, where the curve starts at 1 unless somebody had the event
        at once.

    References
    ----------
    Kaplan EL, Meier P (1958). Nonparametric estimation from incomplete observations.
    Journal of the American Statistical Association 53, 457-481.
    Klein JP, Moeschberger ML (2003). Survival Analysis, 2nd ed., sections 4.2-4.3.
    """
    columns = ["time", "at_risk", "events", "censored", "survival", "se", "low", "high"]

    def curve(table: LifeTable) -> tuple[Floats, ...]:
        share, se = survival(table)
        low, high = survival_limits(share, se, level)
        left = table.competing + table.censored
        return table.time, table.at_risk, table.events, left, share, se, low, high

    return by_group(counts, event, columns, curve)


def cumulative_incidence(counts: pd.DataFrame, cause: int = 1, level: float = 0.95) -> pd.DataFrame:
    """Share who have had the event, where another event may come first (Aalen-Johansen).

    The variance is Greenwood's for the Aalen-Johansen estimator, which equals the infinitesimal
    jackknife of ``survfit`` in R's survival. That of cmprsk's ``cuminc`` differs slightly at
    tied times. Without competing events it is one minus `kaplan_meier`, limits and all.

    Parameters
    ----------
    counts
        As in `kaplan_meier`.
    cause : {1, 2}
        The event counted; the other one competes with it.

    Returns
    -------
    DataFrame
        Grouping columns, then ``time``, ``at_risk`` (just before `time`), ``events`` (of
        `cause`), ``incidence`` (0 to 1, from `time` until the next row), ``se`` and the
        complementary log-log limits ``low`` and ``high``, NaN where the incidence is 0 or 1.
        One row for each distinct time, the first always at time 0.

    References
    ----------
    Aalen OO, Johansen S (1978). An empirical transition matrix for non-homogeneous Markov
    chains based on censored observations. Scandinavian Journal of Statistics 5, 141-150.
    Marubini E, Valsecchi MG (1995). Analysing Survival Data from Clinical Trials and
    Observational Studies, section 10.3.
    """
    columns = ["time", "at_risk", "events", "incidence", "se", "low", "high"]

    def curve(table: LifeTable) -> tuple[Floats, ...]:
        return (table.time, table.at_risk, table.events, *_incidence_with_limits(table, level))

    return by_group(counts, cause, columns, curve)


def incidence_at(
    counts: pd.DataFrame, times: Sequence[float], cause: int = 1, level: float = 0.95
) -> pd.DataFrame:
    """Read `cumulative_incidence` at chosen times.

    Parameters
    ----------
    counts, cause
        As in `cumulative_incidence`.
    times : sequence of float
        0 or more, in the unit of ``time``.

    Returns
    -------
    DataFrame
        One row for each group and time, in the order of `times`: grouping columns, then
        ``time``, ``at_risk`` (just before `time`), ``incidence``, ``se``, ``low`` and
        ``high``. All four are NaN past the last time of a group in which somebody was then
        still waiting, as the counts do not say what happened next.

    Raises
    ------
    ValueError
        The counts are not valid, or a time is negative.
    """
    columns = ["time", "at_risk", "incidence", "se", "low", "high"]
    asked = np.asarray(times, dtype=float)
    if not (asked >= 0).all():
        raise ValueError("times must be 0 or more")

    def readings(table: LifeTable) -> tuple[Floats, ...]:
        at_risk = np.append(table.at_risk, 0.0)[np.searchsorted(table.time, asked)]
        last = np.searchsorted(table.time, asked, side="right") - 1
        known = (asked <= table.time[-1]) | (table.censored[-1] == 0)
        curve = [np.where(known, c[last], np.nan) for c in _incidence_with_limits(table, level)]
        return asked, at_risk, *curve

    return by_group(counts, cause, columns, readings)


def _incidence(table: LifeTable) -> tuple[Floats, Floats]:
    """Aalen-Johansen estimate and its standard error (Greenwood)."""
    at_risk, events = table.at_risk, table.events
    left = at_risk - events - table.competing
    before = np.append(1.0, np.cumprod(left / at_risk)[:-1])
    incidence = np.cumsum(before * events / at_risk)
    all_cause = ratio(at_risk - left, at_risk * left)
    # The variance sums (F(t) - F(s))^2 a + 2 (F(t) - F(s)) b + c over the times s up to t.
    b = -before * events / at_risk**2
    c = before**2 * events * (at_risk - events) / at_risk**3
    square = np.cumsum(all_cause)
    linear = np.cumsum(b - incidence * all_cause)
    constant = np.cumsum(incidence**2 * all_cause - 2 * incidence * b + c)
    variance = incidence**2 * square + 2 * incidence * linear + constant
    return incidence, np.sqrt(np.maximum(variance, 0.0))


def _incidence_with_limits(table: LifeTable, level: float) -> tuple[Floats, ...]:
    """Aalen-Johansen estimate, standard error and limits."""
    incidence, se = _incidence(table)
    low, high = survival_limits(1 - incidence, se, level)
    return incidence, se, 1 - high, 1 - low
