"""How many more it takes before a measured difference says something."""

from math import ceil, isfinite


def more_needed(half_width: float, relevant: float, n: int) -> int:
    """How many more people it takes until half the interval is the relevant difference.

    Supposes that they come in the present ratio of the groups, and that the width falls with
    the root of their number. The part of it that is noise falls faster, so that the answer errs
    on the high side. 0 where the interval is narrow enough as it is.

    Parameters
    ----------
    half_width : float
        Half the width of the interval as it is; of a ratio, on the log scale.
    relevant : float
        The smallest difference that matters, above 0, in the same unit.
    n : int
        How many people the interval rests on, both groups together.

    Raises
    ------
    ValueError
        If `relevant` is not above 0, `n` is not positive, or the interval has an open end,
        from which nothing follows.
    """
    if not (relevant > 0 and n > 0 and half_width >= 0 and isfinite(half_width)):
        raise ValueError("it takes an interval with two ends, some people, and a relevant above 0")
    return max(ceil(n * ((half_width / relevant) ** 2 - 1)), 0)
