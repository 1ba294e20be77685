"""Waiting times that may be cut short: survival estimators on counts.

Every function takes one table of counts: a row for each group, time and event, with the
columns

``time``
    Time observed, 0 or more, in any unit.
``event``
    How it ended: 0 still waiting (censored), 1 the event of interest, 2 a competing event.
``n``
    How many. Rows that repeat a time and event are summed; rows of nobody count for nothing.

All other columns say which group a row belongs to; with none there is one group. Every
function gives a tidy table, the grouping columns first, one block per group in sorted order,
and refuses counts that are not so with a ValueError. Cost grows with the distinct times, not
with the people counted.

Own code, since statsmodels 0.15 has none of it on counts: `SurvfuncRight` takes frequency
weights but gives wrong standard errors with them, `CumIncidenceRight` gives none, and
`survdiff` ignores them. Checked against R's survival and cmprsk.
"""

from helpers.stats.survival.comparison import gray, logrank
from helpers.stats.survival.curves import cumulative_incidence, incidence_at, kaplan_meier
from helpers.stats.survival.summaries import median, restricted_mean

__all__ = [
    "cumulative_incidence",
    "gray",
    "incidence_at",
    "kaplan_meier",
    "logrank",
    "median",
    "restricted_mean",
]
