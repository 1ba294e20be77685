"""What the tables of dialogue meetings hold: who came by number, and what was raised."""

import pandera.ibis as pa

from helpers.data.codes import LEVEL
from helpers.data.columns import at_least, coded, column, day, rule

_MEETING = column(str, "Möte", "Mötets id, samma i alla tabeller")
_TOPIC = column(str, "Ämne", "Ämnets id, samma i alla tabeller")

MEETINGS = pa.DataFrameSchema(
    {
        "meeting_id": column(str, "Möte", "Mötets id", unique=True),
        "held_on": day("Dag", "Dagen då mötet hölls"),
        "invited": column(int, "Inbjudna", "Antal inbjudna brukare", checks=at_least(0)),
        "came_users": column(int, "Brukare", "Antal brukare som kom", checks=at_least(0)),
        "came_staff": column(int, "Personal", "Antal ur personalen", checks=at_least(0)),
        "manager_present": column(bool, "Chef", "Om en chef var med"),
    },
    title="Dialogmöten",
    description="En rad är ett möte mellan brukare och personal",
)

TOPICS = pa.DataFrameSchema(
    {
        "topic_id": column(str, "Ämne", "Ämnets id", unique=True),
        "title": column(str, "Namn", "Ämnet i några ord, aldrig ett citat"),
        "level": coded(LEVEL, "Avgörs av", "Vem som kan göra något åt det"),
    },
    title="Ämnen på dialogmöten",
    description="En rad är ett ämne som har tagits upp",
)

RAISED = pa.DataFrameSchema(
    {
        "meeting_id": _MEETING,
        "topic_id": _TOPIC,
        "rank": column(
            int, "Plats", "Ämnets plats, 1 är viktigast", "rangordnades inte", checks=at_least(1)
        ),
        "mentions": column(
            int, "Röster", "Hur många som tog upp det", "inte känt", checks=at_least(1)
        ),
    },
    checks=[
        rule(
            "två ämnen på samma plats",
            "Ge varje ämne på ett möte en egen plats, eller ingen.",
            lambda t: t.rank.isnull() | (t.count().over(group_by=["meeting_id", "rank"]) == 1),
        ),
    ],
    unique=["meeting_id", "topic_id"],
    title="Det som togs upp på dialogmöten",
    description="En rad är ett ämne på ett möte",
)

DIALOGUE_TABLES = {"meetings": MEETINGS, "topics": TOPICS, "raised": RAISED}
REFERS_TO = {"raised": {"meetings": "meeting_id", "topics": "topic_id"}}
