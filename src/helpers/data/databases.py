"""Tables in databases, by address: DuckDB, SQLite and any other that ibis can open."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import ibis
import pandas as pd
from ibis.backends import BaseBackend
from ibis.common.exceptions import TableNotFound
from ibis.expr.types import Table

from helpers.data.alike import trimmed
from helpers.data.problems import DataProblem, Finding


def open_table(table: str, address: str) -> Table:
    """Open a table of a database, for reading.

    SQLite has no dates; its columns come as text. The address may hold a password and is never
    told.

    Raises
    ------
    DataProblem
        If the database cannot be opened or does not have the table.
    """
    found = _find(table, address)
    if found is None:
        advice = f"Lägg till en tabell eller vy som heter {table}."
        raise DataProblem(Finding(table, "tabellen saknas i databasen", advice))
    return found


def tables(address: str, known: Iterable[str]) -> list[str]:
    """Which of the known tables a database has.

    Raises
    ------
    DataProblem
        If the database cannot be opened.
    """
    return [table for table in known if _find(table, address) is not None]


def _find(table: str, address: str) -> Table | None:
    try:
        return _open_sqlite(table, address) if _is_sqlite(address) else _open(table, address)
    except TableNotFound:
        return None
    except Exception:  # whatever the driver raises, which may quote the address
        advice = "Kontrollera adressen och att databasens drivrutin är installerad."
        raise DataProblem(Finding("databasen", "går inte att öppna", advice)) from None


def _is_sqlite(address: str) -> bool:
    return urlsplit(address).scheme == "sqlite"


def _open(table: str, address: str) -> Table:
    found = _connect(address).table(table)
    return trimmed(found) if _knows_unicode(found.get_backend()) else found


def _knows_unicode(backend: BaseBackend) -> bool:
    """Whether text can be made alike, for which PostgreSQL must be in UTF-8."""
    if backend.name != "postgres":
        return True
    with backend.con.cursor() as cursor:
        encoding: str = cursor.execute("SHOW server_encoding").fetchone()[0]
    return encoding == "UTF8"


@cache
def _connect(address: str) -> BaseBackend:
    """Connect once to each database, so that its tables can be joined."""
    if urlsplit(address).scheme == "duckdb":
        return ibis.duckdb.connect(_file(address), read_only=True)
    return ibis.connect(address)


def _open_sqlite(table: str, address: str) -> Table:
    uri = f"{_file(address).resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as connection:
        if (table,) not in connection.execute("SELECT name FROM sqlite_master").fetchall():
            raise TableNotFound(table)
        rows = pd.read_sql_query(f'SELECT * FROM "{table}"', connection, dtype="string")
    return trimmed(ibis.memtable(rows))


def _file(address: str) -> Path:
    parts = urlsplit(address)
    return Path(unquote(parts.netloc + parts.path))
