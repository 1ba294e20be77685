"""Which thresholds give an audit's colours, which hold whatever they are, and how firmly.

A question is red where more than so many per cent answered unfavourably, green where at most so
many did, else yellow. One that nobody counted is yellow: its share can be shown to be neither.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import pandas as pd

from helpers.questions.audit_published import PublishedAudit
from helpers.stats import thresholds
from helpers.stats.thresholds import Fit, Span

__all__ = ["Explanation", "explain", "holding", "one_more"]


def __dir__() -> list[str]:
    return __all__


COLOURS = ("green", "yellow", "red")
"""In the order of the classes of `helpers.stats.thresholds`."""


@dataclass(frozen=True)
class Explanation:
    """Thresholds that come closest to a version of the colours.

    Attributes
    ----------
    version : str
        Where in the report: ``"overview"``, ``"discussion"``.
    counts : mapping of str to int
        Questions of each colour, in that version.
    green, red : Span
        Green up to, and red above, any whole per cent in these.
    agrees, tried : int
        Questions of the colour that the thresholds give, of how many that were counted.
    exceptions : tuple of str
        Counted questions of another colour, which can only be for how severe they are.
    left_out : tuple of str
        Questions that the version can only be explained without.
    """

    version: str
    counts: Mapping[str, int]
    green: Span
    red: Span
    agrees: int
    tried: int
    exceptions: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def explain(audit: PublishedAudit) -> list[Explanation]:
    """Find the thresholds behind each version of the colours, by trying every pair.

    A version that only tells how many questions have each colour is held against the questions
    that another version colours, all of them or without those that fewest answered.

    Returns
    -------
    list of Explanation
        Several of a version, where different thresholds do equally well. None where the number
        of answers is not known.
    """
    if audit.counted.empty:
        return []
    return [*_by_question(audit), *_by_totals(audit)]


def _by_question(audit: PublishedAudit) -> Iterator[Explanation]:
    for version, ratings in audit.ratings.groupby("version"):
        rated = ratings.set_index("question_id")["colour"]
        counted = audit.counted[audit.counted.index.isin(rated.index)]
        known = rated[counted.index].map(COLOURS.index)
        for fit in thresholds.by_class(counted["unfavourable"], counted["n"], known):
            given = colours(counted, fit.low.first, fit.high.first)
            exceptions = tuple(counted.index[given != rated[counted.index]])
            yield Explanation(
                str(version), _counts(rated.value_counts()), fit.low, fit.high, fit.agrees,
                len(counted), exceptions,
            )  # fmt: skip


def _by_totals(audit: PublishedAudit) -> Iterator[Explanation]:
    coloured = audit.questions[audit.questions.index.isin(audit.ratings["question_id"])]
    totals = audit.claims[audit.claims["question_id"].isna()].dropna(subset=["n"])
    for version, own in totals.groupby("place"):
        counts = _counts(own.groupby("answer")["n"].sum())
        for left_out, fit in _fits(coloured, audit.counted, counts):
            tried = len(audit.counted) - len(left_out)
            yield Explanation(
                str(version), counts, fit.low, fit.high, tried, tried, left_out=left_out
            )


def _fits(
    coloured: pd.DataFrame, counted: pd.DataFrame, counts: Mapping[str, int]
) -> Iterator[tuple[tuple[str, ...], Fit]]:
    """Fit totals without the questions that fewest answered, as few of them as may be."""
    uncounted = len(coloured) - len(counted)
    totals = [counts.get(colour, 0) for colour in COLOURS]
    totals[thresholds.MIDDLE] -= uncounted
    for least in [0, *sorted(counted["n"].unique())]:
        kept = counted[counted["n"] > least]
        fits = thresholds.by_totals(kept["unfavourable"], kept["n"], totals) if len(kept) else []
        if fits:
            left_out = tuple(counted.index.difference(kept.index))
            yield from ((left_out, fit) for fit in fits)
            return


def _counts(by_colour: "pd.Series[int]") -> dict[str, int]:
    return {str(colour): int(n) for colour, n in by_colour.items()}


def colours(counted: pd.DataFrame, green: int, red: int) -> "pd.Series[str]":
    """Colour counted questions by two thresholds in per cent."""
    found = thresholds.classes(counted["unfavourable"], counted["n"], green, red)
    return pd.Series([COLOURS[one] for one in found], counted.index, dtype=object)


def holding(audit: PublishedAudit, found: Sequence[Explanation]) -> "pd.Series[bool]":
    """Whether each counted question has one colour under all thresholds that explain a version."""
    pairs = {pair for one in found for pair in product(one.green, one.red)}
    under = [colours(audit.counted, *pair) for pair in sorted(pairs)]
    if not under:
        return pd.Series(dtype=bool)
    return pd.concat(under, axis=1).nunique(axis=1) == 1


def one_more(audit: PublishedAudit, found: Sequence[Explanation]) -> pd.DataFrame:
    """Find the questions whose colour one more interview could change.

    Parameters
    ----------
    found : sequence of Explanation
        The lowest thresholds of the first are held.

    Returns
    -------
    DataFrame
        By question_id: colour now; unfavourable and favourable, the colour if one more answered
        so. Only those that could change; none where nothing explains the colours.
    """
    if not found:
        return pd.DataFrame(columns=["now", "unfavourable", "favourable"])
    rule = found[0]
    counted, pair = audit.counted, (rule.green.first, rule.red.first)
    more = counted.assign(n=counted["n"] + 1)
    worse = more.assign(unfavourable=more["unfavourable"] + 1)
    table = pd.DataFrame(
        {
            "now": colours(counted, *pair),
            "unfavourable": colours(worse, *pair),
            "favourable": colours(more, *pair),
        }
    )
    return table[table.nunique(axis=1) > 1]
