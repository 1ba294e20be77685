"""What the environment variables name: the same places in whatever folder one is asked."""

import os
from pathlib import Path
from urllib.parse import quote, unquote

from helpers.paths import ROOT

_VARIABLES = ("LIKAVARD_DATA", "LIKAVARD_DISCLOSURE", "LIKAVARD_KEY", "LIKAVARD_PEERS")
_FILES = ("duckdb", "sqlite")
"""Databases that are files."""


def named(variable: str) -> str | None:
    """Give the place that a variable names.

    Parameters
    ----------
    variable : str
        ``"LIKAVARD_DATA"``, ``"LIKAVARD_DISCLOSURE"``, ``"LIKAVARD_KEY"`` or ``"LIKAVARD_PEERS"``.

    Returns
    -------
    str or None
        An absolute path, or the address of a database; None where it is not set, or empty. What
        is not found from here is looked for from the repository, where most commands are given.
    """
    place = os.environ.get(variable)
    if not place:
        return None
    scheme, is_address, file = place.partition("://")
    if not is_address:
        return str(_absolute(Path(place)))
    if scheme not in _FILES or not file:
        return place
    return f"{scheme}://{quote(_absolute(Path(unquote(file))).as_posix())}"


def use(data: str) -> None:
    """Let cases be read from a folder or a database, as if `LIKAVARD_DATA` named it."""
    os.environ["LIKAVARD_DATA"] = data


def elsewhere() -> dict[str, str]:
    """Give the environment for a program that is to run in another folder."""
    return os.environ | {variable: named(variable) or "" for variable in _VARIABLES}


def _absolute(path: Path) -> Path:
    path = path.expanduser()
    places = (path.absolute(), ROOT / path)
    return next((place for place in places if place.exists()), places[0])
