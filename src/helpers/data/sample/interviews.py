"""Interviews with eleven invented women: notes and codes by number, and nothing that was said."""

from datetime import timedelta

from helpers.data.sample.draws import FIRST_DAY, Draws, Row

_WOMEN, _NOTES, _TWICE = 11, 1000, 5
"""How many women and notes, and that every fifth note is coded by two."""
_AREAS = ("boende", "ekonomi", "hälsa", "sysselsättning", "familj", "bemötande")
_CODES = {
    "Att inte bli sedd": {
        "möts inte som kvinna": 11,
        "får berätta om igen": 9,
        "skäms": 7,
        "litar inte på hjälpen": 6,
    },
    "Att inte hitta rätt": {
        "vet inte vad som finns": 10,
        "slussas runt": 8,
        "får vänta": 7,
        "reglerna skiftar": 5,
    },
    "Att klara sig själv": {
        "ordnar boende på egen hand": 4,
        "får stöd av vänner": 3,
        "söker hjälp på annan ort": 1,
    },
}
"""By theme, each code and how many of the women speak of it."""
_CHALLENGES = {
    "Hur kan vi möta var och en?": ("K01", "K02", "K03"),
    "Hur kan vi visa vad som finns?": ("K05", "K06"),
    "Hur kan väntan bli kortare?": ("K07",),
    "Hur kan fler få inflytande?": ("K04", "K08"),
}
_AGREE = 0.8

_HOLDERS = [women for titles in _CODES.values() for women in titles.values()]
_titled = [(theme, title) for theme, titles in _CODES.items() for title in titles]
CODES: list[Row] = [
    {"code_id": f"K{number:02d}", "theme": theme, "title": title}
    for number, (theme, title) in enumerate(_titled, start=1)
]
INTERVIEWS: list[Row] = [
    {
        "interview_id": f"N{number:02d}",
        "person_id": f"E{number:04d}",
        "sex": "K",
        "held_on": FIRST_DAY - timedelta(days=300 - 14 * number),
    }
    for number in range(1, _WOMEN + 1)
]
NOTES: list[Row] = [
    {
        "note_id": f"Z{number:04d}",
        "interview_id": f"N{number % _WOMEN + 1:02d}",
        "area": _AREAS[number // _WOMEN % len(_AREAS)],
    }
    for number in range(1, _NOTES + 1)
]
CHALLENGES: list[Row] = [
    {"challenge_id": f"U{number}", "title": title}
    for number, title in enumerate(_CHALLENGES, start=1)
]
CHALLENGE_CODES: list[Row] = [
    {"challenge_id": f"U{number}", "code_id": code}
    for number, codes in enumerate(_CHALLENGES.values(), start=1)
    for code in codes
]


def _codings() -> list[Row]:
    """Draw a code for each note, and what a second coder gave every fifth of them."""
    draws = Draws(5)
    rows: list[Row] = []
    for number, note in enumerate(NOTES):
        own = _spoken_of(int(str(note["interview_id"])[1:]))
        code = draws.choice(own)
        rows.append({"note_id": note["note_id"], "code_id": code, "coder": "A"})
        if number % _TWICE == 0:
            other = code if draws.chance(_AGREE) else draws.choice(own)
            rows.append({"note_id": note["note_id"], "code_id": other, "coder": "B"})
    return rows


def _spoken_of(woman: int) -> list[str]:
    """List the codes that a woman speaks of: as many women each as is stated, not the same."""
    return [
        f"K{number:02d}"
        for number, women in enumerate(_HOLDERS, start=1)
        if (woman + 3 * number) % _WOMEN < women
    ]


TABLES = {
    "interviews": INTERVIEWS,
    "notes": NOTES,
    "codes": CODES,
    "codings": _codings(),
    "challenges": CHALLENGES,
    "challenge_codes": CHALLENGE_CODES,
    "prototypes": list[Row](),
}
