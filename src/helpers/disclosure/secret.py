"""The key that decides the noise: where it lies, and who may read it."""

import hashlib
import os
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from secrets import token_bytes

import numpy as np
from click import get_app_dir

from helpers.disclosure.noise import Integers
from helpers.paths import SAMPLE
from helpers.problem import Problem

SAMPLE_KEY = SAMPLE / "key"
"""The key of the invented sample: a phrase in the open."""

_SIZE = 32


class KeyProblem(Problem):
    """The key cannot be used. ``str()`` is the Swedish message; it never holds the key."""


@dataclass(frozen=True, repr=False)
class Secret:
    """A key that never prints.

    Attributes
    ----------
    main : bytes
        What every other key is derived from.
    """

    main: bytes

    def __repr__(self) -> str:
        return f"Secret({self.fingerprint})"

    def __reduce__(self) -> str:
        raise TypeError("a key is not written to a file by chance")

    def derived(self, purpose: str) -> str:
        """Derive a key of its own for a purpose, so that none of them gives away another.

        Parameters
        ----------
        purpose : str
            ``"person"``, ``"cell"`` or ``"mean"``.

        Returns
        -------
        str
            64 hexadecimal digits.
        """
        return sha256(self.main + purpose.encode()).hexdigest()

    @cached_property
    def fingerprint(self) -> str:
        """What tells one key from another, and nothing of either."""
        return self.derived("fingerprint")[:16]

    def hashed(self, purpose: str, texts: list[str]) -> Integers:
        """First 32 bits of SHA-256 over the derived key and each text.

        Parameters
        ----------
        purpose : str
            As `derived` takes it.
        texts : list of str
            What to hash.

        Returns
        -------
        ndarray of int, shape (texts,)
        """
        prefix = sha256(self.derived(purpose).encode())
        return np.array([_first_bits(prefix.copy(), text) for text in texts], dtype=np.int64)


def _first_bits(prefix: "hashlib._Hash", text: str) -> int:
    prefix.update(text.encode())
    return int.from_bytes(prefix.digest()[:4])


def load(is_sample: bool) -> Secret:
    """Read the key, or make it where there is none yet.

    Parameters
    ----------
    is_sample : bool
        Whether the cases are the invented sample's own, whose key lies in the open.

    Returns
    -------
    Secret
        That of the file named by the environment variable ``LIKAVARD_KEY``, else the sample's
        for the sample, else the one in the user's configuration folder.

    Raises
    ------
    KeyProblem
        If the file is missing though named, or too short, or others may read it.
    """
    named = os.environ.get("LIKAVARD_KEY")
    if named:
        return _read(Path(named).expanduser())
    return _read(SAMPLE_KEY) if is_sample else _own(own_file())


def own_file() -> Path:
    """Where the user's own key lies: outside data and repository."""
    return Path(get_app_dir("likavard")) / "key"


def _own(file: Path) -> Secret:
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _make(file)
    return _read(file)


def _make(file: Path) -> None:
    """Write a new key that only its owner may read; another process may have been first."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "wb") as opened:
        opened.write(token_bytes(_SIZE))


def _read(file: Path) -> Secret:
    try:
        main = file.read_bytes()
    except OSError:
        raise KeyProblem(
            f"Nyckeln för bruset går inte att läsa: {file.name}. Ange rätt fil i LIKAVARD_KEY."
        ) from None
    if len(main) < _SIZE:
        raise KeyProblem(f"Nyckeln i {file.name} är för kort: den ska ha minst {_SIZE} tecken.")
    if file.resolve() != SAMPLE_KEY and _is_open(file):
        raise KeyProblem(
            f"Andra får läsa nyckeln i {file.name}. Gör den läsbar bara för dig: chmod 600."
        )
    return Secret(main)


def _is_open(file: Path) -> bool:
    return os.name == "posix" and bool(file.stat().st_mode & 0o077)
