"""What the contracts are put together of: columns, days, codes and rules, each with its words."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pandera.ibis as pa
from ibis.expr.types import BooleanValue, Table

from helpers.data.codes import spelled_out

EARLIEST = date(1970, 1, 1)


def column(
    dtype: type,
    title: str,
    description: str,
    blank: str | None = None,
    **options: Any,  # noqa: ANN401 - whatever pandera takes
) -> pa.Column:
    """Describe a column; one that may be blank says what that means."""
    if blank is not None:
        description, options["nullable"] = f"{description}. Tomt: {blank}", True
    return pa.Column(dtype, title=title, description=description, **options)


def coded(
    codes: dict[str, str],
    title: str,
    description: str,
    blank: str | None = None,
    default: str | None = None,
) -> pa.Column:
    """Describe a column of codes, which its message and the dictionary list."""
    allowed = f"Tillåtna värden är {spelled_out(codes)}."
    check = pa.Check.isin(list(codes), title="okänt värde", description=allowed)
    metadata = {"codes": codes}
    return column(str, title, description, blank, checks=check, metadata=metadata, default=default)


def at_least(least: int) -> pa.Check:
    """Let no number be smaller."""
    allowed = f"Minsta tillåtna värde är {least}."
    return pa.Check.ge(least, title="för litet värde", description=allowed)


def day(
    title: str,
    description: str,
    blank: str | None = None,
    ahead: bool = False,
    required: bool = True,
) -> pa.Column:
    """Describe a day; only one that is planned may lie `ahead` of the extract."""
    allowed = f"Tidigaste tillåtna dag är {EARLIEST}."
    check = pa.Check.ge(EARLIEST, title="orimligt tidigt datum", description=allowed)
    return column(
        date, title, description, blank, checks=check, required=required, metadata={"ahead": ahead}
    )


def rule(
    wrong: str, advice: str, holds: Callable[[Table], BooleanValue], notice: bool = False
) -> pa.Check:
    """State a rule over several columns: what is wrong with a row that breaks it, what to do.

    A `notice` is told and stops nothing.
    """
    return pa.Check(
        lambda rows: holds(rows.table), title=wrong, description=advice, raise_warning=notice
    )


def not_before(later: str, earlier: str, wrong: str) -> pa.Check:
    """Let no row have the days in the wrong order."""
    return rule(wrong, "Rätta datumen.", lambda t: t[later] >= t[earlier])


def together(first: str, second: str, wrong: str, advice: str) -> pa.Check:
    """Let each row have both of two values, or neither."""
    return rule(wrong, advice, lambda t: t[first].isnull() == t[second].isnull())
