"""From counts to life tables: who was observed at each time, what happened, who remained."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import ndtri

Floats: TypeAlias = npt.NDArray[np.floating]

RULES: Mapping[str, tuple[str, Callable[[pd.Series], pd.Series]]] = {
    "time": ("a number, 0 or more", lambda time: (time >= 0) & np.isfinite(time)),
    "event": ("0, 1 or 2", lambda event: event.isin([0, 1, 2])),
    "n": ("a whole number, 0 or more", lambda n: (n >= 0) & (n % 1 == 0)),
}
TIED = 1.5e-8  # of the longest time: times no further apart are one, as in R's survival
ROUNDING = 1e-9
WHOLE = ["at_risk", "events", "censored", "n"]


@dataclass(frozen=True)
class LifeTable:
    """One group, or several, followed over an ascending row of times.

    Attributes
    ----------
    time : ndarray of shape (times,)
    at_risk : ndarray of shape (times,), or (groups, times)
        How many were observed at least until `time`.
    events, competing, censored : ndarray of the shape of `at_risk`
        How many had the event asked for, another event, or none when last seen.
    """

    time: Floats
    at_risk: Floats
    events: Floats
    competing: Floats
    censored: Floats

    @classmethod
    def of(cls, rows: pd.DataFrame, cause: int, time: Floats) -> Self:
        """Count checked `rows` over `time`, which holds every time in them."""
        if cause not in (1, 2):
            raise ValueError(f"the event asked for must be 1 or 2, not {cause}")
        ended = np.zeros((3, len(time)))
        place = np.searchsorted(time, rows["time"])
        np.add.at(ended, (rows["event"].to_numpy(int), place), rows["n"].to_numpy())
        at_risk = np.cumsum(ended.sum(axis=0)[::-1])[::-1]
        return cls(time, at_risk, ended[cause], ended[3 - cause], ended[0])

    @classmethod
    def stacked(cls, tables: Sequence[Self]) -> Self:
        """Put groups over the same times together."""
        counts = [(t.at_risk, t.events, t.competing, t.censored) for t in tables]
        return cls(tables[0].time, *np.stack(counts, axis=1))


def checked(counts: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that count somebody, once every row is found valid.

    Times that differ by no more than rounding leaves, such as 0.3 and 0.1 + 0.2, become one.
    """
    missing = [column for column in RULES if column not in counts]
    if missing:
        raise ValueError(f"the counts lack {', '.join(missing)}")
    numbers = counts[list(RULES)].apply(pd.to_numeric, errors="coerce").astype(float)
    for column, (rule, holds) in RULES.items():
        wrong = int((~holds(numbers[column])).sum())
        if wrong:
            raise ValueError(f"{column} must be {rule}; it is not in {wrong} row(s)")
    numbers["time"] = _tied(numbers["time"].to_numpy())
    rows: pd.DataFrame = counts.assign(**numbers)[numbers["n"] > 0]
    return rows


def _tied(time: Floats) -> Floats:
    """Give times that lie within rounding of the next lower one the lowest of theirs."""
    distinct, place = np.unique(time, return_inverse=True)
    starts = np.diff(distinct, prepend=-np.inf) > TIED * distinct.max(initial=0)
    tied: Floats = distinct[starts][np.cumsum(starts) - 1][place]
    return tied


def grouping(counts: pd.DataFrame) -> list[str]:
    """Columns that say which group a row belongs to."""
    return [column for column in counts.columns if column not in RULES]


def group_codes(rows: pd.DataFrame, by: Sequence[str]) -> npt.NDArray[np.integer]:
    """Which group of `by` each row belongs to, numbered from 0 in sorted order."""
    keys = list(by) or np.zeros(len(rows))
    return rows.groupby(keys, dropna=False, observed=True).ngroup().to_numpy()


def by_group(
    counts: pd.DataFrame,
    cause: int,
    columns: list[str],
    estimate: Callable[[LifeTable], Sequence[npt.ArrayLike]],
) -> pd.DataFrame:
    """Apply `estimate`, which gives `columns`, to the life table of each group."""
    rows = checked(counts)
    code = group_codes(rows, grouping(counts))
    tables = (_life_table(part, cause) for _, part in rows.groupby(code))
    blocks = [np.column_stack(estimate(table)) for table in tables]
    values = np.vstack([np.empty((0, len(columns))), *blocks])
    estimates = pd.DataFrame(values, columns=columns)
    whole = dict.fromkeys(estimates.columns.intersection(WHOLE), np.int64)
    first = np.unique(code, return_index=True)[1].repeat([len(block) for block in blocks])
    groups: pd.DataFrame = rows[grouping(counts)].iloc[first].reset_index(drop=True)
    return groups.join(estimates.astype(whole))


def _life_table(rows: pd.DataFrame, cause: int) -> LifeTable:
    """Life table of one group over its own distinct times, and time 0."""
    return LifeTable.of(rows, cause, np.union1d([0.0], rows["time"]))


def survival(table: LifeTable) -> tuple[Floats, Floats]:
    """Kaplan-Meier estimate and its standard error (Greenwood)."""
    left = table.at_risk - table.events
    share = np.cumprod(left / table.at_risk)
    return share, share * np.sqrt(np.cumsum(ratio(table.events, table.at_risk * left)))


def survival_limits(share: Floats, se: Floats, level: float) -> tuple[Floats, Floats]:
    """Log-log confidence limits of a share that has not had the event, NaN at 0 and 1."""
    inside = (share > ROUNDING) & (share < 1 - ROUNDING)
    share = np.where(inside, share, np.nan)
    power = np.exp(normal_quantile(level) * se / (share * np.abs(np.log(share))))
    return share**power, share ** (1 / power)


def normal_quantile(level: float) -> float:
    """How many standard errors a two-sided interval of `level` reaches each way."""
    if not 0 < level < 1:
        raise ValueError("level must lie between 0 and 1")
    return float(ndtri((1 + level) / 2))


def ratio(numerator: Floats, denominator: Floats) -> Floats:
    """Divide element by element, with 0 where the denominator is 0."""
    zero = np.zeros(np.broadcast_shapes(numerator.shape, denominator.shape))
    return np.divide(numerator, denominator, out=zero, where=denominator != 0)
