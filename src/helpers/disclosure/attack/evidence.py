"""What gives a cell away: which statements, no more than it takes."""

from collections.abc import Sequence

from helpers.disclosure.attack.irreducible import irreducible
from helpers.disclosure.attack.narrow import Aim, Target
from helpers.disclosure.attack.search import Found
from helpers.disclosure.attack.system import System, fits
from helpers.disclosure.bounds import Bounds


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
    everything = list(range(len(system.statements)))
    own = system.own
    told = own if len(own) < len(everything) and _holds(system, found, aim, own) else everything
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
    whole_counts = system.space.is_whole if whole else False

    def contradict(some: Sequence[int]) -> bool:
        return not fits(system.part(some), whole=whole_counts)

    return irreducible(range(len(system.statements)), contradict)


def _holds(system: System, found: Found, aim: Aim, some: Sequence[int]) -> bool:
    interval = aim.interval(_bounds(system, found, aim, some), found.target)
    return aim.gives_away(interval, found.target)


def _bounds(system: System, found: Found, aim: Aim, some: Sequence[int]) -> Bounds:
    target: Target = found.target
    number = system.space.sums([target.cell])
    whole = system.space.is_whole if found.whole else False
    return aim.bounds(system.part(some), number, target, whole=whole)
