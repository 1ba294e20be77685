"""A page read as browsers, screen readers and the curious read it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from helpers.site.scan import scripts
from helpers.site.scan.pieces import File, Piece, Table, Text

_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins"}
    | {"kbd", "label", "mark", "q", "r", "s", "samp", "small", "span", "strong", "t", "time", "tt"}
    | {"tspan", "u", "var", "wbr"}
)
"""Elements that do not part a word, in pages, drawings and workbooks."""

_DRAWN = {"d", "points", "transform", "viewbox", "stroke-dasharray", "x", "y"}
"""Attributes that only draw: coordinates."""

_COLUMN_WIDTH = re.compile(r"width: *\d+%;?")
"""All that the style of a table's column says when pages are rendered."""

_MARK = re.compile(r"\s*\d{1,3}\s%\s*")
"""What an axis of shares says at its ticks."""

_COUNT = re.compile(r"\s*\d[\d\s,.]*(?:%|st)?\s*")
"""What a list says of a term when it says a number and no more."""

_SHORTEST = 4
"""No rule can be broken in fewer characters."""


def read(file: File) -> Iterator[Piece]:
    """Read a page or a drawing: text, attributes, comments, scripts, styles and tables."""
    page = _Page(file)
    page.feed(file.text)
    page.close()
    yield from page.pieces


@dataclass
class _OpenTable:
    place: str
    is_frame: bool
    is_list: bool = False
    rows: list[list[str]] = field(default_factory=list)

    def add(self, text: str) -> None:
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += text

    def closed(self) -> Table:
        if self.is_list:
            said = (text for _, *row in self.rows for text in row if _COUNT.fullmatch(text))
            return Table(self.place, frozenset(), values=tuple(said))
        return Table.of(self.place, self.rows, self.is_frame)


class _Page(HTMLParser):
    def __init__(self, file: File) -> None:
        super().__init__()
        self.file = file
        self.pieces: list[Piece] = []
        self.tables: list[_OpenTable] = []
        self.block: list[str] = []
        self.block_line = file.line
        self.program = ""
        self.is_tick = False
        self.said: set[tuple[str, str]] = set()
        """Attributes that have been read: drawings repeat theirs a thousand times."""

    @property
    def line(self) -> int:
        return self.file.line + self.getpos()[0] - 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value for name, value in attrs if value}
        if tag not in _INLINE:
            self._end_block()
        self.is_tick = "lv-tick" in named.get("class", "").split()
        if tag in ("script", "style"):
            self.program = "json" if "json" in named.get("type", "") else "script"
        self._open_cell(tag, named)
        if tag != "col" or not _COLUMN_WIDTH.fullmatch(named.get("style", "")):
            self._read_attributes(named)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE:
            self._end_block()
        if tag in ("table", "dl") and self.tables:
            self.pieces.append(self.tables.pop().closed())

    def handle_data(self, data: str) -> None:
        if not self.block:
            self.block_line = self.line
        self.block.append(data)
        for table in self.tables:
            table.add(data)

    def handle_comment(self, data: str) -> None:
        self.pieces.append(Text(f"{self.file.place}, en kommentar", data, self.line))

    def unknown_decl(self, data: str) -> None:
        self.handle_data(data)

    def close(self) -> None:
        super().close()
        self._end_block()
        self.pieces += [table.closed() for table in self.tables]

    def _end_block(self) -> None:
        text = "".join(self.block)
        if text.strip():
            self.pieces.append(self._block(text))
        self.block, self.program = [], ""

    def _block(self, text: str) -> Piece:
        if self.program == "json":
            return File(self.file.place, "application/json", text.encode(), self.block_line)
        meant = scripts.unescaped(text) if self.program else text
        is_mark = self.is_tick and bool(_MARK.fullmatch(text))
        return Text(self.file.place, meant, self.block_line, is_source=is_mark)

    def _open_cell(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in ("table", "dl"):
            is_frame = "dataframe" in attributes.get("class", "").split()
            place = f"{self.file.place}, rad {self.line}"
            self.tables.append(_OpenTable(place, is_frame, is_list=tag == "dl"))
        elif tag == "tr" and self.tables:
            self.tables[-1].rows.append([])
        elif tag == "dt" and self.tables:
            self.tables[-1].rows.append([""])
        elif tag in ("td", "th", "dd") and self.tables and self.tables[-1].rows:
            self.tables[-1].rows[-1].append("")

    def _read_attributes(self, attributes: dict[str, str]) -> None:
        for name, value in attributes.items():
            if len(value) >= _SHORTEST and name not in _DRAWN and (name, value) not in self.said:
                part = f"attributet {name}"
                if name == "href" and "download" in attributes:
                    part = f"hämtfilen {attributes['download']}"
                self.pieces.append(Text(f"{self.file.place}, {part}", value, self.line))
                self.said.add((name, value))
