"""What an analyst may ask a question for, and what is said when it cannot be done."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import duckdb
import ibis
import pandas as pd
import psycopg
from ibis.common.exceptions import IbisError
from ibis.expr.types import DateValue, IntegerValue, StringValue, Table

from helpers import settings
from helpers.data.cases import Cases
from helpers.data.contracts import CASE_TABLES
from helpers.disclosure import Group, Published, Tally
from helpers.problem import Problem

AGE_GROUP = "age_group"


class UsageProblem(Problem):
    """A call that cannot be answered. ``str()`` says what to do, in Swedish."""


Asked = ParamSpec("Asked")
Told = TypeVar("Told", bound=Tally | None)


def in_words(tally: Callable[Asked, Told]) -> Callable[Asked, Told]:
    """Tell what the engine could not do without its own words: they may hold a value of a row."""

    @wraps(tally)
    def told(*args: Asked.args, **named: Asked.kwargs) -> Told:
        try:
            return tally(*args, **named)
        except (IbisError, duckdb.Error, psycopg.Error) as error:
            raise UsageProblem(
                f"Det gick inte att räkna ({type(error).__name__}). Har en egen kolumn ett namn "
                "som redan används, som n, key, time eller end? Byt namn på den i "
                "cases.mutate(...). Annars går uttrycket inte att räkna ut för alla rader."
            ) from None

    return told


def rows_of(cases: object, table: str) -> Table:
    """Give the rows of the table a question is about.

    Raises
    ------
    UsageProblem
        If it was handed something else.
    """
    if not isinstance(cases, Cases) or cases.name != table:
        raise UsageProblem(f'Läs först ärendena: read_cases("{table}").')
    return cases.table


def grouping(by: object, rows: Table) -> tuple[str, ...]:
    """Check what cases are to be grouped by.

    Parameters
    ----------
    by : sequence of str
        Columns, ``sex`` among them.
    rows : ibis.Table
        The rows.

    Returns
    -------
    tuple of str
        Sex first, each column once.

    Raises
    ------
    UsageProblem
        If it is no list, leaves out sex, or names a column the rows do not have.
    """
    if isinstance(by, str) or not isinstance(by, Sequence):
        raise UsageProblem('by ska vara en lista, som ["sex", "year"].')
    if "sex" not in by:
        raise UsageProblem('by måste ha med "sex": kvinnor jämförs med män.')
    unknown = [str(name) for name in by if name not in rows.columns]
    if unknown:
        known = ", ".join(name for name in rows.columns if not name.endswith(("_id", "_key")))
        raise UsageProblem(
            f"Kolumnen {', '.join(unknown)} finns inte. Kolumnerna är {known}. "
            "Lägg till en egen med cases.mutate(...)."
        )
    telling = [name for name in by if _tells_one(name, rows)]
    if telling:
        raise UsageProblem(
            f"Det går inte att gruppera efter {', '.join(telling)}: varje värde kan vara en enda "
            "person. Gör grövre grupper med cases.mutate(...), som år av ett datum."
        )
    return tuple(dict.fromkeys(["sex", *map(str, by)]))


def _tells_one(column: str, rows: Table) -> bool:
    """Whether each value may be one person's: ids, keys and days."""
    return column.endswith(("_id", "_key")) or rows[column].type().is_temporal()


def with_age(rows: Table, on: DateValue) -> Table:
    """Add ``age_group``, in the year of a day, to rows that say when somebody was born."""
    if "birth_year" not in rows.columns or AGE_GROUP in rows.columns:
        return rows
    return rows.mutate(**{AGE_GROUP: age_group(rows.birth_year, on)})


def age_group(birth_year: IntegerValue, on: DateValue) -> StringValue:
    """Name the age group somebody is of in the year of a day; nothing where the year is blank.

    The names are in order of age.
    """
    age = on.year() - birth_year
    group: StringValue = ibis.cases(
        (age < 30, "0–29 år"), (age < 50, "30–49 år"), (age >= 50, "50 år och äldre"), else_=None
    )
    return group


def day(as_of: object) -> date | None:
    """Read a day, given as a date or as ISO text: ``"2025-12-31"``.

    Where none is asked for it is the one set in `likavard.yml`, if any is.

    Raises
    ------
    UsageProblem
        If it is no day.
    """
    if as_of is None:
        return settings.as_of()
    if type(as_of) is date:
        return as_of
    try:
        return datetime.fromisoformat(str(as_of)).date()
    except ValueError:
        raise UsageProblem(
            "as_of ska vara en dag, som date(2025, 12, 31) eller 2025-12-31."
        ) from None


def first_year(as_of: date, years: int | None = None) -> int:
    """Give the first year that is counted, the as-of date's own the last.

    Parameters
    ----------
    as_of : datetime.date
    years : int, optional
        How many a question counts where `likavard.yml` sets no period; all by default.
    """
    return as_of.year - (settings.period() or years or as_of.year) + 1


def published_of(published: object, question: str) -> Published:
    """Check that what gaps are asked of is what was published of the question.

    Raises
    ------
    UsageProblem
        If it is anything else, such as a tally.
    """
    if not isinstance(published, Published) or published.question != question:
        raise UsageProblem("gaps tar det som protect ger: gaps(protect(tally(cases))).")
    return published


def named(table: str, group: Group) -> Group:
    """Name a group in Swedish by the column it is a value of."""
    if group.is_everyone:
        return group
    column, value = group.grouping, group.value
    if column == AGE_GROUP:
        return replace(group, label=str(value))
    known = CASE_TABLES[table].columns
    title = known[column].title if column in known else column.replace("_", " ")
    written = ("ja" if value else "nej") if isinstance(value, bool) else value
    return replace(group, label=f"{title}: {written}".lower())


def latest(*columns: Any) -> date:  # noqa: ANN401 - expressions over one or several tables
    """Find the last day that anything in some columns happened.

    Raises
    ------
    UsageProblem
        If nothing did.
    """
    found = [column.max().to_pandas() for column in columns]
    days = [pd.Timestamp(day).date() for day in found if not pd.isna(day)]
    if not days:
        raise UsageProblem("Tabellen har inga datum. Ange vilken dag uppgifterna gäller (as_of).")
    return max(days)
