"""Notebooks that have been run, read back: their titles and the gaps they show."""

from collections.abc import Iterable, Mapping
from math import nan
from typing import Any

import yaml

from helpers.disclosure import Group
from helpers.questions.gap import Gap, Measure, Verdict
from helpers.show.shown import MIME
from helpers.stats.estimate import Estimate

Notebook = Mapping[str, Any]
"""A notebook that has been run, as JSON."""


def gaps_in(notebook: Notebook) -> list[Gap]:
    """Read the gaps a notebook shows, each once, the headline first.

    Parameters
    ----------
    notebook : dict
        An executed notebook, as JSON.

    Returns
    -------
    list of Gap
    """
    found = (_gap(entry) for shown in published(notebook) for entry in shown.get("gaps", []))
    return sorted(dict.fromkeys(found), key=lambda gap: not gap.headline)


def published(notebook: Notebook) -> Iterable[Mapping[str, Any]]:
    """Give the numbers each output of a notebook publishes.

    Parameters
    ----------
    notebook : dict
        An executed notebook, as JSON.

    Returns
    -------
    iterable of dict
    """
    outputs = (output for cell in notebook["cells"] for output in cell.get("outputs", []))
    return (output["data"][MIME] for output in outputs if MIME in output.get("data", {}))


def title(notebook: Notebook) -> str:
    """Read a notebook's title from its front matter.

    Parameters
    ----------
    notebook : dict
        A notebook whose first cell is its front matter.
    """
    front_matter = "".join(notebook["cells"][0]["source"]).strip().strip("-")
    return str(yaml.safe_load(front_matter)["title"])


_NONE_IS_NAN = {"women", "men", "estimate", "low", "high", "value", "p_value"}
"""Numbers, which JSON has no NaN for; anything else that is None is None."""


def _gap(entry: Mapping[str, Any]) -> Gap:
    number = entry["attributable"]
    own = {
        "measure": Measure(**entry["measure"]),
        "group": Group(**entry["group"]),
        "levels": tuple(_estimate(level) for level in entry["levels"]),
        "verdict": entry["verdict"] and Verdict(entry["verdict"]),
        "attributable": number and _estimate(number),
    }
    return Gap(**_values(entry) | own)


def _estimate(entry: Mapping[str, Any]) -> Estimate:
    return Estimate(**_values(entry))


def _values(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _value(name, value) for name, value in entry.items()}


def _value(name: str, value: object) -> Any:  # noqa: ANN401 - as many kinds as a gap has
    if value in ("inf", "-inf"):
        return float(str(value))
    return nan if value is None and name in _NONE_IS_NAN else value
