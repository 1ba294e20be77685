"""What a case is, by the name that is told of it.

Questions about the same cases use the same name, so that what they tell is held together.
"""

FIRST_DECISIONS = "queue"
"""Persons, by their first decision."""
DECISIONS = "queue decisions"
PLACEMENTS = "placements"
PLACED = "placed persons"
RESPONSES = "survey"
