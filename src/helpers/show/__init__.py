"""Figures, tables and Swedish words: one call shows a result with its figure, table and files."""

from helpers.show import extensions, unplanned_terminations, user_satisfaction
from helpers.show.front_page import overview
from helpers.show.gaps import answer, gap, sensitivity
from helpers.show.published_figures import (
    checks,
    claimed_gaps,
    contradictions,
    extended,
    findings,
    possible_groups,
    rate_ratios,
)
from helpers.show.queue_times import counted, housed, tests, waiting

__all__ = [
    "answer",
    "checks",
    "claimed_gaps",
    "contradictions",
    "counted",
    "extended",
    "extensions",
    "findings",
    "gap",
    "housed",
    "overview",
    "possible_groups",
    "rate_ratios",
    "sensitivity",
    "tests",
    "unplanned_terminations",
    "user_satisfaction",
    "waiting",
]
