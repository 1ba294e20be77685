"""True counts drawn behind noisy ones, and Rubin's rules: against Bayes, by hand, as coverage."""

from math import exp

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from noise_tables import NOISE, NONE, seen
from scipy.stats import t

from helpers.stats import adjusted, decomposition, imputation, ordinal, proportions, stratified
from helpers.stats.estimate import Estimate

# Two groups in three strata, those who have it and those who have not.
TABLE = pd.DataFrame([(sex, form) for sex in "KM" for form in "abc"], columns=["sex", "care_form"])
HAVE, HAVE_NOT = [9, 6, 12, 14, 11, 20], [8, 15, 10, 25, 19, 16]


def limits(estimate):
    return estimate.low, estimate.high


def test_true_counts_are_drawn_in_the_proportions_of_bayes():
    cells = [0, 1, 4, 30]
    drawn = imputation.draw(cells, NOISE, draws=20_000)
    for noisy, true in zip(cells, drawn.T, strict=True):
        likelihood = seen(60, NOISE)[:, noisy]
        expected = likelihood / likelihood.sum()
        assert np.bincount(true, minlength=61) / 20_000 == pytest.approx(expected, abs=0.015)


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=5))
def test_without_noise_the_truth_is_drawn_each_time(cells):
    assert (imputation.draw(cells, NONE, draws=3) == cells).all()


def test_the_same_seed_gives_the_same_draws():
    first, again, other = (imputation.draw(HAVE, NOISE, seed=seed) for seed in (1, 1, 2))
    assert (first == again).all()
    assert (first != other).any()


def test_a_noisy_count_that_nothing_can_have_given_is_refused():
    never_0 = np.vstack([np.roll(NONE[0], 1), NONE[1:]])
    with pytest.raises(ValueError, match="no true count"):
        imputation.draw([0], never_0)


def test_rubins_rules_by_hand():
    # Within 4; between 1, and 4/3 of it; (1 + 4 / (4/3))² = 16 times 2 degrees of freedom.
    found = imputation.pool([9, 10, 11], [3, 4, 5])
    reach = t.ppf(0.975, 32) * np.sqrt(4 + 4 / 3)
    assert (found.value, *limits(found)) == pytest.approx((10, 10 - reach, 10 + reach))


def test_draws_that_agree_are_pooled_to_the_normal_interval():
    assert limits(imputation.pool([5, 5], [1, 1])) == pytest.approx((5 - 1.96, 5 + 1.96), abs=1e-3)


def test_one_draw_cannot_be_pooled():
    with pytest.raises(ValueError, match="two draws"):
        imputation.pool([5], [1])


def gap(true):
    have, have_not = np.split(true, 2)
    return adjusted.gap(TABLE.assign(count=have, n=have + have_not), "sex", "K")


def rate_ratio(true):
    return adjusted.rate_ratio(TABLE.assign(count=true, time=50.0), "sex", "K")


def pooled_rates(true):
    women, men = np.split(true, 2)
    return stratified.mantel_haenszel(women, [50] * 3, men, [50] * 3, measure="rate ratio")


def odds(true):
    return ordinal.odds_ratio(*np.split(true, 2))


def granting(true):
    granted, denied, not_applied = true.reshape(3, 2)
    rates = [
        {"applies": (g + d, g + d + n), "granted": (g, g + d)}
        for g, d, n in zip(granted, denied, not_applied, strict=True)
    ]
    return decomposition.kitagawa_intervals(*rates).contributions["granted"]


MODELS = [
    (gap, HAVE + HAVE_NOT, False),
    (rate_ratio, HAVE, True),
    (pooled_rates, HAVE, True),
    (odds, HAVE, True),
    (granting, HAVE, False),
]


@pytest.mark.parametrize(("fit", "cells", "log_scale"), MODELS)
def test_a_model_of_counts_without_noise_is_the_model(fit, cells, log_scale):
    found = imputation.estimate(cells, NONE, fit, log_scale=log_scale, draws=2)
    assert (found.value, *limits(found)) == pytest.approx(
        (fit(np.array(cells)).value, *limits(fit(np.array(cells))))
    )


@pytest.mark.parametrize(("fit", "cells", "log_scale"), MODELS)
def test_noise_widens_the_interval_of_a_model(fit, cells, log_scale):
    plain = fit(np.array(cells))
    found = imputation.estimate(cells, NOISE, fit, log_scale=log_scale, draws=60)
    assert found.low < plain.low < found.value < plain.high < found.high


def test_draws_that_cannot_be_fitted_are_left_out():
    def fit(true):
        if true[0] == 0:
            raise ValueError("nobody")
        return proportions.interval(true[0], true[0] + 20)

    assert imputation.estimate([1], NOISE, fit).value > 0
    with pytest.raises(ValueError, match="nothing can be estimated"):
        imputation.estimate([0], NONE, fit)


def test_a_ratio_without_an_end_tells_nothing():
    with pytest.raises(ValueError, match="nothing can be estimated"):
        imputation.estimate([3], NOISE, lambda true: Estimate(1, 0, 2), log_scale=True)


def test_a_share_of_drawn_counts_is_covered_as_often_as_its_level_says():
    random = np.random.default_rng(4)
    true = random.binomial(60, 0.7, 300)
    noisy = [[n + random.choice(15, p=NOISE[7]) - 7 for n in (k, 60 - k)] for k in true]
    found = [imputation.estimate(pair, NOISE, agresti, draws=60) for pair in noisy]
    assert np.mean([not share.excludes(0.7) for share in found]) > 0.925


def agresti(true):
    """Agresti and Coull's share and Wald's interval of it."""
    n = true.sum() + 4
    share = (true[0] + 2) / n
    reach = 1.96 * np.sqrt(share * (1 - share) / n)
    return Estimate(share, share - reach, share + reach)


def test_ratios_are_joined_on_the_log_scale():
    def fit(true):
        return Estimate(float(true[0]), true[0] / 2, true[0] * 2.0)

    drawn = np.log(imputation.draw([30], NOISE))
    found = imputation.estimate([30], NOISE, fit, log_scale=True)
    assert found.value == pytest.approx(exp(drawn.mean()))
    assert found.low * found.high == pytest.approx(found.value**2)
