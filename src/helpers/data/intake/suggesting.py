"""A mapping proposed from an export: by its headings, and by what stands under them."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple, get_args

import pandera.ibis as pa

from helpers.data import identity
from helpers.data.codes import SURVEY_ITEMS
from helpers.data.contracts import CASE_TABLES
from helpers.data.intake import convert, mapping
from helpers.data.intake.exports import sheets_of
from helpers.data.intake.persons import KEY, PERSON, SAYS
from helpers.data.intake.sheets import Sheet
from helpers.data.intake.values import Cell, DateStyle, is_blank, tidy
from helpers.data.validation import folded
from helpers.paths import MAPPINGS

_ROWS = 500
"""Rows that are looked at."""
_DEEPEST = 50
"""Rows within which the header is looked for."""
_LEAST = 0.6
"""How sure a proposal is at least."""
_FEWEST = 3
"""Columns that must be recognised for a sheet to be of a table."""
_INTRO = """\
# Ett förslag: rätta det som är fel, och läs sedan in med
#   likavard import EXPORT --mapping DEN-HÄR-FILEN --to SKYDDAD-MAPP
# extracted_on: ÅÅÅÅ-MM-DD  # dagen då uttaget gjordes
tables:"""


class Guess(NamedTuple):
    """A heading that may be a column, and how sure that is, 0 to 1."""

    sure: float
    heading: str
    column: str


class Proposal(NamedTuple):
    """What a sheet may hold."""

    table: str
    guesses: list[Guess]
    header: list[str]
    rows: list[list[Cell]]
    place: str

    def under(self, guess: Guess) -> list[str]:
        """Give the texts that stand under a heading."""
        return _under(self.rows, self.header.index(guess.heading))

    @property
    def sure(self) -> float:
        """How sure it is, as the share of the table's columns that are found."""
        return sum(guess.sure for guess in self.guesses) / len(_columns(self.table))


def suggest(files: Sequence[Path]) -> str:
    """Propose a mapping for exports, as YAML with comments.

    No cell below the header is told, not even of a column of codes.

    Raises
    ------
    DataProblem
        If a file cannot be read.
    """
    sheets = [sheet for file in files for sheet in sheets_of(file)]
    found = [(sheet.label, _proposal(sheet)) for sheet in sheets]
    proposals = sorted((own for _, own in found if own), key=lambda own: own.sure)
    best = {own.table: own for own in proposals}
    others = [
        f"# {label}: liknar {f'också {own.table}' if own else 'ingen tabell'}"
        for label, own in found
        if own not in best.values()
    ]
    written = (line for table in CASE_TABLES if table in best for line in _written(best[table]))
    return "\n".join([*others, _INTRO, *written]) + "\n"


def _proposal(sheet: Sheet) -> Proposal | None:
    rows = list(islice(sheet.rows, _ROWS))
    if not rows:
        return None
    at = max(range(len(rows[:_DEEPEST])), key=lambda n: _known_words(rows[n]))
    header, below = [tidy(cell) for cell in rows[at]], rows[at + 1 :]
    place = f"{sheet.label}, rubriker på rad {at + 1}"
    proposals = [
        Proposal(table, _guesses(table, header, below), header, below, place)
        for table in CASE_TABLES
    ]
    found = max(proposals, key=lambda proposal: proposal.sure)
    return found if len(found.guesses) >= _FEWEST else None


def _known_words(row: Sequence[Cell]) -> int:
    """How many cells are headings known of some table; filled cells where none are."""
    told = {folded(tidy(cell)) for cell in row} - {""}
    return 100 * len(told & _all_words()) + len(told)


def _guesses(table: str, header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> list[Guess]:
    """Give each column the heading that it is most surely, each heading once."""
    under = {text: _under(rows, n) for n, text in enumerate(header) if text}
    possible = [
        Guess(_sure(table, column, text, under[text]), text, column)
        for text in under
        for column in _words()[table]
    ]
    taken: dict[str, Guess] = {}
    for guess in sorted(possible, reverse=True):
        used = {other.column for other in taken.values()}
        if guess.sure >= _LEAST and guess.heading not in taken and guess.column not in used:
            taken[guess.heading] = guess
    return [taken[text] for text in header if text in taken]


def _under(rows: Sequence[Sequence[Cell]], at: int) -> list[str]:
    cells = (tidy(row[at]) for row in rows if at < len(row))
    return [text for text in cells if not is_blank(text)]


def _sure(table: str, column: str, heading: str, texts: Sequence[str]) -> float:
    """How sure it is that a heading is a column: by its name, and by what can be read under it."""
    likeness = max(_alike(folded(heading), word) for word in _words()[table][column])
    if PERSON.get(table) == column and texts:
        return max(likeness, _share(texts, lambda text: bool(re.fullmatch(identity.FORM, text))))
    if likeness < _LEAST:
        return 0.0
    readable = max(_readable(table, column, texts, style) for style in get_args(DateStyle))
    return likeness * (0.5 + 0.5 * readable)


def _alike(heading: str, word: str) -> float:
    return 1.0 if heading == word else 0.9 * SequenceMatcher(None, heading, word).ratio()


def _readable(table: str, column: str, texts: Sequence[str], dates: DateStyle) -> float:
    """Give the share of texts that can be read as a column's type; codes of any words can."""
    read = convert.reader(table, _kind(column), dates)

    def is_read(text: str) -> bool:
        try:
            read(text)
        except (ValueError, OverflowError):
            return False
        return True

    return _share(texts, is_read)


def _share(texts: Sequence[str], holds: Callable[[str], bool]) -> float:
    return sum(map(holds, texts)) / len(texts) if texts else 1.0


def _written(proposal: Proposal) -> Iterator[str]:
    yield f"  {proposal.table}:  # {proposal.place}"
    yield "    columns:"
    for guess in proposal.guesses:
        yield f"      {mapping.quoted(guess.heading)}: {guess.column}  # {100 * guess.sure:.0f} %"
    dates = max(get_args(DateStyle), key=lambda style: _dates_read(proposal, style))
    if dates != "day-first":
        yield f"    dates: {dates}"
    yield from _missing(proposal)
    yield from _unknown_codes(proposal)
    taken = {guess.heading for guess in proposal.guesses}
    for heading in proposal.header:
        if heading and heading not in taken:
            yield f"    # tas inte med: {heading}"


def _missing(proposal: Proposal) -> Iterator[str]:
    found = {guess.column for guess in proposal.guesses}
    found |= {"item", "answer"} if found & set(SURVEY_ITEMS) else set()
    found |= set(SAYS) if PERSON.get(proposal.table) in found else set()
    for name, column in _columns(proposal.table).items():
        if column.required and name not in found:
            yield f"    # hittades inte: {name} ({column.title})"


def _unknown_codes(proposal: Proposal) -> Iterator[str]:
    columns = _columns(proposal.table)
    for guess in proposal.guesses:
        column = columns.get(guess.column)
        codes: dict[str, str] = ((column and column.metadata) or {}).get("codes", {})
        read = convert.reader(proposal.table, _kind(guess.column), "day-first")
        unknown = {read(text) for text in proposal.under(guess)} - set(codes) if codes else set()
        if unknown:
            yield f"    # values, {guess.column}: {len(unknown)} ord känns inte igen. Skriv vilken"
            yield f"    #   kod vart och ett betyder: {', '.join(codes)}"


def _dates_read(proposal: Proposal, style: DateStyle) -> float:
    dates = {name for name, own in _columns(proposal.table).items() if str(own.dtype) == "date"}
    guesses = [guess for guess in proposal.guesses if guess.column in dates]
    shares = (_readable(proposal.table, g.column, proposal.under(g), style) for g in guesses)
    return sum(shares, 0.0)


def _kind(column: str) -> str:
    """Give the contract's column of which a heading holds values: an item's are answers."""
    return "answer" if column in SURVEY_ITEMS else column


def _columns(table: str) -> Mapping[str, pa.Column]:
    return {name: column for name, column in CASE_TABLES[table].columns.items() if name != KEY}


@cache
def _words() -> dict[str, dict[str, set[str]]]:
    """Give, by table and column, the headings known: the contract's, and those of the mappings."""
    words = {
        table: {
            name: {folded(name), folded(column.title)} for name, column in _columns(table).items()
        }
        for table in CASE_TABLES
    }
    for file in sorted(MAPPINGS.glob("*.yml")):
        for entry in mapping.load(file).tables:
            for name, heading in entry.columns.items():
                words[entry.table].setdefault(name, set()).add(folded(heading))
    return words


@cache
def _all_words() -> set[str]:
    return {word for columns in _words().values() for words in columns.values() for word in words}
