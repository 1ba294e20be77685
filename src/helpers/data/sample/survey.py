"""The national user survey: few answers, some "vet inte", some left blank."""

from collections.abc import Mapping

from helpers.data.codes import DO_NOT_KNOW, SURVEY_ITEMS, SurveyItem
from helpers.data.sample.draws import Draws, Row, number
from helpers.data.sample.laws import Law, Laws

SHARE_OF_RESPONDENTS = {2022: 0.27, 2023: 0.08, 2024: 0.34, 2025: 0.31}
SMALL_YEAR = 2023
SHARE_DO_NOT_KNOW = 0.07
SHARE_BLANK = 0.05


def answers(draws: Draws, persons: Mapping[str, int], laws: Laws) -> list[Row]:
    """One row a respondent and item.

    In the sample, 7 women and 12 men answered U35542 and U35543 in 2023: positively to 86, 100
    and 95 per cent (women, men, all), and to 57, 92 and 79.
    """
    yearly = {sex: draws.counts(size, SHARE_OF_RESPONDENTS) for sex, size in persons.items()}
    rows = [
        row
        for year in SHARE_OF_RESPONDENTS
        for sex in persons
        for row in _respondents(draws, year, sex, yearly[sex][year], laws[sex])
    ]
    return number(rows, "response_id", "S")


def _respondents(draws: Draws, year: int, sex: str, size: int, law: Law) -> list[Row]:
    given = {name: _answers(draws, name, year, size, law) for name in SURVEY_ITEMS}
    return [
        {"response_id": f"{year}{sex}{n}", "year": year, "sex": sex, "item": name, "answer": answer}
        for n in range(size)
        for name, answer in ((name, answers[n]) for name, answers in given.items())
    ]


def _answers(draws: Draws, name: str, year: int, size: int, law: Law) -> list[str | None]:
    item = SURVEY_ITEMS[name]
    if year == SMALL_YEAR and name in law.share_positive_in_small_year:
        positive = draws.flags(size, law.share_positive_in_small_year[name])
        return [draws.choice(item.positive if good else item.negative) for good in positive]
    return [_answer(draws, item, law.share_positive) for _ in range(size)]


def _answer(draws: Draws, item: SurveyItem, share_positive: float) -> str | None:
    if draws.chance(SHARE_BLANK):
        return None
    if draws.chance(SHARE_DO_NOT_KNOW):
        return DO_NOT_KNOW
    return draws.choice(item.positive if draws.chance(share_positive) else item.negative)
