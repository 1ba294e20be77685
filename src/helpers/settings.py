"""What the municipality has set for the whole of its site, in `likavard.yml`."""

from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path

import yaml

from helpers.paths import ROOT
from helpers.problem import Problem

FILE = ROOT / "likavard.yml"
KEYS = (
    "name",
    "as_of",
    "period",
    "groupings",
    "relevant_difference",
    "leave_out",
    "breaks",
    "prices",
    "peers",
    "peers_breaks",
)
"""All that may be set."""
LONGEST_PERIOD = 20


class SettingsProblem(Problem):
    """The settings cannot be used. ``str()`` is the Swedish message."""


def name(file: Path = FILE) -> str | None:
    """Read what the municipality is called; None where it is not stated.

    Raises
    ------
    SettingsProblem
        If the file cannot be read, or it is no text on one line.
    """
    stated = entries(file).get("name")
    if stated is None or (isinstance(stated, str) and stated.strip() and stated.isprintable()):
        return stated and " ".join(stated.split())
    raise SettingsProblem(f"{file.name}, name: skriv kommunens namn, som name: Exempelby kommun.")


def as_of(file: Path = FILE) -> date | None:
    """Read the day the data stand for; None where it is left to the data.

    Raises
    ------
    SettingsProblem
        If the file cannot be read, or it is no day.
    """
    stated = entries(file).get("as_of")
    if stated is None or type(stated) is date:
        return stated
    raise SettingsProblem(f"{file.name}, as_of: skriv en dag, som as_of: 2025-12-31.")


def period(file: Path = FILE) -> int | None:
    """Read how many calendar years are counted, the as-of date's own the last.

    Returns
    -------
    int or None
        None where it is left to each question.

    Raises
    ------
    SettingsProblem
        If the file cannot be read, or it is no number of years.
    """
    stated = entries(file).get("period")
    if stated is None or (type(stated) is int and 1 <= stated <= LONGEST_PERIOD):
        return stated
    raise SettingsProblem(
        f"{file.name}, period: skriv ett antal kalenderår från 1 till {LONGEST_PERIOD}, "
        "som period: 4."
    )


def entries(file: Path = FILE) -> Mapping[str, object]:
    """Read all that is set; nothing where there is no file.

    Raises
    ------
    SettingsProblem
        If the file cannot be read, or sets something that nobody knows.
    """
    stated = _read(file)
    if not isinstance(stated, dict):
        raise SettingsProblem(f"{file.name}: skriv en inställning på varje rad, som period: 4.")
    for key in stated:
        refuse_unknown(key, KEYS, file.name)
    return stated


def refuse_unknown(key: object, known: Iterable[str], where: str) -> None:
    """Refuse a name that nobody knows, and tell which it may be meant for.

    Raises
    ------
    SettingsProblem
    """
    known = [*known]
    if key in known:
        return
    near = get_close_matches(str(key).lower().replace("-", "_"), known, n=1)
    near = near or get_close_matches(str(key).lower().replace("_", "-"), known, n=1)
    meant = f" Menar du {near[0]}?" if near else ""
    raise SettingsProblem(f"{where}: {key} finns inte.{meant} Det som finns är {', '.join(known)}.")


@cache
def _read(file: Path) -> object:
    try:
        return (yaml.safe_load(file.read_text(encoding="utf-8")) or {}) if file.exists() else {}
    except yaml.MarkedYAMLError as error:
        line = f", rad {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise SettingsProblem(f"{file.name}{line}: går inte att läsa.") from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SettingsProblem(f"{file.name} går inte att läsa.") from error
