"""Survey answers for tests: from a frame to the engine, and to safe counts."""

import ibis
import pandas as pd

from helpers.questions import user_satisfaction
from helpers.questions.safe_answers import SafeAnswers

COLUMNS = {"response_id": "string", "year": "int64", "sex": "string", "item": "string"}


def survey(cases: pd.DataFrame) -> ibis.Table:
    """Make the survey table of the engine."""
    return ibis.memtable(cases, schema={**COLUMNS, "answer": "string"})


def safe(cases: pd.DataFrame) -> SafeAnswers:
    """Tally and protect, as the notebook does."""
    return user_satisfaction.protect(user_satisfaction.tally(survey(cases)))


def answers(women: dict, men: dict, item: str = "U35543", year: int = 2024) -> pd.DataFrame:
    """Make one row an answer, of so many of each."""
    rows = [
        (sex, answer)
        for sex, own in (("K", women), ("M", men))
        for answer, n in own.items()
        for _ in range(n)
    ]
    return pd.DataFrame(
        [(f"{year}{n}", year, sex, item, answer) for n, (sex, answer) in enumerate(rows)],
        columns=["response_id", "year", "sex", "item", "answer"],
    )
