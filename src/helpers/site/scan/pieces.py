"""What the rules judge: files are read into texts and tables, each with its place."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from helpers.site.finding import Finding
from helpers.site.scan.characters import decoded
from helpers.site.scan.columns import COLUMNS, EVERY

BREAK = "\u2029"
"""Parts texts that have been gathered into one."""

_HEADING_ROWS = 3


@dataclass(frozen=True)
class File:
    """A file of the site, or one that another carries, from that one's `line` on.

    Its kind is a media type, or the ending of its name: ``".csv"``.
    """

    place: str
    kind: str
    content: bytes
    line: int = 1

    @property
    def text(self) -> str:
        """The content as text."""
        return decoded(self.content)


@dataclass(frozen=True)
class Text:
    """Something a reader can see, hear, or find in the source, from `line` on.

    A source is written for the site: an address in it is the site's own. The tables in what is
    tabled are given as such beside it.
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
    """Rows of cells, of any lengths; a frame if pandas printed it."""

    place: str
    rows: list[list[str]]
    is_frame: bool = False

    @property
    def headings(self) -> frozenset[str]:
        """The contract columns that stand at the top with values under them.

        In a list of the columns, as in the data dictionary, only other columns stand under them.
        """
        columns = zip_longest(*self.rows, fillvalue="")
        return frozenset(name for column in columns for name in _heading(column))


Piece = File | Text | Table | Finding
Reader = Callable[[File], Iterator[Piece]]


def _heading(column: tuple[str, ...]) -> Iterator[str]:
    named = [number for number, cell in enumerate(column) if cell.strip() in COLUMNS]
    if (
        named
        and named[0] < _HEADING_ROWS
        and any(cell.strip() and cell.strip() not in EVERY for cell in column[named[-1] + 1 :])
    ):
        yield column[named[-1]].strip()
