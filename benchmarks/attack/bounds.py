"""What sums and inclusions prove of true counts, whatever the noise may have been."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from helpers.disclosure.attacker import Cell, cells_of
from helpers.disclosure.noise import Integers
from helpers.stats.latent_attributes import ANY

_TRIED = 20


def proved(releases: Sequence[Mapping[str, Any]], true: Integers) -> int:
    """Count the true counts of 1-4, of up to 20 tried, that can be proved to be 1-4."""
    small = np.flatnonzero((true >= 1) & (true <= 4))
    tried = np.random.default_rng(0).permutation(small)[:_TRIED]
    found = bounds(releases, tried)
    return sum(low >= 1 and high <= 4 for low, high in found)


def bounds(
    releases: Sequence[Mapping[str, Any]], cells: Sequence[int] | Integers
) -> list[tuple[int, int]]:
    """Find the least and the greatest that some cells can be, in whole persons."""
    published = cells_of(releases)
    farthest = [record["rules"]["max_noise"] for record in releases]
    least, most = zip(*(_reach(cell, farthest[cell.release]) for cell in published), strict=True)
    constraint = _constraint(published)
    found = []
    for cell in cells:
        goal = np.eye(1, len(published), cell)[0]
        low, high = (
            milp(sign * goal, integrality=goal * 0 + 1, bounds=Bounds(least, most),
                 constraints=constraint)
            for sign in (1, -1)
        )  # fmt: skip
        found.append((round(low.fun), round(-high.fun)))
    return found


def _reach(cell: Cell, farthest: int) -> tuple[int, int]:
    """Only nobody can be told by 0 without noise, and somebody by anything but more than d."""
    return (0 if cell.n == 0 else max(1, cell.n - farthest)), cell.n + farthest


def _constraint(cells: Sequence[Cell]) -> LinearConstraint:
    """Parts are no more than their whole; the sexes, and what has a total, are all of it."""
    rows = [({whole: 1} | dict.fromkeys(parts, -1), full) for whole, parts, full in _sums(cells)]
    places = [
        (row, cell, sign) for row, (terms, _) in enumerate(rows) for cell, sign in terms.items()
    ]
    row, column, sign = zip(*places, strict=True)
    matrix = coo_array((sign, (row, column)), shape=(len(rows), len(cells)))
    return LinearConstraint(matrix.tocsr(), 0, [0 if full else np.inf for _, full in rows])


def _sums(cells: Sequence[Cell]) -> Iterator[tuple[int, list[int], bool]]:
    """Give each whole with its parts by one attribute, and whether they are all of it."""
    place = {(cell.release, frozenset(cell.who.items())): n for n, cell in enumerate(cells)}
    parts: dict[Any, list[int]] = {}
    for n, cell in enumerate(cells):
        for name, value in cell.who.items():
            if value is ANY:
                continue
            rest = frozenset((k, v) for k, v in cell.who.items() if k != name)
            day = value[0] if isinstance(value, tuple) else None
            parts.setdefault((cell.release, name, rest, day), []).append(n)
    for (release, name, rest, _), own in parts.items():
        for whole, full in ((rest, name == ("sex",)), (rest | {(name, ANY)}, True)):
            if (release, whole) in place:
                yield place[release, whole], own, full
