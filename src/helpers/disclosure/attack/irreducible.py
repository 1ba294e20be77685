"""The smallest part of an argument that still holds."""

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def irreducible(items: Sequence[T], holds: Callable[[Sequence[T]], bool]) -> list[T]:
    """Leave out everything that is not needed.

    Parameters
    ----------
    items : sequence
        They hold together. Of two that would do, the first is kept.
    holds : callable
        Whether some of the items hold; more of them always do when fewer do.

    Returns
    -------
    list
        Items that hold together, and would not without any one of them.

    References
    ----------
    Junker U (2004). QuickXplain: preferred explanations and relaxations for over-constrained
    problems. AAAI 2004, 167-172.
    """

    def needed(kept: list[T], items: Sequence[T], *, tried: bool) -> list[T]:
        if not tried and holds(kept):
            return []
        if len(items) == 1:
            return list(items)
        first, second = items[: len(items) // 2], items[len(items) // 2 :]
        late = needed([*kept, *first], second, tried=False)
        return needed([*kept, *late], first, tried=not late) + late

    return needed([], items, tried=False)
