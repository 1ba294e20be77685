"""The tally of every question, ours and in SQL by hand, each run in a process of its own."""

TABLES = {
    "queue_times": ["decisions"],
    "extensions": ["extensions", "placements"],
    "user_satisfaction": ["survey"],
    "unplanned_terminations": ["placements"],
    "goals": ["goals"],
    "violence_found": ["screening"],
    "pathways": ["stays"],
}
"""The tables each question is answered from, its own first."""
