"""The rules of what may be shown: a municipality may tighten them, not loosen them."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml

from helpers.disclosure import noise
from helpers.environment import named
from helpers.paths import ours
from helpers.problem import Problem

_OWN = ours("disclosure.yml")
_TIGHTER_IF_LOWER = {"contribution_cap"}


class RuleProblem(Problem):
    """The rules cannot be used. ``str()`` is the Swedish message."""


@dataclass(frozen=True)
class Rules:
    """The rules of what may be shown. The defaults are the least protection allowed.

    Attributes
    ----------
    smallest_shown : int
        Noisy counts below are written as such: ``< 5``.
    max_noise : int
        Largest deviation of a noisy count, in persons.
    variance : int
        Of the deviations, in squared persons.
    smallest_group, smallest_mean : int
        Fewest persons, by their noisy count, of whom a share or rate, or a mean, is given.
    smallest_sensitive : int
        The same of what is most sensitive, such as violence; and fewest interviewed in an audit.
    contribution_cap : int
        Most days a person adds to a sum.

    Raises
    ------
    RuleProblem
        If a rule is not a whole number, is looser than its default, or the noise cannot vary
        so much.
    """

    smallest_shown: int = 5
    max_noise: int = 7
    variance: int = 4
    smallest_group: int = 10
    smallest_mean: int = 12
    smallest_sensitive: int = 30
    contribution_cap: int = 730

    def __post_init__(self) -> None:
        for rule in fields(self):
            _refuse_looser(rule.name, getattr(self, rule.name))
        try:
            noise.table(self.max_noise, self.variance)
        except ValueError:
            raise RuleProblem(
                f"Regeln variance är för hög ({self.variance}) för ett brus på högst "
                f"{self.max_noise}. Höj max_noise också."
            ) from None

    def of_sensitive(self) -> "Rules":
        """Give the rules of what is most sensitive: no smaller group is described at all."""
        least = self.smallest_sensitive
        group, mean = max(self.smallest_group, least), max(self.smallest_mean, least)
        return replace(self, smallest_group=group, smallest_mean=mean)

    @property
    def noise(self) -> npt.NDArray[np.float64]:
        """The perturbation table that the rules ask for."""
        return noise.table(self.max_noise, self.variance)


@dataclass(frozen=True)
class Explained:
    """A rule as readers may see it: its name in the file, and the rest in Swedish."""

    name: str
    title: str
    value: int
    tighter: str
    explanation: str
    source: str


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
    path = path or Path(named("LIKAVARD_DISCLOSURE") or _OWN)
    text = _read(path)
    values = {_known(name): _value(name, entry) for name, entry in _entries(text, path).items()}
    for name, line in _lines(text).items():
        _refuse_looser(name, values[name], where=f" på rad {line} i {path.name}")
    return Rules(**values)


def explained(path: Path | None = None) -> list[Explained]:
    """List every rule in the order of ``disclosure.yml``, with the value `load_rules` gives it."""
    rules = load_rules(path)
    return [
        Explained(name, **{**entry, "value": getattr(rules, name)})
        for name, entry in _entries(_read(_OWN), _OWN).items()
    ]


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


def _value(name: str, entry: object) -> Any:  # noqa: ANN401 - tried when the rules are made
    if not isinstance(entry, dict) or "value" not in entry:
        raise RuleProblem(f"Regeln {name} saknar value.")
    return entry["value"]


def _refuse_looser(name: str, value: object, where: str = "") -> None:
    loosest = getattr(Rules, name)
    if type(value) is not int or value < 1:
        raise RuleProblem(f"Regeln {name}{where} ska vara ett heltal över noll.")
    if name in _TIGHTER_IF_LOWER and value > loosest:
        raise RuleProblem(
            f"Regeln {name}{where} är för hög: {value}. Den får sänkas men inte höjas, "
            f"och ska vara högst {loosest}."
        )
    if name == "max_noise" and value > 50:
        raise RuleProblem(f"Regeln {name}{where} ska vara högst 50.")
    if name not in _TIGHTER_IF_LOWER and value < loosest:
        raise RuleProblem(
            f"Regeln {name}{where} är för låg: {value}. Den får höjas men inte sänkas, "
            f"och ska vara minst {loosest}."
        )
