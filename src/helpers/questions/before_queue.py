"""The way before the queue: how long women and men wait for a decision, and who is refused.

Each person is counted once, by their first application in the period. A gap may arise before the
queue begins.
"""

from datetime import date

import ibis
import pandas as pd
from ibis.expr.types import Table

from helpers.data.cases import Cases
from helpers.disclosure import (
    ALL,
    EVERYONE,
    PEOPLE,
    Level,
    Published,
    Tally,
    counted,
    grouped,
    load_secret,
    protect,
)
from helpers.questions import asking
from helpers.questions.gap import SEXES, Gap, Gaps, Measure, compare
from helpers.stats import restricted

__all__ = ["gaps", "protect", "tally"]

QUESTION = "before-queue"
TABLE = "queue"
COLUMNS = ("applied_on", "refused")
"""Those of the table that it takes; they need not be there."""
HORIZON = 365
"""Days within which the mean time to a decision is counted."""
LANDMARKS = (30, 61, 91, 182, 365)


def __dir__() -> list[str]:
    return __all__


@asking.in_words
def tally(cases: Cases, as_of: date | str | None = None) -> Tally | None:
    """Count people's first applications by sex, whether refused, and the days to the decision.

    Parameters
    ----------
    cases : Cases
        The ``queue`` table, as `read_cases` gives it.
    as_of : datetime.date or str, optional
        Later decisions are not yet known. The last day of a decision by default.

    Returns
    -------
    Tally or None
        Tables ``people``, ``refused`` (``refused``) and ``decided`` (``landmark`` in days,
        ``decided``), and a mean; None where the table does not say when people applied.

    Raises
    ------
    UsageProblem
        If it is asked in a way that cannot be answered.
    """
    rows = asking.rows_of(cases, TABLE)
    if not {*COLUMNS} <= {*rows.columns}:
        return None
    as_of = asking.day(as_of) or asking.latest(rows.decided_on)
    secret = load_secret(cases.is_sample)
    cells = counted(
        _first(rows, as_of), ["sex", "refused", "reached"], "person_id", secret, ["days"]
    )
    decided = pd.concat(
        [cells.assign(landmark=day, decided=cells["reached"] <= day) for day in LANDMARKS]
    )
    tables = {
        PEOPLE: grouped(cells, ["sex"], totals=["sex"]),
        "refused": grouped(cells, ["sex"], {"refused": [True, False]}),
        "decided": grouped(decided, ["sex"], {"landmark": LANDMARKS, "decided": [True, False]}),
    }
    tables = {name: table.drop(columns="days") for name, table in tables.items()}
    return Tally(QUESTION, as_of, ("sex",), secret, tables, _means(cells))


def _first(rows: Table, as_of: date) -> Table:
    """Give each person's first application that is decided, and the days that took."""
    known = rows.filter(
        rows.applied_on.notnull(),
        rows.decided_on <= as_of,
        rows.decided_on.year() >= asking.first_year(as_of),
    )
    order = ibis.window(group_by="person_id", order_by=["applied_on", "decided_on", "case_id"])
    first = known.filter(ibis.row_number().over(order) == 0)
    days = first.decided_on.delta(first.applied_on, unit="day").cast("int64")
    reached = ibis.cases(*[(days <= day, day) for day in LANDMARKS], else_=HORIZON + 1)
    return first.mutate(
        refused=first.refused.fill_null(False), days=ibis.least(days, HORIZON), reached=reached
    )


def _means(cells: pd.DataFrame) -> pd.DataFrame:
    rows = [
        {
            "grouping": ALL, "group": ALL, "sex": sex, "measure": DAYS.code,
            "value": own["days"].sum() / own["n"].sum(), "most": HORIZON, "unit": 3 * HORIZON / 4,
            "n": own["n"].sum(), "key": own["key"].sum(), "days": own["days"].sum(),
        }
        for sex, own in cells.groupby("sex")
    ]  # fmt: skip
    return pd.DataFrame(rows)


def gaps(published: Published) -> Gaps:
    """Compare the days to a decision, and the share refused.

    Parameters
    ----------
    published : Published
        As `protect` gives it.

    Returns
    -------
    Gaps
        Neither is a headline: that is how long people wait in the queue.

    Raises
    ------
    UsageProblem
        If it is handed anything else.
    """
    published = asking.published_of(published, QUESTION)
    return Gaps([_of_days(published), _of_refused(published)], published)


def _of_refused(published: Published) -> Gap:
    part, whole = {"refused": [True]}, {"refused": [True, False]}
    levels = [published.share("refused", part, whole, sex=sex) for sex in SEXES]
    return compare(QUESTION, REFUSED, EVERYONE, *levels)


def _of_days(published: Published) -> Gap:
    """Compare mean days to the decision, whose precision the landmarks tell."""
    women, men = (_mean(published, sex) for sex in SEXES)
    levels = [each and Level(each[0].interval(), each[1]) for each in (women, men)]
    estimate = restricted.difference(women[0], men[0]) if women and men else None
    return compare(QUESTION, DAYS, EVERYONE, *levels, estimate=estimate)


def _mean(published: Published, sex: str) -> tuple[restricted.RestrictedMean, int] | None:
    mean = published.mean(DAYS.code, sex)
    if mean is None:
        return None
    done, left = (
        [published.cell("decided", sex=sex, landmark=day, decided=by) for day in LANDMARKS]
        for by in (True, False)
    )
    followed = [sum(both) for both in zip(done, left, strict=True)]
    found = restricted.mean(
        mean.value, mean.n, mean.noise, times=LANDMARKS, done=done, followed=followed
    )
    return found, mean.n


DAYS = Measure(
    code="days to decision",
    name="genomsnittliga dagar från ansökan till beslut",
    unit="days",
    method="medelvärde med brus, högst 365 dagar för varje person; t-intervall",
)
REFUSED = Measure(
    code="refused",
    name="andel som fått avslag på sin första ansökan",
    unit="share",
    method="andel av antal med brus, mid-p och MOVER",
)
