"""A county mapped twice: invented municipalities, with the figures of a published report."""

from datetime import date

from helpers.data.sample.draws import Row

_COORDINATOR = "Y1"
_MUNICIPALITIES = {
    "Aspvik": 60_000, "Björkdal": 52_000, "Cedersund": 31_000, "Dalby": 27_000, "Ekholm": 26_000,
    "Furunäs": 20_000, "Granbo": 15_500, "Hassla": 15_000, "Idunda": 13_000, "Järpnäs": 11_000,
    "Kastby": 10_800, "Lindnäs": 10_200, "Mosås": 10_000, "Norrfors": 7_000, "Ormsjö": 6_800,
}  # fmt: skip
_LETTERS = {"y": "yes", "p": "partly", "n": "no", "?": "unknown"}

_INDICATORS = [
    ("styrning", "Ett styrande dokument för hela kommunen", "Beslutat av fullmäktige",
     "ynnnynnnpnnnnn?"),
    ("organisation", "En samordnare", "Någon har uppdraget och tid för det", "yynnnyyyynnnnnn"),
    ("organisation", "Ett team mot våld i nära relationer", "Flera som arbetar med det",
     "yypnnnnnnnnnnn?"),
    ("organisation", "Ett forum för samverkan i kommunen", "Möts regelbundet", "yyyyynyyyypyyn?"),
    ("kunskap", "Deltog i det nationella stödet", "Var med hela vägen", "pnnpnnnnnnnnnnn"),
    ("uppföljning", "Uppföljning av insatserna", "Görs varje år", "nnnnpnnnnnnnnnn"),
]  # fmt: skip
"""Area, text, when it is fulfilled, and how each municipality stood in 2019, in order."""

_LATER = {"I01": "yynnynnnpnnnnnn", "I06": "ynnnpnnnnnnnnnn"}
"""How they stood in 2020, where anything had changed."""
_ASKED_TOO = {"I04": "yyyyyyyyyyyyyy?"}
"""What they had answered in the survey before the interview, where it was another thing."""
_SHARING = ("Furunäs", "Granbo", "Hassla", "Idunda")

ORGANISATIONS: list[Row] = [
    {"org_id": name, "kind": kind, "population": size}
    for name, kind, size in (
        *((name, "kommun", size) for name, size in _MUNICIPALITIES.items()),
        ("Regionen", "region", None),
        ("Länsstyrelsen", "länsstyrelse", None),
    )
]

INDICATORS: list[Row] = [
    {
        "indicator_id": f"I{number:02d}",
        "area": area,
        "text": text,
        "fulfilled_when": when,
        "oj_id": None,
    }
    for number, (area, text, when, _) in enumerate(_INDICATORS, start=1)
]

AGREEMENTS: list[Row] = [
    {
        "agreement_id": _COORDINATOR,
        "org_ids": "|".join(_SHARING),
        "what": "En gemensam samordnare",
        "from": date(2018, 1, 1),
        "to": None,
    }
]


def _mapped(indicator: str, year: int, source: str, letters: str) -> list[Row]:
    return [
        {
            "org_id": name,
            "indicator_id": indicator,
            "year": year,
            "status": _LETTERS[letter],
            "source": source,
            "since": None,
            "agreement_id": _shared(indicator, name),
        }
        for name, letter in zip(_MUNICIPALITIES, letters, strict=True)
    ]


def _shared(indicator: str, name: str) -> str | None:
    return _COORDINATOR if indicator == "I02" and name in _SHARING else None


MAPPING: list[Row] = [
    row
    for number, (*_, letters) in enumerate(_INDICATORS, start=1)
    for indicator in [f"I{number:02d}"]
    for year, source, own in [
        (2019, "survey", _ASKED_TOO.get(indicator, letters)),
        (2019, "interview", letters),
        (2020, "interview", _LATER.get(indicator, letters)),
    ]
    for row in _mapped(indicator, year, source, own)
]

TABLES = {
    "organisations": ORGANISATIONS,
    "indicators": INDICATORS,
    "agreements": AGREEMENTS,
    "mapping": MAPPING,
}
