"""A page read as browsers, screen readers and the curious read it."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from helpers.site.scan import scripts
from helpers.site.scan.pieces import BREAK, File, Piece, Table, Text

_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins"}
    | {"kbd", "label", "mark", "q", "r", "s", "samp", "small", "span", "strong", "t", "time", "tt"}
    | {"tspan", "u", "var", "wbr"}
)
"""Elements that do not part a word, in pages, drawings and workbooks."""

_DRAWN = {"d", "points", "transform", "viewbox", "stroke-dasharray", "x", "y"}
"""Attributes that only draw: coordinates."""

_SHORTEST = 4
"""No rule can be broken in fewer characters."""

_CARRIER = re.compile("data:", re.IGNORECASE)


def read(file: File) -> Iterator[Piece]:
    """Read a page or a drawing: text, attributes, comments, scripts, styles and tables."""
    page = _Page(file)
    page.feed(file.text)
    page.close()
    yield from page.pieces
    yield from (gathered.text() for gathered in page.gathered.values())


class _Gathered:
    """Many short texts of one kind as a long one, each on its own line of the file."""

    def __init__(self, place: str, line: int) -> None:
        self.place = place
        self.first = self.line = line
        self.parts: list[str] = []

    def add(self, text: str, line: int) -> None:
        self.parts += ["\n" * (line - self.line), BREAK, text]
        self.line = max(line, self.line) + text.count("\n")

    def text(self) -> Text:
        return Text(self.place, "".join(self.parts), self.first)


class _Page(HTMLParser):
    def __init__(self, file: File) -> None:
        super().__init__()
        self.file = file
        self.pieces: list[Piece] = []
        self.gathered: dict[str, _Gathered] = {}
        self.tables: list[Table] = []
        self.block: list[str] = []
        self.block_line = file.line
        self.program = ""
        self.said: set[tuple[str, str]] = set()
        """Attributes that have been read: drawings repeat theirs a thousand times."""

    @property
    def line(self) -> int:
        return self.file.line + self.getpos()[0] - 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value for name, value in attrs if value}
        if tag not in _INLINE:
            self._end_block()
        if tag in ("script", "style"):
            self.program = "json" if "json" in named.get("type", "") else tag
        self._open_cell(tag, named)
        self._read_attributes(named)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE:
            self._end_block()
        if tag == "table" and self.tables:
            self.pieces.append(self.tables.pop())

    def handle_data(self, data: str) -> None:
        if not self.block:
            self.block_line = self.line
        self.block.append(data)
        for table in self.tables:
            if table.rows and table.rows[-1]:
                table.rows[-1][-1] += data

    def handle_comment(self, data: str) -> None:
        self._read(", en kommentar", data, self.line)

    def unknown_decl(self, data: str) -> None:
        self.handle_data(data)

    def close(self) -> None:
        super().close()
        self._end_block()
        self.pieces += self.tables

    def _end_block(self) -> None:
        if self.block:
            self._read_block("".join(self.block))
        self.block, self.program = [], ""

    def _read_block(self, text: str) -> None:
        if self.program == "json":
            content = text.encode()
            self.pieces.append(File(self.file.place, "application/json", content, self.block_line))
        elif text.strip():
            self._read("", scripts.UNESCAPED.get(self.program, str)(text), self.block_line)

    def _open_cell(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table":
            is_frame = "dataframe" in attributes.get("class", "").split()
            self.tables.append(Table(f"{self.file.place}, rad {self.line}", [], is_frame))
        elif tag == "tr" and self.tables:
            self.tables[-1].rows.append([])
        elif tag in ("td", "th") and self.tables and self.tables[-1].rows:
            self.tables[-1].rows[-1].append("")

    def _read_attributes(self, attributes: dict[str, str]) -> None:
        for name, value in attributes.items():
            if len(value) >= _SHORTEST and name not in _DRAWN and (name, value) not in self.said:
                is_file = name == "href" and "download" in attributes
                part = f"hämtfilen {attributes['download']}" if is_file else f"attributet {name}"
                self._read(f", {part}", scripts.UNESCAPED.get(name, str)(value), self.line)
                self.said.add((name, value))

    def _read(self, part: str, text: str, line: int) -> None:
        """Gather a text with others of its kind; one that may carry a file stands by itself."""
        place = self.file.place + part
        if _CARRIER.search(text):
            self.pieces.append(Text(place, text, line))
        else:
            self.gathered.setdefault(place, _Gathered(place, line)).add(text, line)
