"""What every contender prints."""

import json
from collections.abc import Mapping
from time import perf_counter

HORIZON = 365
GROUPS = ("women", "men", "childless women", "childless men", "mothers", "fathers")
"""Whose mean wait within `HORIZON` days is asked for."""


class Stopwatch:
    """Seconds each step took, the steps following on each other."""

    def __init__(self) -> None:
        self.steps: dict[str, float] = {}
        self._last = perf_counter()

    def lap(self, step: str) -> None:
        """End a step."""
        now = perf_counter()
        self.steps[step] = now - self._last
        self._last = now


def report(stopwatch: Stopwatch, means: Mapping[str, float]) -> None:
    """Print the answer and the seconds."""
    print(json.dumps({"steps": stopwatch.steps, "means": dict(means)}))
