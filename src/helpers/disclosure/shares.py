"""Which shares may be shown."""

from helpers.disclosure.hidden import Hidden, Reason
from helpers.disclosure.rules import Rules, load_rules


def is_small(n: float, rules: Rules) -> bool:
    """Whether a count is too small to show, though not zero."""
    return 0 < n < rules.min_count


def share(n: int, total: int, rules: Rules | None = None) -> float | Hidden:
    """Share of a group, where it may be shown.

    Parameters
    ----------
    n, total : int
        Persons counted, and persons in the group.
    rules : Rules, optional
        By default those of `load_rules`.

    Returns
    -------
    float or Hidden
        Between 0 and 1. Hidden where the group is small or all alike, or where the count or
        its complement is small.
    """
    rules = rules or load_rules()
    if total < rules.min_denominator:
        return Hidden(Reason.SMALL_DENOMINATOR)
    if n == 0 or n >= total:  # more than all can only be by rounding
        return Hidden(Reason.ALL_ALIKE)
    if is_small(n, rules) or is_small(total - n, rules):
        return Hidden(Reason.SMALL_COUNT)
    return n / total
