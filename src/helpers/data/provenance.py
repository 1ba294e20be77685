"""Where the data of this session came from.

Every read is recorded, so that what is shown can carry its origin: an output made from anything
but the sample or the published figures must never be committed.
"""

from typing import Literal

Origin = Literal["published", "sample", "own"]

_ORDER: tuple[Origin, ...] = ("published", "sample", "own")
read: set[Origin] = {"published"}
"""What has been read: public figures, the invented sample, anybody's own extracts."""


def origin() -> Origin:
    """Most sensitive origin read so far; nothing read counts as published."""
    return max(read, key=_ORDER.index)
