"""Scores of the K-sample tests within one stratum, and their variance.

A sample is all its groups, with counts of shape (groups, times).
"""

from typing import TypeAlias

import numpy as np

from helpers.stats.survival.lifetable import Floats, LifeTable, ratio

Scores: TypeAlias = tuple[Floats, Floats]


def logrank_scores(sample: LifeTable) -> Scores:
    """Events less those expected in each group, and their hypergeometric variance."""
    at_risk, events = sample.at_risk.sum(axis=0), sample.events.sum(axis=0)
    share = sample.at_risk / at_risk
    score = (sample.events - share * events).sum(axis=1)
    weighted = share * ratio(events * (at_risk - events), at_risk - 1)
    return score, np.diag(weighted.sum(axis=1)) - weighted @ share.T


def gray_scores(sample: LifeTable) -> Scores:
    """Gray's scores (rho = 0) and their variance, tied times as in cmprsk.

    In the symbols of Gray (1988): `weight` is h, `pooled` the incidence F0 common to all
    groups, `contrast` a and `drift` c, both of shape (groups, groups, times).
    """
    events = sample.events.sum(axis=0)
    survival = np.cumprod(1 - ratio(sample.events + sample.competing, sample.at_risk), axis=1)
    before = _shifted(survival, 1.0)
    weight = ratio(sample.at_risk, before)
    incidence = np.cumsum(before * ratio(sample.events, sample.at_risk), axis=1)
    score = sample.events - events * _shares(weight * (1 - _shifted(incidence, 0.0)))
    pooled = np.cumsum(ratio(events, weight.sum(axis=0)))
    odds = ratio(1 - pooled, survival)
    contrast, later = _contrasts(weight, events, pooled)
    of_events, of_competing = _increments(sample, before, weight.sum(axis=0))
    variance = _quadratic(contrast + (1 - odds) * later, of_events)
    return score.sum(axis=1), variance + _quadratic(odds * later, of_competing)


def _contrasts(weight: Floats, events: Floats, pooled: Floats) -> tuple[Floats, Floats]:
    """Weight of each group's events in each group's score: at once, and through later times."""
    contrast = np.eye(len(weight))[:, :, None] * weight - weight[:, None] * _shares(weight)
    step = ratio(events, weight.sum(axis=0) * (1 - _shifted(pooled, 0.0)))
    drift = np.cumsum(contrast * step, axis=2)
    return contrast, drift[:, :, -1:] - drift


def _increments(sample: LifeTable, before: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """Variance of the incidence that each time adds: of the event, and of the competing one."""
    events, at_risk = sample.events.sum(axis=0), sample.at_risk
    untied = 1 - ratio(np.maximum(events - 1, 0), weight * before - 1)
    of_events = untied * ratio(before * events, weight * at_risk)
    untied = 1 - ratio(np.maximum(sample.competing - 1, 0), at_risk - 1)
    return of_events, untied * ratio(before**2 * sample.competing, at_risk**2)


def _quadratic(weights: Floats, increments: Floats) -> Floats:
    """Sum over groups and times of weights, weights transposed and increments."""
    total: Floats = np.einsum("ikt,jkt->ij", weights * increments, weights)
    return total


def _shares(weights: Floats) -> Floats:
    """Each group's share of the sum over the groups."""
    return ratio(weights, weights.sum(axis=0))


def _shifted(curve: Floats, start: float) -> Floats:
    """Value of the curve just before each time."""
    return np.insert(curve, 0, start, axis=-1)[..., :-1]
