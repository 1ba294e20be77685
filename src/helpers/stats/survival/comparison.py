"""Do the groups differ? The log-rank test and Gray's test."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import pandas as pd
from scipy.special import chdtrc

from helpers.stats.survival.lifetable import Floats, LifeTable, checked, group_codes, grouping
from helpers.stats.survival.scores import Scores, gray_scores, logrank_scores

RANK = 1e-9


def logrank(counts: pd.DataFrame, strata: Sequence[str] = (), event: int = 1) -> pd.DataFrame:
    """Test that all groups have the event at one rate (Mantel-Haenszel log-rank).

    Parameters
    ----------
    counts : DataFrame
        Grouping columns, ``time``, ``event`` and ``n``.
    strata : sequence of str
        Grouping columns to compare within; the others say which groups are compared.
    event : {1, 2}
        The event; everything else is censored.

    Returns
    -------
    DataFrame
        One row: ``statistic`` (chi-square), ``df`` and ``p_value``. Where no time tells the
        groups apart ``df`` is 0 and ``p_value`` NaN. No row for fewer than two groups.

    Raises
    ------
    ValueError
        The counts are not valid, or a stratum is not a grouping column.

    References
    ----------
    Klein JP, Moeschberger ML (2003). Survival Analysis, 2nd ed., sections 7.3 and 7.5.
    """
    return _test(counts, strata, event, logrank_scores)


def gray(counts: pd.DataFrame, strata: Sequence[str] = (), cause: int = 1) -> pd.DataFrame:
    """Test that all groups have one cumulative incidence, where another event may come first.

    Gray's K-sample test with rho = 0, tied times as in R's cmprsk. Takes, gives and refuses what
    `logrank` does.

    Parameters
    ----------
    cause : {1, 2}
        The event counted; the other one competes with it.

    References
    ----------
    Gray RJ (1988). A class of K-sample tests for comparing the cumulative incidence of a
    competing risk. Annals of Statistics 16, 1141-1154.
    """
    return _test(counts, strata, cause, gray_scores)


def _test(
    counts: pd.DataFrame,
    strata: Sequence[str],
    cause: int,
    scores: Callable[[LifeTable], Scores],
) -> pd.DataFrame:
    """Sum `scores` over the strata and refer them to chi-square."""
    columns = ["statistic", "df", "p_value"]
    samples = list(_samples(counts, strata, cause))
    if not samples or len(samples[0].at_risk) < 2:
        return pd.DataFrame(columns=columns, dtype=float).astype({"df": np.int64})
    totals, variances = zip(*map(scores, samples), strict=True)
    return pd.DataFrame([_chi_square(sum(totals), sum(variances))], columns=columns)


def _samples(counts: pd.DataFrame, strata: Sequence[str], cause: int) -> Iterator[LifeTable]:
    """All groups of one stratum at a time, over the stratum's own times."""
    by = grouping(counts)
    unknown = set(strata) - set(by)
    if unknown:
        raise ValueError(f"strata must be grouping columns, not {', '.join(sorted(unknown))}")
    rows = checked(counts)
    group = group_codes(rows, [name for name in by if name not in strata])
    stratum = group_codes(rows, strata)
    for here in (stratum == code for code in np.unique(stratum)):
        time = np.unique(rows["time"][here])
        members = (rows[here & (group == code)] for code in np.unique(group))
        yield LifeTable.stacked([LifeTable.of(part, cause, time) for part in members])


def _chi_square(score: Floats, variance: Floats) -> tuple[float, int, float]:
    """Statistic, degrees of freedom and p-value of scores that sum to 0 over the groups."""
    df = int(np.linalg.matrix_rank(variance, rtol=RANK, hermitian=True))
    statistic = score @ np.linalg.pinv(variance, rtol=RANK, hermitian=True) @ score
    return float(statistic), df, float(chdtrc(df, statistic))
