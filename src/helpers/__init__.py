"""Names an analyst starts from, to ask whether women and men get the same care.

Each is imported when first used.
"""

from importlib import import_module
from typing import Any

_FUNCTIONS = {"read_cases": "helpers.data", "read_published": "helpers.data"}
_MODULES = {
    "extensions": "helpers.questions.extensions",
    "published_figures": "helpers.questions.published_figures",
    "queue_times": "helpers.questions.queue_times",
    "show": "helpers.show",
    "unplanned_terminations": "helpers.questions.unplanned_terminations",
    "user_satisfaction": "helpers.questions.user_satisfaction",
}

__all__ = [
    "extensions",
    "published_figures",
    "queue_times",
    "read_cases",
    "read_published",
    "show",
    "unplanned_terminations",
    "user_satisfaction",
]


def __dir__() -> list[str]:
    return __all__


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module or a function
    if name in _MODULES:
        return import_module(_MODULES[name])
    if name in _FUNCTIONS:
        return getattr(import_module(_FUNCTIONS[name]), name)
    raise AttributeError(f"module 'helpers' has no attribute '{name}'")
