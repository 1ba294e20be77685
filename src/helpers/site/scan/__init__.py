"""Nothing that is a row: everything about to be published, or committed, is read and judged."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

from helpers.paths import SAMPLE
from helpers.site.finding import Finding
from helpers.site.scan import rows, words
from helpers.site.scan.pieces import Table, Text
from helpers.site.scan.reading import read_path

__all__ = ["scan", "scan_files"]


def scan(folder: Path, own_text: Iterable[str] = ()) -> list[Finding]:
    """Read everything in a finished site, and find what gives a person away.

    Parameters
    ----------
    folder : Path
        The site.
    own_text : iterable of str
        The pages' sources; e-mail addresses that stand in them may be published.

    Returns
    -------
    list of Finding
        In the order of the files' names; none of them holds a value that was found.
    """
    own = words.addresses(own_text)
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return _told(_findings(path, path.relative_to(folder).as_posix(), own) for path in paths)


def scan_files(paths: Iterable[Path]) -> list[Finding]:
    """Read files about to be committed, and find what gives a person away.

    The sample's persons are invented, so its files may hold rows, but nothing else.

    Parameters
    ----------
    paths : iterable of Path
        Files.

    Returns
    -------
    list of Finding
        In the order of the files; none of them holds a value that was found.
    """
    return _told(_findings(path, str(path), frozenset()) for path in paths)


def _findings(path: Path, place: str, own: frozenset[str]) -> Iterator[Finding]:
    """Judge a file: its name, and what is in it."""
    name = Text(f"{place}, filnamnet", "\n".join(Path(place).parts))
    pieces = [name, *read_path(path, place)]
    texts = [piece for piece in pieces if isinstance(piece, Text)]
    own |= words.addresses(text.text for text in texts if text.is_source)
    yield from (piece for piece in pieces if isinstance(piece, Finding))
    for text in _suspects(texts, lambda text: words.findings(text, own)):
        yield from words.findings(text, own)
    if not path.resolve().is_relative_to(SAMPLE):
        tables = [piece for piece in pieces if isinstance(piece, Table)]
        printed = _suspects([text for text in texts if not text.is_tabled], rows.printed)
        tables += chain.from_iterable(map(rows.printed, printed))
        yield from chain.from_iterable(map(rows.findings, tables))


def _suspects(texts: list[Text], search: Callable[[Text], Iterator[object]]) -> list[Text]:
    """Keep texts to be searched one by one, if all of them in one search give anything."""
    whole = Text("", "\n".join(text.text for text in texts))
    return texts if any(True for _ in search(whole)) else []


def _told(by_file: Iterable[Iterable[Finding]]) -> list[Finding]:
    """Tell each thing once a place, and give nothing away by a file's name."""
    found = (replace(one, place=words.nameless(one.place)) for file in by_file for one in file)
    return list(dict.fromkeys(found))
