"""The rules of what may be shown."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from os import environ
from pathlib import Path
from typing import Any

import yaml

from helpers.paths import ROOT

_OWN = ROOT / "disclosure.yml"


class RuleProblem(ValueError):  # noqa: N818
    """The rules cannot be used. `str()` is the Swedish message."""


@dataclass(frozen=True)
class Rules:
    """The rules of what may be shown. A higher number is a stricter rule.

    The defaults are the least protection allowed; ``disclosure.yml`` explains each rule
    and names its source.

    Attributes
    ----------
    min_count : int
        Smallest count of persons that is shown, zero apart; also how much room, in
        persons, a reader's best bounds of a hidden count must leave.
    min_denominator : int
        Smallest number of persons a share may rest on.
    min_at_risk : int
        Fewest persons at risk where a curve is drawn.
    duration_unit : int
        Days in the unit durations are counted in; 7 is a week.
    min_others : int
        Smallest part of a sum, in percent, that all but its largest contributor make up.
    rounding_base : int
        What shown counts are rounded to multiples of; 1 is not at all.

    Raises
    ------
    RuleProblem
        If a rule is not a whole number, or is looser than its default.
    """

    min_count: int = 5
    min_denominator: int = 10
    min_at_risk: int = 5
    duration_unit: int = 7
    min_others: int = 50
    rounding_base: int = 1

    def __post_init__(self) -> None:
        for rule in fields(self):
            _refuse_looser(rule.name, getattr(self, rule.name))


@dataclass(frozen=True)
class Explained:
    """A rule as readers may see it.

    Attributes
    ----------
    name : str
        Its name in ``disclosure.yml``.
    title : str
        Its name in Swedish.
    value : int
        Its value.
    explanation, source : str
        What it says and where it is from, in Swedish.
    reason : str
        Its code; that of a `Reason` where it hides numbers.
    """

    name: str
    title: str
    value: int
    explanation: str
    source: str
    reason: str


def load_rules(path: Path | None = None) -> Rules:
    """Read the rules of what may be shown.

    Parameters
    ----------
    path : Path, optional
        File of rules, in the form of ``disclosure.yml``. By default the file named by the
        environment variable ``LIKAVARD_DISCLOSURE``, else ``disclosure.yml`` itself.

    Returns
    -------
    Rules
        A rule the file leaves out has its default.

    Raises
    ------
    RuleProblem
        If the file cannot be read, or holds an unknown or too loose rule.
    """
    path = path or _chosen()
    text = _read(path)
    values = {_known(name): _value(name, entry) for name, entry in _entries(text, path).items()}
    for name, line in _lines(text).items():
        _refuse_looser(name, values[name], where=f" på rad {line} i {path.name}")
    return Rules(**values)


def explained(path: Path | None = None) -> list[Explained]:
    """List every rule, with the value it has.

    Parameters
    ----------
    path : Path, optional
        As `load_rules` takes it. What the rules say is read from ``disclosure.yml``.

    Returns
    -------
    list of Explained
        In order of the file.

    Raises
    ------
    RuleProblem
        As `load_rules`.
    """
    rules = load_rules(path)
    return [
        Explained(name, **{**entry, "value": getattr(rules, name)})
        for name, entry in _entries(_read(_OWN), _OWN).items()
    ]


def _chosen() -> Path:
    return Path(environ.get("LIKAVARD_DISCLOSURE") or _OWN)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(path) from error


def _entries(text: str, path: Path) -> Mapping[str, Any]:
    try:
        entries = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise _unreadable(path) from error
    if not isinstance(entries, dict):
        raise RuleProblem(f"Regelfilen {path.name} innehåller inga regler.")
    return entries


def _unreadable(path: Path) -> RuleProblem:
    return RuleProblem(f"Regelfilen {path.name} går inte att läsa.")


def _lines(text: str) -> dict[str, int]:
    """Find the line that each rule's value stands on."""
    file = yaml.compose(text)
    assert isinstance(file, yaml.MappingNode)
    return {
        name.value: value.start_mark.line + 1
        for name, entry in file.value
        for key, value in entry.value
        if key.value == "value"
    }


def _known(name: str) -> str:
    names = [rule.name for rule in fields(Rules)]
    if name not in names:
        raise RuleProblem(f"Regeln {name} finns inte. Reglerna är {', '.join(names)}.")
    return name


def _value(name: str, entry: object) -> Any:  # noqa: ANN401
    if not isinstance(entry, dict) or "value" not in entry:
        raise RuleProblem(f"Regeln {name} saknar value.")
    return entry["value"]


def _refuse_looser(name: str, value: object, where: str = "") -> None:
    least = getattr(Rules, name)
    if type(value) is not int:
        raise RuleProblem(f"Regeln {name}{where} ska vara ett heltal.")
    if value < least:
        raise RuleProblem(
            f"Regeln {name}{where} är för låg: {value}. Den får skärpas men inte mildras, "
            f"och ska vara minst {least}."
        )
