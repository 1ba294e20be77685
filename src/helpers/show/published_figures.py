"""Published figures on the page: what can lie behind them, and what does not agree."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd

from helpers.questions.published_figures import Examined
from helpers.show import double_checked, published_drawings
from helpers.show.compose import with_figure, with_table
from helpers.show.shown import Shown
from helpers.show.words import NBSP, capital, number, points, points_of_hundred


def findings(examined: Examined) -> Shown:
    """Say in a few sentences what the published figures do and do not show."""
    parts = [
        claimed_gaps(examined),
        extended(examined),
        rate_ratios(examined),
        contradictions(examined),
    ]
    claims = _claims(examined).to_dict("records")
    only = [_only_possible(claim, examined.max_total) for claim in claims]
    sentences = [parts[0].title, *filter(None, only), *(part.title for part in parts[1:])]
    items = "".join(f"<li>{sentence}.</li>" for sentence in sentences)
    published = {name: numbers for part in parts for name, numbers in part.published.items()}
    return _public(
        Shown("Svaret i korthet", f'<div class="lv-answer"><ul>{items}</ul></div>', published)
    )


def possible_groups(examined: Examined, skipped: bool = False) -> Shown:
    """Show which group sizes can lie behind each percentage that states none.

    Parameters
    ----------
    skipped : bool
        Whether a woman and a man may have left an item unanswered.
    """
    groups = examined.if_skipped if skipped else examined.possible_groups
    fits = examined.possibilities_if_skipped if skipped else examined.possibilities
    said = pd.DataFrame(
        {
            "Uppgift": groups["measure"].map(capital),
            "Publicerat (kvinnor / män / totalt)": [
                " / ".join(points_of_hundred(share) for share in shares)
                for shares in groups[["women", "men", "total"]].itertuples(index=False)
            ],
            "Möjliga fall": groups["possibilities"].map(number),
            "Kvinnor": [_counts(fits, measure, "women") for measure in groups["measure"]],
            "Män": [_counts(fits, measure, "men") for measure in groups["measure"]],
        }
    )
    title = f"Grupper med högst {examined.max_total} svar som kan ge de publicerade procenttalen"
    published = {"possible_groups": groups, "fits": fits}
    return _public(with_table(title, said, "mojliga-grupper", published))


def claimed_gaps(examined: Examined) -> Shown:
    """Show the interval each claimed gap has, whichever of the possible groups it came from."""
    claims = _claims(examined)
    said = pd.DataFrame(
        {
            "Uppgift": claims["measure"].map(capital),
            "Skillnad i procentenheter": _spans(claims["gap_low"], claims["gap_high"]),
            f"95{NBSP}% konfidensintervall": _spans(claims["low"], claims["high"]),
            "Möjliga fall": claims["possibilities"].map(number),
            "Därav säkerställda": claims["established"].map(number),
        }
    )
    established = int((claims["established"] > 0).sum())
    title = (
        f"I grupper med högst {examined.max_total} svar är {established} av {len(claims)} "
        "skillnader statistiskt säkerställda"
    )
    parts = said.itertuples(index=False)
    alt = "; ".join(f"{row[0]}: {row[1]} procentenheter, intervall {row[2]}" for row in parts)
    draw = partial(published_drawings.claims, claims)
    shown = with_figure(
        title,
        draw=draw,
        alt=f"{title}. {alt}.",
        said=said,
        name="skillnader",
        published={"claims": claims},
    )
    return _public(shown)


def extended(examined: Examined) -> Shown:
    """Show in which step the gap in extended placements arises."""
    split = examined.extended
    steps, both = split.iloc[:-1], split.iloc[-1]
    said = pd.DataFrame(
        {
            "Steg": split["step"].map(capital),
            "Kvinnor": split["women"].map(lambda share: points_of_hundred(share, 1)),
            "Män": split["men"].map(lambda share: points_of_hundred(share, 1)),
            "Bidrag till skillnaden (procentenheter)": split["contribution"].map(points),
            "Andel av skillnaden": split["share"].map(points_of_hundred),
        }
    )
    largest = steps.sort_values("share").iloc[-1]
    title = (
        f"{points_of_hundred(largest['share'])} av skillnaden uppstår i steget "
        f"”{largest['step']}”: "
        f"{points_of_hundred(both['women'], 1)} av kvinnorna och "
        f"{points_of_hundred(both['men'], 1)} av männen får förlängning"
    )
    draw = partial(published_drawings.steps, steps)
    shown = with_figure(
        title,
        draw=draw,
        alt=f"{title}.",
        said=said,
        name="forlangning",
        published={"extended": split},
    )
    return _public(shown)


def rate_ratios(examined: Examined) -> Shown:
    """Show what a share of events means, for each share it may have come from."""
    ratios = examined.rate_ratios
    share = ratios["published"].iloc[0]
    said = pd.DataFrame(
        {
            "Om kvinnor är så stor del av de placerade": ratios["at_risk"].map(points_of_hundred),
            "är kvinnors avslut per placerad, jämfört med mäns": [
                f"{number(ratio, 1)} gånger" for ratio in ratios["rate_ratio"]
            ],
        }
    )
    low, high = (number(ratio, 1) for ratio in ratios["rate_ratio"].agg(["min", "max"]))
    title = (
        f"Siffran {points_of_hundred(share)} går inte att tolka utan att veta hur många "
        f"kvinnor som var placerade: deras avslut kan vara allt från {low} till {high} gånger så "
        "vanliga som mäns"
    )
    ends = ratios.iloc[[0, -1]].to_dict("records")
    alt = f"{title}. " + "; ".join(
        f"är kvinnor {points_of_hundred(row['at_risk'])} av de placerade är kvoten "
        f"{number(row['rate_ratio'], 1)}"
        for row in ends
    )
    draw = partial(published_drawings.ratios, ratios)
    shown = with_figure(
        title, draw=draw, alt=f"{alt}.", said=said, name="avslut", published={"rate_ratios": ratios}
    )
    return _public(shown)


def checks(examined: Examined) -> Shown:
    """Show how many comparisons each rule made, and how many agreed."""
    return _public(double_checked.checks(examined.checks, "kontroller"))


def contradictions(examined: Examined) -> Shown:
    """Show the figures that cannot all be right."""
    return _public(double_checked.contradictions(examined.contradictions, "att-fraga-om"))


def _public(shown: Shown) -> Shown:
    """Say that it rests on published figures alone, whatever cases the session has read."""
    return replace(shown, source="published")


def _claims(examined: Examined) -> pd.DataFrame:
    """Claimed gaps that some group of at most so many gives."""
    return examined.possible_groups.dropna(subset=["low"]).reset_index(drop=True)


def _only_possible(claim: Mapping[Any, Any], max_total: int) -> str | None:
    if claim["possibilities"] != 1:
        return None
    return (
        f"”{capital(claim['measure'])}” är i grupper med högst {max_total} svar bara möjligt med "
        f"{_sizes(claim['n_women'])} kvinnor och {_sizes(claim['n_men'])} män: skillnaden är då "
        f"{_span(claim['gap_low'], claim['gap_high'])} procentenheter, 95{NBSP}% "
        f"konfidensintervall {_span(claim['low'], claim['high'])}"
    )


def _counts(fits: pd.DataFrame, measure: str, group: str) -> str:
    """Write every count that fits one group, out of how many: ``6 av 7``."""
    columns = [f"n_{group}", f"count_{group}"]
    counts = fits.loc[fits["measure"] == measure, columns].dropna().drop_duplicates()
    pairs = sorted(counts.itertuples(index=False, name=None))
    return ", ".join(f"{number(count)} av {number(n)}" for n, count in pairs) or "–"


def _sizes(sizes: tuple[int, ...]) -> str:
    return ", ".join(map(number, sizes)) or "–"


def _spans(lows: "pd.Series[float]", highs: "pd.Series[float]") -> list[str]:
    return [_span(low, high) for low, high in zip(lows, highs, strict=True)]


def _span(low: float, high: float) -> str:
    first, last = points(low), points(high)
    return first if first == last else f"{first} till {last}"
