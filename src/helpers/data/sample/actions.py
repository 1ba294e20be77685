"""What the invented municipality does about what it found."""

from datetime import date

from helpers.data.contracts import ACTIONS
from helpers.data.sample.draws import Row

_STATED: list[Row] = [
    {
        "action_id": "A01",
        "about": "gap",
        "about_id": "extensions",
        "decided_on": date(2026, 3, 3),
        "decision": "yes",
        "reason": "Färre kvinnor söker. Alla ska få veta att det går att söka.",
        "owner_role": "enhetschef",
        "due_on": date(2026, 9, 1),
        "status": "started",
        "remeasure_on": date(2027, 2, 1),
        "evidence": "Steget ansöka bidrar mest till skillnaden.",
    },
    {
        "action_id": "A02",
        "about": "gap",
        "about_id": "queue-times",
        "decided_on": date(2026, 3, 17),
        "decision": "study",
        "reason": "Vilka bostäder som söks är inte känt.",
        "owner_role": "verksamhetschef",
        "due_on": date(2026, 10, 1),
        "status": "not started",
        "remeasure_on": date(2027, 2, 1),
    },
    {
        "action_id": "A03",
        "about": "gap",
        "about_id": "user-satisfaction",
        "owner_role": "utvecklingsledare",
        "status": "not started",
        "reason": "Fler behöver svara på enkäten innan något kan sägas.",
    },
]

ROWS: list[Row] = [{column: row.get(column) for column in ACTIONS.columns} for row in _STATED]
