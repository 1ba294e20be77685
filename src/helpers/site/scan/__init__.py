"""Nothing that is a row: everything about to be published, or committed, is read and judged."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from helpers.paths import SAMPLE
from helpers.site.finding import Finding
from helpers.site.scan import identity, rows, words
from helpers.site.scan.characters import plain
from helpers.site.scan.pieces import Table, Text
from helpers.site.scan.reading import Read, read_path

__all__ = ["scan_files", "scan_site"]


def scan_site(folder: Path, own_text: Iterable[str] = ()) -> list[Finding]:
    """Read everything in a finished site, and find what gives a person away.

    E-mail addresses in the site's `own_text`, its sources, may be published. No finding holds a
    value that was found.
    """
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    own = words.addresses(own_text)
    return _told(_in_file(path, path.relative_to(folder).as_posix(), own) for path in paths)


def scan_files(paths: Iterable[Path]) -> list[Finding]:
    """Read files about to be committed, as `scan_site` does.

    The sample's persons are invented, so its files may hold rows, but nothing else.
    """
    return _told(_in_file(path, str(path)) for path in paths)


def _in_file(path: Path, place: str, own: frozenset[str] = frozenset()) -> Iterator[Finding]:
    read = [*read_path(path, place)]
    yield from (piece for piece in read if isinstance(piece, Finding))
    yield from _stray(place, read, own)
    if not path.resolve().is_relative_to(SAMPLE):
        yield from _rows(read)


def _stray(place: str, read: Sequence[Read], own: frozenset[str]) -> Iterator[Finding]:
    """Find what no text may hold, the file's name and cells side by side included."""
    name = Text(f"{place}, filnamnet", plain("\n".join(Path(place).parts)))
    texts = [name, *(piece for piece in read if isinstance(piece, Text))]
    own |= words.addresses(text.text for text in texts if text.is_source)
    texts += chain.from_iterable(map(_joined, read))
    for text in _suspects(texts, lambda text: words.findings(text, own)):
        yield from words.findings(text, own)


def _joined(piece: Read) -> Iterator[Text]:
    table = piece.rows if isinstance(piece, Table) else []
    yield from (Text(piece.place, cells) for row in table for cells in identity.joined(row))


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
