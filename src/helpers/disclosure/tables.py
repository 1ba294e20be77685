"""Hide the small counts of a table, and whatever would give them away."""

from functools import reduce
from itertools import product

import numpy as np
import pandas as pd
from scipy.sparse import csr_array, kron

from helpers.disclosure.audit import System, bounds
from helpers.disclosure.grouping import TOTAL, grouping_columns
from helpers.disclosure.hidden import Hidden, Reason
from helpers.disclosure.rules import Rules, load_rules
from helpers.disclosure.shares import is_small


def protect(table: pd.DataFrame, count: str = "n", rules: Rules | None = None) -> pd.DataFrame:
    """Add every margin to a table of counts, and hide what may not be shown.

    Small counts are hidden first. Then, as long as a reader can bound a hidden count, by
    linear programming from all that is shown, to fewer than `min_count` persons between
    lowest and highest, one more of the numbers that give it away is hidden: the smallest
    count there is, else a zero, else a margin. A table that cannot be protected otherwise
    ends with all its numbers hidden.

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

    References
    ----------
    Hundepool A et al. (2012). Statistical Disclosure Control. Wiley, chapter 4.
    """
    rules = rules or load_rules()
    columns = grouping_columns(table, [count])
    inner = _complete(table, columns, count)
    cells, system = _with_margins(inner)
    is_margin = [TOTAL in cell for cell in cells]
    reasons = _reasons(system, is_margin, rules)
    shown = [Hidden(reasons[i]) if i in reasons else int(n) for i, n in enumerate(system.values)]
    protected = pd.DataFrame(cells, columns=columns)
    return protected.assign(**{count: pd.Series(shown, dtype=object)})


def _complete(table: pd.DataFrame, columns: list[str], count: str) -> "pd.Series[int]":
    """Count each combination of values, in the order of the values."""
    if table[columns].isin([TOTAL]).any(axis=None):
        raise ValueError(f"Tabellen har redan en summa, ”{TOTAL}”. Lämna den utan summor.")
    values = table.astype(dict.fromkeys(columns, "category"))
    return values.groupby(columns, observed=False)[count].sum()


def _with_margins(inner: "pd.Series[int]") -> tuple[list[tuple[object, ...]], System]:
    """Name the cells of the table with its margins, and write each as a sum of inner cells."""
    levels = [inner.index.unique(column) for column in inner.index.names]
    cells = list(product(*([*values, TOTAL] for values in levels)))
    axes = [np.vstack([np.eye(len(values)), np.ones(len(values))]) for values in levels]
    sums = reduce(lambda a, b: csr_array(kron(a, b)), map(csr_array, axes))
    return cells, System(sums, sums @ inner.to_numpy())


def _reasons(system: System, is_margin: list[bool], rules: Rules) -> dict[int, Reason]:
    """Find the numbers to hide, by position."""
    values = system.values
    small = [i for i, n in enumerate(values) if is_small(n, rules)]
    hidden = _with_complements(system, small, is_margin, room=rules.min_count)
    return dict.fromkeys(hidden, Reason.COMPLEMENTARY) | dict.fromkeys(small, Reason.SMALL_COUNT)


def _with_complements(
    system: System, small: list[int], is_margin: list[bool], room: int
) -> list[int]:
    """Add numbers to hide until every hidden number has room between its bounds."""

    def loss(number: int) -> tuple[bool, bool, float, int]:
        n = system.values[number]
        return is_margin[number], n == 0, n, number

    hidden = small.copy()
    # The list grows as it is walked. Hiding more never narrows a bound, so no number is met twice.
    for number in hidden:
        while not (found := bounds(system, hidden, number, reach=room)).leave(room):
            hidden.append(min(found.shown_by, key=loss))
    return hidden
