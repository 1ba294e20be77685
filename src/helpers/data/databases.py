"""Tables in databases, by address: DuckDB, SQLite and any other that ibis can open."""

import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import TypeGuard
from urllib.parse import unquote, urlsplit

import ibis
import pandas as pd
from ibis.backends import BaseBackend
from ibis.expr.types import Table

from helpers.data.problems import DataProblem, Finding


def is_address(source: object) -> TypeGuard[str]:
    """Whether a source is the address of a database."""
    return isinstance(source, str) and "://" in source


def open_table(table: str, address: str) -> Table:
    """Open a table of a database, for reading.

    SQLite has no dates; its columns come as text.

    Parameters
    ----------
    table : str
        The table's name, in the database too.
    address : str
        The database's address. It may hold a password and is never told.

    Returns
    -------
    ibis.Table

    Raises
    ------
    DataProblem
        If the database cannot be opened or does not have the table.
    """
    if table not in tables(address):
        advice = f"Lägg till en tabell eller vy som heter {table}."
        raise DataProblem(Finding(table, "tabellen saknas i databasen", advice))
    if _is_sqlite(address):
        return ibis.memtable(_ask_sqlite(address, f'SELECT * FROM "{table}"'))
    return _connect(address).table(table)


def tables(address: str) -> list[str]:
    """Names of the tables and views of a database.

    Parameters
    ----------
    address : str
        The database's address.

    Returns
    -------
    list of str

    Raises
    ------
    DataProblem
        If the database cannot be opened.
    """
    try:
        return _tables(address)
    except Exception:  # whatever the driver raises, which may quote the address
        advice = "Kontrollera adressen och att databasens drivrutin är installerad."
        raise DataProblem(Finding("databasen", "går inte att öppna", advice)) from None


def _tables(address: str) -> list[str]:
    if _is_sqlite(address):
        return list(_ask_sqlite(address, "SELECT name FROM sqlite_master")["name"])
    return list(_connect(address).list_tables())


def _is_sqlite(address: str) -> bool:
    return urlsplit(address).scheme == "sqlite"


def _ask_sqlite(address: str, query: str) -> pd.DataFrame:
    uri = f"{_file(address).resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as connection:
        return pd.read_sql_query(query, connection, dtype="string")


@cache
def _connect(address: str) -> BaseBackend:
    """Connect once to each database, so that its tables can be joined."""
    if urlsplit(address).scheme == "duckdb":
        return ibis.duckdb.connect(_file(address), read_only=True)
    return ibis.connect(address)


def _file(address: str) -> Path:
    parts = urlsplit(address)
    return Path(unquote(parts.netloc + parts.path))
