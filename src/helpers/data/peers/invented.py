"""An invented snapshot, so that the page can be built and tried without a network.

No place in it exists. The first is the municipality of the invented sample, whose figures are what
its survey gives. ``python -m helpers.data.peers.invented`` makes it anew.
"""

from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.data.codes import SURVEY_ITEMS
from helpers.data.peers import snapshots
from helpers.data.peers.shape import COUNTRY, NONE, Answer, Asked, Cell, Status, frame
from helpers.data.peers.snapshots import INVENTED, About
from helpers.data.peers.sources import POPULATION, RESPONDENTS, RESPONSE_RATE
from helpers.paths import PEERS, SAMPLE

DAY = date(2025, 12, 31)
YEARS = (2022, 2023, 2024, 2025)
OWN, SIMILAR, COUNTY = "9901", "G99001", "G99002"
WAIT = "U31402"

_BREAK = "väntan räknas från ansökan i stället för från första kontakten"
_FEWEST = 5
"""Answers, below which a share is secret."""
_NAMES = (
    "Sjövalla", "Lillberga", "Ekudden", "Norrsele", "Tallmon", "Hagaby", "Strömnäs",
    "Västerö", "Björkhult", "Kvarnliden", "Solmark", "Granholm",
)  # fmt: skip
_RESPONDENTS = (0, 9, 18, 24, 31, 45, 52, 66, 80, 104, 150, 210)
"""A year, in each place; of the first as many as the sample has."""
_POSITIVE = (0.74, 0.80, 0.77, 0.64, 0.66, 0.79, 0.68)
_GAP, _GAPS_DIFFER, _ON_SCALE = -0.06, 0.07, 0.93


class _Answers(NamedTuple):
    """How many positive answers, of how many."""

    positive: int
    n: int

    def __add__(self, other: object) -> "_Answers":
        assert isinstance(other, _Answers)
        return _Answers(self.positive + other.positive, self.n + other.n)

    @property
    def cell(self) -> Cell:
        if self.n < _FEWEST:
            return Cell(None, Status.SECRET)
        return Cell(float(round(100 * self.positive / self.n)), Status.OK)


class _Drawn(NamedTuple):
    """A year in a place: how many respondents, the answers to each item by sex, days waited."""

    people: int
    answers: dict[tuple[str, str], _Answers]
    waits: tuple[float, float]


def write(to: Path = PEERS) -> Path:
    """Write the invented snapshot."""
    places = {f"99{number:02}": name for number, name in enumerate(_NAMES, start=1)}
    groups = {SIMILAR: "Liknande kommuner", COUNTY: "Länets kommuner", COUNTRY: "Riket"}
    kolada, scb = _key_figures(tuple(places)), _populations(tuple(places))
    kolada.places |= places | groups
    scb.places |= places | groups
    kpis = (*SURVEY_ITEMS, RESPONSE_RATE, RESPONDENTS, WAIT)
    rows = [
        frame("kolada", Asked(kpis, (*places, *groups), YEARS), kolada, DAY),
        frame("scb", Asked((POPULATION,), (*places, COUNTRY), YEARS), scb, DAY),
    ]
    notes = ["Alla platser och tal är påhittade."]
    about = About(kolada.titles | scb.titles, notes, breaks={WAIT: {"2024": _BREAK}})
    return snapshots.write(pd.concat(rows, ignore_index=True), about, INVENTED, to)


def _key_figures(places: tuple[str, ...]) -> Answer:
    rng = np.random.Generator(np.random.PCG64(13))
    answer = Answer(titles=_titles())
    survey = pd.read_csv(SAMPLE / "survey.csv")
    for place, size in zip(places, _RESPONDENTS, strict=True):
        gap = rng.normal(_GAP, _GAPS_DIFFER)
        for year in YEARS:
            own = _counted(survey, year) if place == OWN else _drawn(rng, size, gap)
            _take(answer, place, year, own)
    for group, members in ((SIMILAR, places[1:8]), (COUNTY, places[:6]), (COUNTRY, places)):
        _average(answer, group, members)
    answer.cells[WAIT, places[3], 2024, "K"] = Cell(None, Status.DELETED)
    return answer


def _titles() -> dict[str, str]:
    survey = {
        item: f"Andel positiva svar: {about.label} (%)" for item, about in SURVEY_ITEMS.items()
    }
    return survey | {
        RESPONSE_RATE: "Brukarundersökningen: svarsfrekvens (%)",
        RESPONDENTS: "Brukarundersökningen: antal svar",
        WAIT: "Väntetid till beslut inom försörjningsstöd, dagar, medelvärde",
    }


def _counted(survey: pd.DataFrame, year: int) -> _Drawn:
    """Count the sample's own answers as Kolada does."""
    of_year = survey[survey["year"] == year]
    answers = {}
    for item, about in SURVEY_ITEMS.items():
        for sex in "KM":
            own = of_year.loc[(of_year["item"] == item) & (of_year["sex"] == sex), "answer"]
            positive = int(own.isin(list(about.positive)).sum())
            answers[item, sex] = _Answers(
                positive, positive + int(own.isin(list(about.negative)).sum())
            )
    return _Drawn(of_year["response_id"].nunique(), answers, (15.0, 14.0))


def _drawn(rng: np.random.Generator, size: int, gap: float) -> _Drawn:
    women = int(rng.binomial(size, 0.38))
    answers = {}
    for item, share in zip(SURVEY_ITEMS, _POSITIVE, strict=True):
        for sex, people, shift in (("K", women, gap), ("M", size - women, 0.0)):
            n = int(rng.binomial(people, _ON_SCALE))
            answers[item, sex] = _Answers(int(rng.binomial(n, share + shift)), n)
    first, second = (float(days) for days in rng.integers(8, 25, 2))
    return _Drawn(size, answers, (first, second))


def _take(answer: Answer, place: str, year: int, drawn: _Drawn) -> None:
    for item in SURVEY_ITEMS:
        women, men = drawn.answers[item, "K"], drawn.answers[item, "M"]
        for sex, own in (("K", women), ("M", men), ("T", women + men)):
            answer.cells[item, place, year, sex] = own.cell
    for sex, days in zip("KMT", (*drawn.waits, sum(drawn.waits) / 2), strict=True):
        answer.cells[WAIT, place, year, sex] = Cell(days, Status.OK)
    for kpi, value in ((RESPONDENTS, float(drawn.people)), (RESPONSE_RATE, 61.0)):
        answer.cells[kpi, place, year, "T"] = NONE if drawn.people < 10 else Cell(value, Status.OK)
        for sex in "KM":
            answer.cells[kpi, place, year, sex] = Cell(None, Status.NOT_APPLICABLE)


def _average(answer: Answer, group: str, members: tuple[str, ...]) -> None:
    """Give a group the mean of its members, unweighted, as Kolada does."""
    for item in (*SURVEY_ITEMS, WAIT):
        for year in YEARS:
            for sex in "KMT":
                cells = [answer.cells[item, place, year, sex].value for place in members]
                known = [value for value in cells if value is not None]
                mean = float(round(sum(known) / len(known)))
                answer.cells[item, group, year, sex] = Cell(mean, Status.OK)


def _populations(places: tuple[str, ...]) -> Answer:
    answer = Answer(titles={POPULATION: "Folkmängden efter region, kön och år"})
    rng = np.random.Generator(np.random.PCG64(26))
    for place, size in zip(places, _RESPONDENTS, strict=True):
        people = 4000 + 450 * (size or 75) + int(rng.integers(0, 900))
        for year in YEARS:
            women = int(people * (0.493 + 0.002 * (year - YEARS[0])))
            for sex, number in (("K", women), ("M", people - women)):
                answer.cells[POPULATION, place, year, sex] = Cell(float(number), Status.OK)
    for year in YEARS:
        for sex in "KM":
            every = [answer.cells[POPULATION, place, year, sex].value or 0.0 for place in places]
            answer.cells[POPULATION, COUNTRY, year, sex] = Cell(sum(every), Status.OK)
    return answer


if __name__ == "__main__":
    print(write())
