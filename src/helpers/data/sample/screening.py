"""Who is asked about violence, what they tell, and the training in between."""

from collections.abc import Iterator, Mapping
from datetime import date

from helpers.data.sample.draws import AS_OF, FIRST_DAY, Draws, Row, days_after, number
from helpers.data.sample.laws import Law, Laws

TRAINED_ON = date(2024, 1, 15)
MILESTONES: list[Row] = [{"date": TRAINED_ON, "title": "Utbildning i att fråga om våld"}]
LATEST_ASKED = 120
"""Days after the case was opened."""
SHARE_NOW = 0.35
SHARE_DECLINED = 0.08
SHARE_OFFERED = 0.8
SHARE_ACCEPTED = 0.55
SHARE_OPENED_AGAIN = 0.15
METHODS = ("routine", "routine", "indication", "instrument")


def rows(draws: Draws, persons: Mapping[str, int], laws: Laws) -> list[Row]:
    """One row a case in which a person is asked about violence or not, as it stands on `AS_OF`.

    In the sample, far more is found after the training, of women and of men.
    """
    cases = [
        row
        for sex, size in persons.items()
        for n, again in enumerate(draws.flags(size, SHARE_OPENED_AGAIN))
        for row in _of_person(draws, f"{sex}{n}", sex, again, laws[sex])
    ]
    cases.sort(key=lambda row: (str(row["opened_on"]), str(row["person_id"]), str(row["role"])))
    cases = [{"screening_id": n, **row} for n, row in enumerate(cases)]
    return number(number(cases, "screening_id", "W"), "person_id", "D")


def _of_person(draws: Draws, name: str, sex: str, again: bool, law: Law) -> Iterator[Row]:
    person: Row = {"person_id": name, "sex": sex, "birth_year": draws.integer(1958, 2003)}
    opened = days_after(FIRST_DAY, draws.integer(0, (AS_OF - FIRST_DAY).days))
    yield from _case(draws, person, opened, law)
    later = days_after(opened, draws.integer(200, 600))
    if again and later <= AS_OF:
        yield from _case(draws, person, later, law)


def _case(draws: Draws, person: Row, opened: date, law: Law) -> Iterator[Row]:
    """Give a row, and a second to somebody who tells of violence of their own."""
    trained = opened >= TRAINED_ON
    asked = days_after(opened, draws.integer(0, LATEST_ASKED))
    is_asked, tells = (
        draws.chance(law.share_asked[trained]),
        draws.chance(law.share_telling[trained]),
    )
    own = draws.chance(law.share_perpetrators)
    case = {**person, "opened_on": opened}
    if not is_asked or asked > AS_OF:
        yield {**case, **_answered(None, "none", None, None)}
        return
    method = draws.choice(METHODS)
    answer = _told(draws) if tells else "declined" if draws.chance(SHARE_DECLINED) else "never"
    exposed = _answered(asked, method, answer, "exposed" if tells else None)
    yield {**case, **exposed, **(_helped(draws) if tells else {})}
    if own:
        yield {**case, **_answered(asked, method, _told(draws), "perpetrator"), **_helped(draws)}


def _told(draws: Draws) -> str:
    return "now" if draws.chance(SHARE_NOW) else "earlier"


def _answered(asked: date | None, method: str, answer: str | None, role: str | None) -> Row:
    row: Row = {"asked_on": asked, "method": method, "answer": answer, "role": role}
    return row | {"offered": None, "accepted": None}


def _helped(draws: Draws) -> Row:
    offered, accepts = draws.chance(SHARE_OFFERED), draws.chance(SHARE_ACCEPTED)
    return {"offered": offered, "accepted": offered and accepts}
