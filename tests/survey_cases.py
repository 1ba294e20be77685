"""Survey answers for tests: made by hand, and on to what may be known of them."""

import pandas as pd

from helpers import read_cases, user_satisfaction
from helpers.data.cases import Cases
from helpers.disclosure import Published


def survey(cases: pd.DataFrame) -> Cases:
    """Read the answers, as the notebook does."""
    return read_cases("survey", cases)


def published(cases: pd.DataFrame, *by: str) -> Published:
    """Tally by sex and more, and protect."""
    return user_satisfaction.protect(user_satisfaction.tally(survey(cases), ["sex", *by]))


def answers(women: dict, men: dict, item: str = "U35543", year: int = 2024) -> pd.DataFrame:
    """Make one respondent an answer, of so many of each."""
    rows = [
        (sex, answer)
        for sex, own in (("K", women), ("M", men))
        for answer, n in own.items()
        for _ in range(n)
    ]
    return pd.DataFrame(
        [(f"{year}-{n}", year, sex, item, answer) for n, (sex, answer) in enumerate(rows)],
        columns=["response_id", "year", "sex", "item", "answer"],
    )
