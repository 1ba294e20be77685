"""Which sums may be shown."""

from helpers.disclosure.hidden import Hidden, Reason
from helpers.disclosure.rules import Rules, load_rules


def is_dominated(total: float, largest: float, rules: Rules) -> bool:
    """Whether all but the largest contributor to a sum make up too little of it.

    Parameters
    ----------
    total, largest : float
        The sum, and the largest part of it that one person contributes, in the same unit.
    rules : Rules
        The rules.

    Returns
    -------
    bool

    References
    ----------
    Hundepool A et al. (2012). Statistical Disclosure Control. Wiley, section 4.2: the (n, k)
    dominance rule with n = 1 and k = 100 - `min_others`.
    """
    return 100 * (total - largest) < rules.min_others * total


def shown_sum(total: float, largest: float, rules: Rules | None = None) -> float | Hidden:
    """Give a sum, where it may be shown.

    Parameters
    ----------
    total, largest
        As in `is_dominated`.
    rules : Rules, optional
        By default those of `load_rules`.

    Returns
    -------
    float or Hidden
    """
    if is_dominated(total, largest, rules or load_rules()):
        return Hidden(Reason.DOMINANCE)
    return total
