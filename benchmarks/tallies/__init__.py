"""The tally of every question, ours and in SQL by hand, each run in a process of its own."""

TABLES = {
    "queue-times": ["decisions"],
    "extensions": ["placements", "extensions"],
    "user-satisfaction": ["survey"],
    "unplanned-terminations": ["placements"],
}
"""The tables each question is answered from."""
