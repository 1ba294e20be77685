"""Dialogue meetings of an invented unit: the published top ten in its order, and two answers."""

from datetime import date

from helpers.data.sample.draws import Row

_TOPICS = {
    "Kontinuitet": "unit",
    "Tid att lyssna": "caseworker",
    "Relationen är viktig": "caseworker",
    "Individuella lösningar": "caseworker",
    "Delaktighet": "caseworker",
    "Boendet är viktigt": "board",
    "Lättillgänglig hjälp": "unit",
    "Långsiktighet": "board",
    "Behoven ska styra": "national",
    "Ta vara på erfarenheter": "unit",
}
"""The topics in the published order, with who can do something about each."""

_HELD = [
    (date(2016, 2, 10), 3, 2, False, "BACDEFGHI"),
    (date(2016, 5, 11), 8, 3, True, "ABDCEGFHI"),
    (date(2016, 9, 14), 3, 2, False, "ACBDEFHGI"),
    (date(2016, 11, 16), 8, 2, False, "ABCDFEGHI"),
    (date(2017, 2, 8), 3, 3, True, "ACBDEFGIHJ"),
    (date(2017, 5, 17), 8, 2, False, "BADCEFGHIJ"),
    (date(2017, 9, 6), 3, 2, False, "ABCDEFGHIJ"),
    (date(2017, 11, 15), 8, 3, True, "ABCDEGFHIJ"),
]
"""Day, users and staff who came, whether a manager did, and the topics from the first place."""

_INVITED = 10
_ALONE: Row = {"meeting_id": "D3", "topic_id": "T11", "rank": None, "mentions": 1}
"""What one person has said once is on no page."""


def _id(number: int) -> str:
    return f"T{number:02d}"


TOPICS: list[Row] = [
    {"topic_id": _id(number), "title": title, "level": level}
    for number, (title, level) in enumerate((*_TOPICS.items(), ("En egen nyckel", "unit")), start=1)
]

MEETINGS: list[Row] = [
    {
        "meeting_id": f"D{number}",
        "held_on": day,
        "invited": _INVITED,
        "came_users": users,
        "came_staff": staff,
        "manager_present": has_manager,
    }
    for number, (day, users, staff, has_manager, _) in enumerate(_HELD, start=1)
]

RAISED: list[Row] = [
    {"meeting_id": f"D{number}", "topic_id": _id("ABCDEFGHIJ".index(letter) + 1), "rank": rank}
    for number, (*_, ranked) in enumerate(_HELD, start=1)
    for rank, letter in enumerate(ranked, start=1)
]
RAISED = [row | {"mentions": None} for row in RAISED] + [_ALONE]

TABLES = {"meetings": MEETINGS, "topics": TOPICS, "raised": RAISED}
