"""What may be shown, by the rules in ``disclosure.yml``.

Everything that is published is computed from what `protect` or `protect_durations` gives.
What needs pandas is imported when first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from helpers.disclosure.hidden import Hidden, Reason
from helpers.disclosure.rules import RuleProblem, Rules, explained, load_rules

if TYPE_CHECKING:
    from helpers.disclosure.durations import cut_curve, protect_durations
    from helpers.disclosure.grouping import TOTAL
    from helpers.disclosure.safe_counts import SafeCounts
    from helpers.disclosure.shares import share
    from helpers.disclosure.sums import shown_sum
    from helpers.disclosure.tables import protect, protect_together

_LATER = {
    "SafeCounts": "safe_counts",
    "TOTAL": "grouping",
    "cut_curve": "durations",
    "protect": "tables",
    "protect_durations": "durations",
    "protect_together": "tables",
    "share": "shares",
    "shown_sum": "sums",
}

__all__ = [
    "TOTAL",
    "Hidden",
    "Reason",
    "RuleProblem",
    "Rules",
    "SafeCounts",
    "cut_curve",
    "explained",
    "load_rules",
    "protect",
    "protect_durations",
    "protect_together",
    "share",
    "shown_sum",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401
    if name not in _LATER:
        raise AttributeError(f"module 'helpers.disclosure' has no attribute '{name}'")
    return getattr(import_module(f"helpers.disclosure.{_LATER[name]}"), name)
