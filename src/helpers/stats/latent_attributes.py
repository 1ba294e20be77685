"""What people can have in turn, and which cells of the releases each of that puts them in.

Every function gives an array of shape (entries, values, cells): whether someone who enters with a
release (the last entry: with none) and has a value can be counted in a cell. A cell is of one
release, ``when``, and asks for one thing or, with None, for nothing; or is a test of all that is
seen.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Bools: TypeAlias = npt.NDArray[np.bool_]

ANY = "any value"
"""What a cell asks for that counts all who have a value."""

_Seen: TypeAlias = Callable[[int, int], set[Hashable]]
"""What is seen of someone, by the release they enter with and the release it is seen in."""


def entry(when: Sequence[int]) -> Bools:
    """Nobody disappears: who has entered is counted from then on."""
    cells, last = np.asarray(when), max(when) + 1
    own = [(cells >= value) & (value < last) for value in range(last + 1)]
    return np.array([own] * (last + 1))


def path(
    asked: Sequence[Hashable | None],
    when: Sequence[int],
    is_open: Callable[[Hashable], bool] = lambda _: False,
    changes: bool = False,
    is_known: bool = False,
) -> Bools:
    """One value each, or none; where it `changes`, from some release on, and the open one before.

    Parameters
    ----------
    asked : sequence, length cells
        What each cell asks for.
    when : sequence of int, length cells
        The release of each cell.
    is_open : callable
        Says which value may still become another. Before it is nothing, where none may.
    changes : bool
        Whether it is the same in every release.
    is_known : bool
        Whether everybody has one.

    Returns
    -------
    ndarray of bool, shape (entries, values, cells)
    """
    known = [one for one in dict.fromkeys(asked) if one not in (None, ANY) and not callable(one)]
    before = next((value for value in known if is_open(value)), None)
    ends = [value for value in [*known, *([] if is_known else [None])] if value != before]
    starts = range(max(when) + 1) if changes else range(1)
    turns = [(value, start) for value in ends for start in starts] + [(before, 0)]

    def seen(value: Hashable, start: int) -> _Seen:
        def at(_: int, release: int) -> set[Hashable]:
            now = value if release >= start else before
            return set() if now is None else {now, ANY}

        return at

    return _allowed([seen(*turn) for turn in dict.fromkeys(turns)], asked, when)


def course(
    asked: Sequence[tuple[int, bool] | None], when: Sequence[int], passed: Sequence[int]
) -> Bools:
    """Whether something has happened by each landmark, of those followed so long.

    What has happened by one has happened by the next. Someone who enters has been followed for
    fewer landmarks than passed since the release before, and for as many more as pass to the next.

    Parameters
    ----------
    asked : sequence of (int, bool), length cells
        The landmark, and whether it had happened by then.
    when : sequence of int, length cells
        The release of each cell.
    passed : sequence of int, length releases
        Landmarks between the first release and each.

    Returns
    -------
    ndarray of bool, shape (entries, values, cells)
    """
    landmarks = list(dict.fromkeys(one[0] for one in asked if one))

    def seen(followed: int, happened: int) -> _Seen:
        def at(entered: int, release: int) -> set[Hashable]:
            new = passed[entered] - passed[entered - 1] if entered else len(landmarks) + 1
            so_far = followed % max(1, new) + passed[release] - passed[entered]
            return {
                (one, place >= happened) for place, one in enumerate(landmarks[: max(0, so_far)])
            }

        return at

    counts = range(len(landmarks) + 1)
    turns = [seen(followed, happened) for followed in counts for happened in counts]
    return _allowed([lambda *_: set(), *turns], asked, when)


def _allowed(
    turns: Iterable[_Seen], asked: Sequence[Hashable | None], when: Sequence[int]
) -> Bools:
    last = max(when) + 1
    return np.array(
        [
            [_matched(seen, entered % last, asked, when) for seen in turns]
            for entered in range(last + 1)
        ]
    )


def _matched(
    seen: _Seen, entered: int, asked: Sequence[Hashable | None], when: Sequence[int]
) -> list[bool]:
    at = [seen(entered, release) for release in range(max(when) + 1)]
    return [_meets(want, at[release]) for want, release in zip(asked, when, strict=True)]


def _meets(want: Hashable | None, seen: set[Hashable]) -> bool:
    return bool(want(seen - {ANY})) if callable(want) else want is None or want in seen


def clash(there: Bools, one: Bools, other: Bools) -> Bools:
    """Find the values that nobody has at once, as the one is counted only where the other is.

    Parameters
    ----------
    there, one, other : ndarray of bool, shape (entries, values, cells)
        The entry, and the two attributes, of the cells that ask for both.

    Returns
    -------
    ndarray of bool, shape (entries, values of the one, values of the other)
    """
    counted = np.einsum("eec,eac->eac", there.astype(np.float32), one)
    impossible: Bools = np.einsum("eac,ebc->eab", counted, (~other).astype(np.float32)) > 0
    return impossible
