"""What the municipality has set in `likavard.yml`: what matters, breaks in series, and prices."""

from datetime import date
from functools import cache
from math import inf
from pathlib import Path

import yaml

from helpers.paths import ROOT
from helpers.problem import Problem
from helpers.questions import QUESTIONS

FILE = ROOT / "likavard.yml"


class SettingsProblem(Problem):
    """The settings cannot be used. ``str()`` is the Swedish message."""


@cache
def by_question(section: str, file: Path = FILE) -> dict[str, object]:
    """Read a section that has a line for each question it sets something for.

    Raises
    ------
    SettingsProblem
        If the file cannot be read, the section is none, or names another question.
    """
    stated = _section(section, file, "en rad för varje fråga")
    names = [name.replace("_", "-") for name in QUESTIONS]
    for question in stated:
        if question not in names:
            raise SettingsProblem(
                f"{file.name}, {section}: {question} finns inte. Frågorna är {', '.join(names)}."
            )
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
    entries = _entries(file)
    stated = entries.get(name) or {} if isinstance(entries, dict) else entries
    if not isinstance(stated, dict | None):
        raise SettingsProblem(f"{file.name}: skriv {name} med {lines}.")
    return dict(stated or {})


@cache
def _entries(file: Path) -> object:
    try:
        return yaml.safe_load(file.read_text(encoding="utf-8")) if file.exists() else {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SettingsProblem(f"{file.name} går inte att läsa.") from error
