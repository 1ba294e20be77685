"""From true counts to what may be known: noise that depends on who is counted, and nothing else."""

import numpy as np
import pandas as pd
from scipy.special import ndtri

from helpers.disclosure.keys import Secret
from helpers.disclosure.noise import KEY_BITS, Floats, Integers, perturbed
from helpers.disclosure.published import Published
from helpers.disclosure.rules import Rules, load_rules
from helpers.disclosure.tally import ALL, PEOPLE, TOTAL, Tally
from helpers.problem import Problem

YEAR = 365.25
"""Days."""

GROUPS_FROM = 150
"""Persons, by the noisy count, from which a question's groups are shown beside everyone.

Decided on invented towns of each size, and never on a town's own data.
"""


def protect(tally: Tally, rules: Rules | None = None) -> Published:
    """Make true counts what may be known.

    Each count gets the noise of its cell key. Means get normal noise of a hash of the cell key
    and the sum of days, and are rounded to whole days; sums are rounded to whole years. In a
    small town only everyone is described, by sex.

    Parameters
    ----------
    tally : Tally
        True counts.
    rules : Rules, optional
        By default those of `helpers.disclosure.load_rules`.
    """
    if not isinstance(tally, Tally):
        raise Problem("protect tar det som tally ger: protect(tally(cases)).")
    rules = rules or load_rules()
    rules = rules.of_sensitive() if tally.is_sensitive else rules
    tables = {name: _noisy(table, tally.secret, rules) for name, table in tally.tables.items()}
    people = tables[PEOPLE]
    tables = {name: _timed(table, people, rules) for name, table in tables.items()}
    size = people.loc[(people["grouping"] == ALL) & (people["sex"] != TOTAL), "n"].sum()
    shown = tally.by if size >= GROUPS_FROM else ("sex",)
    return Published(
        question=tally.question,
        as_of=tally.as_of,
        by=shown,
        left_out=tuple(column for column in tally.by if column not in shown),
        tables={name: _of_groups(table, shown) for name, table in tables.items()},
        means=_of_groups(_noisy_means(tally, rules) if len(tally.means) else tally.means, shown),
        rules=rules,
        key=tally.secret.fingerprint,
    )


def noisy_count(n: int, key: int, secret: Secret, rules: Rules | None = None) -> int:
    """Give a count of its own what noise its cell key, the sum of person keys, decides."""
    table = pd.DataFrame({"n": [n], "key": [key]})
    return int(_noisy(table, secret, rules or load_rules())["n"].iloc[0])


def _of_groups(table: pd.DataFrame, by: tuple[str, ...]) -> pd.DataFrame:
    return table[table["grouping"].isin([ALL, *by])].reset_index(drop=True) if len(table) else table


def _noisy(table: pd.DataFrame, secret: Secret, rules: Rules) -> pd.DataFrame:
    keys = secret.hashed("cell", table["key"])
    noisy = table.assign(n=perturbed(table["n"].to_numpy(), keys, rules.noise))
    if "days" in table:
        noisy["years"] = (table["days"] / YEAR).round().astype("int64")
    return noisy.drop(columns=["key", "days"], errors="ignore")


def _timed(table: pd.DataFrame, people: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """Leave out the years of groups that are not described."""
    if "years" not in table:
        return table
    who = ["grouping", "group", "sex"]
    sizes = people.set_index(who)["n"]
    size = pd.Series([sizes.get(tuple(row), 0) for row in table[who].to_numpy()], table.index)
    return table.assign(years=table["years"].where(size >= rules.smallest_group, 0))


def _noisy_means(tally: Tally, rules: Rules) -> pd.DataFrame:
    means = tally.means
    keys = tally.secret.hashed("cell", means["key"])
    noisy = perturbed(means["n"].to_numpy(), keys, rules.noise)
    deviation: pd.Series[float] = means["unit"] / np.maximum(noisy, rules.smallest_mean)
    drawn = _normal(keys, means, tally.secret)
    value = (means["value"] + drawn * deviation).round().clip(0, means["most"])
    shown = means[["grouping", "group", "sex", "measure"]]
    is_shown = noisy >= rules.smallest_mean
    return shown.assign(n=noisy, value=value.where(is_shown), noise=deviation)


def _normal(keys: Integers, means: pd.DataFrame, secret: Secret) -> Floats:
    """Draw standard normal noise of each measure's own, that changes as soon as the days do."""
    texts = map("{} {} {}".format, keys, means["measure"], means["days"])
    drawn: Floats = ndtri((secret.hashed("mean", texts) + 0.5) / 2**KEY_BITS)
    return drawn
