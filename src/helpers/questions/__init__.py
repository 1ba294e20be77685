"""One module a question: what is counted, and which gap is asked for."""

QUESTIONS = (
    "queue_times",
    "extensions",
    "user_satisfaction",
    "unplanned_terminations",
    "goals",
    "violence_found",
    "pathways",
)
"""Those answered from case tables, each by the same four verbs, in the order of the menu."""
