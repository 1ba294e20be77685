"""Names an analyst starts from, to ask whether women and men get the same care.

Each is imported when first used.
"""

from importlib import import_module
from typing import Any

from helpers.questions import QUESTIONS

_FUNCTIONS = {
    "read_actions": "helpers.data",
    "read_cases": "helpers.data",
    "read_published": "helpers.data",
    "read_peers": "helpers.data",
    "read_tables": "helpers.data",
}
_OTHERS = (
    "resources",
    "published_figures",
    "comparison",
    "actions",
    "audit",
    "dialogue",
    "mapping",
    "interviews",
    "before_queue",
)
_MODULES = {
    **{name: f"helpers.questions.{name}" for name in (*QUESTIONS, *_OTHERS)},
    "show": "helpers.show",
}

__all__ = [*_FUNCTIONS, *_MODULES]  # noqa: PLE0604 - all are names


def __dir__() -> list[str]:
    return __all__


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module or a function
    if name in _MODULES:
        return import_module(_MODULES[name])
    if name in _FUNCTIONS:
        return getattr(import_module(_FUNCTIONS[name]), name)
    raise AttributeError(f"module 'helpers' has no attribute '{name}'")
