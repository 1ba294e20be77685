"""Strata of placements, by care form and two years of start, pooled until none is too small."""

from collections.abc import Hashable, Sequence

import pandas as pd

from helpers.disclosure import Hidden, Rules, load_rules, share
from helpers.questions.extension_tallies import settled

_Place = tuple[str, str]
"""A care form and a period."""


def pool(tallied: pd.DataFrame, rules: Rules | None = None) -> pd.DataFrame:
    """Count the extended by care form and period, with the strata too small to show pooled.

    Parameters
    ----------
    tallied : pandas.DataFrame
        As `tally` gives it by sex, care and period.
    rules : helpers.disclosure.Rules, optional
        By default those of `helpers.disclosure.load_rules`.

    Returns
    -------
    pandas.DataFrame
        ``sex``, ``stratum`` (in Swedish), ``extended`` and ``n``. Placements that cannot be
        judged yet are left out.
    """
    counts = _by_place(tallied)
    names = _strata(counts, rules or load_rules())
    stratum = pd.Index([names[place] for place in counts.index], name="stratum")
    pooled = counts.groupby(stratum).sum()
    long = pooled.melt(ignore_index=False, value_name="n").reset_index()
    return long[["sex", "stratum", "extended", "n"]].astype({"n": "int64"})


def _strata(counts: pd.DataFrame, rules: Rules) -> dict[Hashable, str]:
    """Name the stratum of each care form and period.

    Those in which a count of either sex may not be shown are made one stratum, together with
    as many of the smallest others as it takes.
    """
    fine = [_may_be_shown(row, rules) for _, row in counts.iterrows()]
    small, large = counts[[not shown for shown in fine]], counts[fine]
    while len(small) and len(large) and not _may_be_shown(small.sum(), rules):
        small, large = counts.loc[[*small.index, large.index[0]]], large.iloc[1:]
    names = {place: _name([place]) for place in large.index}
    return names | dict.fromkeys(small.index, _name(sorted(small.index)))


def _by_place(tallied: pd.DataFrame) -> pd.DataFrame:
    """Lay out each care form and period with the numbers of each sex, the smallest first."""
    counts = settled(tallied).pivot_table(
        index=["care", "period"], columns=["sex", "extended"], values="n", aggfunc="sum"
    )
    return counts.loc[counts.sum(axis=1).sort_values(kind="stable").index]


def _may_be_shown(row: "pd.Series[int]", rules: Rules) -> bool:
    """Whether the share extended of both sexes may be shown."""
    return not any(
        isinstance(share(int(own.get(True, 0)), int(own.sum()), rules), Hidden)
        for _, own in row.groupby(level="sex")
        for own in [own.droplevel("sex")]
    )


def _name(strata: Sequence[_Place]) -> str:
    """Name strata: ``"familjehem 2022–23, 2024–25"``."""
    cares = dict.fromkeys(str(care) for care, _ in strata)
    periods = {care: ", ".join(str(p) for c, p in strata if c == care) for care in cares}
    return "; ".join(f"{care} {periods[care]}" for care in cares)
