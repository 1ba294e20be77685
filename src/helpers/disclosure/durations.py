"""Make counts of durations safe to publish, with every number computed from them."""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from helpers.disclosure.grouping import TOTAL, grouping_columns
from helpers.disclosure.rules import Rules, load_rules
from helpers.disclosure.safe_counts import MEASURES, SafeCounts, groups_of, summed, without

_WAITING, _LEFT = 0, 2

_FOLDED = (
    "I minst en grupp är ett av utfallen för ovanligt för att visas. "
    "De som fick det räknas där som väntande eller pågående."
)
_MERGED = f"Den finaste uppdelningen gav för små grupper och visas bara som ”{TOTAL}”."
_DROPPED = "Minst en grupp är för liten för att visas."


def protect_durations(
    counts: pd.DataFrame, rules: Rules | None = None, landmarks: Sequence[float] = ()
) -> SafeCounts:
    """Make counts of durations safe to publish, with every number computed from them.

    Where a group has fewer than `min_count` persons with an event, but some:

    1. those who left are counted as still waiting;
    2. if too few still wait or have access, the last grouping column is summed out for all,
       so that no difference between groups gives the few away, and the rules start over;
    3. a group that is still too small when one column remains is left out.

    Then the times are microaggregated: within a group and event, blocks of `min_count` persons
    or more who follow each other in time all get the block's mean time. The number of persons
    and the mean time of each group and event stay as they were. No block spans a landmark, unless
    too few lie between two, so that the counts before and after it stay as they were too.

    Parameters
    ----------
    counts : DataFrame
        Grouping columns, coarsest first, `time` (days), `event` (0 still waiting, 1 access,
        2 left) and `n` (persons).
    rules : Rules, optional
        By default those of `load_rules`.
    landmarks : sequence of float, optional
        Times (days, increasing) at which curves will be read off.

    Returns
    -------
    SafeCounts
        The only table to publish for these persons: another grouping of them, protected by
        itself, could be subtracted from this one.

    Raises
    ------
    ValueError
        If a grouping column has missing values.

    References
    ----------
    Defays D, Nanopoulos P (1993). Panels of enterprises and confidentiality: the small
    aggregates method. Proceedings of the 92 Symposium on Design and Analysis of Longitudinal
    Surveys, Statistics Canada, 195-204.

    Domingo-Ferrer J, Mateo-Sanz JM (2002). Practical data-oriented microaggregation for
    statistical disclosure control. IEEE Transactions on Knowledge and Data Engineering 14,
    189-201.
    """
    rules = rules or load_rules()
    columns = grouping_columns(counts, MEASURES)
    splits = columns.copy()
    tidy = summed(counts.assign(time=_mid_unit(counts["time"], rules)), columns)
    folded = _fold_leavers(tidy, columns, rules)
    while _is_few(folded, columns, rules).any() and len(splits) > 1:
        tidy = summed(tidy.assign(**{splits.pop(): TOTAL}), columns)
        folded = _fold_leavers(tidy, columns, rules)
    few = groups_of(folded[_is_few(folded, columns, rules)], columns)
    of_group = folded.assign(every=TOTAL).groupby(["every", *columns])["n"]
    is_small = of_group.transform("sum") < rules.min_count
    return SafeCounts(
        counts=_microaggregate(without(folded, columns, few), columns, rules, landmarks),
        notes=_notes(folded=not folded.equals(tidy), merged=splits != columns, dropped=bool(few)),
        hidden=tuple(dict.fromkeys(few)),
        small=tuple(dict.fromkeys(groups_of(folded[is_small], columns))),
        rules=rules,
        folded=not folded.equals(tidy),
    )


def cut_curve(curve: pd.DataFrame, rules: Rules | None = None) -> pd.DataFrame:
    """Cut curves where too few remain at risk.

    Parameters
    ----------
    curve : DataFrame
        One row for each group and time, with `at_risk` (persons).
    rules : Rules, optional
        By default those of `load_rules`.

    Returns
    -------
    DataFrame
        The rows with at least `min_at_risk` at risk.
    """
    rules = rules or load_rules()
    return curve[curve["at_risk"] >= rules.min_at_risk].reset_index(drop=True)


def _mid_unit(time: "pd.Series[float]", rules: Rules) -> "pd.Series[float]":
    """Count times in whole units, each by its middle."""
    return (time // rules.duration_unit + 0.5) * rules.duration_unit


def _is_few(counts: pd.DataFrame, columns: list[str], rules: Rules) -> "pd.Series[bool]":
    """Mark the rows of a group and event with too few persons."""
    return counts.groupby([*columns, "event"])["n"].transform("sum") < rules.min_count


def _fold_leavers(counts: pd.DataFrame, columns: list[str], rules: Rules) -> pd.DataFrame:
    """Count those who left as waiting, in groups where they are too few."""
    few = _is_few(counts, columns, rules) & (counts["event"] == _LEFT)
    return summed(counts.assign(event=counts["event"].mask(few, _WAITING)), columns)


def _notes(*, folded: bool, merged: bool, dropped: bool) -> tuple[str, ...]:
    notes = {_FOLDED: folded, _MERGED: merged, _DROPPED: dropped}
    return tuple(note for note, holds in notes.items() if holds)


def _microaggregate(
    counts: pd.DataFrame, columns: list[str], rules: Rules, landmarks: Sequence[float]
) -> pd.DataFrame:
    """Give each block of persons its mean time."""
    stretch = pd.Series(np.searchsorted(landmarks, counts["time"]), index=counts.index)
    cell = [counts[column] for column in (*columns, "event")]
    joined = _blocks_within(counts["n"], cell, stretch, rules.min_count)
    row = pd.Series(range(len(counts)), index=counts.index)
    block = _blocks_within(counts["n"], [*cell, joined], row, rules.min_count)
    days = (counts["time"] * counts["n"]).groupby([*cell, joined, block]).transform("sum")
    persons = counts["n"].groupby([*cell, joined, block]).transform("sum")
    return summed(counts.assign(time=days / persons), columns)


def _blocks_within(
    persons: "pd.Series[int]", cell: list["pd.Series"], step: "pd.Series[int]", least: int
) -> "pd.Series[int]":
    """Give each row's block, whole steps together, within each cell."""
    by_step = persons.groupby([*cell, step]).sum()
    levels = list(range(len(cell)))
    blocks = by_step.groupby(level=levels).transform(lambda n: _blocks(n, least))
    keys = pd.MultiIndex.from_arrays([*cell, step])
    return pd.Series(blocks.reindex(keys).to_numpy(), index=persons.index)


def _blocks(persons: Iterable[int], least: int) -> list[int]:
    """Cut rows into blocks of at least `least` persons; what remains joins the last block."""
    block, size, blocks = 0, 0, []
    for n in persons:
        blocks.append(block)
        size += n
        if size >= least:
            block, size = block + 1, 0
    return [min(b, max(block - 1, 0)) for b in blocks]
