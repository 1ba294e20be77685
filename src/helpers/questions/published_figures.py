"""Published figures: what can lie behind them, and what they do and do not show."""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from helpers.questions.contradictions import checks, contradictions
from helpers.stats.decomposition import kitagawa
from helpers.stats.published import (
    Percentages,
    decimals_of,
    gaps_behind,
    groups_behind,
    sizes_behind,
)

__all__ = [
    "Examined",
    "checks",
    "contradictions",
    "examine",
    "extended",
    "possibilities",
    "possible_groups",
    "rate_ratios",
]


def __dir__() -> list[str]:
    return __all__


EXTENSIONS = "förlängning av placering"
TOPIC = ["source", "place", "period", "topic"]
TOGETHER = [*TOPIC, "base"]
CLAIM = [*TOPIC, "measure"]
GROUPS = ["women", "men", "total"]
SIZES = ["n_women", "n_men"]
COUNTS = ["n_women", "count_women", "n_men", "count_men"]
NUMBERS = ["possibilities", "established"]
TYPES = {**dict.fromkeys(CLAIM, "str"), **dict.fromkeys(COUNTS, "Int64")}
FITS = [*COUNTS, "gap", "low", "high"]


@dataclass(frozen=True, eq=False)
class Examined:
    """All that can be said of published figures.

    Attributes
    ----------
    max_total : int
        Most people considered behind a percentage, women and men together.
    possible_groups, if_skipped : DataFrame
        As `possible_groups` gives them; the latter if a woman and a man left an item unanswered.
    possibilities, possibilities_if_skipped : DataFrame
        As `possibilities` gives them, likewise.
    extended, rate_ratios, checks, contradictions : DataFrame
        As the functions of those names give them.
    """

    max_total: int
    possible_groups: pd.DataFrame
    if_skipped: pd.DataFrame
    possibilities: pd.DataFrame
    possibilities_if_skipped: pd.DataFrame
    extended: pd.DataFrame
    rate_ratios: pd.DataFrame
    checks: pd.DataFrame
    contradictions: pd.DataFrame


def examine(figures: pd.DataFrame, max_total: int = 30) -> Examined:
    """Find what can lie behind published figures, and what does not agree.

    Parameters
    ----------
    figures : pandas.DataFrame
        Published figures, as `helpers.data.read_published` gives them.
    max_total : int, default 30
        Most people considered, women and men together.

    Returns
    -------
    Examined
    """
    return Examined(
        max_total=max_total,
        possible_groups=possible_groups(figures, max_total),
        if_skipped=possible_groups(figures, max_total, skipped=1),
        possibilities=possibilities(figures, max_total),
        possibilities_if_skipped=possibilities(figures, max_total, skipped=1),
        extended=extended(figures),
        rate_ratios=rate_ratios(figures),
        checks=checks(figures),
        contradictions=contradictions(figures),
    )


def possible_groups(figures: pd.DataFrame, max_total: int = 30, skipped: int = 0) -> pd.DataFrame:
    """Sum up what can lie behind each percentage that is published without a number of answers.

    Parameters
    ----------
    figures : pandas.DataFrame
        Published figures, as `helpers.data.read_published` gives them.
    max_total : int, default 30
        Most people considered, women and men together.
    skipped : int, default 0
        Most women, and most men, who left an item of a survey unanswered.

    Returns
    -------
    pandas.DataFrame
        One row a measure: source, place, period, topic, measure; the published percentages
        women, men and total; possibilities, how many sizes and counts fit; n_women and n_men,
        the tuples of sizes that occur in them; gap_low and gap_high, the least and greatest
        gap; low and high, the outermost 95 % limits; established, how many of the
        possibilities have an interval without 0. Gaps are women minus men in percentage
        points (Newcombe), and missing where one of the two is.
    """
    fits = possibilities(figures, max_total, skipped)
    summed = fits.groupby(CLAIM, dropna=False, sort=False, as_index=False).agg(
        possibilities=("measure", "size"),
        n_women=("n_women", _sizes),
        n_men=("n_men", _sizes),
        gap_low=("gap", "min"),
        gap_high=("gap", "max"),
        low=("low", "min"),
        high=("high", "max"),
        established=("established", "sum"),
    )
    claims = _open_percentages(figures).drop(columns="base")
    claims = claims.merge(summed, how="left", on=CLAIM)
    claims[SIZES] = claims[SIZES].map(lambda sizes: sizes if isinstance(sizes, tuple) else ())
    return claims.fillna(dict.fromkeys(NUMBERS, 0)).astype(dict.fromkeys(NUMBERS, int))


def possibilities(figures: pd.DataFrame, max_total: int = 30, skipped: int = 0) -> pd.DataFrame:
    """List everything that can lie behind each percentage without a number of answers.

    Parameters
    ----------
    figures, max_total, skipped
        As in `possible_groups`.

    Returns
    -------
    pandas.DataFrame
        One row a possibility: source, place, period, topic, measure, n_women, count_women,
        n_men, count_men, gap, low and high (percentage points), established.
    """
    together = _open_percentages(figures).groupby(TOGETHER, dropna=False, sort=False)
    found = [_fits(claims, max_total, skipped) for _, claims in together]
    table = pd.concat([pd.DataFrame(), *found]).reindex(columns=[*CLAIM, *FITS]).astype(TYPES)
    established = (table["low"] > 0) | (table["high"] < 0)
    return table.assign(established=established).reset_index(drop=True)


def extended(figures: pd.DataFrame) -> pd.DataFrame:
    """Multiply applying by granting, and split the gap between the two steps.

    Parameters
    ----------
    figures : pandas.DataFrame
        Published figures, as `helpers.data.read_published` gives them.

    Returns
    -------
    pandas.DataFrame
        One row a step and last one for both together: step, women and men (percent),
        contribution (percentage points of the gap, women minus men), share (percent of the gap).
    """
    steps = _open_percentages(figures).query("topic == @EXTENSIONS").set_index("measure")
    split = kitagawa(dict(steps["women"] / 100), dict(steps["men"] / 100))
    rows = [
        (step, steps["women"][step], steps["men"][step], 100 * part, 100 * split.shares[step])
        for step, part in split.contributions.items()
    ]
    both = ("får förlängning", 100 * split.first, 100 * split.second, 100 * split.difference, 100.0)
    return pd.DataFrame([*rows, both], columns=["step", "women", "men", "contribution", "share"])


def rate_ratios(
    figures: pd.DataFrame, shares: Iterable[float] = (30, 40, 50, 60, 70, 80)
) -> pd.DataFrame:
    """Show what a share of events says, for each share of the people it may have come from.

    A group's share of events (65 % of the unplanned endings) is much or little depending on
    its share of those at risk. Where that is not published the ratio of the two groups' rates
    can be anything: the odds of the one share over the odds of the other.

    Parameters
    ----------
    figures : pandas.DataFrame
        Published figures, as `helpers.data.read_published` gives them.
    shares : iterable of float
        Shares of those at risk to show, in percent, beside the published share itself.

    Returns
    -------
    pandas.DataFrame
        For every percentage given for women alone and without a number of answers: source,
        place, period, topic, measure, published, at_risk (percent), rate_ratio (women's rate
        over men's).
    """
    claims = _open_percentages(figures)
    alone = claims[claims["men"].isna() & claims["total"].isna()]
    return pd.DataFrame(
        [
            (*claim[CLAIM], claim["women"], share, _odds(claim["women"]) / _odds(share))
            for _, claim in alone.iterrows()
            for share in sorted({*shares, claim["women"]})
        ],
        columns=[*CLAIM, "published", "at_risk", "rate_ratio"],
    )


def _open_percentages(figures: pd.DataFrame) -> pd.DataFrame:
    """Lay out percentages without a number of answers: one row a measure, one column a group."""
    shares = figures[(figures["unit"] == "percent") & figures["n"].isna()]
    wide = shares.set_index([*CLAIM, "base", "group"])["value"].unstack("group", sort=False)
    return wide.reindex(columns=GROUPS).reset_index().rename_axis(columns=None)


def _fits(claims: pd.DataFrame, max_total: int, skipped: int) -> pd.DataFrame:
    """Find the fits of claims about the same people."""
    pairs = claims.dropna(subset=["women", "men"])
    alone = claims.drop(index=pairs.index)
    found = [_fits_alone(claim, max_total) for _, claim in alone.iterrows()]
    if len(pairs):
        found.append(_fits_together(pairs, max_total, skipped))
    return pd.concat(found)


def _fits_together(claims: pd.DataFrame, max_total: int, skipped: int) -> pd.DataFrame:
    items = {claim["measure"]: _percentages(claim) for _, claim in claims.iterrows()}
    given_to = max(map(decimals_of, claims[GROUPS].to_numpy(dtype=float).ravel().tolist()))
    found = gaps_behind(groups_behind(items, max_total, skipped, given_to))
    found[["value", "low", "high"]] *= 100
    named = found.set_axis(["measure", *FITS], axis=1)
    return named.assign(**claims[TOPIC].iloc[0])


def _percentages(claim: pd.Series) -> Percentages:
    total = None if pd.isna(claim["total"]) else claim["total"]
    return Percentages(claim["women"], claim["men"], total)


def _fits_alone(claim: pd.Series, max_total: int) -> pd.DataFrame:
    group = next(group for group in GROUPS if pd.notna(claim[group]))
    sizes = sizes_behind(claim[group], max_total, decimals_of(claim[group]))
    named = sizes.rename(columns={"n": f"n_{group}", "count": f"count_{group}"})
    return named.assign(**claim[CLAIM])


def _sizes(n: pd.Series) -> tuple[int, ...]:
    return tuple(sorted(n.dropna().unique().tolist()))


def _odds(percent: float) -> float:
    return percent / (100 - percent)
