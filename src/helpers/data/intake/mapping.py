"""The mapping file: which column of an export is which column of a contract."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, TypeAlias, get_args

import yaml

from helpers.data.codes import SURVEY_ITEMS
from helpers.data.contracts import CASE_TABLES
from helpers.data.intake.persons import KEY, PERSON, SAYS
from helpers.data.intake.values import DateStyle, tidy
from helpers.data.problems import DataProblem, Finding

Choice: TypeAlias = Mapping[str, frozenset[str]]
"""By heading, the words of the rows that are meant; in lower case."""

_KEYS = ("name", "extracted_on", "tables")
_TABLE_KEYS = (
    "files", "sheet", "columns", "values", "fixed", "dates", "keep", "drop", "when",
    "co_applicant", "protected",
)  # fmt: skip


@dataclass(frozen=True)
class TableMapping:
    """How one table is found in an export.

    Attributes
    ----------
    table : str
    columns : mapping of str to str
        Column of the contract, or item of the survey, to heading of the export.
    values : mapping of str to mapping of str to str
        By column, what stands in the export to what it is read as; in lower case.
    fixed : mapping of str to str
        Columns that have one value in all rows, blank perhaps.
    dates : DateStyle
    keep, drop : Choice
        Which rows are taken, and which are not.
    when : mapping of str to Choice
        By column, in which rows its heading says something of it; in the others it is blank.
    files, sheet : str
        Patterns of the file names and sheets it stands in.
    co_applicant : str
        Heading of a second person's identity number, who gets a row too.
    protected : str
        Heading that says whose identity is protected: their sex is read as X.
    """

    table: str
    columns: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    dates: DateStyle = "day-first"
    keep: Choice = field(default_factory=dict)
    drop: Choice = field(default_factory=dict)
    when: Mapping[str, Choice] = field(default_factory=dict)
    files: str = "*"
    sheet: str = "*"
    co_applicant: str = ""
    protected: str = ""

    @property
    def headings(self) -> set[str]:
        """Every heading that must be there, in lower case."""
        choices = [self.keep, self.drop, *self.when.values()]
        chosen = [heading for choice in choices for heading in choice]
        used = [*self.columns.values(), *chosen, self.co_applicant, self.protected]
        return {_low(heading) for heading in used if heading}

    @property
    def items(self) -> list[str]:
        """The survey's items that have a column each."""
        return [name for name in self.columns if name in SURVEY_ITEMS]

    def has(self, name: str) -> bool:
        """Whether it says something of a column that need not be there."""
        is_told = name in SAYS and self.table in PERSON
        return name != KEY and (is_told or name in self.columns or name in self.fixed)

    def is_in(self, file: str, sheet: str) -> bool:
        """Whether the table may stand in a sheet of a file."""
        return fnmatch(file, self.files) and fnmatch(sheet, self.sheet)


@dataclass(frozen=True)
class MappingFile:
    """A mapping, with the day of the extract if it says so."""

    tables: tuple[TableMapping, ...]
    extracted_on: date | None = None


def load(file: Path) -> MappingFile:
    """Read a mapping, and refuse what it cannot hold.

    Raises
    ------
    DataProblem
        With all that is wrong with it.
    """
    try:
        content = yaml.load(file.read_text(encoding="utf-8-sig"), Loader=yaml.BaseLoader)
    except (OSError, UnicodeDecodeError):
        raise DataProblem(Finding(file.name, "går inte att läsa", "Rätta sökvägen.")) from None
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        advice = f"Rätta rad {line}."
        raise DataProblem(Finding(file.name, "mappningen är inte YAML", advice)) from None
    wrong = list(_wrong(content, file.name))
    if wrong:
        raise DataProblem(*wrong)
    tables = content["tables"].items()
    on = content.get("extracted_on")
    return MappingFile(tuple(_table(*table) for table in tables), _date(on) if on else None)


def quoted(text: str) -> str:
    """Write a heading as YAML."""
    return str(yaml.safe_dump(text, allow_unicode=True, default_style='"', width=1000)).strip()


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _table(table: str, entry: Mapping[str, Any]) -> TableMapping:
    read = {
        **entry,
        "columns": {target: heading for heading, target in _targets(entry["columns"])},
        "values": {name: _lower(words) for name, words in entry.get("values", {}).items()},
        "keep": _choice(entry.get("keep", {})),
        "drop": _choice(entry.get("drop", {})),
        "when": {name: _choice(words) for name, words in entry.get("when", {}).items()},
    }
    return TableMapping(table, **read)


def _targets(columns: Mapping[str, str | list[str]]) -> Iterator[tuple[str, str]]:
    """Give each heading with each column that it fills."""
    for heading, targets in columns.items():
        yield from ((heading, target) for target in _listed(targets))


def _listed(one_or_more: str | list[str]) -> list[str]:
    return [one_or_more] if isinstance(one_or_more, str) else one_or_more


def _choice(words: Mapping[str, str | list[str]]) -> Choice:
    return {heading: frozenset(map(_low, _listed(chosen))) for heading, chosen in words.items()}


def _lower(words: Mapping[str, str]) -> dict[str, str]:
    return {_low(said): meant for said, meant in words.items()}


def _low(text: str) -> str:
    return tidy(text).casefold()


def _wrong(content: Any, file: str) -> Iterator[Finding]:  # noqa: ANN401 - whatever YAML holds
    if not isinstance(content, dict) or not isinstance(content.get("tables"), dict):
        yield Finding(file, "mappningen har inga tabeller", "Lägg till tables och minst en tabell.")
        return
    yield from _unknown(file, content, _KEYS)
    yield from _unknown(file, content["tables"], tuple(CASE_TABLES))
    if content.get("extracted_on") and _date(content["extracted_on"]) is None:
        yield Finding(file, "extracted_on är ingen dag", "Skriv den som ÅÅÅÅ-MM-DD.")
    for table, entry in content["tables"].items():
        if table in CASE_TABLES:
            yield from _wrong_table(file, table, entry)


def _wrong_table(file: str, table: str, entry: Any) -> Iterator[Finding]:  # noqa: ANN401
    place = f"{file}, {table}"
    if not isinstance(entry, dict) or not isinstance(entry.get("columns"), dict):
        yield Finding(place, "columns saknas", "Skriv rubrik: kolumn på var sin rad.")
        return
    yield from _unknown(place, entry, _TABLE_KEYS)
    if wrong := [name for name in entry if not _SHAPES.get(name, _is_word)(entry[name])]:
        yield Finding(place, f"{', '.join(wrong)} har fel form", "Se mallens exempel.")
        return
    if entry.get("dates", "day-first") not in get_args(DateStyle):
        yield Finding(place, "okänd dates", f"Tillåtna är {', '.join(get_args(DateStyle))}.")
    if table not in PERSON and {"co_applicant", "protected"} & set(entry):
        yield Finding(place, "tabellen har inga personer", "Ta bort co_applicant och protected.")
    yield from _wrong_columns(place, table, entry)


def _is_words(part: Any) -> bool:  # noqa: ANN401 - whatever YAML holds
    return isinstance(part, dict) and all(isinstance(word, str) for word in part.values())


def _is_lists(part: Any) -> bool:  # noqa: ANN401
    """Whether a part holds by name a word, or a list of words."""
    return isinstance(part, dict) and all(
        isinstance(words, str)
        or (isinstance(words, list) and all(isinstance(word, str) for word in words))
        for words in part.values()
    )


def _is_groups(part: Any) -> bool:  # noqa: ANN401
    return isinstance(part, dict) and all(map(_is_lists, part.values()))


def _is_many_words(part: Any) -> bool:  # noqa: ANN401
    return isinstance(part, dict) and all(map(_is_words, part.values()))


def _is_word(part: Any) -> bool:  # noqa: ANN401
    return isinstance(part, str)


_SHAPES: dict[str, Callable[[Any], bool]] = {
    "columns": _is_lists,
    "fixed": _is_words,
    "keep": _is_lists,
    "drop": _is_lists,
    "when": _is_groups,
    "values": _is_many_words,
}
"""Whether each part of a table's mapping has the form that it should."""


def _wrong_columns(place: str, table: str, entry: Mapping[str, Any]) -> Iterator[Finding]:
    known = [name for name in CASE_TABLES[table].columns if name != KEY]
    items = list(SURVEY_ITEMS) if table == "survey" else []
    targets = [target for _, target in _targets(entry["columns"])]
    named = [
        *targets,
        *(name for part in ("fixed", "values", "when") for name in entry.get(part, {})),
    ]
    yield from _unknown(place, named, (*known, *items))
    if twice := {name for name in targets if targets.count(name) > 1}:
        yield Finding(place, f"två rubriker för {', '.join(sorted(twice))}", "Behåll en av dem.")
    given = {*targets, *entry.get("fixed", {})}
    given |= {"item", "answer"} if given & set(items) else set()
    given |= set(SAYS) if PERSON.get(table) in targets else set()
    advice = "Skriv vilken rubrik den har, eller under fixed vad som gäller alla rader."
    needed = (name for name in known if CASE_TABLES[table].columns[name].required)
    for name in (name for name in needed if name not in given):
        yield Finding(place, "kolumnen saknas i mappningen", advice, name)


def _unknown(
    place: str, names: Sequence[str] | Mapping[str, Any], known: tuple[str, ...]
) -> Iterator[Finding]:
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            advice = f"Är det {near[0]}?" if near else f"Tillåtna är {', '.join(known)}."
            yield Finding(place, f"okänt namn: {name}", advice)
