"""Shares and their differences, against published intervals and the binomial law."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from noise_tables import LESS, NOISE, NONE, seen
from scipy.stats import binom

from helpers.stats.proportions import gap, interval

# Newcombe RG (1998), Statistics in Medicine 17, 873-890, Table II: method 10.
NEWCOMBE = [
    ((56, 70, 48, 80), 0.0524, 0.3339),
    ((9, 10, 3, 10), 0.1705, 0.8090),
    ((5, 56, 0, 29), -0.0381, 0.1926),
    ((10, 10, 0, 20), 0.6791, 1.0000),
]


@st.composite
def shares(draw):
    n = draw(st.integers(1, 60))
    return draw(st.integers(0, n)), n


@pytest.mark.parametrize(("counts", "low", "high"), NEWCOMBE)
def test_newcombe_gives_the_published_limits(counts, low, high):
    assert (gap(*counts).low, gap(*counts).high) == pytest.approx((low, high), abs=5e-5)


def test_wilson_gives_the_published_limits():
    # Newcombe RG (1998), Statistics in Medicine 17, 857-872, Table I: method 3, 81 of 263.
    found = interval(81, 263)
    assert (found.low, found.high) == pytest.approx((0.2553, 0.3662), abs=5e-5)


@example((0, 3), (34, 34))
@given(shares(), shares())
def test_the_interval_holds_the_difference_and_turns_with_it(first, second):
    found, turned = gap(*first, *second), gap(*second, *first)
    assert -1 <= found.low <= found.value <= found.high <= 1
    assert (turned.low, turned.high) == pytest.approx((-found.high, -found.low), abs=1e-9)


@pytest.mark.parametrize("share", [(5, 4), (-1, 4), (0, 0)])
def test_what_is_no_share_is_refused(share):
    with pytest.raises(ValueError, match="share"):
        gap(*share, 1, 2)


@given(shares())
def test_noise_that_adds_nothing_gives_the_mid_p_limits(share):
    count, n = share
    found = interval(count, n, noise=NONE)
    # Each limit makes half the chance of `count` and all beyond it 2.5 percent.
    if count:
        at_low = binom.sf(count, n, found.low) + binom.pmf(count, n, found.low) / 2
        assert at_low == pytest.approx(0.025)
    if count < n:
        at_high = binom.cdf(count - 1, n, found.high) + binom.pmf(count, n, found.high) / 2
        assert at_high == pytest.approx(0.025)


@pytest.mark.parametrize("n", [12, 60, 5000])
def test_more_noise_gives_a_wider_interval(n):
    for count in np.linspace(0, n, 13, dtype=int).tolist():
        none, less, more = (interval(count, n, noise=noise) for noise in (NONE, LESS, NOISE))
        assert width(none) < width(less) < width(more)


@given(shares())
def test_those_who_have_not_mirror_those_who_have_also_with_noise(share):
    count, n = share
    found, mirrored = interval(count, n, noise=NOISE), interval(n - count, n, noise=NOISE)
    assert 0 <= found.low <= found.value <= found.high <= 1
    assert (found.low, found.high) == pytest.approx((1 - mirrored.high, 1 - mirrored.low), abs=1e-9)


def test_noise_drowns_in_many():
    many = interval(400_000, 1_000_000, noise=NOISE)
    assert (many.low, many.high) == pytest.approx((0.39904, 0.40096), abs=1e-5)


@pytest.mark.parametrize("n", [15, 60])
def test_the_interval_of_a_noisy_share_covers_the_true_one(n):
    """Over everything that may be seen of `n` people, of whom at least 10 seem to be there."""
    seen_of_both = np.einsum("xi,xj->xij", seen(n, NOISE), seen(n, NOISE)[::-1])
    pairs = [(i, j) for i, j in np.argwhere(seen_of_both.any(axis=0)).tolist() if i + j >= 10]
    limits = [interval(i, i + j, noise=NOISE) for i, j in pairs]
    chance = seen_of_both[:, *np.transpose(pairs)]
    for share in np.linspace(0.05, 0.95, 19):
        likely = binom.pmf(np.arange(n + 1), n, share) @ chance
        holds = [not found.excludes(share) for found in limits]
        assert likely @ holds / likely.sum() > 0.94


def test_a_gap_of_noisy_shares_is_wider_and_holds_the_difference():
    plain, noisy = gap(13, 15, 40, 60), gap(13, 15, 40, 60, noise=NOISE)
    assert plain.value == noisy.value
    assert noisy.low < plain.low < plain.high < noisy.high


def width(estimate):
    return estimate.high - estimate.low
