"""What the municipality has set in `likavard.yml` for its questions one by one, and prices."""

from datetime import date
from functools import cache
from math import inf
from pathlib import Path

from helpers import settings
from helpers.questions import QUESTIONS
from helpers.settings import FILE, SettingsProblem

NAMES = tuple(name.replace("_", "-") for name in QUESTIONS)
"""The questions, as they are written in the file."""


def check(file: Path = FILE) -> None:
    """Read all that is set, to tell at once what cannot be.

    Raises
    ------
    SettingsProblem
    """
    settings.name(file), settings.as_of(file), settings.period(file)
    by_question("relevant_difference", file), prices(file), left_out(file)
    for question in NAMES:
        breaks(question, file), groupings(question, file)


@cache
def by_question(section: str, file: Path = FILE) -> dict[str, object]:
    """Read a section that has a line for each question it sets something for.

    Raises
    ------
    SettingsProblem
        If the file cannot be read, the section is none, or names another question.
    """
    stated = _section(section, file, "en rad för varje fråga")
    for question in stated:
        settings.refuse_unknown(question, NAMES, f"{file.name}, {section}")
    return stated


def breaks(question: str, file: Path = FILE) -> dict[date, str]:
    """Read from which days something is counted in another way, and why.

    Raises
    ------
    SettingsProblem
        As `by_question`, and if what is stated is no day with a reason.
    """
    stated = by_question("breaks", file).get(question) or {}
    if isinstance(stated, dict) and all(type(day) is date for day in stated):
        return {day: str(why) for day, why in stated.items()}
    raise SettingsProblem(
        f"{file.name}, breaks, {question}: skriv en dag och ett skäl på varje rad, "
        "som 2024-07-01: nya riktlinjer."
    )


def groupings(question: str, file: Path = FILE) -> list[str]:
    """Read what a question's page groups by beside its own groups.

    Raises
    ------
    SettingsProblem
        As `by_question`, and if what is stated is no list of columns.
    """
    stated = by_question("groupings", file).get(question) or []
    if isinstance(stated, list) and all(isinstance(column, str) for column in stated):
        return stated
    raise SettingsProblem(
        f"{file.name}, groupings, {question}: skriv kolumnerna inom hakparentes, som [year]."
    )


def left_out(file: Path = FILE) -> list[str]:
    """Read which pages the municipality does not want on its site.

    Raises
    ------
    SettingsProblem
        If the file cannot be read, or what is stated is no list.
    """
    stated = settings.entries(file).get("leave_out") or []
    if isinstance(stated, list):
        return [str(page) for page in stated]
    raise SettingsProblem(f"{file.name}, leave_out: skriv frågorna inom hakparentes.")


def prices(file: Path = FILE) -> dict[str, float]:
    """Read what a day in each care form costs, in kronor; nothing where there is no price list.

    Raises
    ------
    SettingsProblem
        If the file cannot be read, or a price is no number above 0.
    """
    stated = _section("prices", file, "en rad för varje vårdform")
    for form, price in stated.items():
        if isinstance(price, bool) or not isinstance(price, int | float) or not 0 < price < inf:
            raise SettingsProblem(f"{file.name}, prices, {form}: priset ska vara ett tal över 0.")
    return {form: float(str(price)) for form, price in stated.items()}


def _section(name: str, file: Path, lines: str) -> dict[str, object]:
    stated = settings.entries(file).get(name) or {}
    if not isinstance(stated, dict):
        raise SettingsProblem(f"{file.name}: skriv {name} med {lines}.")
    return dict(stated)
