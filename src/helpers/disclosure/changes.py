"""Changes of numbers that leave every sum a sum."""

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csc_array, csr_array, hstack

# A limit on the search rather than on its time, so that every run finds the same.
_NODES = 500
_TOLERANCE = 1e-6

Steps = npt.NDArray[np.float64]


def best_change(  # noqa: PLR0913
    sums: csr_array,
    gains: Steps,
    costs: Steps,
    limits: tuple[Steps, Steps],
    *,
    whole: bool,
    gap: float,
) -> Steps:
    """Find the change that gains most, less what its steps cost.

    Parameters
    ----------
    sums : csr_array, shape (lines, numbers)
        What must stay 0 of the numbers.
    gains : ndarray, shape (numbers,)
        What each step up gains, and each step down loses.
    costs : ndarray, shape (numbers,)
        What each step costs, up or down.
    limits : pair of ndarray, shape (numbers,)
        How far each number may rise, and how far it may fall.
    whole : bool
        Whether the steps must be whole.
    gap : float
        As good is good enough, relative to the best.

    Returns
    -------
    ndarray, shape (numbers,)
        How far each number rises. Zeros where the search meets its limit.
    """
    found = milp(
        np.concatenate([costs - gains, costs + gains]),
        constraints=LinearConstraint(_both_ways(sums), 0, 0),
        bounds=Bounds(0, np.concatenate(limits)),
        integrality=np.full(2 * len(gains), int(whole)),
        options={"mip_rel_gap": gap, "node_limit": _NODES},
    )
    if found.x is None:
        return np.zeros(len(gains))
    steps = np.subtract(*np.split(found.x, 2))
    is_whole = whole | (np.abs(steps - steps.round()) < _TOLERANCE)
    return np.where(is_whole, steps.round(), steps)


def _both_ways(lines: csr_array) -> csc_array:
    touched = csc_array(lines[np.flatnonzero(np.diff(lines.indptr))])
    return csc_array(hstack([touched, -touched]))
