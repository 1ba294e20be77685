"""The perturbation table: what is promised of the noise, and that it is of greatest entropy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize

from helpers.disclosure.noise import of_sum, perturbed, table

NOISE = table(7, 4)


@pytest.mark.parametrize("true", range(1, 8))
def test_noise_has_mean_0_and_the_variance_asked_for(true):
    step = np.arange(-7, 8)
    assert NOISE[true].sum() == pytest.approx(1, abs=1e-9)
    assert NOISE[true] @ step == pytest.approx(0, abs=1e-6)
    variance = 1.885 if true == 1 else 4
    assert NOISE[true] @ step**2 == pytest.approx(variance, abs=5e-4 if true == 1 else 1e-6)


def test_a_true_0_stays_0():
    assert NOISE[0].tolist() == np.eye(15)[7].tolist()


@pytest.mark.parametrize("true", [1, 3, 7])
def test_no_other_noise_with_that_mean_and_variance_has_greater_entropy(true):
    """Maximised directly, without the form of the solution."""
    step = np.arange(-min(true, 7), 8)
    moments, own = np.array([step**0, step, step**2]), NOISE[true, -len(step) :]
    found = minimize(
        lambda p: p @ np.log(p),
        np.full(len(step), 1 / len(step)),
        jac=lambda p: np.log(p) + 1,
        bounds=[(1e-9, 1)] * len(step),
        constraints=[
            {"type": "eq", "fun": lambda p: moments[:2] @ p - [1, 0]},
            {"type": "ineq", "fun": lambda p: 4 - moments[2] @ p},
        ],
        method="SLSQP",
        options={"maxiter": 500, "ftol": 1e-13},
    )
    assert found.x == pytest.approx(own, abs=1e-4)
    assert -found.fun == pytest.approx(-own @ np.log(own), abs=1e-6)


def test_conditions_that_rs_ptable_prints():
    """ptable's vignette, D = 2 and V = 0.9: mean 0, variance 0.9 and sum 1 for every true count.

    Enderle T, "Introduction to the ptable-Package", "Output Checking and Troubleshooting"
    (github.com/sdcTools/ptable, vignettes/introduction.Rmd). From a true 2 on the noise is
    symmetric and the same ("Symmetry").
    """
    noise, step = table(2, 0.9), np.arange(-2, 3)
    assert noise.sum(axis=1) == pytest.approx([1, 1, 1])
    assert noise @ step == pytest.approx([0, 0, 0], abs=1e-9)
    assert noise[1:] @ step**2 == pytest.approx([0.9, 0.9])
    assert noise[2] == pytest.approx(noise[2, ::-1])


def test_more_variance_than_the_largest_noise_allows_is_refused():
    with pytest.raises(ValueError, match="cannot have a variance of 30"):
        table(7, 30)


@given(st.integers(0, 200), st.integers(0, 2**32 - 1))
def test_a_count_is_moved_by_at_most_7_and_never_below_0(true, key):
    [noisy] = perturbed(np.array([true]), np.array([key]), NOISE)
    assert max(0, true - 7) <= noisy <= true + 7
    assert true or noisy == 0


@pytest.mark.parametrize("true", [1, 2, 5, 40])
def test_evenly_spread_keys_give_the_noise_of_the_table(true):
    keys = (np.arange(50_000) * 2**32) // 50_000
    moved = perturbed(np.full(50_000, true), keys, NOISE) - true
    seen = np.bincount(moved + 7, minlength=15) / 50_000
    assert seen == pytest.approx(NOISE[min(true, 7)], abs=1e-4)


def test_the_noise_of_a_sum_is_that_of_its_two_parts_added():
    step = np.arange(-14, 15)
    of_two = of_sum(NOISE)
    assert of_two.shape == (15, 29)
    assert of_two @ step == pytest.approx(np.zeros(15), abs=1e-9)
    assert of_two[-1] @ step**2 == pytest.approx(8)
    assert of_two[1] @ step**2 == pytest.approx(1.885, abs=5e-4)
