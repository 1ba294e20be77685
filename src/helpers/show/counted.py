"""Who is counted, by sex and what has become of them."""

from collections.abc import Mapping

import pandas as pd

from helpers.disclosure import EVERYONE, TOTAL, Published
from helpers.show import words
from helpers.show.compose import with_table
from helpers.show.shown import Shown

_ROWS = {**words.SEXES, TOTAL: "Båda"}


def by_sex(
    published: Published, table: str, values: Mapping[str, str], *, title: str, name: str
) -> Shown:
    """Show noisy counts with a row a sex and a column a value.

    Parameters
    ----------
    table : str
        A key of its tables with one column of its own beside ``sex``, both with totals.
    values : mapping of str to str
        The column's values in order, in Swedish; `TOTAL` among them.
    title : str
        What the table shows, without its day.
    name : str
        File name of the downloads, which hold the noisy counts as they are.
    """
    [column] = set(published.tables[table].columns) - {"grouping", "group", "sex", "n"}
    counts = pd.DataFrame(
        {
            said: [published.count(table, sex, EVERYONE, **{str(column): value}) for sex in _ROWS]
            for value, said in values.items()
        },
        dtype=object,
    )
    counts.insert(0, "Kön", list(_ROWS.values()))
    smallest = published.rules.smallest_shown
    said = counts.map(lambda n: n if isinstance(n, str) else words.count(n, smallest))
    return with_table(
        f"{title}, till och med {words.day(published.as_of)}",
        said,
        name,
        {"as_of": published.as_of, "counted": counts},
        data=counts.map(lambda n: words.WITHHELD if n is None else n),
    )
