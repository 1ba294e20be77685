"""What a gap shows, in Swedish."""

from math import isfinite
from typing import NamedTuple

from helpers.disclosure import Hidden
from helpers.questions.gap import Gap, Verdict
from helpers.show.words import NBSP, Number, capital, number, span, with_unit


class Unit(NamedTuple):
    """How a unit is written: at a level, in a difference, and what its numbers are times."""

    level: str
    difference: str
    scale: float


UNITS = {
    "days": Unit("dagar", "dagar", 1),
    "rate": Unit(f"per 100{NBSP}år", f"per 100{NBSP}år", 1),
    "share": Unit("%", "procentenheter", 100),
}
VERDICTS = {
    Verdict.ESTABLISHED: "säkerställd",
    Verdict.NOT_ESTABLISHED: "inte säkerställd",
    Verdict.TOO_FEW: "går inte att bedöma",
}


def name(gap: Gap) -> str:
    """Name what a gap measures, and among whom.

    Parameters
    ----------
    gap : Gap
        The gap.

    Returns
    -------
    str
    """
    return f"{capital(gap.measure.name)}, {gap.group}"


def level(gap: Gap, value: Number) -> str:
    """Write one sex's level in the unit of the gap's measure.

    Parameters
    ----------
    gap : Gap
        The gap the level belongs to.
    value : float or Hidden
        ``gap.women`` or ``gap.men``.

    Returns
    -------
    str
    """
    unit = UNITS[gap.measure.unit]
    scaled = value if isinstance(value, Hidden) else unit.scale * value
    return with_unit(number(scaled), unit.level)


def contrast(gap: Gap, value: Number, unit: bool = True) -> str:
    """Write a gap, or a limit of it, in its own unit.

    Parameters
    ----------
    gap : Gap
        The gap.
    value : float or Hidden
        ``gap.estimate``, ``gap.low`` or ``gap.high``.
    unit : bool
        Whether the unit is written out.

    Returns
    -------
    str
        A ratio has two decimals and no unit; a difference is in the unit of its measure.
    """
    if isinstance(value, Hidden):
        return str(value)
    if gap.contrast == "ratio":
        return number(value, _decimals(gap, value - 1, least=2))
    written = UNITS[gap.measure.unit]
    scaled = written.scale * value
    text = number(scaled, _decimals(gap, scaled, least=0), signed=True)
    return with_unit(text, written.difference) if unit else text


def _decimals(gap: Gap, distance: float, least: int) -> int:
    """Count decimals, enough that an established gap's limit does not read as no difference."""
    is_apart = gap.verdict is not Verdict.ESTABLISHED or not isfinite(distance)
    enough = (d for d in range(least, least + 3) if is_apart or round(distance, d) != 0)
    return next(enough, least)


def interval(gap: Gap) -> str:
    """Write the gap's 95 % interval: ``8 till 60``.

    Parameters
    ----------
    gap : Gap
        The gap.

    Returns
    -------
    str
    """
    return span(contrast(gap, gap.low, unit=False), contrast(gap, gap.high, unit=False))


def title(gap: Gap) -> str:
    """Say what the gap shows, in as many words as the verdict allows.

    Parameters
    ----------
    gap : Gap
        The gap.

    Returns
    -------
    str
        ``"Kvinnor väntar längre: +34 dagar i medelväntetid inom 12 månader"``.
    """
    if gap.verdict is Verdict.TOO_FEW:
        return f"Skillnaden i {gap.measure.name} går inte att bedöma"
    if gap.verdict is Verdict.NOT_ESTABLISHED:
        return f"Skillnaden i {gap.measure.name} är inte statistiskt säkerställd"
    said = gap.measure.more if _is_more(gap) else gap.measure.less
    return f"{said}: {size(gap)} i {gap.measure.name}"


def size(gap: Gap) -> str:
    """Say how large the gap is.

    Parameters
    ----------
    gap : Gap
        The gap; one that could not be measured is ``..``.

    Returns
    -------
    str
        ``"+34 dagar"``; a ratio is ``"kvot 1,38"``.
    """
    text = contrast(gap, gap.estimate)
    return f"kvot{NBSP}{text}" if gap.contrast == "ratio" and text != ".." else text


def sentence(gap: Gap) -> str:
    """One plain sentence on the gap with its levels, its interval and n.

    Parameters
    ----------
    gap : Gap
        The gap.

    Returns
    -------
    str
    """
    return f"{title(gap)} ({gap.group}). {details(gap)}"


def details(gap: Gap) -> str:
    """Give the numbers a gap's title rests on: its levels, its size, its interval and n.

    Parameters
    ----------
    gap : Gap
        The gap.

    Returns
    -------
    str
    """
    if gap.verdict is Verdict.TOO_FEW:
        return "Det är för få, eller så har de följts för kort tid."
    difference = "" if gap.contrast == "ratio" else "skillnad "
    return (
        f"Kvinnor {level(gap, gap.women)}, män {level(gap, gap.men)}; {difference}{size(gap)}, "
        f"95{NBSP}% konfidensintervall {interval(gap)} ({counted(gap)})."
    )


def counted(gap: Gap) -> str:
    """Say how many a gap rests on: ``182 kvinnor och 232 män``.

    Parameters
    ----------
    gap : Gap
        The gap.

    Returns
    -------
    str
    """
    women, men = number(gap.n_women), number(gap.n_men)
    if gap.measure.counted == "personer":
        return f"{women} kvinnor och {men} män"
    return f"{women} {gap.measure.counted} för kvinnor och {men} för män"


def _is_more(gap: Gap) -> bool:
    null = 1.0 if gap.contrast == "ratio" else 0.0
    return not isinstance(gap.estimate, Hidden) and gap.estimate > null
