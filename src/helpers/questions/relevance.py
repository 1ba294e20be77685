"""How large a difference must be to matter: the municipality's own figures, ``likavard.yml``."""

from functools import cache
from math import log
from pathlib import Path

import yaml

from helpers.paths import ROOT
from helpers.problem import Problem

_FILE = ROOT / "likavard.yml"
_DEFAULTS = {
    "queue-times": 30.0,
    "extensions": 10.0,
    "user-satisfaction": 10.0,
    "unplanned-terminations": 1.25,
}
_POINTS = {"extensions", "user-satisfaction"}
_RATIOS = {"unplanned-terminations"}


class SettingsProblem(Problem):
    """The settings cannot be used. ``str()`` is the Swedish message."""


def relevant_difference(question: str, file: Path = _FILE) -> float:
    """Read how large a question's headline must be to matter.

    Parameters
    ----------
    question : str
        The question's name.
    file : Path
        The settings; what it leaves out has a value of its own: 30 days, 10 percentage points,
        a ratio of 1.25.

    Returns
    -------
    float
        In days, as a share of 1, or as the logarithm of a ratio.

    Raises
    ------
    SettingsProblem
        If the file cannot be read, names another question, or holds something that is no number
        above 0 (a ratio: above 1).
    """
    figure = float((_DEFAULTS | _stated(file))[question])
    if question in _RATIOS:
        return log(figure)
    return figure / 100 if question in _POINTS else figure


@cache
def _stated(file: Path) -> dict[str, float]:
    try:
        entries = yaml.safe_load(file.read_text(encoding="utf-8")) if file.exists() else {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SettingsProblem(f"{file.name} går inte att läsa.") from error
    stated = (entries or {}).get("relevant_difference") or {}
    for question, figure in stated.items():
        _refuse(question, figure, file.name)
    return dict(stated)


def _refuse(question: object, figure: object, file: str) -> None:
    if question not in _DEFAULTS:
        names = ", ".join(_DEFAULTS)
        raise SettingsProblem(
            f"{file}, relevant_difference: {question} finns inte. Frågorna är {names}."
        )
    least = 1 if question in _RATIOS else 0
    if isinstance(figure, bool) or not isinstance(figure, int | float) or figure <= least:
        raise SettingsProblem(
            f"{file}, relevant_difference, {question}: värdet ska vara ett tal över {least}."
        )
