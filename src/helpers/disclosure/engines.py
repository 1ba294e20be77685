"""Person keys hashed in the engine that holds the rows, DuckDB or PostgreSQL, the same in both.

The key that decides the noise is a setting of the session: it stands in no query.
"""

from collections.abc import Callable
from typing import NamedTuple

import ibis
import ibis.expr.datatypes as dt
from ibis.backends import BaseBackend
from ibis.expr.types import IntegerValue, StringValue, Value

from helpers.disclosure.keys import KeyProblem, Secret

_SETTING = "likavard_key"
_CUSTOM = "likavard.key"
"""The setting's name in PostgreSQL, where those of one's own have a prefix."""
_PURPOSE = "person"


class _Engine(NamedTuple):
    """How an engine hashes a text with the session's key, and how its session is given the key."""

    hashed: Callable[[StringValue], IntegerValue]
    set_key: Callable[[BaseBackend, str], None]


def person_key(person: Value) -> IntegerValue:
    """Hash ids to person keys in the engine, as `Secret.hashed` does outside it.

    Parameters
    ----------
    person : ibis value
        The id, of any type; its canonical text is the one without blanks around it.

    Returns
    -------
    ibis integer value
        0 up to 2**32.

    Raises
    ------
    KeyProblem
        If the engine cannot hash.
    """
    return _engine(person.get_backend()).hashed(person.cast("string").strip())


def set_key(backend: BaseBackend, secret: Secret) -> None:
    """Give the engine's session the key, as a bound parameter and never in the text of a query.

    Raises
    ------
    KeyProblem
        If the engine cannot hash, or would write the key in its log.
    """
    _engine(backend).set_key(backend, secret.derived(_PURPOSE))


def _engine(backend: BaseBackend) -> _Engine:
    if backend.name not in _ENGINES:
        raise KeyProblem(
            "Databasen kan inte räkna fram personernas nycklar. Lägg till kolumnen person_key."
        )
    return _ENGINES[backend.name]


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]  # ibis has no types
def getvariable(variable: str) -> str:  # type: ignore[empty-body]  # the engine's own
    """Read a setting of a DuckDB session."""


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]  # ibis has no types
def sha256(hashed: str) -> str:  # type: ignore[empty-body]  # the engine's own
    """Hash in DuckDB: hexadecimal digits."""


def _in_duckdb(text: StringValue) -> IntegerValue:
    digits = sha256(getvariable(_SETTING) + text)[:8]
    key: IntegerValue = (ibis.literal("0x") + digits).cast("int64")
    return key


def _set_in_duckdb(backend: BaseBackend, key: str) -> None:
    backend.con.execute(f"SET VARIABLE {_SETTING} = ?", [key])


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]  # ibis has no types
def current_setting(setting: str) -> str:  # type: ignore[empty-body]  # the engine's own
    """Read a setting of a PostgreSQL session."""


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]  # ibis has no types
def convert_to(text: str, encoding: str) -> dt.binary:
    """Give the bytes of a text in PostgreSQL."""


@ibis.udf.scalar.builtin(name="sha256")  # type: ignore[untyped-decorator]  # ibis has no types
def sha256_of(hashed: dt.binary) -> dt.binary:
    """Hash in PostgreSQL: bytes."""


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]  # ibis has no types
def get_byte(hashed: dt.binary, place: int) -> dt.int32:
    """Give one byte in PostgreSQL."""


def _in_postgres(text: StringValue) -> IntegerValue:
    digest = sha256_of(convert_to(current_setting(_CUSTOM) + text, "UTF8"))
    key: IntegerValue = sum(
        get_byte(digest, place).cast("int64") * 256 ** (3 - place) for place in range(4)
    )
    return key


def _set_in_postgres(backend: BaseBackend, key: str) -> None:
    """Set the key for the session, unless the database writes down all that it is asked."""
    with backend.con.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('log_statement') = 'all'"
            " OR current_setting('log_min_duration_statement') = '0'"
        )
        if cursor.fetchone()[0]:
            raise KeyProblem(
                "Databasen loggar alla frågor, och då skulle nyckeln för bruset hamna i loggen. Be "
                "den som sköter databasen att köra ALTER ROLE … SET log_statement = 'none' för er "
                "användare, eller lägg till kolumnen person_key."
            )
        cursor.execute("SELECT set_config(%s, %s, false)", (_CUSTOM, key))


_ENGINES = {
    "duckdb": _Engine(_in_duckdb, _set_in_duckdb),
    "postgres": _Engine(_in_postgres, _set_in_postgres),
}
