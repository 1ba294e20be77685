"""Person keys and cell keys: the same people give the same noise wherever they are counted.

A person's key is a whole number of 32 bits from a keyed hash of the id. A cell's is that of the
sum of its persons' keys: hashed once more, since the bare sum is linear and the noise of two
parts would tell part of the noise of their total.
"""

from collections.abc import Mapping, Sequence

import ibis
import pandas as pd
from ibis.backends import BaseBackend
from ibis.expr.types import IntegerValue, Table, Value

from helpers.disclosure.noise import Integers
from helpers.disclosure.secret import KeyProblem, Secret

PERSON_KEY = "person_key"
_SETTING = "likavard_key"


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]  # ibis has no types
def sha256(hashed: str) -> str:  # type: ignore[empty-body]  # the engine's own
    """Hash in the engine: hexadecimal digits."""


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]  # ibis has no types
def getvariable(variable: str) -> str:  # type: ignore[empty-body]  # the engine's own
    """Read a setting of the session, so that the key never stands in a query."""


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
    """
    digits = sha256(getvariable(_SETTING) + person.cast("string").strip())[:8]
    key: IntegerValue = (ibis.literal("0x") + digits).cast("int64")
    return key


def counted(
    rows: Table,
    by: Sequence[str],
    person: str,
    secret: Secret,
    sums: Sequence[str] = (),
) -> pd.DataFrame:
    """Count rows by group, and add up their person keys: one expression, run where the rows are.

    Parameters
    ----------
    rows : ibis.Table
        Rows of cases. A column ``person_key`` is taken as it stands.
    by : sequence of str
        Columns to group by.
    person : str
        The column that says whose row it is.
    secret : Secret
        The key.
    sums : sequence of str
        Columns of whole numbers to add up.

    Returns
    -------
    pandas.DataFrame
        The columns of `by`, ``n``, ``key`` (sum of person keys) and the sums, in the order of
        the columns of `by`.

    Raises
    ------
    KeyProblem
        If the engine cannot hash and the rows have no ``person_key``.
    """
    key = rows[PERSON_KEY] if PERSON_KEY in rows.columns else person_key(rows[person])
    totals: Mapping[str, Value] = {name: rows[name].sum().cast("int64") for name in sums}
    groups = rows.group_by([*by]).aggregate(
        n=rows.count().cast("int64"), key=key.cast("int64").sum().cast("int64"), **totals
    )
    if PERSON_KEY not in rows.columns:
        _set_key(rows.get_backend(), secret)
    return pd.DataFrame(groups.order_by([*by]).to_pandas())


def _set_key(backend: BaseBackend, secret: Secret) -> None:
    """Give the session the key, as a bound parameter and never in the text of a query."""
    if backend.name != "duckdb":
        raise KeyProblem(
            "Databasen kan inte räkna fram personernas nycklar. Lägg till kolumnen person_key."
        )
    backend.con.execute(f"SET VARIABLE {_SETTING} = ?", [secret.derived("person")])


def cell_keys(sums: "pd.Series[int]", secret: Secret) -> Integers:
    """Hash the sums of person keys to the keys of their cells.

    Parameters
    ----------
    sums : Series of int, shape (cells,)
        Sums of person keys.
    secret : Secret
        The key.

    Returns
    -------
    ndarray of int, shape (cells,)
        0 up to 2**32, evenly spread.
    """
    return secret.hashed("cell", [str(total) for total in sums])
