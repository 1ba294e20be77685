"""Drawings of what published figures can mean."""

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from helpers.show.style import INK, PALETTE, PAPER, QUIET, name_above, numbered, subplots, wrapped
from helpers.show.svg import NARROW
from helpers.show.words import capital, number, points, points_of_hundred


def claims(table: pd.DataFrame, width: float) -> Figure:
    """Draw each claimed gap with the outermost limits its interval can have.

    Parameters
    ----------
    table : pandas.DataFrame
        As `helpers.questions.published_figures.possible_groups` gives it.
    """
    figure, axes = subplots(figsize=(width, 0.56 * len(table) + 0.8))
    axes.axvline(0, color=INK, linewidth=1)
    for row, claim in enumerate(table.to_dict("records")):
        axes.plot([claim["low"], claim["high"]], [row, row], color=INK, linewidth=1.6)
        axes.plot([claim["gap_low"], claim["gap_high"]], [row, row], color=INK, linewidth=5)
        axes.plot(
            (claim["gap_low"] + claim["gap_high"]) / 2, row, "o", color=INK, markersize=8,
            markerfacecolor=INK if claim["established"] else PAPER,
        )  # fmt: skip
        name_above(axes, row, capital(claim["measure"]))
    axes.set(yticks=[], ylim=(len(table) - 0.5, -0.8))
    axes.set_xlabel("Skillnad i procentenheter, kvinnor minus män")
    numbered(axes.xaxis, 6, signed=True)
    axes.spines["left"].set_visible(False)
    return figure


def steps(table: pd.DataFrame, width: float) -> Figure:
    """Draw how much each step adds to the gap.

    Parameters
    ----------
    table : pandas.DataFrame
        The steps of `helpers.questions.published_figures.extended`.
    """
    figure, axes = subplots(figsize=(width, 0.65 * len(table) + 0.6))
    sizes = table["contribution"].abs()
    axes.barh(range(len(table)), sizes, color=QUIET, height=0.4)
    for row, (step, size) in enumerate(zip(table["step"], sizes, strict=True)):
        axes.annotate(f"{capital(step)}: {points(-size)}", (0, row - 0.25), va="bottom")
    axes.set(yticks=[], ylim=(len(table) - 0.6, -0.75))
    label = "Procentenheter färre kvinnor än män som får förlängning"
    axes.set_xlabel(wrapped(label, axes))
    axes.spines["left"].set_visible(False)
    return figure


def ratios(table: pd.DataFrame, width: float) -> Figure:
    """Draw the rate ratio for each share of those at risk.

    Parameters
    ----------
    table : pandas.DataFrame
        As `helpers.questions.published_figures.rate_ratios` gives it.
    """
    figure, axes = subplots(figsize=(width, 2.6 if width <= NARROW else 3.2))
    axes.axhline(1, color=INK, linewidth=1)
    axes.plot(table["at_risk"], table["rate_ratio"], "o-", color=PALETTE["K"])
    axes.set(yscale="log", yticks=[0.5, 1, 2, 4], xlabel="Kvinnors andel av de placerade")
    axes.minorticks_off()
    axes.set_title(wrapped("Kvinnors avslut per placerad, genom mäns (1 = lika)", axes), loc="left")
    axes.xaxis.set_major_formatter(FuncFormatter(lambda share, _: points_of_hundred(share)))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda ratio, _: number(ratio, 1)))
    return figure
