"""What the tables of a county mapping hold: organisations, indicators and what each fulfils."""

import pandera.ibis as pa

from helpers.data.codes import MAPPED, ORGANISATION, SOURCE
from helpers.data.columns import at_least, coded, column, day, rule

_ORGANISATION = column(str, "Organisation", "Organisationens id, samma i alla tabeller")
_INDICATOR = column(str, "Indikator", "Indikatorns id, samma i alla tabeller")

ORGANISATIONS = pa.DataFrameSchema(
    {
        "org_id": column(str, "Organisation", "Organisationens id, som dess namn", unique=True),
        "kind": coded(ORGANISATION, "Slag", "Vad det är för organisation"),
        "population": column(
            int, "Invånare", "Antal invånare", "inte en kommun", checks=at_least(1)
        ),
    },
    title="Organisationer",
    description="En rad är en kommun, region eller länsstyrelse",
)

INDICATORS = pa.DataFrameSchema(
    {
        "indicator_id": column(str, "Indikator", "Indikatorns id", unique=True),
        "area": column(str, "Område", "Området som den hör till"),
        "text": column(str, "Text", "Vad som ska finnas, i några ord"),
        "fulfilled_when": column(str, "Uppfylld när", "Vad som krävs för ja"),
        "oj_id": column(
            str, "Öppna jämförelser", "Numret i Kolada för samma sak", "finns inte där"
        ),
    },
    title="Indikatorer",
    description="En rad är något som ska finnas i varje organisation",
)

MAPPING = pa.DataFrameSchema(
    {
        "org_id": _ORGANISATION,
        "indicator_id": _INDICATOR,
        "year": column(int, "År", "Kartläggningens år", checks=at_least(2000)),
        "status": coded(MAPPED, "Läge", "Om det finns"),
        "source": coded(SOURCE, "Källa", "Hur det blev känt"),
        "since": day("Sedan", "Dagen då det började finnas", "inte känt"),
        "agreement_id": column(str, "Avtal", "Avtalet som det bygger på", "inget avtal"),
    },
    unique=["org_id", "indicator_id", "year", "source"],
    title="Kartläggning",
    description="En rad är en organisations läge för en indikator ett år, enligt en källa",
)

AGREEMENTS = pa.DataFrameSchema(
    {
        "agreement_id": column(str, "Avtal", "Avtalets id", unique=True),
        "org_ids": column(str, "Organisationer", "De som är med, med | emellan"),
        "what": column(str, "Vad", "Vad avtalet gäller"),
        "from": day("Från", "Avtalets första dag"),
        "to": day("Till", "Avtalets sista dag", "tills vidare", ahead=True),
    },
    checks=[
        rule("slut före start", "Rätta datumen.", lambda t: t.to.isnull() | (t.to >= t["from"])),
    ],
    metadata={"may_be_empty": True},
    title="Avtal om samverkan",
    description="En rad är ett avtal mellan organisationer",
)

MAPPING_TABLES = {
    "organisations": ORGANISATIONS,
    "indicators": INDICATORS,
    "agreements": AGREEMENTS,
    "mapping": MAPPING,
}
REFERS_TO = {
    "mapping": {
        "organisations": "org_id",
        "indicators": "indicator_id",
        "agreements": "agreement_id",
    },
}
