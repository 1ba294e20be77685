"""What the rules judge: files are read into texts and tables, each with its place."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import PurePath
from typing import Self

from helpers.site.finding import Finding
from helpers.site.scan.columns import COLUMNS

_HEADING_ROWS = 3

_KINDS = {
    ".html": "text/html",
    ".svg": "image/svg+xml",
    ".xml": "text/xml",
    ".rels": "text/xml",
    ".css": "text/css",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".json": "application/json",
    ".map": "application/json",
    ".webmanifest": "application/json",
    ".ipynb": "application/x-ipynb+json",
    ".csv": "text/csv",
    ".tsv": "text/csv",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".ico": "image/x-icon",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".ttf": "font/ttf",
    ".otf": "font/otf",
    ".eot": "font/eot",
    ".pagefind": "application/x-pagefind",
    ".pf_filter": "application/x-pagefind",
    ".pf_fragment": "application/x-pagefind",
    ".pf_index": "application/x-pagefind",
    ".pf_meta": "application/x-pagefind",
    ".pf_sort": "application/x-pagefind",
    ".md": "text/markdown",
    ".qmd": "text/markdown",
    ".txt": "text/plain",
    "": "text/plain",
}


@dataclass(frozen=True)
class File:
    """A file of the site, or one that another file carries inside it.

    Attributes
    ----------
    place : str
        Its path, or the carrier's place and then its own.
    kind : str
        Media type.
    content : bytes
        The file itself.
    line : int
        The carrier's line that the file starts on.
    """

    place: str
    kind: str
    content: bytes
    line: int = 1

    @classmethod
    def named(cls, place: str, content: bytes) -> Self:
        """Tell the kind of a file by its name, which ends the place."""
        return cls(place, _KINDS.get(PurePath(place).suffix.lower(), "unknown"), content)

    @property
    def text(self) -> str:
        """The content as text."""
        return self.content.decode("utf-8-sig")


@dataclass(frozen=True)
class Text:
    """Something a reader can see, hear, or find in the source.

    Attributes
    ----------
    place : str
        What it is part of.
    text : str
        The text.
    line : int
        Number of its first line.
    is_source : bool
        Whether someone wrote it for the site: an address in it is the site's own.
    is_tabled : bool
        Whether the tables in it are given as such.
    """

    place: str
    text: str
    line: int = 1
    is_source: bool = False
    is_tabled: bool = False

    def at(self, position: int) -> str:
        """Place of a character in the text."""
        return f"{self.place}, rad {self.line + self.text.count(chr(10), 0, position)}"


@dataclass(frozen=True)
class Table:
    """Columns with values under them.

    Attributes
    ----------
    place : str
        Where the table is.
    headings : frozenset of str
        The contract columns that head values.
    is_frame : bool
        Whether pandas printed it.
    values : tuple of str
        The cells beside the first column and below the first row.
    """

    place: str
    headings: frozenset[str]
    is_frame: bool = False
    values: tuple[str, ...] = ()

    @classmethod
    def of(cls, place: str, rows: list[list[str]], is_frame: bool = False) -> "Table":
        """Read rows of cells as a table."""
        values = tuple(cell for row in rows[1:] for cell in row[1:])
        return cls(place, _headings(rows), is_frame, values)


Piece = File | Text | Table | Finding
Reader = Callable[[File], Iterator[Piece]]


def _headings(rows: list[list[str]]) -> frozenset[str]:
    """Find the contract columns that stand at the top of a table with values under them.

    In a list of the columns, as in the data dictionary, only other columns stand under them.
    """
    columns = zip_longest(*rows, fillvalue="")
    return frozenset(name for column in columns for name in _heading(column))


def _heading(column: tuple[str, ...]) -> Iterator[str]:
    named = [number for number, cell in enumerate(column) if cell.strip() in COLUMNS]
    if named and named[0] < _HEADING_ROWS and any(cell.strip() for cell in column[named[-1] + 1 :]):
        yield column[named[-1]].strip()
