"""A user-led audit of an invented unit, with the figures, and the slips, of one that was published.

The figures are those of the published audit; the questions and suggestions are in other words.
"""

from datetime import date

from helpers.data.sample.draws import Row

_AUDIT = "R1"

AUDITS: list[Row] = [
    {
        "audit_id": _AUDIT,
        "unit": "en öppen mottagning",
        "auditor": "en brukarorganisation",
        "interviewed_from": date(2023, 4, 1),
        "interviewed_to": date(2023, 4, 30),
        "briefed_on": date(2023, 4, 28),
        "reported_on": date(2023, 6, 15),
        "return_due_on": date(2023, 12, 15),
        "returned_on": None,
        "invited": None,
        "interviewed": 10,
        "publish": "figures",
    }
]

_ASKED: list[tuple[str, str, str, str, str, dict[str, int]]] = [
    ("bakgrund", "Hur gammal är du?", "open", "", "",
     {"18–29 år": 0, "30–39 år": 4, "40–49 år": 1, "50–59 år": 3, "60–69 år": 2}),
    ("bakgrund", "Hur länge har du haft stöd?", "open", "", "",
     {"inget stöd idag": 3, "1–6 år": 5, "10 år eller mer": 2}),
    ("boende", "Hur bor du?", "rated", "", "hemlös",
     {"bostadsrätt": 3, "lågtröskelboende": 2, "stödboende": 1, "hyresrätt": 2, "hemlös": 2}),
    ("boende", "Ska boendet vara fritt från droger?", "rated", "", "nej",
     {"ja": 8, "nej": 1, "spelar ingen roll": 1}),
    ("boende", "Trivs du där du bor?", "rated", "", "", {}),
    ("boende", "Vilket stöd får du i boendet?", "rated", "", "", {}),
    ("sysselsättning och fritid", "Har du arbete, studier eller praktik?", "rated", "red", "nej",
     {"ja": 2, "nej": 8}),
    ("sysselsättning och fritid", "Vill du ha hjälp att ordna det?", "follow_up", "red", "ja",
     {"ja": 6, "nej": 2}),
    ("sysselsättning och fritid", "Räcker det du gör på fritiden?", "rated", "green", "nej",
     {"ja": 8, "nej": 2}),
    ("ekonomi", "Vad skulle göra dig trygg med pengarna?", "rated", "yellow", "", {}),
    ("stöd och behandling", "Vilket stöd har du nu?", "rated", "yellow", "inget",
     {"något": 5, "inget": 5}),
    ("stöd och behandling", "Saknar du något stöd?", "rated", "red", "ja", {"ja": 5, "nej": 5}),
    ("stöd och behandling", "Behöver något anpassas för din skull?", "rated", "red", "ja",
     {"ja": 6, "nej": 3}),
    ("stöd och behandling", "Behöver du mer för att komma vidare?", "rated", "red", "ja",
     {"ja": 8, "nej": 2}),
    ("trygghet", "Vad gör dig trygg idag?", "rated", "red", "", {}),
    ("trygghet", "Behöver du något mer för att bli trygg?", "rated", "red", "ja",
     {"ja": 6, "nej": 3}),
    ("vägen till hjälp", "Varför tog du emot hjälp?", "rated", "", "",
     {"beroendet": 5, "något annat": 5}),
    ("vägen till hjälp", "Vad skulle få dig att ta emot hjälp?", "rated", "red", "något saknas",
     {"något saknas": 2}),
    ("personalen", "Vad tycker du om personalen?", "rated", "yellow", "dålig",
     {"bra": 4, "både och": 3, "dålig": 3}),
    ("personalen", "Vill du ha hjälp med något mer?", "rated", "red", "ja|kanske",
     {"nej": 3, "ja": 3, "kanske": 4}),
    ("personalen", "Kan personalen tillräckligt mycket?", "rated", "yellow", "nej",
     {"ja": 6, "delvis": 1, "nej": 3}),
    ("personalen", "Borde något ha gjorts på ett annat sätt?", "rated", "red", "ja",
     {"ja": 8, "nej": 2}),
    ("beroende", "Räcker stödet för beroendet?", "rated", "yellow", "nej",
     {"ja": 4, "inte alltid": 1, "nej": 4}),
    ("beroende", "Behöver du stöd för att klara beroendet?", "rated", "", "",
     {"ja": 9, "är inte beroende": 1}),
    ("beroende", "Vad hjälper dig att hålla dig nykter?", "rated", "", "", {}),
    ("våld", "Är du utsatt för våld eller något annat?", "rated", "yellow", "ja|har varit",
     {"nej": 5, "ja": 1, "har varit": 4}),
    ("våld", "Behöver du stöd för båda sakerna samtidigt?", "rated", "red", "ja",
     {"ja": 5, "nej": 4}),
    ("samordning", "Är stödet samordnat?", "rated", "yellow", "nej", {"ja": 4, "nej": 4}),
    ("förändring", "Behöver något ändras?", "rated", "red", "ja", {"ja": 9, "nej": 1}),
]  # fmt: skip
"""Area, text, role, colour in the overview, unfavourable answers, and counts."""


def _id(number: int) -> str:
    return f"F{number:02d}"


QUESTIONS: list[Row] = [
    {
        "question_id": _id(number),
        "area": area,
        "text": text,
        "role": role,
        "parent_id": _id(number - 1) if role == "follow_up" else None,
        "unfavourable": unfavourable or None,
    }
    for number, (area, text, role, _, unfavourable, _) in enumerate(_ASKED, start=1)
]

ANSWERS: list[Row] = [
    {"audit_id": _AUDIT, "question_id": _id(number), "answer": answer, "n": n}
    for number, (*_, counts) in enumerate(_ASKED, start=1)
    for answer, n in counts.items()
]

RATINGS: list[Row] = [
    {
        "audit_id": _AUDIT,
        "question_id": _id(number),
        "version": "overview",
        "colour": colour,
        "reason": None,
    }
    for number, (_, _, _, colour, _, _) in enumerate(_ASKED, start=1)
    if colour
]

_CLAIMED: list[tuple[str | None, str, str | None, str | None, int | None]] = [
    ("F02", "text", "10 år eller mer", None, 2),
    ("F02", "text", "1–6 år", None, 5),
    ("F02", "text", "inget stöd idag", None, 1),
    ("F02", "text", None, None, 9),
    ("F10", "text", "beskrivs", None, 11),
    ("F10", "text", None, None, 10),
    ("F16", "text", "nej", None, 2),
    ("F07", "text", "nej", "klar majoritet", None),
    ("F13", "text", "ja", "klar majoritet", None),
    ("F14", "text", "ja", "klar majoritet", None),
    ("F20", "text", "ja|kanske", "majoritet", None),
    ("F22", "text", "ja", "majoritet", None),
    ("F21", "text", "ja", "mer än hälften", None),
    ("F11", "text", "inget", "hälften", None),
    ("F12", "text", "ja", "hälften", None),
    (None, "discussion", "green", None, 1),
    (None, "discussion", "yellow", None, 10),
    (None, "discussion", "red", None, 8),
]

CLAIMS: list[Row] = [
    {
        "audit_id": _AUDIT,
        "question_id": question,
        "place": place,
        "answer": answer,
        "quantifier": quantifier,
        "n": n,
    }
    for question, place, answer, quantifier, n in _CLAIMED
]

_SUGGESTED: list[tuple[str | None, str, str, int | None]] = [
    ("F07", "sysselsättning och fritid", "En väg till praktik som passar var och en", None),
    ("F12", "stöd och behandling", "En skriftlig överblick av allt stöd som går att söka", None),
    ("F13", "stöd och behandling", "Tider och platser som går att välja", None),
    ("F16", "trygghet", "En samtalsgrupp med fasta tider", None),
    ("F20", "personalen", "Fråga varje gång vad mer som behövs", 7),
    ("F27", "våld", "Ett team som möter beroende och våld samtidigt", None),
    ("F28", "samordning", "En fast kont\u0430kt som håller ihop allt", None),
    ("F29", "förändring", "Mer utbildning för personalen", 2),
]

SUGGESTIONS: list[Row] = [
    {
        "suggestion_id": f"S{number}",
        "audit_id": _AUDIT,
        "question_id": question,
        "area": area,
        "text": text,
        "people": people,
    }
    for number, (question, area, text, people) in enumerate(_SUGGESTED, start=1)
]

TABLES = {
    "audits": AUDITS,
    "audit_questions": QUESTIONS,
    "audit_answers": ANSWERS,
    "audit_claims": CLAIMS,
    "audit_ratings": RATINGS,
    "suggestions": SUGGESTIONS,
}
