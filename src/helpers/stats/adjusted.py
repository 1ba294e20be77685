"""Two groups compared with other things equal: regression models on counts.

Every function takes one table of counts: the column `group`, which says whom a row counts and
has two values, the counts themselves, and the things to hold equal, which are all other columns
but those named ``count``, ``n`` and ``time``. They are taken as categories, each with an
effect of its own and none in combination.
"""

import warnings
from collections.abc import Hashable
from math import exp, sqrt
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import expit
from statsmodels.genmod.families import Binomial, Poisson
from statsmodels.genmod.generalized_linear_model import GLM, GLMResults
from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

from helpers.stats.estimate import Estimate, Floats, wald


def gap(counts: pd.DataFrame, group: str, first: Hashable, level: float = 0.95) -> Estimate:
    """Difference of two groups' shares, things held equal.

    The average marginal difference of a logistic model: everybody's chance were they in the
    first group, minus were they in the other, on average over all who are counted. Its
    interval is that of the delta method. With nothing to hold equal it is the plain difference
    with Wald's interval. Persons who are counted several times are taken to be several.

    Parameters
    ----------
    counts : DataFrame
        `group`, ``count`` (how many have the property), ``n`` (of how many) and the columns
        to hold equal.
    group : str
        The column whose two values are compared.
    first : hashable
        The value of the first group.

    Raises
    ------
    ValueError
        If a column is missing, `group` does not have two values with `first` among them, a
        count is not between 0 and its ``n``, all of a group have the property or none, or
        the columns held equal say which group a row is of.

    References
    ----------
    Lane PW, Nelder JA (1982). Analysis of covariance and standardization as instances of
    prediction. Biometrics 38, 613-621.
    """
    rows = _rows(counts, group, first, "n")
    have, of = (rows.groupby(group)[column].sum() for column in ("count", "n"))
    if not ((rows["count"] <= rows["n"]).all() and have.all() and (have < of).all()):
        raise ValueError("count must be at most n, and in each group some have it and some not")
    design = _design(rows, group, first)
    outcomes = np.column_stack([rows["count"], rows["n"] - rows["count"]])
    model = _fit(GLM(outcomes, design, family=Binomial()))
    (with_first, slope_first), (with_other, slope_other) = (
        _standardized(model.params, design, rows["n"].to_numpy(), member) for member in (1.0, 0.0)
    )
    slope = slope_first - slope_other
    return wald(with_first - with_other, sqrt(slope @ model.cov_params() @ slope), level)


def rate_ratio(counts: pd.DataFrame, group: str, first: Hashable, level: float = 0.95) -> Estimate:
    """Ratio of two groups' event rates, things held equal, by a Poisson model.

    Limits are Wald's on the log scale.

    Parameters
    ----------
    counts : DataFrame
        `group`, ``count`` (events), ``time`` (person-time, in any unit) and the columns to
        hold equal.
    group, first
        As in `gap`.

    Raises
    ------
    ValueError
        If a column is missing, `group` does not have two values with `first` among them, a
        count is negative, a group has no events, or the columns held equal say which
        group a row is of.

    References
    ----------
    McCullagh P, Nelder JA (1989). Generalized Linear Models, 2nd ed., section 6.2.
    """
    rows = _rows(counts, group, first, "time")
    if not rows.groupby(group)["count"].sum().all():
        raise ValueError("a ratio needs events in both groups")
    design, offset = _design(rows, group, first), np.log(rows["time"].to_numpy(float))
    model = _fit(GLM(rows["count"].to_numpy(float), design, family=Poisson(), offset=offset))
    return wald(model.params[1], model.bse[1], level).map(exp)


def _rows(counts: pd.DataFrame, group: str, first: Hashable, size: str) -> pd.DataFrame:
    """Return the rows that count somebody, once both groups are found among them."""
    missing = [column for column in (group, "count", size) if column not in counts]
    if missing:
        raise ValueError(f"the counts lack {', '.join(missing)}")
    if not (counts[["count", size]] >= 0).all(axis=None):
        raise ValueError(f"count and {size} must be 0 or more")
    rows: pd.DataFrame = counts[counts[size] > 0]
    if rows[group].nunique() != 2 or first not in set(rows[group]):
        raise ValueError(f"{group} must have two values, one of them that of the first group")
    return rows


def _design(rows: pd.DataFrame, group: str, first: Hashable) -> Floats:
    """One, whether of the first group, and each category but the first of each other column."""
    held = [rows[column] for column in rows.columns.difference([group, "count", "n", "time"])]
    member = (rows[group] == first).to_numpy(float)
    others = np.column_stack([np.ones(len(rows)), *map(_categories, held)])
    design = np.insert(others, 1, member, axis=1)
    if np.linalg.matrix_rank(design) == np.linalg.matrix_rank(others):
        raise ValueError(f"{group} cannot be told from the columns held equal")
    return design


def _categories(column: "pd.Series[Any]") -> npt.NDArray[np.bool_]:
    codes, values = pd.factorize(column, use_na_sentinel=False)
    told: npt.NDArray[np.bool_] = codes[:, None] == np.arange(1, len(values))
    return told


def _fit(model: GLM) -> GLMResults:
    """Fit, without warning of what leaves the result as it is.

    A category in which nobody or everybody has the property sends its own coefficient off to
    infinity, and a model with a parameter for each row has no scale; neither is used.
    """
    with np.errstate(divide="ignore", invalid="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore", PerfectSeparationWarning)
        return model.fit()


def _standardized(
    coefficients: Floats, design: Floats, n: Floats, member: float
) -> tuple[float, Floats]:
    """Mean chance were all in one group, and its slope in the coefficients."""
    moved = design.copy()
    moved[:, 1] = member
    chance, weight = expit(moved @ coefficients), n / n.sum()
    return float(weight @ chance), (weight * chance * (1 - chance)) @ moved
