"""The rules of what may be shown."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from os import environ
from pathlib import Path
from typing import Any

import yaml

from helpers.paths import ROOT


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

    Raises
    ------
    RuleProblem
        If a rule is not a whole number, or is looser than its default.
    """

    min_count: int = 5
    min_denominator: int = 10
    min_at_risk: int = 5
    duration_unit: int = 7

    def __post_init__(self) -> None:
        for rule in fields(self):
            _refuse_looser(rule.name, getattr(self, rule.name), least=rule.default)


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
    path = path or Path(environ.get("LIKAVARD_DISCLOSURE") or ROOT / "disclosure.yml")
    entries = _read(path)
    return Rules(**{_known(name): _value(name, entry) for name, entry in entries.items()})


def _read(path: Path) -> Mapping[str, Any]:
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise RuleProblem(f"Regelfilen {path.name} går inte att läsa.") from error
    if not isinstance(entries, dict):
        raise RuleProblem(f"Regelfilen {path.name} innehåller inga regler.")
    return entries


def _known(name: str) -> str:
    names = [rule.name for rule in fields(Rules)]
    if name not in names:
        raise RuleProblem(f"Regeln {name} finns inte. Reglerna är {', '.join(names)}.")
    return name


def _value(name: str, entry: object) -> Any:  # noqa: ANN401
    if not isinstance(entry, dict) or "value" not in entry:
        raise RuleProblem(f"Regeln {name} saknar value.")
    return entry["value"]


def _refuse_looser(name: str, value: object, least: Any) -> None:  # noqa: ANN401
    if type(value) is not int:
        raise RuleProblem(f"Regeln {name} ska vara ett heltal.")
    if value < least:
        raise RuleProblem(
            f"Regeln {name} är för låg: {value}. Den får skärpas men inte mildras, "
            f"och ska vara minst {least}."
        )
