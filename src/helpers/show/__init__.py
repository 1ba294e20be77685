"""Figures, tables and Swedish words: one call shows a result with its figure, table and files.

What every question shows is here; what is particular to one is in a module of its name.
"""

from importlib import import_module
from typing import Any

from helpers.questions import QUESTIONS
from helpers.show.compose import aside
from helpers.show.front_page import overview
from helpers.show.gaps import answer, gap
from helpers.show.measures import all_measures

_MODULES = (
    *QUESTIONS,
    "resources",
    "published_figures",
    "comparison",
    "county",
    "actions",
    "audit",
    "dialogue",
    "mapping",
    "interviews",
)

__all__ = ["answer", "aside", "gap", "all_measures", "overview", *_MODULES]  # noqa: PLE0604 - all are names


def __dir__() -> list[str]:
    return __all__


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module
    if name in _MODULES:
        return import_module(f"helpers.show.{name}")
    raise AttributeError(f"module 'helpers.show' has no attribute '{name}'")
