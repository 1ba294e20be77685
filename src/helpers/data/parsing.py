"""Columns as delivered, read as the types their contract asks for."""

from collections.abc import Callable

import ibis
import pandera.ibis as pa
from ibis import selectors
from ibis.expr.types import StringValue, Table, Value

YES = ("ja", "sant", "true", "1")
NO = ("nej", "falskt", "false", "0")
ISO_DATE = r"^\d{4}-\d{2}-\d{2}($|[ T])"


def parse(raw: Table, contract: pa.DataFrameSchema) -> Table:
    """Read the columns of a contract from a table that has them, whatever their types.

    A timestamp becomes its date, blank text becomes missing, and what cannot be read becomes
    missing with a mark beside it.

    Parameters
    ----------
    raw : ibis.Table
        The table as delivered.
    contract : pandera.ibis.DataFrameSchema
        Its contract.

    Returns
    -------
    ibis.Table
        The contract's columns in its order and types, then a boolean column, named by
        `unreadable`, for each column that had to be read from text.
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


def trimmed(typed_by_hand: Table) -> Table:
    """Cut the blanks around the text of a table that passed through Excel or a text file."""
    texts = selectors.of_type("string")
    return typed_by_hand.mutate(selectors.across(texts, lambda column: column.strip()))


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


_READ: dict[str, Callable[[StringValue], Value]] = {
    "string": lambda text: text,
    "boolean": _boolean,
    "date": _date,
    "int64": _whole_number,
    "float64": lambda text: text.try_cast("float64"),
}
