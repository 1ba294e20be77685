"""Random effects, against the published meta-analysis of 13 trials of BCG vaccine."""

import numpy as np
import pytest
from scipy import stats

from helpers.stats.estimate import Estimate, wald
from helpers.stats.random_effects import pool

# Colditz et al. (1994): cases and others among the vaccinated, cases and others among the rest.
TRIALS = np.array([
    (4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619),
    (33, 5036, 47, 5761), (180, 1361, 372, 1079), (8, 2537, 10, 619), (505, 87886, 499, 87892),
    (29, 7470, 45, 7232), (17, 1699, 65, 1600), (186, 50448, 141, 27197), (5, 2493, 3, 2338),
    (27, 16886, 29, 17825),
])  # fmt: skip


@pytest.fixture(scope="module")
def trials():
    cases, others, cases2, others2 = TRIALS.T
    n, n2 = cases + others, cases2 + others2
    log_ratio = np.log(cases / n) - np.log(cases2 / n2)
    return log_ratio, 1 / cases - 1 / n + 1 / cases2 - 1 / n2


def test_the_trials_give_the_published_mean_and_heterogeneity(trials):
    # DerSimonian-Laird in metafor's documentation (dat.bcg): -0.7141, tau² 0.3088, I² 92.12 %.
    found = pool([wald(value, se, 0.95) for value, se in zip(*_with_se(trials), strict=True)])
    assert found.mean.value == pytest.approx(-0.7141, abs=5e-5)
    assert found.between**2 == pytest.approx(0.3088, abs=5e-5)
    assert found.heterogeneity == pytest.approx(0.9212, abs=5e-5)


def test_the_interval_is_that_of_hartung_and_knapp_where_places_differ(trials):
    value, variance = trials
    found = pool([wald(*each, 0.95) for each in zip(*_with_se(trials), strict=True)])
    weight = 1 / (variance + found.between**2)
    mean = weight @ value / weight.sum()
    se = np.sqrt(weight @ (value - mean) ** 2 / ((len(value) - 1) * weight.sum()))
    reach = stats.t(len(value) - 1).ppf(0.975) * se
    assert (found.mean.low, found.mean.high) == pytest.approx((mean - reach, mean + reach))


def _with_se(trials):
    return trials[0], np.sqrt(trials[1])


def test_places_that_agree_have_nothing_between_them():
    found = pool([Estimate(2, 1, 3), Estimate(2, 0, 4), Estimate(2, 1, 3)])
    assert (found.mean.value, found.between, found.heterogeneity) == (pytest.approx(2), 0, 0)


def test_places_that_differ_less_than_chance_are_pooled_as_if_all_were_the_same():
    """The usual estimate of the spread between places is then below 0, and no spread is."""
    places = [Estimate(-11.6, -32, 11), Estimate(-13, -27, 2), Estimate(-8.6, -17, 0.5)]
    weight = 1 / np.array([one.high - one.low for one in places]) ** 2
    mean = np.average([one.value for one in places], weights=weight)
    found = pool(places)
    assert (found.mean.value, found.between) == (pytest.approx(mean), 0)
    se = 1 / np.sqrt((1 / (1 / weight / (2 * 1.959964) ** 2)).sum())
    assert found.mean.high - found.mean.value == pytest.approx(stats.t(2).ppf(0.975) * se)


def test_one_place_is_not_pooled():
    with pytest.raises(ValueError, match="two"):
        pool([Estimate(2, 1, 3)])


@pytest.mark.filterwarnings("error")
def test_places_more_alike_than_chance_are_pooled_without_a_warning():
    found = pool([Estimate(at, at - 1, at + 1) for at in (0.2, 0.2, 0.2, 0.2)])
    assert (found.between, found.heterogeneity) == (0, 0)
