"""A key of its own for each invented town: the ids are the same in all of them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch


@contextmanager
def of_town(main: bytes) -> Iterator[None]:
    """Put the key in a file that only its owner may read, and name it for as long as it lasts."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "key"
        file.touch(mode=0o600)
        file.write_bytes(main)
        with patch.dict(os.environ, LIKAVARD_KEY=str(file)):
            yield
