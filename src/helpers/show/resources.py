"""What placements take on the page: days of each woman and man placed, and kronor."""

from collections.abc import Iterable, Iterator, Mapping
from math import nan

import pandas as pd
from markupsafe import escape

from helpers.disclosure import EVERYONE, PEOPLE, Group, Published
from helpers.questions.settings import prices
from helpers.show import words
from helpers.show.compose import with_table
from helpers.show.shown import Shown

_YEAR = 365.25
"""Days."""
_HEADS = {
    "K": ("Dygn per kvinna", "Antal kvinnor", "Kronor per kvinna"),
    "M": ("Dygn per man", "Antal män", "Kronor per man"),
}


def per_person(published: Published) -> Shown:
    """Show how many days each woman and man placed has been so, and by care form.

    Parameters
    ----------
    published : Published
        Of `helpers.questions.resources`.

    Returns
    -------
    Shown
        In kronor too, where `likavard.yml` has a price of a care form that is shown.
    """
    forms = [group for group in published.groups() if not group.is_everyone]
    listed = prices()
    priced = {form: listed[str(form.value)] for form in forms if form.value in listed}
    paid = {EVERYONE: priced} | {form: {form: priced.get(form, nan)} for form in forms}
    numbers = pd.DataFrame([_numbers(published, *row) for row in paid.items()], dtype=object)
    kept = [head for heads in _HEADS.values() for head in (heads if priced else heads[:2])]
    names = ["Alla", *(words.capital(str(form.value)) for form in forms)]
    data = pd.concat([pd.Series(names, name="Vårdform"), numbers[kept]], axis=1)
    return with_table(
        "Dygn per person som varit placerad, efter kön och vårdform",
        data.map(lambda cell: cell if isinstance(cell, str) else words.number(cell)),
        "placeringsdygn",
        {"resources": data, "published": published},
        notes="".join(f"<p>{note}</p>" for note in _notes(published, forms, listed)),
        data=data.map(lambda cell: words.WITHHELD if cell is None else cell),
    )


def _numbers(
    published: Published, group: Group, paid: Mapping[Group, float]
) -> dict[str, float | None]:
    """Give by sex days a person, how many they are, and whole thousands of kronor a person."""
    found: dict[str, float | None] = {}
    for sex, (days, people, kronor) in _HEADS.items():
        n = published.people(sex, group)
        cost = sum(_days(published, sex, form) * price for form, price in paid.items())
        found[days] = n and round(_days(published, sex, group) / n)
        found[people] = n
        found[kronor] = n and round(cost / n, -3)
    return found


def _days(published: Published, sex: str, group: Group) -> float:
    return _YEAR * published.years(PEOPLE, group, sex=sex)


def _notes(
    published: Published, forms: Iterable[Group], listed: Mapping[str, float]
) -> Iterator[str]:
    yield (
        f"Var och en räknas med högst {words.number(published.rules.contribution_cap)} dygn. "
        "Summan av dygn är avrundad till hela år. Intervall visas inte, eftersom vi inte visar "
        "hur mycket dygnen skiljer sig mellan personer."
    )
    known = {str(form.value) for form in forms}
    if not listed:
        return
    if published.left_out:
        yield "Kronor räknas per vårdform, och visas inte i en kommun av den här storleken."
        return
    if known - {*listed}:
        yield f"Pris saknas för {_list(known - {*listed})}. Den tiden är inte med i kronorna."
    if {*listed} - known:
        yield f"Prislistan har namn som inte är någon vårdform här: {_list({*listed} - known)}."


def _list(names: Iterable[str]) -> str:
    return ", ".join(str(escape(name)) for name in sorted(names))
