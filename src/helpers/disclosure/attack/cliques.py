"""Sets of attributes that are told of together, joined where they go in a ring."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Set


def cliques(sets: Iterable[Set[str]], size: Callable[[Set[str]], int]) -> Iterator[frozenset[str]]:
    """Give the cliques of a triangulated graph in which the members of each set are joined.

    Parameters
    ----------
    sets : iterable of set of str
        Attributes that belong together.
    size : callable
        What a clique costs; one attribute after the other is eliminated where it costs least.

    Yields
    ------
    frozenset of str
        Cliques, among them every one that lies in no other; each set lies in one.

    References
    ----------
    Lauritzen SL, Spiegelhalter DJ (1988). Local computations with probabilities on graphical
    structures and their application to expert systems. JRSS B 50, 157-224.
    """
    together: dict[str, set[str]] = defaultdict(set)
    for members in sets:
        for member in members:
            together[member] |= members
    while together:
        least = min(sorted(together), key=lambda member: size(together[member]))
        clique = frozenset(together.pop(least))
        yield clique
        for member in clique - {least}:
            together[member] = (together[member] | clique) - {least}
    yield frozenset()
