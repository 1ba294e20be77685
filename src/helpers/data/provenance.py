"""Where the data of this session came from.

Every read is recorded, so that what is shown can carry its origin: an output made from anything
but the sample or the published figures must never be committed.
"""

from typing import Literal

Origin = Literal["published", "sample", "own"]

_ORDER: tuple[Origin, ...] = ("published", "sample", "own")
_read: set[Origin] = {"published"}


def record(origin: Origin) -> None:
    """Note that public figures, the invented sample or anybody's own extracts have been read."""
    _read.add(origin)


def origin() -> Origin:
    """Most sensitive origin read so far; nothing read counts as published."""
    return max(_read, key=_ORDER.index)
