"""The key that decides the noise: where it lies, who may read it, and what it makes of ids.

A person's key is a whole number of 32 bits from a keyed hash of the id, the same in every engine.
"""

import hashlib
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from secrets import token_bytes

import numpy as np
from click import get_app_dir

from helpers.disclosure.noise import Integers
from helpers.environment import named
from helpers.paths import SAMPLE
from helpers.problem import Problem

SAMPLE_KEY = SAMPLE / "key"
"""The key of the invented sample: a phrase in the open."""
PERSON_KEY = "person_key"

_SIZE = 32


class KeyProblem(Problem):
    """The key cannot be used. ``str()`` is the Swedish message; it never holds the key."""


@dataclass(frozen=True, repr=False)
class Secret:
    """A key that never prints. Every other key is derived from its bytes, `main`."""

    main: bytes

    def __repr__(self) -> str:
        return f"Secret({self.fingerprint})"

    def __reduce__(self) -> str:
        raise TypeError("a key is not written to a file by chance")

    def derived(self, purpose: str) -> str:
        """Derive a key for a purpose (64 hexadecimal digits), so that none gives away another."""
        return hashlib.sha256(self.main + purpose.encode()).hexdigest()

    @cached_property
    def fingerprint(self) -> str:
        """What tells one key from another, and nothing of either."""
        return self.derived("fingerprint")[:16]

    def hashed(self, purpose: str, values: Iterable[object]) -> Integers:
        """First 32 bits of SHA-256 over the key derived for a purpose and each value's text.

        Parameters
        ----------
        purpose : {"person", "cell", "mean"}
            Of a cell the values are sums of person keys: hashed once more, since the bare sum is
            linear and the noise of two parts would tell part of the noise of their total.
        values : iterable, shape (n,)
            What to hash.

        Returns
        -------
        ndarray of int, shape (n,)
            0 up to 2**32, evenly spread.
        """
        prefix = hashlib.sha256(self.derived(purpose).encode())
        bits = (_first_bits(prefix.copy(), str(value)) for value in values)
        return np.fromiter(bits, dtype=np.int64)

    def pseudonyms(self) -> Callable[[str], tuple[str, int]]:
        """Make what gives, of a person's canonical id, what stands for it, and the person key.

        The id is, of an identity number, its twelve digits. What stands for it is 64 bits of a
        keyed hash as 16 hexadecimal digits; the key is the first 32 bits of another, as of
        `hashed`.
        """
        name, key = (hashlib.sha256(self.derived(p).encode()) for p in ("pseudonym", "person"))
        return lambda person: (
            _with(name.copy(), person).hexdigest()[:16],
            _first_bits(key.copy(), person),
        )


def _with(prefix: "hashlib._Hash", text: str) -> "hashlib._Hash":
    prefix.update(text.encode())
    return prefix


def _first_bits(prefix: "hashlib._Hash", text: str) -> int:
    return int.from_bytes(_with(prefix, text).digest()[:4])


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
    if place := named("LIKAVARD_KEY"):
        return _read(Path(place))
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
