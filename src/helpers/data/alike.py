"""Text that looks alike is made alike, in the engine that holds it: DuckDB or PostgreSQL."""

import sys
import unicodedata
from functools import cache

import ibis
from ibis import selectors
from ibis.expr.types import StringValue, Table


def trimmed(typed_by_hand: Table) -> Table:
    """Let text that looks alike be alike: NFC, plain spaces, none around, nothing invisible.

    The text of an engine that cannot is left as it is.
    """
    alike = _ALIKE.get(typed_by_hand.get_backend().name)
    if alike is None:
        return typed_by_hand
    return typed_by_hand.mutate(selectors.across(selectors.of_type("string"), alike))


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]  # ibis has no types
def nfc_normalize(text: str) -> str:  # type: ignore[empty-body]  # the engine's own
    """Write letters and their marks as one, in DuckDB."""


def _in_duckdb(text: StringValue) -> StringValue:
    plain = nfc_normalize(text).re_replace(r"\p{Cf}+", "").re_replace(r"[\s\p{Z}]+", " ").strip()
    return ibis.ifelse(text.re_search(r"[^!-~]"), plain, text)


@ibis.udf.scalar.builtin(name="normalize")  # type: ignore[untyped-decorator]  # ibis has no types
def normalized(text: str) -> str:  # type: ignore[empty-body]  # the engine's own
    """Write letters and their marks as one, in PostgreSQL."""


def _in_postgres(text: StringValue) -> StringValue:
    """Do as in DuckDB; PostgreSQL knows no classes of characters by name."""
    invisible, spaces = f"[{_written('Cf')}]+", rf"[\s{_written('Zs', 'Zl', 'Zp')}]+"
    plain = normalized(text).re_replace(invisible, "").re_replace(spaces, " ").strip()
    return ibis.ifelse(text.re_search(r"[^!-~]"), plain, text)


@cache
def _written(*categories: str) -> str:
    """Write the characters of some categories as PostgreSQL's expressions do."""
    every = range(sys.maxunicode + 1)
    return "".join(f"\\U{n:08x}" for n in every if unicodedata.category(chr(n)) in categories)


_ALIKE = {"duckdb": _in_duckdb, "postgres": _in_postgres}
