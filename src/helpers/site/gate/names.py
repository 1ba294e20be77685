"""What is counted, in Swedish: the terms that the questions tell of their cases by."""

import re
from collections.abc import Sequence

from helpers.data.codes import SEX, SURVEY_ITEMS
from helpers.disclosure.told import Cell
from helpers.questions import cases

_CASES = {
    cases.FIRST_DECISIONS: "personer i kön",
    cases.DECISIONS: "beslut i kön",
    cases.PLACEMENTS: "placeringar",
    cases.PLACED: "placerade personer",
    cases.RESPONSES: "enkätsvar",
}
_ATTRIBUTES = {
    "begun from": "började från och med",
    "care_form": "vårdform",
    "days": "dygn",
    "days from": "dygn från",
    "days granted": "beviljade dagar",
    "ending": "avslut",
    "followed from": "följs från",
    "has_children": "har barn",
    "sex": "kön",
    "stage": "förlängning",
    "started": "startår",
    "successes": "beviljade förlängningar",
    "time placed": "tid i placering",
    "time waited": "väntetid",
    "trials": "möjliga förlängningar",
    "year": "år",
    "year of ending": "avslutsår",
    **{item: asked.label for item, asked in SURVEY_ITEMS.items()},
}
_VALUES = {
    **SEX,
    "True": "ja",
    "False": "nej",
    "yes": "ja",
    "no": "nej",
    "unknown": "okänt",
    "access": "fick lägenhet",
    "left": "lämnade kön",
    "waiting": "väntar",
    "ongoing": "pågår",
    "planned": "planerat",
    "unplanned": "oplanerat",
    "granted": "beviljad",
    "denied": "avslag",
    "not applied": "inte sökt",
    "open": "går inte att bedöma än",
}
_MOST = 4
"""Values that are listed; of more, the first and the last."""

_DATED = re.compile(r"(?P<term>.*?)(?P<days>(?: \d{4}-\d\d-\d\d)*)")


def name(cell: Cell) -> str:
    """Name a cell by what it counts and its values, for staff to find it.

    Parameters
    ----------
    cell : Cell
        The cell.

    Returns
    -------
    str
        ``"placeringar (kön: kvinna, vårdform: HVB eller stödboende)"``. A term that is not
        known stands as it is told.
    """
    where = ", ".join(f"{_attribute(name)}: {_or(values)}" for name, values in cell.where)
    counted = _CASES.get(cell.cases, cell.cases)
    what = counted if cell.of == "n" else f"{_attribute(cell.of)} för {counted}"
    return f"{what} ({where or 'alla'})"


def _attribute(name: str) -> str:
    """Translate an attribute's term, and keep the days it stands for."""
    term, days = _parted(name)
    return " ".join([_ATTRIBUTES.get(term, term), " till ".join(days)]).strip()


def _value(value: str) -> str:
    """Translate a value, or those of each day."""
    parts = map(_parted, value.split(", "))
    return ", ".join(" ".join([_VALUES.get(term, term), *days]) for term, days in parts)


def _parted(name: str) -> tuple[str, list[str]]:
    """Part a term from the days that follow it."""
    found = _DATED.fullmatch(name)
    return (found["term"], found["days"].split()) if found else (name, [])


def _or(values: Sequence[str]) -> str:
    *first, last = map(_value, values)
    if len(first) >= _MOST:
        return f"{first[0]} … {last}"
    return f"{', '.join(first)} eller {last}" if first else last
