"""Where people are as time goes, of several states: counts of paths in, shares out.

For the analyst: what is published of states are plain shares at a few times.
"""

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import expit, logit, ndtri

from helpers.stats.estimate import Floats, Whole

_COLUMNS = {"path", "n", "start", "stop", "from", "to"}


@dataclass(frozen=True)
class _Spells:
    """Spells as arrays, states as places; who is still seen in one goes on in it."""

    states: list[Hashable]
    path: Whole
    n: Floats
    start: Floats
    stop: Floats
    came_from: Whole
    came_to: Whole
    weights: Floats  # how many follow each path


def state_occupation(spells: pd.DataFrame, level: float = 0.95) -> pd.DataFrame:
    """Share of people in each state as time goes, by Aalen and Johansen's estimator.

    It is right whether or not the past matters for the next move, as long as how long people are
    followed has nothing to do with it. Its standard error is the infinitesimal jackknife's, with
    a person the unit: unlike Greenwood's it does not ask that the past does not matter, and unlike
    a bootstrap it gives the same each time.

    Parameters
    ----------
    spells : DataFrame
        A row a spell in one state: ``path`` (who, or those alike), ``n`` (how many follow the
        path), ``start``, ``stop`` (in any unit), ``from`` (the state) and ``to`` (the state after
        it; missing where it goes on unseen). The spells of a path begin at 0 and follow each other.

    Returns
    -------
    DataFrame
        ``time`` (0, and each time that somebody moves), ``state``, ``share``, ``se``, ``low``,
        ``high``; limits are symmetric on the logit scale, and missing where the share is 0 or 1.

    Raises
    ------
    ValueError
        If a column is missing, a spell does not last, a count is not positive, or a path does not
        begin at 0 or has a hole in it.

    References
    ----------
    Aalen OO, Johansen S (1978). An empirical transition matrix for non-homogeneous Markov chains
    based on censored observations. Scandinavian Journal of Statistics 5, 141-150.

    Datta S, Satten GA (2001). Validity of the Aalen-Johansen estimators of stage occupation
    probabilities and Nelson-Aalen estimators of integrated transition hazards for non-Markov
    models. Statistics & Probability Letters 55, 403-411.

    Jaeckel LA (1972). The infinitesimal jackknife. Bell Laboratories Memorandum MM 72-1215-11.
    """
    known = _read(_checked(spells))
    share, influence = _at_start(known)
    rows = [_row(0.0, known, share, influence, level)]
    for time in np.unique(known.stop[known.came_from != known.came_to]):
        share, influence = _moved(known, time, share, influence)
        rows.append(_row(float(time), known, share, influence, level))
    return pd.concat(rows, ignore_index=True)


def _checked(spells: pd.DataFrame) -> pd.DataFrame:
    """Give the spells in order, their paths numbered."""
    if missing := _COLUMNS - {*spells.columns}:
        raise ValueError(f"the spells lack {', '.join(sorted(missing))}")
    spells = spells.assign(path=pd.factorize(spells["path"])[0])
    spells = spells.sort_values(["path", "start"], ignore_index=True)
    before = spells.groupby("path")[["stop", "to"]].shift()
    is_first = ~spells["path"].duplicated()
    begins = spells["start"] == before["stop"].fillna(0.0)
    if not (begins & (is_first | (spells["from"] == before["to"]))).all():
        raise ValueError("the spells of a path must begin at 0 and follow each other")
    if not ((spells["stop"] > spells["start"]) & (spells["n"] > 0)).all():
        raise ValueError("a spell must last, and be of somebody")
    return spells


def _read(spells: pd.DataFrame) -> _Spells:
    states = [*dict.fromkeys([*spells["from"], *spells["to"].dropna()])]
    after = spells["to"].fillna(spells["from"])
    n, start, stop = (spells[name].to_numpy(float) for name in ("n", "start", "stop"))
    came_from, came_to = (state.map(states.index).to_numpy() for state in (spells["from"], after))
    path, weights = spells["path"].to_numpy(), spells.groupby("path")["n"].first().to_numpy(float)
    return _Spells(states, path, n, start, stop, came_from, came_to, weights)


def _at_start(known: _Spells) -> tuple[Floats, Floats]:
    """Share in each state at time 0, and what one more on each path does to it."""
    first = known.came_from[known.start == 0]
    in_state = np.eye(len(known.states))[first]
    share: Floats = known.weights @ in_state / known.weights.sum()
    return share, (in_state - share) / known.weights.sum()


def _moved(known: _Spells, time: float, share: Floats, influence: Floats) -> tuple[Floats, Floats]:
    """Let a time pass: who is at risk moves or stays, and one more adds its own move."""
    at_risk = (known.start < time) & (time <= known.stop)
    place, n = known.came_from[at_risk], known.n[at_risk]
    after = np.where(known.stop == time, known.came_to, known.came_from)[at_risk]
    stay = np.eye(len(known.states))
    counts = np.zeros_like(stay)
    np.add.at(counts, (place, after), n)
    size = np.maximum(counts.sum(axis=1), 1)
    moves = np.where(counts.sum(axis=1, keepdims=True) > 0, counts / size[:, None], stay)
    influence = influence @ moves
    influence[known.path[at_risk]] += (share / size)[place, None] * (stay[after] - moves[place])
    return share @ moves, influence


def _row(
    time: float, known: _Spells, share: Floats, influence: Floats, level: float
) -> pd.DataFrame:
    se = np.sqrt(known.weights @ influence**2)
    low, high = _limits(share, se, float(ndtri((1 + level) / 2)))
    told = {"time": time, "state": known.states, "share": share}
    return pd.DataFrame(told | {"se": se, "low": low, "high": high})


def _limits(share: Floats, se: Floats, reach: float) -> tuple[Floats, Floats]:
    share = np.where((share > 0) & (share < 1), share, np.nan)
    slope = reach * se / (share * (1 - share))
    return expit(logit(share) - slope), expit(logit(share) + slope)
