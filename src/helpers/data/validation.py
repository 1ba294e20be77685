"""Read a table's columns as its contract asks, and hold it against every rule in one pass."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeAlias

import ibis
import pandera.ibis as pa
from ibis.expr.types import BooleanValue, IntegerScalar, StringValue, Table, Value

from helpers.data.problems import DataProblem, Finding

Rule: TypeAlias = tuple[Finding, IntegerScalar]

YES = ("ja", "sant", "true", "1")
NO = ("nej", "falskt", "false", "0")
ISO_DATE = r"^\d{4}-\d{2}-\d{2}($|[ T])"

EMPTY = "tabellen är tom"
MISSING = ("värde saknas", "Fyll i värdet.")
DUPLICATE = ("finns på flera rader", "Behåll en rad för varje id.")
UNREADABLE = {
    "boolean": ("går inte att läsa som ja eller nej", "Skriv true eller false."),
    "date": ("går inte att läsa som datum", "Skriv datum som ÅÅÅÅ-MM-DD."),
    "int64": ("går inte att läsa som heltal", "Skriv bara siffror."),
    "float64": ("går inte att läsa som tal", "Skriv siffror, med punkt före decimaler."),
    "string": ("går inte att läsa som text", "Skriv text."),
}


def validated(table: str, raw: Table, contract: pa.DataFrameSchema) -> Table:
    """Give the contract's columns of a table, once every rule is found to hold.

    They come in the contract's order and types; those that need not be there if they are. The rows
    of `raw`, the table as delivered, stay in their engine; counts of them leave.

    Raises
    ------
    DataProblem
        With every rule that is broken.
    """
    _require_columns(table, raw, contract)
    contract = _as_delivered(raw, contract)
    rows = parse(raw, contract)
    findings = _findings(table, rows, list(_rules(table, rows, contract)))
    if (contract.metadata or {}).get("may_be_empty"):
        findings = [finding for finding in findings if finding.wrong != EMPTY]
    if findings:
        raise DataProblem(*findings)
    return rows.select(*contract.columns)


def _require_columns(table: str, raw: Table, contract: pa.DataFrameSchema) -> None:
    advice = "Lägg till kolumnen eller rätta dess namn i första raden."
    needed = [name for name, column in contract.columns.items() if column.required]
    absent = [name for name in needed if name not in raw.columns]
    if absent:
        raise DataProblem(*(Finding(table, "kolumnen saknas", advice, name) for name in absent))


def _as_delivered(raw: Table, contract: pa.DataFrameSchema) -> pa.DataFrameSchema:
    """Leave out the columns that need not be there and are not."""
    absent = [name for name in contract.columns if name not in raw.columns]
    return contract.remove_columns(absent) if absent else contract


def _findings(table: str, rows: Table, rules: list[Rule]) -> list[Finding]:
    counts = {str(n): count for n, (_, count) in enumerate(rules)}
    counted = rows.aggregate(size=rows.count(), **counts).to_pyarrow().to_pylist()[0]
    if counted.pop("size") == 0:
        return [Finding(table, EMPTY, "Lägg till rader.")]
    broken = zip(rules, counted.values(), strict=True)
    return [replace(finding, rows=n) for (finding, _), n in broken if n]


def _rules(table: str, rows: Table, contract: pa.DataFrameSchema) -> Iterator[Rule]:
    for column in contract.columns.values():
        yield from _column_rules(table, rows, column)
    for check in contract.checks:
        breaks = ~check(rows).check_output
        yield Finding(table, check.title, check.description), rows.count(where=breaks)
    if contract.unique:
        key = ibis.struct({name: rows[name] for name in contract.unique})
        yield Finding(table, *DUPLICATE, " + ".join(contract.unique)), _duplicates(key)


def _column_rules(table: str, rows: Table, column: pa.Column) -> Iterator[Rule]:
    name, value = column.name, rows[column.name]
    unread = _unreadable(rows, name)
    yield Finding(table, *UNREADABLE[str(column.dtype)], name), rows.count(where=unread)
    if not column.nullable:
        yield Finding(table, *MISSING, name), rows.count(where=value.isnull() & ~unread)
    for check in column.checks:
        breaks = _BREAKS[check.name](value, **check.statistics)
        yield Finding(table, check.title, check.description, name), rows.count(where=breaks)
    if column.unique:
        yield Finding(table, *DUPLICATE, name), _duplicates(value)


def _unreadable(rows: Table, name: str) -> BooleanValue:
    mark = unreadable(name)
    return rows[mark] if mark in rows.columns else ibis.literal(False)


def _duplicates(key: Value) -> IntegerScalar:
    return key.count() - key.nunique()


def parse(raw: Table, contract: pa.DataFrameSchema) -> Table:
    """Read the columns of a contract from a table that has them, whatever their types.

    A timestamp becomes its date, blank text becomes missing, and what cannot be read becomes
    missing with a mark beside it: a boolean column, named by `unreadable`, for each column that
    had to be read from text.
    """
    types = {name: str(column.dtype) for name, column in contract.columns.items()}
    given = {name: _given(raw[name]) for name in types}
    parsed = {name: _as(given[name], dtype) for name, dtype in types.items()}
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
    return ibis.ifelse(text.re_search(ISO_DATE), text.left(10), None).try_cast("date")


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
