"""Noise to try estimators with: mean 0, of greatest entropy given its variance."""

import numpy as np
from scipy.optimize import root


def _row(true, reach, variance):
    step = np.arange(-reach, reach + 1)

    def chances(slopes):
        weight = np.where(step < -true, 0, np.exp(slopes @ [step, (step / reach) ** 2]))
        return weight / weight.sum()

    def miss(slopes):
        moments = chances(slopes) @ np.transpose([step, step**2]) - [0, variance]
        # Given a mean of 1 and no more, a count of 1 has the greatest entropy of all.
        return moments if true > 1 else [moments[0], slopes[1]]

    return chances(root(miss, [-0.1, -5.0], tol=1e-12).x)


def table(reach=7, variance=4.0):
    """0 stays 0; every other count is perturbed."""
    rows = [_row(true, reach, variance) for true in range(1, reach + 1)]
    return np.array([np.eye(2 * reach + 1)[reach], *rows])


NOISE = table()
LESS = table(5, 2.0)
NONE = np.tile(np.eye(15)[7], (8, 1))


def seen(n, noise):
    """Chance of each noisy count, shape (n + 1, n + d + 1), given each true one."""
    reach = len(noise) - 1
    chance = np.zeros((n + 1, n + reach + 1))
    for true in range(n + 1):
        lowest = max(true - reach, 0)
        chance[true, lowest : true + reach + 1] = noise[min(true, reach)][lowest - true + reach :]
    return chance
