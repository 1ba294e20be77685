"""Hide the small counts of tables, and whatever would give them away."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from helpers.disclosure.grouping import TOTAL, grouping_columns
from helpers.disclosure.hidden import Hidden, Reason
from helpers.disclosure.margins import Levels, Name, Table
from helpers.disclosure.rules import Rules, load_rules
from helpers.disclosure.shares import is_small
from helpers.disclosure.suppression import suppress
from helpers.disclosure.systems import system_of


def protect(table: pd.DataFrame, count: str = "n", rules: Rules | None = None) -> pd.DataFrame:
    """Add every margin to a table of counts, and hide what may not be shown.

    Parameters
    ----------
    table : DataFrame
        One row for each combination of the grouping columns, which are all columns but
        `count`, without margins. A combination left out counts zero.
    count : str
        Name of the column of counts, in persons.
    rules : Rules, optional
        By default those of `load_rules`.

    Returns
    -------
    DataFrame
        The same columns, with a row for each combination of the values and `TOTAL`.
        `count` holds int or Hidden.

    Raises
    ------
    ValueError
        If a grouping column has missing values, or holds `TOTAL` already.

    See Also
    --------
    protect_together : What is hidden, and how it is chosen.
    """
    return protect_together([table], count, rules)[0]


def protect_together(
    tables: Sequence[pd.DataFrame], count: str = "n", rules: Rules | None = None
) -> list[pd.DataFrame]:
    """Add every margin to tables of the same cases, and hide what may not be shown in any.

    Small counts are hidden, zeros are not. Others are hidden with them, so that nobody who
    sees all the tables can bound a hidden count to fewer than `min_count` persons between
    lowest and highest, in whole persons; nor can a person who is alone in a count, and so
    knows it and all within it. Which others is decided by an integer programme, for the least
    loss: an inner count n loses log2(1 + n), a zero more than any inner count of its table,
    and a margin more than all that it sums. What stands in several tables is hidden in all
    of them or none.

    Last, where the rules say so, what is shown is rounded, each number by itself: that tells
    less of the hidden ones than the numbers they were hidden beside.

    Parameters
    ----------
    tables : sequence of DataFrame
        As `protect` takes them. Columns of the same name are the same attribute.
    count, rules
        As in `protect`.

    Returns
    -------
    list of DataFrame
        As `protect` gives them.

    Raises
    ------
    ValueError
        If a grouping column has missing values, or holds `TOTAL` already, or if the tables do
        not count the same cases.

    Notes
    -----
    A search that meets its limit still ends with tables as well protected, if perhaps not at
    the least loss. See `helpers.disclosure.systems.system_of` for tables whose columns are
    linked in a ring.

    References
    ----------
    Hundepool A et al. (2012). Statistical Disclosure Control. Wiley, chapter 4.

    Fischetti M, Salazar JJ (2001). Solving the cell suppression problem on tabular data with
    linear constraints. Management Science 47, 1008-1027.
    """
    rules = rules or load_rules()
    counted = counted_together(tables, count)
    reasons = _reasons(counted, rules)
    return [_shown(table, reasons, count, rules.rounding_base) for table in counted]


def counted_together(tables: Sequence[pd.DataFrame], count: str = "n") -> list[Table]:
    """Count each combination of values, in order, those of a column the same in all tables.

    Parameters
    ----------
    tables, count
        As in `protect_together`.

    Returns
    -------
    list of Table

    Raises
    ------
    ValueError
        If a grouping column has missing values, or holds `TOTAL` already.
    """
    levels = _levels(tables, count)
    return [_counted(table, levels, count) for table in tables]


def _levels(tables: Sequence[pd.DataFrame], count: str) -> Levels:
    """Give the values of each column in any of the tables, in order."""
    levels: Levels = {}
    for table in tables:
        for column in grouping_columns(table, [count]):
            values = table[column].astype("category").cat.categories
            if TOTAL in values:
                raise ValueError(f"Tabellen har redan en summa, ”{TOTAL}”. Lämna den utan summor.")
            levels[column] = list(dict.fromkeys([*levels.get(column, []), *values]))
    return levels


def _counted(table: pd.DataFrame, levels: Levels, count: str) -> Table:
    own = {column: levels[column] for column in grouping_columns(table, [count])}
    values = table.assign(**{c: pd.Categorical(table[c], own[c]) for c in own})
    inner = values.groupby(list(own), observed=False)[count].sum()
    return Table(own, inner.to_numpy(dtype=float))


def _reasons(tables: Sequence[Table], rules: Rules) -> dict[Name, Reason]:
    """Find the numbers to hide."""
    system = system_of(tables)
    is_primary = np.array([is_small(n, rules) for n in system.values])
    hidden = suppress(system, is_primary, rules.min_count).hidden
    return {
        system.names[i]: Reason.SMALL_COUNT if is_primary[i] else Reason.COMPLEMENTARY
        for i in np.flatnonzero(hidden)
    }


def _shown(table: Table, reasons: Mapping[Name, Reason], count: str, base: int) -> pd.DataFrame:
    numbers = [
        Hidden(reasons[name]) if name in reasons else _rounded(int(n), base)
        for name, n in zip(table.names, table.values, strict=True)
    ]
    shown = pd.DataFrame(table.cells, columns=list(table.levels))
    return shown.assign(**{count: pd.Series(numbers, dtype=object)})


def _rounded(n: int, base: int) -> int:
    """Round to the nearest multiple, though not to none where there are some."""
    nearest = (2 * n + base) // (2 * base) * base
    return max(nearest, base) if n else 0
