"""Numbers, dates and verdicts in Swedish."""

from datetime import date
from math import isfinite, isinf, isnan
from typing import NamedTuple

from babel.dates import format_date
from babel.numbers import format_decimal

from helpers.disclosure import Hidden
from helpers.questions.gap import Gap, Verdict

NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
NONE = "\N{EN DASH}"


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
SEXES = {"K": "Kvinnor", "M": "Män"}
VERDICTS = {
    Verdict.ESTABLISHED: "säkerställd",
    Verdict.NOT_ESTABLISHED: "inte säkerställd",
    Verdict.TOO_FEW: "går inte att bedöma",
}

_ONE = {"dagar": "dag", "procentenheter": "procentenhet"}

Number = float | int | Hidden


def number(value: Number, decimals: int = 0, signed: bool = False) -> str:
    """Write a number: decimal comma, no-break space between thousands, a true minus sign.

    Parameters
    ----------
    value : float, int or Hidden
        What is hidden is written ``..``, an infinite value as its sign and ``∞``, and one that
        does not exist (NaN) as a dash.
    decimals : int
        Decimals to show.
    signed : bool
        Whether a positive number carries a plus sign.

    Returns
    -------
    str
    """
    if isinstance(value, Hidden):
        return str(value)
    if isnan(value):
        return NONE
    if isinf(value):
        return "∞" if value > 0 else f"{MINUS}∞"
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    text = format_decimal(round(value, decimals) + 0.0, format=pattern, locale="sv")
    plus = "+" if signed and round(value, decimals) > 0 else ""
    return plus + text.replace("-", MINUS)


def percent(share: Number, decimals: int = 0) -> str:
    """Write a share (0 to 1) as a percentage: ``57 %``.

    Parameters
    ----------
    share : float or Hidden
        Share of the whole.
    decimals : int
        Decimals to show.

    Returns
    -------
    str
    """
    hundreds = share if isinstance(share, Hidden) else 100 * share
    return _with_unit(number(hundreds, decimals), "%")


def points_of_hundred(value: float, decimals: int = 0) -> str:
    """Write a number that is already a percentage: ``57 %``; a dash where there is none.

    Parameters
    ----------
    value : float
        0 to 100, or NaN.
    decimals : int
        Decimals to show.

    Returns
    -------
    str
    """
    return _with_unit(number(value, decimals), "%")


def points(value: float) -> str:
    """Write a difference in percentage points, one decimal and its sign, without the unit.

    Parameters
    ----------
    value : float
        Percentage points.

    Returns
    -------
    str
    """
    return number(value, 1, signed=True)


def p_value(value: float) -> str:
    """Write a p-value: three decimals, or ``< 0,001``.

    Parameters
    ----------
    value : float
        Between 0 and 1.

    Returns
    -------
    str
    """
    return f"<{NBSP}0,001" if value < 0.001 else number(value, 3)


def day(when: date) -> str:
    """Write a date: ``31 december 2025``.

    Parameters
    ----------
    when : datetime.date
        The date.

    Returns
    -------
    str
    """
    return format_date(when, format="d MMMM y", locale="sv").replace(" ", NBSP)


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
    return _with_unit(number(scaled), unit.level)


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
    return _with_unit(text, written.difference) if unit else text


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


def span(low: str, high: str) -> str:
    """Write an interval: ``8 till 60``; once, where its limits are hidden or do not exist.

    Parameters
    ----------
    low, high : str
        The limits in words.

    Returns
    -------
    str
    """
    return low if low in ("..", NONE) else f"{low} till {high}"


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


def capital(text: str) -> str:
    """Begin with a capital letter, and leave the rest as it is.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
    """
    return text[:1].upper() + text[1:]


def _is_more(gap: Gap) -> bool:
    null = 1.0 if gap.contrast == "ratio" else 0.0
    return not isinstance(gap.estimate, Hidden) and gap.estimate > null


def _with_unit(text: str, unit: str) -> str:
    if text in ("..", NONE):
        return text
    is_one = text.lstrip(f"+{MINUS}") == "1"
    return f"{text}{NBSP}{_ONE.get(unit, unit) if is_one else unit}"
