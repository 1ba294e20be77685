"""What the tables of user-led audits hold: counts and colours, since the auditors own the rows."""

import pandera.ibis as pa

from helpers.data.codes import COLOUR, PLACE, PUBLISH, QUESTION_ROLE, REASON, VERSION
from helpers.data.columns import at_least, coded, column, day, not_before, rule

_AUDIT = column(str, "Revision", "Revisionens id, samma i alla tabeller")
_QUESTION = column(str, "Fråga", "Frågans id, samma i alla tabeller")

AUDITS = pa.DataFrameSchema(
    {
        "audit_id": column(str, "Revision", "Revisionens id", unique=True),
        "unit": column(str, "Verksamhet", "Verksamheten som reviderades"),
        "auditor": column(str, "Revisor", "Organisationen som gjorde revisionen, inte namn"),
        "interviewed_from": day("Intervjuer från", "Dagen för den första intervjun"),
        "interviewed_to": day("Intervjuer till", "Dagen för den sista intervjun"),
        "briefed_on": day("Genomgång", "Dagen då revisorerna gick igenom frågorna", "inte känt"),
        "reported_on": day("Rapport", "Dagen då rapporten blev klar"),
        "return_due_on": day("Återbesök senast", "När återbesöket ska vara", "inte bestämt", True),
        "returned_on": day("Återbesök", "Dagen för återbesöket", "inte gjort än"),
        "invited": column(int, "Tillfrågade", "Antal tillfrågade", "inte känt", checks=at_least(1)),
        "interviewed": column(int, "Intervjuade", "Antal intervjuade", checks=at_least(1)),
        "publish": coded(
            PUBLISH,
            "Får visas",
            "Vad revisorerna har gått med på att visa när färre än 30 är intervjuade",
            "varken färger eller siffror",
        ),
    },
    checks=[
        not_before("interviewed_to", "interviewed_from", "sista intervjun före den första"),
        not_before("reported_on", "interviewed_to", "rapporten före den sista intervjun"),
        rule(
            "fler intervjuade än tillfrågade",
            "Rätta antalen.",
            lambda t: t.invited.isnull() | (t.interviewed <= t.invited),
        ),
    ],
    title="Brukarrevisioner",
    description="En rad är en revision som gjorts av brukare",
)

AUDIT_QUESTIONS = pa.DataFrameSchema(
    {
        "question_id": column(str, "Fråga", "Frågans id", unique=True),
        "area": column(str, "Område", "Området som frågan hör till"),
        "text": column(str, "Text", "Frågan, så som den ställdes"),
        "role": coded(QUESTION_ROLE, "Roll", "Om frågan får en färg"),
        "parent_id": column(str, "Följer på", "Frågan som en följdfråga hör till", "ingen"),
        "unfavourable": column(
            str, "Ogynnsamt", "Svaren som är ogynnsamma, med | emellan", "går inte att räkna"
        ),
    },
    checks=[
        rule(
            "följdfråga utan fråga, eller fråga som följer utan att vara följdfråga",
            "Skriv parent_id för följdfrågor, och bara för dem.",
            lambda t: t.parent_id.notnull() == (t.role == "follow_up"),
        ),
    ],
    title="Revisionsfrågor",
    description="En rad är en fråga i revisioner; samma fråga har samma id i nästa revision",
)

AUDIT_ANSWERS = pa.DataFrameSchema(
    {
        "audit_id": _AUDIT,
        "question_id": _QUESTION,
        "answer": column(str, "Svar", "Svaret i några ord, aldrig ett citat"),
        "n": column(int, "Antal", "Hur många som svarade så", checks=at_least(0)),
    },
    unique=["audit_id", "question_id", "answer"],
    title="Revisionssvar",
    description="En rad är ett svar på en fråga, och hur många som gav det",
)

AUDIT_CLAIMS = pa.DataFrameSchema(
    {
        "audit_id": _AUDIT,
        "question_id": column(str, "Fråga", "Frågans id", "antal frågor med en färg"),
        "place": coded(PLACE, "Ställe", "Var i rapporten det står"),
        "answer": column(
            str, "Svar", "Svaret, eller färgen, som det gäller", "alla som svarade på frågan"
        ),
        "quantifier": column(str, "Ord", "Ordet för hur många: de flesta", nullable=True),
        "n": column(int, "Antal", "Antalet som anges", "bara ord", checks=at_least(0)),
    },
    checks=[
        rule(
            "varken ord eller antal",
            "Skriv ordet, antalet eller båda.",
            lambda t: t.quantifier.notnull() | t.n.notnull(),
        ),
    ],
    metadata={"may_be_empty": True},
    title="Påståenden i revisionens rapport",
    description="En rad är något som rapporten säger om hur många, utöver tabellerna",
)

AUDIT_RATINGS = pa.DataFrameSchema(
    {
        "audit_id": _AUDIT,
        "question_id": _QUESTION,
        "version": coded(VERSION, "Ställe", "Var i rapporten färgen står"),
        "colour": coded(COLOUR, "Färg", "Frågans färg"),
        "reason": coded(REASON, "Skäl", "Varför den fick färgen", "anges inte"),
    },
    unique=["audit_id", "question_id", "version"],
    metadata={"may_be_empty": True},
    title="Färger i revisioner",
    description="En rad är en frågas färg på ett ställe i rapporten",
)

SUGGESTIONS = pa.DataFrameSchema(
    {
        "suggestion_id": column(str, "Förslag", "Förslagets id", unique=True),
        "audit_id": _AUDIT,
        "question_id": column(str, "Fråga", "Frågan som det hör till", "ingen särskild"),
        "area": column(str, "Område", "Området som det hör till"),
        "text": column(str, "Text", "Förslaget i egna ord, aldrig ett citat"),
        "people": column(
            int,
            "Personer",
            "Hur många intervjuade som tog upp det",
            "revisorernas eget förslag",
            checks=at_least(1),
        ),
    },
    metadata={"may_be_empty": True},
    title="Förslag från revisioner",
    description="En rad är ett förslag till förbättring",
)

AUDIT_TABLES = {
    "audits": AUDITS,
    "audit_questions": AUDIT_QUESTIONS,
    "audit_answers": AUDIT_ANSWERS,
    "audit_claims": AUDIT_CLAIMS,
    "audit_ratings": AUDIT_RATINGS,
    "suggestions": SUGGESTIONS,
}
REFERS_TO = {
    "audit_answers": {"audits": "audit_id", "audit_questions": "question_id"},
    "audit_claims": {"audits": "audit_id", "audit_questions": "question_id"},
    "audit_ratings": {"audits": "audit_id", "audit_questions": "question_id"},
    "suggestions": {"audits": "audit_id", "audit_questions": "question_id"},
}
