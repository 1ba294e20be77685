"""Queue times on the page: who is counted, and how many have got a flat as time goes."""

from helpers.disclosure import EVERYONE, TOTAL, Group, Published
from helpers.questions.queue_times import HALF_YEAR
from helpers.show import counted as counts
from helpers.show import curves, over_time, words
from helpers.show import flow as flows
from helpers.show.compose import NOT_APART
from helpers.show.shown import Shown

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
