"""Queue times on the page: who is counted, and how many have got a flat as time goes."""

from functools import partial

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from helpers.disclosure import EVERYONE, TOTAL, Group, Published
from helpers.questions.gap import Gaps
from helpers.questions.queue_times import HALF_YEAR
from helpers.show import counted as counts
from helpers.show import curves, over_time, words
from helpers.show import flow as flows
from helpers.show.compose import NOT_APART, with_figure
from helpers.show.gaps import gap
from helpers.show.shown import Shown
from helpers.show.style import PALETTE, PAPER, QUIET, subplots

_ENDS = {
    "access": "Fått bostad",
    "waiting": "Väntar",
    "left": "Lämnat kön",
    TOTAL: "Alla",
}
_CHILDREN = {True: "med barn", False: "utan barn"}


def counted(published: Published) -> Shown:
    """Show who is counted, by sex and how their wait has ended."""
    return counts.by_sex(
        published, "ended", _ENDS, title="Personer som räknas", name="personer-i-kon"
    )


def waiting(published: Published, has_children: bool | None = None) -> Shown:
    """Show how many have got a flat, quarter by quarter after the decision.

    Parameters
    ----------
    has_children : bool, optional
        Only those with, or without; everyone by default.

    Returns
    -------
    Shown
        Says so where the two are not shown apart.
    """
    whose = "" if has_children is None else f", {_CHILDREN[has_children]}"
    title = f"Så stor andel har fått bostad{whose}"
    group = EVERYONE if has_children is None else Group("has_children", has_children)
    if group not in published.groups():
        return Shown(title, f'<p class="lv-title">{title}</p>\n{NOT_APART}')
    drawn = curves.read(published, "housed", "Andel som fått bostad", "beslutet", group)
    return curves.over_time(drawn, title=title, name="fatt-bostad", months=(3, 6, 12, 18, 24))


def way(before: Gaps | None, gaps: Gaps) -> Shown:
    """Show the whole way from application to key: where the days go, for women and for men.

    Parameters
    ----------
    before : Gaps or None
        Those of `helpers.questions.before_queue`; None where the table does not tell.
    gaps : Gaps
        All gaps of the queue.

    Returns
    -------
    Shown
        Says so where the table does not tell, or too few are left to say.
    """
    title = "Var dagarna går, från ansökan till nyckel"
    if before is None:
        return _untold(title, _NOT_TOLD)
    parts = [before[0], gaps.headline]
    if not all(part.is_known for part in parts):
        return _untold(title, "För få för att beskrivas.")
    days = pd.DataFrame(
        {"sex": sex, **dict(zip(_PARTS, levels, strict=True))}
        for sex, levels in zip(
            words.SEXES, zip(*((part.women, part.men) for part in parts), strict=True), strict=True
        )
    )
    said = days.assign(sex=days["sex"].map(words.SEXES), **{
        name: days[name].map(lambda value: words.with_unit(words.number(value), "dagar"))
        for name in _PARTS
    }).rename(columns={"sex": "Kön"})  # fmt: skip
    rows = [", ".join(f"{name}: {cell}" for name, cell in row.items())
            for row in said.to_dict("records")]  # fmt: skip
    return with_figure(
        title,
        draw=partial(_draw_way, days),
        alt=f"{title}. {'; '.join(rows)}.",
        said=said,
        name="ansokan-till-nyckel",
        published={"days": days},
        data=days.assign(sex=days["sex"].map(words.SEXES)).rename(columns={"sex": "Kön"}),
    )


_PARTS = ("Väntan på beslut", "Väntan i kön, första året")


def _draw_way(days: pd.DataFrame, width: float) -> Figure:
    """Draw a bar for each sex: the days to the decision, then those in the queue."""
    figure, axes = subplots(figsize=(width, 2.4))
    for row, (sex, first, then) in enumerate(days.itertuples(index=False)):
        colour = PALETTE[sex]
        axes.barh(row, first, height=0.5, facecolor=PAPER, edgecolor=colour, hatch="////")
        axes.barh(row, then, left=first, height=0.5, color=colour, edgecolor=colour)
        label = f"{words.SEXES[sex]}: {words.number(first)} + {words.number(then)} dagar"
        axes.annotate(label, (0, row - 0.34), va="bottom")
    axes.set(yticks=[], ylim=(len(days) - 0.6, -0.75), xlabel="Dagar i genomsnitt")
    axes.spines["left"].set_visible(False)
    looks = ((PAPER, "////"), (QUIET, ""))
    keys = [
        Patch(edgecolor=QUIET, label=name, facecolor=face, hatch=hatch)
        for name, (face, hatch) in zip(_PARTS, looks, strict=True)
    ]
    figure.legend(handles=keys, ncols=1, loc="outside lower left")
    return figure


def before(found: Gaps | None) -> Shown:
    """Show the gaps before the queue, or that the table does not tell of it."""
    return gap(found) if found else _untold("Skillnader före kön", _NOT_TOLD)


_NOT_TOLD = "Uttaget säger inte när ansökan kom in."


def _untold(title: str, why: str) -> Shown:
    return Shown(title, f'<p class="lv-title">{title}</p>\n<p>{why}</p>')


def trend(published: Published) -> Shown:
    """Show how many got a flat within 6 months, by the half-year of their decision."""
    return over_time.trend(
        published,
        lambda sex, group: published.landmarks("housed", sex, group).get(HALF_YEAR),
        title="Andel som fått bostad inom 6 månader, efter halvåret då de fick sitt beslut",
        name="bostad-over-tid",
    )


def flow(published: Published) -> Shown:
    """Show how many were granted support, got a flat, left and still waited, by half-year."""
    ends = {"access": "Ut med bostad", "left": "Ut utan bostad"}
    title = f"In i kön och ut ur den, till och med {words.day(published.as_of)}"
    left = ("waiting", "Väntar vid slutet")
    return flows.by_half_year(published, ends, left, title=title, name="in-och-ut")
