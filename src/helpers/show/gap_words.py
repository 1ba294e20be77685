"""What a gap shows, in Swedish."""

from math import exp, isfinite, isinf, isnan
from typing import NamedTuple

from helpers.questions.gap import Gap, Verdict, relevant_difference
from helpers.show.words import NBSP, NONE, WITHHELD, capital, number, span, with_unit
from helpers.stats.estimate import Estimate


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
    Verdict.TOO_SMALL_TO_MATTER: "för liten för att spela roll",
    Verdict.NOT_ESTABLISHED: "inte säkerställd",
    Verdict.TOO_FEW: "för få för att bedöma",
}
_LONGER_THAN_FOLLOWED = f"längre än 24{NBSP}månader"


def name(gap: Gap) -> str:
    """Name what a gap measures and, where it is not of everyone, among whom."""
    measured = capital(gap.measure.name)
    return measured if gap.group.is_everyone else f"{measured}, {gap.group.label}"


def level(gap: Gap, value: float) -> str:
    """Write one sex's level, ``gap.women`` or ``gap.men``, in the unit of the gap's measure."""
    if not gap.is_known:
        return WITHHELD
    unit = UNITS[gap.measure.unit]
    if isinf(value) and gap.measure.unit == "days":
        return _LONGER_THAN_FOLLOWED
    return with_unit(number(unit.scale * value), unit.level)


def contrast(gap: Gap, value: float, unit: bool = True) -> str:
    """Write a gap, or a limit of it, in its own unit.

    Parameters
    ----------
    gap : Gap
        The gap.
    value : float
        ``gap.estimate``, ``gap.low`` or ``gap.high``.
    unit : bool
        Whether the unit is written out.

    Returns
    -------
    str
        A ratio has two decimals and no unit; a difference is in the unit of its measure.
    """
    if not gap.is_known:
        return WITHHELD
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
    """Write the gap's 95 % interval: ``8 till 60``; a limit that the data do not set in words."""
    low, high = (contrast(gap, limit, unit=False) for limit in (gap.low, gap.high))
    if not gap.is_known or not (isinf(gap.low) or isinf(gap.high)):
        return span(low, high)
    if isinf(gap.low) and isinf(gap.high):
        return "utan gränser"
    return (
        f"ingen undre gräns, högst {high}" if isinf(gap.low) else f"minst {low}, ingen övre gräns"
    )


def title(gap: Gap) -> str:
    """Answer with a headline in one plain sentence, in as many words as its verdict allows.

    Returns
    -------
    str
        Without its full stop: ``"Kvinnor väntar längre än män: 269 dagar, mot 243 för män"``.
    """
    if gap.verdict is Verdict.TOO_FEW:
        return f"Det är för få för att säga om {_uncapital(gap.measure.more)}"
    if gap.verdict is Verdict.NOT_ESTABLISHED:
        return f"Vi kan inte säga om {_uncapital(gap.measure.more)}"
    if gap.verdict is Verdict.TOO_SMALL_TO_MATTER:
        differs = f"Det skiljer högst {_relevant(gap)} mellan kvinnor och män"
        return f"{differs}, för lite för att spela roll"
    said = gap.measure.more if gap.estimate > gap.null else gap.measure.less
    return f"{said}: {_times(gap) if gap.contrast == 'ratio' else _against(gap)}"


def _uncapital(text: str) -> str:
    return text[:1].lower() + text[1:]


def _times(gap: Gap) -> str:
    return f"{number(gap.estimate, _decimals(gap, gap.estimate - 1, least=1))} gånger så ofta"


def _against(gap: Gap) -> str:
    """Set women's level against men's, a share as so many of 100."""
    if gap.measure.unit == "share":
        women, men = (frequency(value) for value in (gap.women, gap.men))
        return f"{women} kvinnor, mot {men} män"
    return f"{level(gap, gap.women)}, mot {number(gap.men)} för män"


def frequency(share: float) -> str:
    """Write a share (0 to 1) as so many of a hundred: ``"20 av 100"``."""
    return f"{number(100 * share)}{NBSP}av{NBSP}100"


def in_persons(gap: Gap) -> str:
    """Say how many more or fewer women it would be, had it been as often as for men.

    Returns
    -------
    str
        A sentence with its interval; only that where the headline is not established. Empty where
        there is no such number.
    """
    found = gap.attributable
    if found is None:
        return ""
    limits = persons_interval(found)
    if gap.verdict is Verdict.NOT_ESTABLISHED:
        return f"{gap.measure.alike} kunde det ha varit allt från {limits}."
    said = f"{gap.measure.alike} hade det varit ungefär {_more_or_fewer(found.value)}"
    return f"{said} (95{NBSP}% intervall {limits})."


def persons_interval(found: Estimate) -> str:
    """Write the 95 % interval of a number of persons: ``"3 till 26 fler"``."""
    if found.low <= -0.5 and found.high >= 0.5:
        return f"{_more_or_fewer(found.low)} till {_more_or_fewer(found.high)}"
    near, far = sorted((found.low, found.high), key=abs)
    return f"{number(abs(near))} till {_more_or_fewer(far)}"


def _more_or_fewer(persons: float) -> str:
    if isinf(persons):
        return "obegränsat många färre" if persons < 0 else "obegränsat många fler"
    return f"{number(abs(persons))}{NBSP}{'färre' if persons < -0.5 else 'fler'}"


def _relevant(gap: Gap) -> str:
    """Say what the municipality has set as mattering: ``"30 dagar"``."""
    figure = relevant_difference(gap.question, gap.measure, gap.contrast)
    if gap.contrast == "ratio":
        return f"{number(exp(figure), 2)} gånger"
    unit = UNITS[gap.measure.unit]
    return with_unit(number(unit.scale * figure), unit.difference)


def size(gap: Gap) -> str:
    """Say how large the gap is: ``"+34 dagar"``, ``"kvot 1,38"``; ``..`` where too few."""
    text = contrast(gap, gap.estimate)
    return f"kvot{NBSP}{text}" if gap.contrast == "ratio" and text not in (WITHHELD, NONE) else text


def details(gap: Gap) -> str:
    """Give the numbers a gap rests on: levels, size, interval, n, and how many more it takes."""
    if not gap.is_known:
        return "Gruppen är för liten för att beskrivas."
    levels = f"kvinnor {level(gap, gap.women)}, män {level(gap, gap.men)}"
    compared = size(gap) if gap.contrast == "ratio" else f"skillnad {size(gap)}"
    limits = f" (95{NBSP}% intervall {interval(gap)})" if gap.has_interval else ""
    return (
        f"{capital(gap.measure.name)}: {levels}. {capital(compared)}{limits}. "
        f"Räknat på {counted(gap)}.{_more(gap)}"
    )


def _more(gap: Gap) -> str:
    if gap.verdict is Verdict.NOT_ESTABLISHED and gap.more_women == gap.more_men == 0:
        return " Den kan vara noll, men också så stor att den spelar roll."
    if not gap.more_women or not gap.more_men:
        return ""
    women, men = (number(_rounded(more)) for more in (gap.more_women, gap.more_men))
    return (
        f" Det behövs ungefär {women} kvinnor och {men} män till för att säkert kunna se en "
        f"skillnad som spelar roll."
    )


def _rounded(more: int) -> int:
    """Round up to two figures: it is no more certain than that."""
    step = int(10 ** max(len(str(more)) - 2, 0))
    return -(-more // step) * step


def counted(gap: Gap) -> str:
    """Say how many a gap rests on: ``182 kvinnor och 232 män``."""
    women, men = number(gap.n_women), number(gap.n_men)
    if gap.measure.counted == "personer":
        return f"{women} kvinnor och {men} män"
    return f"{women} {gap.measure.counted} från kvinnor och {men} från män"


def in_brief(gap: Gap) -> str:
    """Say a gap in a few words, for those who hear a figure."""
    if not gap.is_known:
        return "för få för att beskrivas"
    limits = f" ({interval(gap)})" if gap.has_interval else ""
    verdict = f", {VERDICTS[gap.verdict]}" if gap.verdict else ""
    return f"{'kan inte anges' if isnan(gap.estimate) else size(gap)}{limits}{verdict}"
