"""What each table holds: one pandera schema a table, labelled in Swedish.

The data dictionary and the messages about wrong data are made from these schemas.
"""

import ibis
import pandera.ibis as pa
from ibis.expr.types import BooleanValue, DateValue, Table

from helpers.data import audit_contracts, dialogue_contracts, interview_contracts, mapping_contracts
from helpers.data.codes import (
    ABOUT,
    AREA,
    DECISION,
    ENDING,
    FIGURE_GROUP,
    FIGURE_UNIT,
    METHOD,
    OUTCOME,
    ROLE,
    SEX,
    STATE,
    STATUS,
    SURVEY_ITEMS,
    VIOLENCE,
    WORDING,
)
from helpers.data.columns import at_least, coded, column, day, not_before, rule, together


def _after_the_one_before(rows: Table, row_id: str) -> BooleanValue:
    """Whether each row starts once the person's earlier ones have ended."""
    earlier = ibis.window(
        group_by="person_id", order_by=["started_on", row_id], preceding=(None, 1)
    )
    last = rows.ended_on.fill_null(ibis.date(9999, 12, 31)).max().over(earlier)
    overlapping = rows.select(row_id, "started_on", last=last)
    overlapping = overlapping.filter(overlapping.started_on < overlapping.last)
    return rows[row_id].notin(overlapping[row_id])


def _newer(day: DateValue, than: DateValue, years: int) -> BooleanValue:
    """Whether a day is at most so many years before the last of the whole table."""
    return than.max().as_scalar().delta(day, unit="day") <= 365 * years


_HOLDS = ibis.literal(True)


def _refused(queue: Table) -> BooleanValue:
    """Whether an application was refused; none is where the table does not say."""
    return queue.refused.fill_null(False) if "refused" in queue.columns else ~_HOLDS


_PERSON = column(str, "Person", "Personens id, samma i alla tabeller")
_PERSON_KEY = column(
    int,
    "Personnyckel",
    "Nyckeln som bestämmer bruset. Behövs bara där databasen inte kan räkna fram den",
    checks=at_least(0),
    required=False,
)
_BIRTH_YEAR = column(
    int, "Födelseår", "Året då personen föddes", "inte känt", checks=at_least(1900)
)
_MAY_HAVE_BIRTH_YEAR = column(
    int,
    "Födelseår",
    "Året då personen föddes. Kolumnen behövs bara för att dela efter ålder",
    "inte känt",
    checks=at_least(1900),
    required=False,
)
_SEX = coded(SEX, "Kön", "Juridiskt kön. Tomt läses som X", default="X")

QUEUE = pa.DataFrameSchema(
    {
        "case_id": column(str, "Ärende", "Beslutets id", unique=True),
        "person_id": _PERSON,
        "sex": _SEX,
        "has_children": column(bool, "Har barn", "Om personen har barn under 18 år"),
        "decided_on": day("Beslut", "Dagen då boendestöd beviljades"),
        "access_on": day(
            "Tillträde",
            "Dagen då personen fick tillträde till lägenheten",
            "har inte fått det",
        ),
        "left_on": day(
            "Lämnade kön",
            "Dagen då personen lämnade kön utan lägenhet",
            "har inte lämnat kön",
        ),
        "left_reason": column(str, "Orsak", "Varför personen lämnade kön", "inte känt"),
        "applied_on": day(
            "Ansökan", "Dagen då ansökan kom in. Kolumnen behövs inte", "inte känt", required=False
        ),
        "refused": column(
            bool,
            "Avslag",
            "Om ansökan avslogs: då köar personen inte. Kolumnen behövs inte",
            "inte avslag",
            required=False,
        ),
        "birth_year": _MAY_HAVE_BIRTH_YEAR,
        "person_key": _PERSON_KEY,
    },
    checks=[
        not_before("access_on", "decided_on", "tillträde före beslut"),
        not_before("left_on", "decided_on", "lämnade kön före beslut"),
        rule(
            "beslut före ansökan",
            "Rätta datumen.",
            lambda t: t.decided_on >= t.applied_on if "applied_on" in t.columns else _HOLDS,
        ),
        rule(
            "avslag men tillträde eller lämnad kö",
            "Den som fått avslag köar inte. Töm datumen eller rätta avslaget.",
            lambda t: ~_refused(t) | (t.access_on.isnull() & t.left_on.isnull()),
        ),
        rule(
            "både tillträde och lämnad kö",
            "Behåll det datum som kom först och töm det andra.",
            lambda t: t.access_on.isnull() | t.left_on.isnull(),
        ),
        rule(
            "väntar sedan mer än fem år",
            "Kontrollera att kön är avslutad i systemet för den som inte längre väntar.",
            lambda t: (
                _newer(t.decided_on, t.decided_on, 5)
                | t.access_on.notnull()
                | t.left_on.notnull()
                | _refused(t)
            ),
            notice=True,
        ),
    ],
    title="Kö till lägenhet",
    description="En rad är ett beslut om boendestöd: personen köar till en lägenhet, eller fick "
    "avslag",
)

PLACEMENTS = pa.DataFrameSchema(
    {
        "placement_id": column(str, "Placering", "Placeringens id", unique=True),
        "person_id": _PERSON,
        "sex": _SEX,
        "birth_year": _BIRTH_YEAR,
        "care_form": column(str, "Vårdform", "Kommunens namn på vårdformen"),
        "started_on": day("Start", "Placeringens första dag"),
        "planned_end_on": day("Planerat slut", "Sista dagen enligt första beslutet", ahead=True),
        "ended_on": day("Slut", "Placeringens sista dag", "den pågår"),
        "ending": coded(ENDING, "Avslut", "Hur placeringen avslutades", "den pågår"),
        "person_key": _PERSON_KEY,
    },
    checks=[
        not_before("planned_end_on", "started_on", "planerat slut före start"),
        not_before("ended_on", "started_on", "slut före start"),
        together(
            "ended_on",
            "ending",
            "slut utan avslut, eller avslut utan slut",
            "Fyll i båda för en avslutad placering, ingen för en som pågår.",
        ),
        rule(
            "född efter placeringens start",
            "Rätta födelseåret.",
            lambda t: t.birth_year <= t.started_on.year(),
        ),
        rule(
            "börjar innan personens förra placering är slut",
            "Kontrollera att det är två placeringar och inte en som står två gånger.",
            lambda t: _after_the_one_before(t, "placement_id"),
            notice=True,
        ),
        rule(
            "pågår mer än två år efter planerat slut",
            "Kontrollera att placeringen är avslutad i systemet om den är det.",
            lambda t: _newer(t.planned_end_on, t.started_on, 2) | t.ended_on.notnull(),
            notice=True,
        ),
    ],
    title="Placeringar",
    description="En rad är en placering utanför det egna hemmet",
)

EXTENSIONS = pa.DataFrameSchema(
    {
        "application_id": column(str, "Ansökan", "Ansökans id", unique=True),
        "placement_id": column(str, "Placering", "Id för placeringen som ansökan gäller"),
        "applied_on": day("Ansökte", "Dagen då ansökan kom in"),
        "decided_on": day("Avgjord", "Dagen då ansökan avgjordes", "inte avgjord"),
        "outcome": coded(OUTCOME, "Utfall", "Hur ansökan avgjordes", "inte avgjord"),
        "days_granted": column(
            int,
            "Beviljade dagar",
            "Antal dagar som placeringen förlängdes",
            "inte förlängd",
            checks=at_least(1),
        ),
    },
    checks=[
        not_before("decided_on", "applied_on", "avgjord före ansökan"),
        together(
            "decided_on",
            "outcome",
            "avgjord utan utfall, eller utfall utan datum",
            "Fyll i båda för en avgjord ansökan, ingen för en som inte är avgjord.",
        ),
        rule(
            "beviljade dagar utan att ansökan är beviljad",
            "Rätta utfallet eller töm beviljade dagar.",
            lambda t: t.days_granted.isnull() | (t.outcome.fill_null("") == "granted"),
        ),
    ],
    title="Ansökningar om förlängning",
    metadata={"may_be_empty": True},
    description="En rad är en ansökan om att förlänga en placering",
)


def _on_scale(answers: Table) -> BooleanValue:
    """Whether each answer is on its own item's scale."""
    off = [
        (answers.item == name) & answers.answer.notin(item.answers)
        for name, item in SURVEY_ITEMS.items()
    ]
    return ~ibis.or_(*off)


SURVEY = pa.DataFrameSchema(
    {
        "response_id": column(str, "Svarande", "Id för en ifylld enkät"),
        "year": column(int, "År", "Undersökningens år", checks=at_least(2000)),
        "sex": _SEX,
        "item": coded(
            {name: item.label for name, item in SURVEY_ITEMS.items()},
            "Fråga",
            "Frågans nummer i Kolada",
        ),
        "answer": column(str, "Svar", "Svaret, på frågans egen skala", "inget svar"),
        "birth_year": _MAY_HAVE_BIRTH_YEAR,
        "person_key": _PERSON_KEY,
    },
    checks=[
        rule("svar utanför frågans skala", "Rätta svaret så att det finns på skalan.", _on_scale),
    ],
    unique=["response_id", "item"],
    title="Brukarundersökningen",
    description="En rad är ett svar på en fråga i den nationella brukarundersökningen",
)

GOALS = pa.DataFrameSchema(
    {
        "goal_id": column(str, "Mål", "Målets id", unique=True),
        "person_id": _PERSON,
        "sex": _SEX,
        "birth_year": _BIRTH_YEAR,
        "plan_on": day("Plan", "Dagen då målet skrevs in i planen"),
        "area": coded(AREA, "Område", "Vad målet handlar om"),
        "wording": coded(WORDING, "Formulerat av", "Vem som satte ord på målet"),
        "reached_on": day("Nått", "Dagen då målet var nått", "inte nått"),
        "dropped_on": day("Struket", "Dagen då målet ströks ur planen", "inte struket"),
        "person_key": _PERSON_KEY,
    },
    checks=[
        not_before("reached_on", "plan_on", "nått före planen"),
        not_before("dropped_on", "plan_on", "struket före planen"),
        rule(
            "både nått och struket",
            "Behåll det datum som kom först och töm det andra.",
            lambda t: t.reached_on.isnull() | t.dropped_on.isnull(),
        ),
        rule(
            "född efter planen",
            "Rätta födelseåret.",
            lambda t: t.birth_year <= t.plan_on.year(),
        ),
    ],
    title="Mål i planer",
    description="En rad är ett mål i en persons plan",
)

SCREENING = pa.DataFrameSchema(
    {
        "screening_id": column(str, "Fråga om våld", "Radens id", unique=True),
        "person_id": _PERSON,
        "sex": _SEX,
        "birth_year": _BIRTH_YEAR,
        "opened_on": day("Öppnat", "Dagen då ärendet öppnades"),
        "asked_on": day("Tillfrågad", "Dagen då personen tillfrågades om våld", "inte tillfrågad"),
        "method": coded(METHOD, "Sätt", "Hur frågan kom att ställas"),
        "answer": coded(VIOLENCE, "Svar", "Om personen berättade om våld", "inte tillfrågad"),
        "role": coded(
            ROLE,
            "Roll",
            "Vad svaret gäller. Den som både utsatts och utövat har två rader",
            "berättade inte om våld",
        ),
        "offered": column(bool, "Erbjuden hjälp", "Om hjälp erbjöds", "inte känt"),
        "accepted": column(bool, "Tog emot hjälp", "Om personen tackade ja", "inte känt"),
        "person_key": _PERSON_KEY,
    },
    checks=[
        not_before("asked_on", "opened_on", "tillfrågad före öppnandet"),
        together(
            "asked_on",
            "answer",
            "tillfrågad utan svar, eller svar utan dag",
            "Fyll i båda för den som tillfrågats, annars ingen.",
        ),
        rule(
            "berättat om våld utan roll, eller roll utan våld",
            "Fyll i rollen när svaret är earlier eller now, annars inte.",
            lambda t: t.role.notnull() == t.answer.isin(["earlier", "now"]).fill_null(False),
        ),
        rule(
            "tackat ja till hjälp som inte erbjöds",
            "Rätta erbjudandet eller svaret.",
            lambda t: ~t.accepted.fill_null(False) | t.offered.fill_null(False),
        ),
        rule(
            "född efter öppnandet",
            "Rätta födelseåret.",
            lambda t: t.birth_year <= t.opened_on.year(),
        ),
    ],
    title="Frågor om våld",
    description="En rad är ett ärende där personen tillfrågats om våld, eller inte",
)

STAYS = pa.DataFrameSchema(
    {
        "stay_id": column(str, "Vistelse", "Vistelsens id", unique=True),
        "person_id": _PERSON,
        "sex": _SEX,
        "birth_year": _BIRTH_YEAR,
        "state": coded(STATE, "Boende", "Var personen bor"),
        "started_on": day("Start", "Första dagen där"),
        "ended_on": day("Slut", "Sista dagen där", "den pågår"),
        "ending": coded(ENDING, "Avslut", "Hur vistelsen avslutades", "den pågår, eller inte känt"),
        "person_key": _PERSON_KEY,
    },
    checks=[
        not_before("ended_on", "started_on", "slut före start"),
        rule(
            "avslut utan slut",
            "Fyll i slutet, eller töm avslutet för en vistelse som pågår.",
            lambda t: t.ending.isnull() | t.ended_on.notnull(),
        ),
        rule(
            "börjar innan personens förra vistelse är slut",
            "En person bor på ett ställe i taget. Rätta datumen.",
            lambda t: _after_the_one_before(t, "stay_id"),
        ),
        rule(
            "född efter vistelsens start",
            "Rätta födelseåret.",
            lambda t: t.birth_year <= t.started_on.year(),
        ),
    ],
    title="Vistelser",
    description="En rad är en tid på ett ställe: på institution, i ett boende eller utan bostad",
)

MILESTONES = pa.DataFrameSchema(
    {
        "date": day("Dag", "Dagen då det hände"),
        "title": column(str, "Vad", "Vad som hände, som en utbildning. Inget om enskilda personer"),
    },
    unique=["date"],
    title="Milstolpar",
    metadata={"may_be_empty": True},
    description="En rad är något som kan ha ändrat hur ofta våld upptäcks",
)

FIGURES = pa.DataFrameSchema(
    {
        "figure_id": column(str, "Id", "Uppgiftens id", unique=True),
        "source": column(str, "Källa", "Dokumentet som uppgiften står i"),
        "place": column(str, "Plats", "Kommun eller län", "anges inte i källan"),
        "period": column(
            str, "Period", "Tiden som uppgiften gäller, så som källan anger den", "anges inte"
        ),
        "topic": column(str, "Ämne", "Frågan eller tabellen som uppgiften hör till"),
        "passage": column(
            str,
            "Ställe",
            "Var i dokumentet uppgiften står, när samma ämne tas upp på flera ställen",
            nullable=True,
        ),
        "measure": column(str, "Mått", "Det som räknas eller mäts"),
        "group": coded(FIGURE_GROUP, "Grupp", "Vilka uppgiften gäller"),
        "value": column(float, "Värde", "Det publicerade talet", checks=at_least(0)),
        "unit": coded(FIGURE_UNIT, "Enhet", "Vad talet anges i"),
        "base": column(
            str, "Nämnare", "Vad procenten är räknad på, när källan anger det", nullable=True
        ),
        "n": column(
            int,
            "Antal svar",
            "Antal svar (eller frågor) som källan anger för uppgiften",
            "anges inte",
            checks=at_least(1),
        ),
        "part": column(
            bool,
            "Del av helhet",
            "Om uppgiften är en av de delar som tillsammans ska ge antal svar eller 100 procent",
        ),
        "note": column(str, "Anmärkning", "Kort anmärkning", nullable=True),
    },
    checks=[
        rule(
            "över 100 procent",
            "Rätta talet eller enheten.",
            lambda t: (t.unit != "percent") | (t.value <= 100),
        ),
    ],
    title="Publicerade uppgifter",
    description="Tal som redan är publicerade i fem dokument",
)

ACTIONS = pa.DataFrameSchema(
    {
        "action_id": column(str, "Åtgärd", "Åtgärdens id", unique=True),
        "about": coded(ABOUT, "Gäller", "Vad som ledde till åtgärden"),
        "about_id": column(
            str, "Gäller vad", "Frågans namn, som extensions, eller id i den tabell som gäller"
        ),
        "raised_on": day("Togs upp", "Dagen då det mättes, sades eller visades", "inte känt"),
        "decided_on": day("Beslut", "Dagen då det beslutades", "inte beslutat"),
        "decision": coded(DECISION, "Beslutet", "Vad som beslutades", "inte beslutat"),
        "reason": column(str, "Skäl", "Varför det beslutades så", nullable=True),
        "owner_role": column(str, "Ansvarig", "Vem som ansvarar: en roll, aldrig ett namn"),
        "due_on": day("Klar senast", "Dagen då den ska vara klar", "inte bestämt", ahead=True),
        "status": coded(STATUS, "Läge", "Hur långt åtgärden har kommit"),
        "done_on": day("Klar", "Dagen då den blev klar", "inte klar"),
        "told_users_on": day("Återkopplat", "Dagen då de som berörs fick veta", "inte återkopplat"),
        "remeasure_on": day("Mäts igen", "Dagen då det mäts igen", "inte bestämt", ahead=True),
        "evidence": column(str, "Stöd", "Vad åtgärden bygger på", nullable=True),
    },
    checks=[
        together(
            "decided_on",
            "decision",
            "beslut utan dag, eller dag utan beslut",
            "Fyll i båda när något är beslutat, annars ingen.",
        ),
        rule(
            "klar utan dag, eller dag utan att vara klar",
            "Skriv dagen när läget är done, annars ingen.",
            lambda t: t.done_on.notnull() == (t.status == "done"),
        ),
        not_before("decided_on", "raised_on", "beslut innan det togs upp"),
        not_before("done_on", "decided_on", "klar före beslut"),
        not_before("told_users_on", "raised_on", "återkopplat innan det togs upp"),
    ],
    title="Åtgärder",
    metadata={"may_be_empty": True},
    description="En rad är något som görs, eller inte görs, för att en skillnad eller ett önskemål "
    "har visat sig. Skriv roller och aldrig namn, och inget om enskilda personer",
)

REFERS_TO = {
    "extensions": {"placements": "placement_id"},
    **audit_contracts.REFERS_TO,
    **dialogue_contracts.REFERS_TO,
    **mapping_contracts.REFERS_TO,
    **interview_contracts.REFERS_TO,
}
"""The tables that a table's rows refer to, and the column that both have."""

CASE_TABLES = {
    "queue": QUEUE,
    "placements": PLACEMENTS,
    "extensions": EXTENSIONS,
    "survey": SURVEY,
    "goals": GOALS,
    "screening": SCREENING,
    "stays": STAYS,
}
DELIVERED = {
    **CASE_TABLES,
    **audit_contracts.AUDIT_TABLES,
    **dialogue_contracts.DIALOGUE_TABLES,
    **mapping_contracts.MAPPING_TABLES,
    **interview_contracts.INTERVIEW_TABLES,
    "actions": ACTIONS,
    "milestones": MILESTONES,
}
"""What a municipality delivers."""
TABLES = {**DELIVERED, "figures": FIGURES}


def may_be_empty(table: str) -> bool:
    """Whether a table need not have any rows."""
    return bool((TABLES[table].metadata or {}).get("may_be_empty"))
