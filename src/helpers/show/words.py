"""Numbers, units, dates and sexes in Swedish."""

from datetime import date
from math import isinf, isnan

from babel.dates import format_date
from babel.numbers import format_decimal

NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
NONE = "\N{EN DASH}"
WITHHELD = ".."
"""A group so small that it is not described."""

SEXES = {"K": "Kvinnor", "M": "Män"}
_ONE = {"dagar": "dag", "procentenheter": "procentenhet"}

Number = float | int | None


def number(value: Number, decimals: int = 0, signed: bool = False) -> str:
    """Write a number: decimal comma, no-break space between thousands, a true minus sign.

    Parameters
    ----------
    value : float, int or None
        What is not described (None) is written ``..``, an infinite value ``ingen gräns``,
        and one that does not exist (NaN) as a dash.
    decimals : int
        Decimals to show.
    signed : bool
        Whether a positive number carries a plus sign.
    """
    if value is None:
        return WITHHELD
    if isnan(value):
        return NONE
    if isinf(value):
        return "ingen gräns"
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    text = format_decimal(round(value, decimals) + 0.0, format=pattern, locale="sv")
    plus = "+" if signed and round(value, decimals) > 0 else ""
    return plus + text.replace("-", MINUS)


def count(value: int | None, smallest_shown: int = 5) -> str:
    """Write a noisy count: a small one is mostly noise, and is written ``< 5``.

    Parameters
    ----------
    value : int or None
        The noisy count.
    smallest_shown : int
        The rule of that name.
    """
    if value is not None and value < smallest_shown:
        return f"<{NBSP}{smallest_shown}"
    return number(value)


def with_unit(text: str, unit: str) -> str:
    """Write a number with its unit, which a number not given and a dash go without.

    Parameters
    ----------
    text : str
        As `number` writes it.
    unit : str
        In the plural: ``dagar``.
    """
    if text in (WITHHELD, NONE):
        return text
    is_one = text.lstrip(f"+{MINUS}") == "1"
    return f"{text}{NBSP}{_ONE.get(unit, unit) if is_one else unit}"


def percent(share: Number, decimals: int = 0) -> str:
    """Write a share (0 to 1) as a percentage: ``57 %``.

    Parameters
    ----------
    share : float or None
        Share of the whole.
    decimals : int
        Decimals to show.
    """
    hundreds = None if share is None else 100 * share
    return with_unit(number(hundreds, decimals), "%")


def points_of_hundred(value: float, decimals: int = 0) -> str:
    """Write a number that is already a percentage: ``57 %``; a dash where there is none.

    Parameters
    ----------
    value : float
        0 to 100, or NaN.
    decimals : int
        Decimals to show.
    """
    return with_unit(number(value, decimals), "%")


def points(value: float) -> str:
    """Write a difference in percentage points, one decimal and its sign, without the unit.

    Parameters
    ----------
    value : float
        Percentage points.
    """
    return number(value, 1, signed=True)


def p_value(value: float) -> str:
    """Write a p-value: three decimals, or ``< 0,001``.

    Parameters
    ----------
    value : float
        Between 0 and 1.
    """
    return f"<{NBSP}0,001" if value < 0.001 else number(value, 3)


def day(when: date) -> str:
    """Write a date: ``31 december 2025``.

    Parameters
    ----------
    when : datetime.date
        The date.
    """
    return format_date(when, format="d MMMM y", locale="sv").replace(" ", NBSP)


def period(name: str | int) -> str:
    """Write a half-year, ``2024H1``: ``jan–juni 2024``; or a year.

    Parameters
    ----------
    name : str or int
        As `helpers.questions.half_years` names it.
    """
    year, _, half = str(name).partition("H")
    months = {"1": "jan–juni", "2": "juli–dec"}
    return f"{months[half]}{NBSP}{year}" if half else year


def span(low: str, high: str) -> str:
    """Write an interval: ``8 till 60``; once, where its limits are not given or do not exist.

    Parameters
    ----------
    low, high : str
        The limits in words.
    """
    return low if low in (WITHHELD, NONE) else f"{low} till {high}"


def capital(text: str) -> str:
    """Begin with a capital letter, and leave the rest as it is.

    Parameters
    ----------
    text : str
        Any text.
    """
    return text[:1].upper() + text[1:]


def listed(parts: list[str]) -> str:
    """Write several things in a row: ``a, b och c``.

    Parameters
    ----------
    parts : list of str
        At least one.
    """
    *first, last = parts
    return f"{', '.join(first)} och {last}" if first else last
