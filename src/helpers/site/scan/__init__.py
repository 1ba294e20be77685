"""Nothing that is a row: everything about to be published, or committed, is read and judged."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from helpers.paths import SAMPLE
from helpers.site.finding import Finding
from helpers.site.scan import rows, words
from helpers.site.scan.pieces import Table, Text
from helpers.site.scan.reading import Read, read_path

__all__ = ["read_site", "scan", "scan_files"]


def read_site(folder: Path) -> dict[str, list[Read]]:
    """Read everything in a finished site.

    Parameters
    ----------
    folder : Path
        The site.

    Returns
    -------
    dict of str to list
        By path within the site, in order.
    """
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    places = {path.relative_to(folder).as_posix(): path for path in paths}
    return {place: [*read_path(path, place)] for place, path in places.items()}


def scan(site: Mapping[str, list[Read]], own_text: Iterable[str] = ()) -> list[Finding]:
    """Find what in a finished site gives a person away.

    Parameters
    ----------
    site : mapping
        As `read_site` gives it.
    own_text : iterable of str
        The pages' sources; e-mail addresses that stand in them may be published.

    Returns
    -------
    list of Finding
        In the order of the files' names; none of them holds a value that was found.
    """
    own = words.addresses(own_text)
    return _told(chain(_stray(place, read, own), _rows(read)) for place, read in site.items())


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
    return _told(map(_in_file, paths))


def _in_file(path: Path) -> Iterator[Finding]:
    read = [*read_path(path, str(path))]
    yield from _stray(str(path), read, frozenset())
    if not path.resolve().is_relative_to(SAMPLE):
        yield from _rows(read)


def _stray(place: str, read: Sequence[Read], own: frozenset[str]) -> Iterator[Finding]:
    """Find what no text may hold, the file's name included, and what cannot be read."""
    name = Text(f"{place}, filnamnet", "\n".join(Path(place).parts))
    texts = [name, *(piece for piece in read if isinstance(piece, Text))]
    own |= words.addresses(text.text for text in texts if text.is_source)
    yield from (piece for piece in read if isinstance(piece, Finding))
    for text in _suspects(texts, lambda text: words.findings(text, own)):
        yield from words.findings(text, own)


def _rows(read: Sequence[Read]) -> Iterator[Finding]:
    """Find rows of cases, in tables and printed in texts."""
    tables = [piece for piece in read if isinstance(piece, Table)]
    texts = [piece for piece in read if isinstance(piece, Text) and not piece.is_tabled]
    tables += chain.from_iterable(map(rows.printed, _suspects(texts, rows.printed)))
    yield from chain.from_iterable(map(rows.findings, tables))


def _suspects(texts: list[Text], search: Callable[[Text], Iterator[object]]) -> list[Text]:
    """Keep texts to be searched one by one, if all of them in one search give anything."""
    whole = Text("", "\n".join(text.text for text in texts))
    return texts if any(True for _ in search(whole)) else []


def _told(by_file: Iterable[Iterable[Finding]]) -> list[Finding]:
    """Tell each thing once a place, and give nothing away by a file's name."""
    found = (replace(one, place=words.nameless(one.place)) for file in by_file for one in file)
    return list(dict.fromkeys(found))
