"""The national user survey: few answers, some "vet inte", some left blank."""

import numpy as np

from helpers.data.codes import DO_NOT_KNOW, SURVEY_ITEMS, SurveyItem
from helpers.data.sample.draws import Row, choice, generator, number, pick

SEED = 0

RESPONDENTS = {
    (2022, "K"): 24,
    (2022, "M"): 41,
    (2023, "K"): 7,
    (2023, "M"): 12,
    (2024, "K"): 31,
    (2024, "M"): 52,
    (2025, "K"): 28,
    (2025, "M"): 47,
}
POSITIVE_IN_2023 = {
    ("U35542", "K"): 6,
    ("U35542", "M"): 12,
    ("U35543", "K"): 4,
    ("U35543", "M"): 11,
}
SHARE_POSITIVE = {"K": 0.68, "M": 0.76}
SHARE_DO_NOT_KNOW = 0.07
SHARE_BLANK = 0.05


def answers(seed: int = SEED) -> list[Row]:
    """One row a respondent and item.

    In 2023, 7 women and 12 men answered U35542 and U35543: positively to 86, 100 and 95 per
    cent (women, men, all), and to 57, 92 and 79.
    """
    rng = generator(seed)
    rows = [row for year, sex in RESPONDENTS for row in _respondents(rng, year, sex)]
    return number(rows, "response_id", "S")


def _respondents(rng: np.random.Generator, year: int, sex: str) -> list[Row]:
    given = {name: _answers(rng, name, year, sex) for name in SURVEY_ITEMS}
    return [
        {"response_id": f"{year}{sex}{n}", "year": year, "sex": sex, "item": name, "answer": answer}
        for n in range(RESPONDENTS[year, sex])
        for name, answer in ((name, answers[n]) for name, answers in given.items())
    ]


def _answers(rng: np.random.Generator, name: str, year: int, sex: str) -> list[str | None]:
    item, size = SURVEY_ITEMS[name], RESPONDENTS[year, sex]
    if year == 2023 and (name, sex) in POSITIVE_IN_2023:
        positive = pick(rng, size, POSITIVE_IN_2023[name, sex])
        return [choice(rng, item.positive if good else item.negative) for good in positive]
    return [_answer(rng, item, sex) for _ in range(size)]


def _answer(rng: np.random.Generator, item: SurveyItem, sex: str) -> str | None:
    if rng.random() < SHARE_BLANK:
        return None
    if rng.random() < SHARE_DO_NOT_KNOW:
        return DO_NOT_KNOW
    positive = rng.random() < SHARE_POSITIVE[sex]
    return choice(rng, item.positive if positive else item.negative)
