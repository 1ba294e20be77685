"""What gives a cell away: which statements, no more than it takes."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from helpers.disclosure.attack.aim import Aim, Whole
from helpers.disclosure.attack.search import Found
from helpers.disclosure.attack.space import by_size
from helpers.disclosure.attack.system import Statement, System, fits
from helpers.disclosure.bounds import Bounds

T = TypeVar("T")


def evidence(system: System, found: Found, aim: Aim) -> list[int]:
    """Find the statements that give a cell away, those of the site at hand if they do.

    Parameters
    ----------
    system : System
        What is told.
    found : Found
        The cell.
    aim : Aim
        What gives a cell away.

    Returns
    -------
    list of int
        By shadow prices, or where it takes that counts are whole, an irreducible set.
    """
    told: Sequence[int] = range(len(system.statements))
    if system.has_earlier and _holds(system, found, aim, system.own):
        told = system.own
    if found.whole:
        return irreducible(told, lambda some: _holds(system, found, aim, some))
    return system.of_rows(_bounds(system, found, aim, told).told_by)


def conflict(system: System, *, whole: bool) -> list[int]:
    """Find statements that cannot all be right, though any fewer of them can.

    Parameters
    ----------
    system : System
        What is told, with a contradiction.
    whole : bool
        Whether it takes that counts are whole to see it.

    Returns
    -------
    list of int
    """

    def contradict(some: Sequence[int]) -> bool:
        return not fits(system.part(some), whole=_whole(system, whole))

    return irreducible(range(len(system.statements)), contradict)


def contradicting(system: System, release: str) -> list[int]:
    """Find as few statements of a release as leave none that contradicts the rest.

    Parameters
    ----------
    system : System
        What is told, with a contradiction, but with none apart from the release.
    release : str
        The release.

    Returns
    -------
    list of int
        Rather sums than their parts: where a part was corrected, so were its sums.
    """
    own = [i for i, told in enumerate(system.statements) if _is_only_of(told, release)]
    items = sorted(own, key=lambda i: by_size(system.statements[i].cell), reverse=True)
    others = sorted({*range(len(system.statements))} - {*own})

    def add(kept: list[int], items: list[int]) -> list[int]:
        if fits(system.part([*kept, *items])):
            return [*kept, *items]
        if len(items) == 1:
            return kept
        return add(add(kept, items[: len(items) // 2]), items[len(items) // 2 :])

    return sorted({*own} - {*add(others, items)})


def _is_only_of(told: Statement, release: str) -> bool:
    return all(fact.release == release for fact in told.facts)


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


def _holds(system: System, found: Found, aim: Aim, some: Sequence[int]) -> bool:
    bounds = _bounds(system, found, aim, some)
    interval = aim.interval(bounds.low, bounds.high, found.target)
    return aim.gives_away(interval, found.target)


def _bounds(system: System, found: Found, aim: Aim, some: Sequence[int]) -> Bounds:
    number = system.space.sums([found.target.cell])
    return aim.bounds(system.part(some), number, found.target, whole=_whole(system, found.whole))


def _whole(system: System, whole: bool) -> Whole:
    return system.space.is_whole if whole else False
