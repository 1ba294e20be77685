"""Read a table's columns as its contract asks, and hold it against every rule in one pass."""

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from difflib import get_close_matches
from typing import NamedTuple
from zoneinfo import ZoneInfo

import ibis
import pandera.ibis as pa
from ibis.expr.types import BooleanValue, StringValue, Table, Value

from helpers.data import identity
from helpers.data.contracts import REFERS_TO, TABLES, may_be_empty
from helpers.data.problems import DataProblem, Finding

YES = ("ja", "sant", "true", "1")
NO = ("nej", "falskt", "false", "0")
ISO_DATE = r"^\d{4}-\d{2}-\d{2}($|[ T])"
WITH_ZONE = r"\d[ T]\d{2}:\d{2}.*(Z|[+-]\d{2}(:?\d{2})?)$"
HERE = "Europe/Stockholm"
_LONGEST_NAME = 40
YEARS_AHEAD = 30
"""How far a plan may reach."""

INDEX = "index"
"""Column that says in what order rows stood."""
EMPTY = "tabellen är tom"
MISSING = ("värde saknas", "Fyll i värdet.")
DUPLICATE = ("finns på flera rader", "Behåll en rad för varje id.")
ALONE = "hör inte till någon rad i {}", "Ta med raden den hör till, eller ta bort den."
LATE = (
    "dag efter uttagets dag",
    "Rätta datumet. Pågår det än ska fältet vara tomt, inte 9999-12-31 eller liknande.",
)
IDENTITY = "innehåller personnummer"
UNREADABLE = {
    "boolean": ("går inte att läsa som ja eller nej", "Skriv true eller false."),
    "date": ("går inte att läsa som datum", "Skriv datum som ÅÅÅÅ-MM-DD."),
    "int64": ("går inte att läsa som heltal", "Skriv bara siffror."),
    "float64": ("går inte att läsa som tal", "Skriv siffror, med punkt före decimaler."),
    "string": (
        "går inte att läsa som text",
        "Skriv text. Formatera långa nummer som text i kalkylprogrammet.",
    ),
}


class Rule(NamedTuple):
    """What is said of the rows that break a rule, which they are, and whether they do."""

    finding: Finding
    breaks: BooleanValue
    stands: Callable[[], bool] = lambda: True


class Held(NamedTuple):
    """A table held to its contract: its columns, read and in order, and all that is said of it."""

    rows: Table
    findings: tuple[Finding, ...]


def stopping(held: Held) -> list[Finding]:
    """Give the rules that are broken; what is only told stops nothing."""
    return [finding for finding in held.findings if not finding.notice]


def hold(table: str, raw: Table, linked: Mapping[str, Table] | None = None) -> Held:
    """Read a table as its contract asks, and count the rows that break each of its rules.

    The columns come in the contract's order and types; those that need not be there if they are.
    The rows of `raw`, the table as delivered, stay in their engine; counts of them leave.

    Parameters
    ----------
    table : str
        Its name.
    raw : ibis.Table
    linked : mapping of str to ibis.Table, optional
        The tables its rows refer to, as far as they are there.

    Raises
    ------
    DataProblem
        If columns are missing.
    """
    contract = TABLES[table]
    _require_columns(table, raw, contract)
    contract = _as_delivered(raw, contract)
    parsed = parse(raw, contract)
    found = _findings(table, parsed, rules(table, parsed, linked or {}, today()))
    if may_be_empty(table):
        found = [finding for finding in found if finding.wrong != EMPTY]
    return Held(parsed.select(*contract.columns), tuple(found))


def today() -> date:
    """Give the day it is in Sweden."""
    return datetime.now(ZoneInfo(HERE)).date()


def _require_columns(table: str, raw: Table, contract: pa.DataFrameSchema) -> None:
    needed = [name for name, column in contract.columns.items() if column.required]
    absent = [name for name in needed if name not in raw.columns]
    if absent:
        raise DataProblem(*(missing_column(table, name, raw.columns) for name in absent))


def missing_column(table: str, name: str, present: Sequence[str]) -> Finding:
    """Say that a column is not there, and which of those that are it may be."""
    near = _near(name, TABLES[table].columns[name].title, present)
    advice = "Lägg till kolumnen eller rätta dess namn i första raden."
    return Finding(table, "kolumnen saknas", f"Är det {near}? {advice}" if near else advice, name)


def _near(name: str, title: str, present: Sequence[str]) -> str:
    """Give the column that is named nearly so, in English or in Swedish; nothing of a long text."""
    plain = {folded(column): column for column in present if len(column) <= _LONGEST_NAME}
    near = [get_close_matches(folded(name), plain, n=1, cutoff=0.8) for name in (name, title)]
    return next((plain[found[0]] for found in near if found), "")


def folded(name: str) -> str:
    """Write a name without case, marks and the signs between words."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if letter.isalnum())


def _as_delivered(raw: Table, contract: pa.DataFrameSchema) -> pa.DataFrameSchema:
    """Leave out the columns that need not be there and are not."""
    absent = [name for name in contract.columns if name not in raw.columns]
    return contract.remove_columns(absent) if absent else contract


def _findings(table: str, rows: Table, held: Sequence[Rule]) -> list[Finding]:
    broken = counted(rows, held)
    if broken is None:
        return [Finding(table, EMPTY, "Lägg till rader.")]
    return [replace(rule.finding, rows=n) for rule, n in broken]


def counted(rows: Table, held: Sequence[Rule]) -> list[tuple[Rule, int]] | None:
    """Count the rows that break each rule, for those that are broken; None if there are no rows."""
    marks = {str(n): rule.breaks for n, rule in enumerate(held)}
    marked = rows.select(**marks)
    sums = {name: marked[name].sum() for name in marks}
    counts = marked.aggregate(size=marked.count(), **sums).to_pyarrow().to_pylist()[0]
    if counts.pop("size") == 0:
        return None
    broken = zip(held, counts.values(), strict=True)
    return [(rule, n) for rule, n in broken if n and rule.stands()]


def rules(table: str, rows: Table, linked: Mapping[str, Table], latest: date) -> list[Rule]:
    """Give every rule of a table, with the rows that break it.

    Parameters
    ----------
    table : str
        Its name.
    rows : ibis.Table
        Its rows, as `parse` reads them.
    linked : mapping of str to ibis.Table
        The tables its rows refer to, as far as they are there.
    latest : datetime.date
        The day of the extract, after which nothing is known.
    """
    contract = TABLES[table]
    columns = [column for name, column in contract.columns.items() if name in rows.columns]
    single = [rule for column in columns for rule in _column_rules(table, rows, column, latest)]
    return [
        *single,
        *_row_rules(table, rows, contract),
        *_references(table, rows, linked),
    ]


def _row_rules(table: str, rows: Table, contract: pa.DataFrameSchema) -> Iterator[Rule]:
    for check in contract.checks:
        finding = Finding(table, check.title, check.description, notice=check.raise_warning)
        yield Rule(finding, ~check(rows).check_output)
    if contract.unique:
        yield Rule(
            Finding(table, *DUPLICATE, " + ".join(contract.unique)), _again(rows, contract.unique)
        )


def _references(table: str, rows: Table, linked: Mapping[str, Table]) -> Iterator[Rule]:
    for other, name in REFERS_TO.get(table, {}).items():
        if other in linked:
            wrong, advice = ALONE
            finding = Finding(table, wrong.format(other), advice, name)
            yield Rule(finding, rows[name].notin(linked[other][name]))


def _column_rules(table: str, rows: Table, column: pa.Column, latest: date) -> Iterator[Rule]:
    name, value = column.name, rows[column.name]
    dtype = str(column.dtype)
    unread = _unreadable(rows, name)
    yield Rule(Finding(table, *UNREADABLE[dtype], name), unread)
    if not column.nullable:
        yield Rule(Finding(table, *MISSING, name), value.isnull() & ~unread)
    for check in column.checks:
        breaks = _BREAKS[check.name](value, **check.statistics)
        yield Rule(Finding(table, check.title, check.description, name), breaks)
    if column.unique:
        yield Rule(Finding(table, *DUPLICATE, name), _again(rows, [name]))
    if dtype == "string" and not column.metadata:
        yield _no_identity_numbers(table, rows, name)
    if dtype == "date":
        ahead = YEARS_AHEAD if column.metadata["ahead"] else 0
        last = latest.replace(year=latest.year + ahead, day=min(latest.day, 28 if ahead else 31))
        yield Rule(Finding(table, *LATE, name), value > ibis.literal(last))


def _unreadable(rows: Table, name: str) -> BooleanValue:
    mark = unreadable(name)
    return rows[mark] if mark in rows.columns else ibis.literal(False)


def _again(rows: Table, key: Sequence[str]) -> BooleanValue:
    """Whether the key stands on an earlier row too; in the order of `INDEX`, where there is one."""
    order = [INDEX] if INDEX in rows.columns else []
    place = ibis.row_number().over(ibis.window(group_by=[*key], order_by=order))
    return (place > 0) & ibis.and_(*(rows[name].notnull() for name in key))


IDENTITY_FORM = rf"(?:^|\D)({identity.FORM})(?:\D|$)"
_OF_IDS = 0.5, "Läs in med likavard import, som byter ut personnummer mot id."
_OF_TEXTS = 0.0, "Ta bort numren ur texten."
"""Share of what looks like identity numbers that must be such, and what is to be done."""


def _no_identity_numbers(table: str, rows: Table, column: str) -> Rule:
    """Look for personal identity numbers in ids and free text.

    Serial numbers that begin with a date look like them, and every tenth has the right check
    digit: ids pass where fewer than half of those that look so have it.
    """
    looks = rows[column].re_search(IDENTITY_FORM)
    least, advice = _OF_IDS if column.endswith("_id") else _OF_TEXTS
    finding = Finding(table, IDENTITY, advice, column)
    return Rule(finding, looks, lambda: _are_valid(rows.filter(looks)[column], least))


def _are_valid(texts: StringValue, least: float) -> bool:
    first = texts.re_extract(IDENTITY_FORM, 1).name("number").as_table().limit(1000)
    numbers = first.to_pyarrow()["number"].to_pylist()
    valid = sum(map(identity.is_valid, numbers))
    return valid > 0 and valid >= least * len(numbers)


def parse(raw: Table, contract: pa.DataFrameSchema) -> Table:
    """Read the columns of a contract from a table that has them, whatever their types.

    A timestamp becomes its date, blank text becomes missing, and what cannot be read becomes
    missing with a mark beside it: a boolean column, named by `unreadable`, for each column that
    had to be read from text.
    """
    types = {name: str(column.dtype) for name, column in contract.columns.items()}
    given = {name: _given(raw[name]) for name in types}
    parsed = {name: _as(given[name], dtype) for name, dtype in types.items()}
    parsed |= {
        name: parsed[name].fill_null(column.default)
        for name, column in contract.columns.items()
        if column.default is not None
    }
    marks = {
        unreadable(name): parsed[name].isnull() & given[name].notnull()
        for name, dtype in types.items()
        if _type(given[name]) != dtype
    }
    return raw.select(**parsed, **marks)


def unreadable(column: str) -> str:
    """Name of the mark that a value in `column` could not be read."""
    return f"{column} unreadable"


def _given(column: Value) -> Value:
    if column.type().is_timestamp():
        return column.date()
    return column.nullif("") if column.type().is_string() else column


def _as(value: Value, dtype: str) -> Value:
    if _type(value) == dtype:
        return value
    return _READ[dtype](value.cast("string"))


def _type(value: Value) -> str:
    return str(value.type().copy(nullable=True))


def _boolean(text: StringValue) -> Value:
    word = text.lower()
    return ibis.cases((word.isin(YES), True), (word.isin(NO), False))


def _date(text: StringValue) -> Value:
    """Read a date; a moment with a time zone falls on its Swedish date."""
    written = ibis.ifelse(text.re_search(ISO_DATE), text.left(10), None).try_cast("date")
    moment = ibis.ifelse(text.re_search(WITH_ZONE), text, None).try_cast(f"timestamp('{HERE}')")
    return ibis.coalesce(moment.date(), written)


def _whole_number(text: StringValue) -> Value:
    number = text.try_cast("float64")
    whole = number.try_cast("int64")
    return (number == whole).ifelse(whole, None)


_BREAKS: dict[str, Callable[..., BooleanValue]] = {
    "isin": lambda value, allowed_values: value.notin(allowed_values),
    "greater_than_or_equal_to": lambda value, min_value: value < min_value,
}
_READ: dict[str, Callable[[StringValue], Value]] = {
    "string": lambda text: text,
    "boolean": _boolean,
    "date": _date,
    "int64": _whole_number,
    "float64": lambda text: text.try_cast("float64"),
}
