"""What a case is, by the name that is told of it.

Questions about the same cases use the same name, so that what they tell is held together.
"""

from collections.abc import Iterable

from helpers.disclosure.told import Ratio, cell

FIRST_DECISIONS = "queue"
"""Persons, by their first decision."""
DECISIONS = "queue decisions"
PLACEMENTS = "placements"
PLACED = "placed persons"
RESPONSES = "survey"


def some(cases: str, attribute: str, values: Iterable[str], others: str, as_of: object) -> Ratio:
    """Say that cases may have another value of an attribute than those that are told of.

    Parameters
    ----------
    cases : str
        What a case is.
    attribute : str
        The attribute.
    values : iterable of str
        The values told of.
    others : str
        What the other is called.
    as_of : object
        The day it stands for.

    Returns
    -------
    Ratio
        A share that may be anything.
    """
    told = tuple(values)
    part, whole = (cell(cases, {attribute: every}) for every in (told, (*told, others)))
    return Ratio(part, whole, 0.0, 1.0, str(as_of))
