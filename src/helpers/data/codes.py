"""The codes used in the case tables: stored values, with what they mean in Swedish."""

from dataclasses import dataclass, field

SEX = {"K": "kvinna", "M": "man", "X": "annat eller okänt"}
"""Women and men are compared; X is counted apart."""
ENDING = {"planned": "planerat", "unplanned": "oplanerat"}
OUTCOME = {"granted": "beviljad", "denied": "avslagen", "withdrawn": "återtagen"}
AREA = {
    "sobriety": "nykterhet",
    "own_home": "egen bostad",
    "employment": "egen anställning",
    "occupation": "sysselsättning",
    "health": "hälsa",
    "family": "familj",
    "driving_licence": "körkort",
    "other": "annat",
}
WORDING = {"staff": "personalen", "person": "personen själv"}
STATE = {
    "institution": "institution",
    "family_home": "familjehem",
    "group_home": "gruppbostad",
    "trial_flat": "träningslägenhet",
    "own_contract": "eget kontrakt",
    "no_home": "utan bostad",
    "left": "flyttat eller avliden",
}
METHOD = {
    "routine": "som rutin",
    "indication": "vid misstanke",
    "instrument": "med ett bedömningsinstrument",
    "none": "inte tillfrågad",
}
VIOLENCE = {
    "never": "aldrig",
    "earlier": "tidigare",
    "now": "nu",
    "declined": "ville inte svara",
}
ROLE = {"exposed": "utsatt för våld", "perpetrator": "har utövat våld"}
FIGURE_GROUP = {
    "women": "kvinnor",
    "men": "män",
    "total": "totalt",
    "all": "alla",
    "municipalities": "kommuner",
    "organisations": "organisationer",
}
FIGURE_UNIT = {
    "count": "antal",
    "percent": "procent",
    "relative_percent": "procent mer",
    "hours": "timmar",
    "months": "månader",
    "full_time_equivalents": "årsarbetare",
}
ABOUT = {
    "gap": "uppmätt skillnad",
    "audit": "brukarrevision",
    "dialogue": "dialogmöte",
    "mapping": "kartläggning",
    "challenge": "utmaning från intervjuer",
}
QUESTION_ROLE = {
    "rated": "får en färg",
    "follow_up": "följdfråga utan färg",
    "open": "bakgrund utan färg",
}
COLOUR = {"green": "grön", "yellow": "gul", "red": "röd"}
VERSION = {"overview": "översikten", "discussion": "diskussionen"}
PLACE = {"text": "löptexten", "table": "tabellen", **VERSION}
"""Where in an audit's report something stands."""
REASON = {"majority": "hur många som svarade så", "severity": "hur allvarligt det är"}
PUBLISH = {"figures": "rapporten är redan publicerad", "colours": "färgerna får visas"}
LEVEL = {
    "caseworker": "handläggaren",
    "unit": "enheten",
    "board": "nämnden",
    "national": "staten",
}
ORGANISATION = {"kommun": "kommun", "region": "region", "länsstyrelse": "länsstyrelse"}
MAPPED = {"yes": "ja", "partly": "delvis", "no": "nej", "unknown": "okänt"}
SOURCE = {"survey": "enkät", "interview": "intervju"}
DECISION = {"yes": "ja", "no": "nej", "study": "utreds först"}
STATUS = {
    "not started": "inte påbörjad",
    "studied": "utredd",
    "started": "påbörjad",
    "half done": "till hälften klar",
    "done": "klar",
    "stopped": "avbruten",
}

FAMILY_HOME = "familjehem för vuxna"
DO_NOT_KNOW = "vet inte"


def spelled_out(codes: dict[str, str]) -> str:
    """List codes with their meaning: ``"K (kvinna), M (man)"``."""
    return ", ".join(f"{code} ({meaning})" for code, meaning in codes.items())


@dataclass(frozen=True)
class SurveyItem:
    """An item of the national IFO user survey.

    Attributes
    ----------
    label : str
        What the item asks about, in Swedish.
    positive, negative : tuple of str
        The answer scale, from best to worst. `positive` is what Kolada counts as positive.
    answers : tuple of str
        The whole scale, with "do not know" last.
    """

    label: str
    positive: tuple[str, ...]
    negative: tuple[str, ...]
    answers: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        answers = (*self.positive, *self.negative, DO_NOT_KNOW)
        object.__setattr__(self, "answers", answers)


_EASE = (("mycket lätt", "ganska lätt"), ("ganska svårt", "mycket svårt"))
_SIZE = (("mycket stor", "ganska stor"), ("ganska liten", "ingen alls"))
_MUCH = (("mycket", "ganska mycket"), ("ganska lite", "inte alls"))
_CONTENT = (("mycket nöjd", "ganska nöjd"), ("ganska missnöjd", "mycket missnöjd"))
_CHANGE = (
    ("förbättrats mycket", "förbättrats lite"),
    ("ingen förändring", "försämrats lite", "försämrats mycket"),
)

SURVEY_ITEMS = {
    "U35538": SurveyItem("få kontakt med socialsekreteraren", *_EASE),
    "U35539": SurveyItem("förstå informationen", *_EASE),
    "U35540": SurveyItem("förståelse för situationen", *_SIZE),
    "U35541": SurveyItem(
        "frågar om synpunkter på hur situationen kan förändras", ("ja",), ("nej",)
    ),
    "U35542": SurveyItem("påverka vilken typ av hjälp", *_MUCH),
    "U35543": SurveyItem("sammantaget nöjd med stödet", *_CONTENT),
    "U35544": SurveyItem("situationen har förbättrats", *_CHANGE),
}
