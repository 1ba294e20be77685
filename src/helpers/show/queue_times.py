"""Queue times on the page: who is counted, and how many have got a flat as time goes."""

from helpers.disclosure import EVERYONE, TOTAL, Group, Published
from helpers.show import counted as counts
from helpers.show import curves
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
