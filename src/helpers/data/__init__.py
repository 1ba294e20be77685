"""Case tables in: their contracts, how they are read, and the sample."""

from importlib import import_module
from typing import Any

from helpers.data.problems import DataProblem

_FROM = {
    "check": "helpers.data.reading",
    "describe": "helpers.data.dictionary",
    "read_actions": "helpers.data.reading",
    "read_cases": "helpers.data.reading",
    "read_peers": "helpers.data.peers",
    "read_published": "helpers.data.reading",
    "read_tables": "helpers.data.reading",
}

__all__ = ["DataProblem", *_FROM]  # noqa: PLE0604 - all are names


def __getattr__(name: str) -> Any:  # noqa: ANN401
    if name in _FROM:
        return getattr(import_module(_FROM[name]), name)
    raise AttributeError(f"module 'helpers.data' has no attribute '{name}'")
