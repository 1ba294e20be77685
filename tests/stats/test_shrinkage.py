"""Empirical Bayes on counts, against the published example of tumours in 71 groups of rats."""

import numpy as np
import pytest
from scipy import stats

from helpers.stats.shrinkage import Prior, drawn, prior

# Tarone (1982), as in Gelman et al. (2013), Bayesian Data Analysis, 3rd ed., table 5.1.
TUMOURS = (
    [0] * 14 + [1] * 8 + [2] * 9 + [1, 5, 2, 5, 3, 2, 7, 7, 3, 3, 2, 9, 10] + [4] * 7
    + [10, 4, 4, 4, 5, 11, 12, 5, 5, 6, 5, 6, 6, 6, 6, 16, 15, 15, 9, 4]
)  # fmt: skip
RATS = (
    [20] * 7 + [19] * 4 + [18, 18, 17] + [20] * 4 + [19, 19, 18, 18, 25, 24, 23] + [20] * 6
    + [10, 49, 19, 46, 27, 17, 49, 47, 20, 20, 13, 48, 50] + [20] * 7
    + [48, 19, 19, 19, 22, 46, 49, 20, 20, 23, 19, 22, 20, 20, 20, 52, 47, 46, 24, 14]
)  # fmt: skip


def test_the_law_of_the_rats_is_the_mode_of_the_published_density():
    """The density has the published means (section 5.3: 2.4 and 14.3), and the law is its mode."""
    log_odds, log_size = np.meshgrid(np.linspace(-2.3, -1.3, 101), np.linspace(1, 5, 101))
    a = np.exp(log_size) / (1 + np.exp(-log_odds))
    b = np.exp(log_size) - a
    pairs = zip(TUMOURS, RATS, strict=True)
    density = sum(stats.betabinom.logpmf(x, n, a, b) for x, n in pairs)
    density = density + np.log(a * b) - 2.5 * np.log(a + b)
    weight = np.exp(density - density.max())
    assert np.average(a, weights=weight) == pytest.approx(2.4, abs=0.05)
    assert np.average(b, weights=weight) == pytest.approx(14.3, abs=0.05)
    law, mode = prior(TUMOURS, RATS), density.argmax()
    assert law == pytest.approx((a.flat[mode], b.flat[mode]), rel=0.05)


def test_the_last_group_is_drawn_towards_the_others_as_published():
    # Section 5.1: with Beta(1.4, 8.6) the posterior of 4 of 14 is Beta(5.4, 18.6), mean 0.223.
    found = drawn(4, 14, Prior(1.4, 8.6))
    assert found.value == pytest.approx(0.225, abs=0.0051)
    assert (found.low, found.high) == pytest.approx(stats.beta(5.4, 18.6).interval(0.95))


def test_a_small_group_is_drawn_further_than_a_large_one_of_the_same_share():
    law = prior([30, 2, 60, 45], [60, 10, 100, 100])
    assert law.a / (law.a + law.b) > 0.3
    assert drawn(2, 10, law).value > drawn(20, 100, law).value > 0.2


def test_one_group_has_no_others():
    with pytest.raises(ValueError, match="two groups"):
        prior([1], [2])
