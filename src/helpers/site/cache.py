"""What was made before is taken as it is, as long as all that it rests on is the same."""

from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory


def digest(*parts: str | Path) -> str:
    """Digest texts, files, and folders with all that is in them.

    Parameters
    ----------
    *parts : str or Path
        A text counts as it is; a file by its name and content, wherever it lies.

    Returns
    -------
    str
        32 hexadecimal digits.
    """
    whole = sha256()
    for part in parts:
        for name, content in _contents(part):
            whole.update(f"{name}\0{sha256(content).hexdigest()}\0".encode())
    return whole.hexdigest()[:32]


def _contents(part: str | Path) -> Iterator[tuple[str, bytes]]:
    if isinstance(part, str):
        yield "", part.encode()
    else:
        for file in files(part):
            yield file.relative_to(part.parent).as_posix(), _read(file)


def _read(file: Path) -> bytes:
    """Read a file; that one may not be read is told by whoever needs what it holds."""
    try:
        return file.read_bytes()
    except PermissionError:
        return b""


def files(place: Path) -> list[Path]:
    """List the files of a folder, or the file itself; none where there is nothing."""
    if place.is_file():
        return [place]
    return sorted(file for file in place.rglob("*") if file.is_file() and file.suffix != ".pyc")


def sums(folder: Path) -> dict[str, str]:
    """SHA-256 of every file of a folder, by path."""
    found = sorted(file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): sha(file) for file in found}


def sha(file: Path) -> str:
    """SHA-256 of a file."""
    return sha256(file.read_bytes()).hexdigest()


def kept(place: Path, make: Callable[[Path], object]) -> Path:
    """Give what was made before, or make it: whole, or not at all.

    Parameters
    ----------
    place : Path
        Where it is kept, by a name that holds the digest of all it rests on.
    make : callable
        Makes the file or folder at the path it is given.

    Returns
    -------
    Path
        The place.
    """
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=place.parent) as folder:
            part = Path(folder) / place.name
            make(part)
            part.replace(place)
    return place
