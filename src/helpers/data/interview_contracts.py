"""What the tables of interviews hold: who was interviewed, and codes; never what was said."""

from collections.abc import Callable

import pandera.ibis as pa
from ibis.expr.types import BooleanValue, Table

from helpers.data.codes import SEX
from helpers.data.columns import at_least, coded, column, day, rule

_LONGEST = 120
"""Characters: a title is a few words, never what somebody said."""


def _is_short(name: str) -> Callable[[Table], BooleanValue]:
    return lambda t: t[name].length() <= _LONGEST


def _short(name: str) -> pa.Check:
    return rule("för lång text", "Skriv några ord, och aldrig vad någon sade.", _is_short(name))


INTERVIEWS = pa.DataFrameSchema(
    {
        "interview_id": column(str, "Intervju", "Intervjuns id", unique=True),
        "person_id": column(str, "Person", "Personens id"),
        "sex": coded(SEX, "Kön", "Juridiskt kön. Tomt läses som X", default="X"),
        "held_on": day("Dag", "Dagen för intervjun"),
    },
    title="Intervjuer",
    description="En rad är en intervju. Vad som sades finns inte här",
)

NOTES = pa.DataFrameSchema(
    {
        "note_id": column(str, "Notering", "Noteringens id", unique=True),
        "interview_id": column(str, "Intervju", "Intervjun som den kommer från"),
        "area": column(str, "Område", "Området som frågan gällde", "inget särskilt"),
    },
    title="Noteringar",
    description="En rad är en notering från en intervju. Texten finns inte här",
)

CODES = pa.DataFrameSchema(
    {
        "code_id": column(str, "Kod", "Kodens id", unique=True),
        "theme": column(str, "Tema", "Temat som koden hör till"),
        "title": column(str, "Namn", "Koden i några ord, aldrig ett citat"),
    },
    checks=[_short("theme"), _short("title")],
    title="Koder",
    description="En rad är en kod: något som noteringar handlar om",
)

CODINGS = pa.DataFrameSchema(
    {
        "note_id": column(str, "Notering", "Noteringens id"),
        "code_id": column(str, "Kod", "Kodens id"),
        "coder": column(str, "Kodare", "Den som kodade: en bokstav, inte ett namn"),
    },
    unique=["note_id", "code_id", "coder"],
    title="Kodningar",
    description="En rad är att någon gav en notering en kod",
)

CHALLENGES = pa.DataFrameSchema(
    {
        "challenge_id": column(str, "Utmaning", "Utmaningens id", unique=True),
        "title": column(str, "Namn", "Utmaningen i några ord"),
    },
    checks=[_short("title")],
    metadata={"may_be_empty": True},
    title="Utmaningar",
    description="En rad är en utmaning som intervjuerna ledde till",
)

CHALLENGE_CODES = pa.DataFrameSchema(
    {
        "challenge_id": column(str, "Utmaning", "Utmaningens id"),
        "code_id": column(str, "Kod", "Kodens id"),
    },
    unique=["challenge_id", "code_id"],
    metadata={"may_be_empty": True},
    title="Utmaningarnas koder",
    description="En rad är en kod som en utmaning bygger på",
)

PROTOTYPES = pa.DataFrameSchema(
    {
        "prototype_id": column(str, "Prototyp", "Prototypens id", unique=True),
        "challenge_id": column(str, "Utmaning", "Utmaningen som den ska lösa"),
        "tested_on": day("Prövad", "Dagen då den prövades", "inte prövad"),
        "tested_with": column(
            int, "Prövad med", "Hur många som prövade den", "inte prövad", checks=at_least(1)
        ),
        "outcome": column(str, "Utfall", "Hur det gick, i några ord", "inte prövad"),
    },
    checks=[_short("outcome")],
    metadata={"may_be_empty": True},
    title="Prototyper",
    description="En rad är ett förslag som prövas",
)

INTERVIEW_TABLES = {
    "interviews": INTERVIEWS,
    "notes": NOTES,
    "codes": CODES,
    "codings": CODINGS,
    "challenges": CHALLENGES,
    "challenge_codes": CHALLENGE_CODES,
    "prototypes": PROTOTYPES,
}
REFERS_TO = {
    "notes": {"interviews": "interview_id"},
    "codings": {"notes": "note_id", "codes": "code_id"},
    "challenge_codes": {"challenges": "challenge_id", "codes": "code_id"},
    "prototypes": {"challenges": "challenge_id"},
}
