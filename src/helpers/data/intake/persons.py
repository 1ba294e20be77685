"""Who rows are about: the identity number is read for what it says, and dropped at once."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

import pyarrow as pa

from helpers.data import identity
from helpers.data.contracts import CASE_TABLES
from helpers.data.intake.values import Cell, Value, is_blank, tidy, words
from helpers.data.validation import unreadable

KEY = "person_key"
PERSON = {
    table: next(name for name in ("person_id", "response_id") if name in contract.columns)
    for table, contract in CASE_TABLES.items()
    if KEY in contract.columns
}
"""The column that says who a row is about, of tables that are about persons."""
SAYS = {"sex": pa.string(), "birth_year": pa.int64()}
"""What an identity number says where no column does."""
UNKNOWN_SEX = "X"
BAD_NUMBER = "bad number"

Pseudonym: TypeAlias = Callable[[str], tuple[str, int]]
"""Of a canonical id: what stands for it, and its person key."""


class Who(NamedTuple):
    """What stands for a person, and what the number said of the person before it was dropped."""

    pseudonym: str | None = None
    key: int | None = None
    sex: str | None = None
    birth_year: int | None = None
    is_bad: bool = False


class Persons:
    """Tells who rows are about: an identity number, however it is written, or another id.

    Parameters
    ----------
    pseudonym : callable
        What becomes of an id, which goes no further than here.
    """

    def __init__(self, pseudonym: Pseudonym) -> None:
        self._pseudonym = pseudonym
        self._known: dict[Cell, Who] = {}

    def of(self, cells: Sequence[Cell]) -> list[Who]:
        """Tell who each cell is about."""
        new = set(cells) - self._known.keys()
        self._known |= {cell: self._who(cell) for cell in new}
        return [self._known[cell] for cell in cells]

    def _who(self, cell: Cell) -> Who:
        text = tidy(cell)
        if is_blank(text):
            return Who()
        try:
            person = identity.person(words(text))
        except ValueError:
            return Who(*self._pseudonym(text), is_bad=True)
        return Who(*self._pseudonym(person.id), person.sex, person.birth_year)


def columns(name: str, whos: Sequence[Who]) -> dict[str, pa.Array]:
    """Give the columns of the pseudonym, which stands where the id did, and of the person key."""
    return {
        name: pa.array([who.pseudonym for who in whos], pa.string()),
        unreadable(name): pa.array([False] * len(whos), pa.bool_()),
        KEY: pa.array([who.key for who in whos], pa.int64()),
        BAD_NUMBER: pa.array([who.is_bad for who in whos], pa.bool_()),
    }


def completed(name: str, own: Sequence[Value], whos: Sequence[Who]) -> dict[str, pa.Array]:
    """Take what the column says, else what the number says, and mark where they differ."""
    said = [who.sex if name == "sex" else who.birth_year for who in whos]
    unknown = UNKNOWN_SEX if name == "sex" else None
    pairs = list(zip(own, said, strict=True))
    filled = [_first(value, number, unknown) for value, number in pairs]
    differ = [_is_otherwise(value, number) for value, number in pairs]
    return {name: pa.array(filled, SAYS[name]), other(name): pa.array(differ, pa.bool_())}


def _is_otherwise(value: Value, number: Value) -> bool:
    """Whether both say something that may be so, and not the same."""
    may_be = isinstance(value, int) or value in ("K", "M")
    return may_be and number not in (None, value)


def _first(*options: Value) -> Value:
    return next((option for option in options if option is not None), None)


def other(name: str) -> str:
    """Name of the mark that a column says otherwise than the number."""
    return f"other {name}"


_ASIDE = "Rätta i systemet, eller kontrollera att mappningen inte byter plats på K och M."
MARKS: Mapping[str, tuple[str, str, str | None]] = {
    BAD_NUMBER: (
        "personnumret är inte helt, eller har fel kontrollsiffra",
        "Rätta numret i systemet, och formatera kolumnen som text i kalkylprogrammet.",
        None,
    ),
    other("sex"): ("stämmer inte med personnumret", _ASIDE, "sex"),
    other("birth_year"): ("stämmer inte med personnumret", "Rätta i systemet.", "birth_year"),
}
"""By mark, what is wrong with the rows that have it, what to do, and the column concerned."""
