"""Whether violence against women and against men is found as often, and at which step it is lost.

Each person is counted once, by their first case in the window. Violence they were exposed to is
found if they are asked within three months and tell of it. More found is not more violence.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import ibis
import pandas as pd
from ibis.expr.types import BooleanValue, Table

from helpers.data import read_cases
from helpers.data.cases import Cases
from helpers.disclosure import (
    ALL,
    EVERYONE,
    PEOPLE,
    Group,
    Level,
    Published,
    Tally,
    counted,
    grouped,
    load_secret,
    protect,
)
from helpers.questions import asking, half_years
from helpers.questions.gap import SEXES, Gap, Gaps, Measure, compare
from helpers.stats import decomposition
from helpers.stats.estimate import Estimate, difference

__all__ = ["answer", "around", "gaps", "protect", "tally"]

QUESTION = "violence-found"
TABLE = "screening"
BY = ("sex", asking.AGE_GROUP)
"""What its page groups by, and all that it can be grouped by."""
WITHIN = 90
"""Days after a case is opened within which to ask."""
AROUND = 730
"""Days before and after a milestone that are compared."""
OPEN, NOT_ASKED, NOT_TOLD, FOUND = "open", "not asked", "not told", "found"
STAGES = (OPEN, NOT_ASKED, NOT_TOLD, FOUND)
"""How far it came. It is open before three months have passed."""
ASKED, SETTLED = (NOT_TOLD, FOUND), (NOT_ASKED, NOT_TOLD, FOUND)
ANSWERS = ("now", "earlier", "declined", "never")
"""What somebody asked told of being exposed; of several answers the first of these."""
HELP = ("accepted", "offered", "not offered")
BEFORE, AFTER = "before", "after"

_MOST = 3
"""Milestones that are compared around, the last ones."""
_Levels = list[Level | None]


def __dir__() -> list[str]:
    return __all__


@asking.in_words
def tally(
    cases: Cases,
    by: Sequence[str] = ("sex",),
    as_of: date | str | None = None,
    milestones: Sequence[date] = (),
) -> Tally:
    """Count people by whether violence was found: whether they were asked, and what they told.

    One expression, run where the rows are; only the counts leave.

    Parameters
    ----------
    cases : Cases
        The ``screening`` table, as `read_cases` gives it.
    by : sequence of str
        ``sex``, and perhaps ``age_group``, in the year the case was opened: violence is shown by
        nothing finer.
    as_of : datetime.date or str, optional
        What happened later is not yet known. The last day of the table by default.
    milestones : sequence of datetime.date, optional
        Days before and after which to compare; the last three within the window.

    Returns
    -------
    Tally
        Tables ``people``, ``stages`` (``stage``), ``found`` (of each group's cases that are not
        open), ``answers`` (``answer``, of those asked), ``perpetrators`` (of those asked), ``help``
        (``help``, of those found) and ``around`` (``item``, a milestone; ``side``; ``stage``).

    Raises
    ------
    UsageProblem
        If it is asked in a way that cannot be answered.
    """
    rows = asking.rows_of(cases, TABLE)
    as_of = asking.day(as_of) or asking.latest(rows.opened_on, rows.asked_on)
    people = _people(rows, as_of)
    by, secret = asking.grouping(_allowed(by), people), load_secret(cases.is_sample)
    sides = {f"around_{day}": _side(people, day) for day in _within(milestones, as_of)}
    kept = [*by, "stage", "answer", "is_perpetrator", "help", *sides]
    cells = counted(people.mutate(**sides), kept, "person_id", secret)
    tables = _tables(cells, by)
    if sides:
        tables["around"] = _around(cells, [*sides])
    return Tally(QUESTION, as_of, by, secret, tables, is_sensitive=True)


def _allowed(by: Sequence[str]) -> Sequence[str]:
    if isinstance(by, Sequence) and not {*by} <= {*BY}:
        raise asking.UsageProblem(
            'Våld visas bara efter kön och ålder: by=["sex", "age_group"]. Det är för känsligt för '
            "finare grupper."
        )
    return by


def _within(milestones: Sequence[date], as_of: date) -> list[date]:
    first = date(asking.first_year(as_of, half_years.YEARS), 1, 1)
    return sorted(day for day in milestones if first < day <= as_of)[-_MOST:]


def _people(rows: Table, as_of: date) -> Table:
    """Give each person's first case in the window, as its three months left it."""
    first = date(asking.first_year(as_of, half_years.YEARS), 1, 1)
    opened = rows.filter(rows.opened_on.between(first, as_of))
    opened = opened.mutate(first_on=opened.opened_on.min().over(ibis.window(group_by="person_id")))
    case = opened.filter(opened.opened_on == opened.first_on)
    is_asked = (case.asked_on.delta(case.opened_on, unit="day") <= WITHIN).fill_null(False)
    exposed = is_asked & (case.role.fill_null("exposed") == "exposed")
    told = {answer: (exposed & (case.answer == answer)).fill_null(False) for answer in ANSWERS}
    tells, helped = told["now"] | told["earlier"], ("offered", "accepted")
    who = {"birth_year": case.birth_year.max(), "opened_on": case.opened_on.min()}
    keys = {"person_key": case.person_key.max()} if "person_key" in rows.columns else {}
    people = case.group_by(["person_id", "sex"]).aggregate(
        is_asked=is_asked.any(),
        is_perpetrator=(is_asked & (case.role == "perpetrator")).fill_null(False).any(),
        **{answer: is_told.any() for answer, is_told in told.items()},
        **{each: (tells & case[each].fill_null(False)).any() for each in helped},
        **who,
        **keys,
    )
    return _judged(people, as_of)


def _judged(people: Table, as_of: date) -> Table:
    """Say how far each person's first case came, what was told, and who was helped."""
    is_due = ibis.literal(as_of).delta(people.opened_on, unit="day") >= WITHIN
    is_found: BooleanValue = people.now | people.earlier
    stage = ibis.cases(
        (~is_due, OPEN), (is_found, FOUND), (people.is_asked, NOT_TOLD), else_=NOT_ASKED
    )
    answers = [(people[answer], answer) for answer in ANSWERS]
    return people.mutate(
        stage=stage,
        answer=ibis.cases(*answers, else_="none"),
        help=ibis.cases((people.accepted, HELP[0]), (people.offered, HELP[1]), else_=HELP[2]),
        age_group=asking.age_group(people.birth_year, people.opened_on),
    )


def _side(people: Table, milestone: date) -> ibis.expr.types.StringValue:
    """Say whether a case was opened within two years before a milestone, or two from it."""
    reach = timedelta(AROUND)
    before = people.opened_on.between(milestone - reach, milestone - timedelta(1))
    after = people.opened_on.between(milestone, milestone + reach - timedelta(1))
    return ibis.cases((before, BEFORE), (after, AFTER), else_="far")


def _tables(cells: pd.DataFrame, by: Sequence[str]) -> dict[str, pd.DataFrame]:
    """Sum to tables: of everyone the stages and what was told, of groups no more than found."""
    is_asked, is_found = cells["stage"].isin(ASKED), cells["stage"] == FOUND
    cells = cells.assign(found=is_found.astype(object).where(cells["stage"] != OPEN, None))
    found = grouped(cells, by, {"found": [True, False]})
    asked = cells.assign(perpetrators=cells["is_perpetrator"])[is_asked]
    return {
        PEOPLE: grouped(cells, by, totals=["sex"]),
        "stages": grouped(cells, ["sex"], {"stage": STAGES}, totals=["sex", "stage"]),
        "found": found[found["grouping"] != ALL],
        "answers": grouped(asked, ["sex"], {"answer": ANSWERS}),
        "perpetrators": grouped(asked, ["sex"], {"perpetrators": [True, False]}),
        "help": grouped(cells[is_found], ["sex"], {"help": HELP}),
    }


def _around(cells: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    sides = [
        cells.assign(item=column.removeprefix("around_"), side=cells[column]) for column in columns
    ]
    kept = {
        "item": [column.removeprefix("around_") for column in columns],
        "side": [BEFORE, AFTER],
        "stage": SETTLED,
    }
    return grouped(pd.concat(sides), ["sex"], kept)


def gaps(published: Published) -> Gaps:
    """Compare how often violence is found for women and men, and at which step they differ.

    Parameters
    ----------
    published : Published
        As `protect` gives it.

    Returns
    -------
    Gaps
        Share found (the headline), share asked, share telling of those asked, what either step
        contributes; of those asked who tells of violence now, earlier, and of their own; help
        offered of those found and accepted of those offered it; the headline of each group.

    Raises
    ------
    UsageProblem
        If it is handed anything else.
    """
    published = asking.published_of(published, QUESTION)
    of_everyone = partial(compare, QUESTION, group=EVERYONE)
    everyone = [
        *_by_step(published),
        *(of_everyone(measure, women=women, men=men) for measure, (women, men) in _told(published)),
    ]
    groups = [_of_group(published, group) for group in published.groups()[1:]]
    return Gaps([*everyone, *groups], published)


def answer(source: object = None, as_of: date | str | None = None) -> Gaps:
    """Read, tally, protect and compare, in one call.

    Parameters
    ----------
    source : optional
        As `read_cases` takes it.
    as_of : datetime.date or str, optional
        As `tally` takes it.

    Returns
    -------
    Gaps
    """
    return gaps(protect(tally(read_cases(TABLE, source), BY, as_of)))


def _by_step(published: Published) -> list[Gap]:
    found, asked, told = (
        _levels(published, "stages", part, whole)
        for part, whole in (([FOUND], SETTLED), (ASKED, SETTLED), ([FOUND], ASKED))
    )
    return [
        compare(QUESTION, VIOLENCE_FOUND, EVERYONE, *found, headline=True),
        compare(QUESTION, HAS_BEEN_ASKED, EVERYONE, *asked),
        compare(QUESTION, TOLD_OF_ASKED, EVERYONE, *told),
        *_contributions(published, asked, told),
    ]


def _levels(
    published: Published, table: str, part: Sequence[object], whole: Sequence[object]
) -> _Levels:
    """Share of each sex with some values of a table's one column, of those with others."""
    [column] = {*published.tables[table].columns} - {"grouping", "group", "sex", "n"}
    return [published.share(table, {column: part}, {column: whole}, sex=sex) for sex in SEXES]


def _contributions(published: Published, asked: _Levels, told: _Levels) -> list[Gap]:
    """Split the headline, where telling may be described; the levels are each step's own."""
    if None in told:
        return [compare(QUESTION, step, EVERYONE, None, None) for step in (ASKING, TELLING)]
    women, men = (
        [published.cell("stages", sex=sex, stage=each) for each in SETTLED] for sex in SEXES
    )
    asking_part, telling_part = decomposition.two_steps(women, men, published.rules.noise)
    return [
        compare(QUESTION, ASKING, EVERYONE, *asked, estimate=asking_part),
        compare(QUESTION, TELLING, EVERYONE, *told, estimate=telling_part),
    ]


def _told(published: Published) -> Iterator[tuple[Measure, _Levels]]:
    """Give what else was told, and who was helped, with each sex's level."""
    yield NOW, _levels(published, "answers", ["now"], ANSWERS)
    yield EARLIER, _levels(published, "answers", ["earlier"], ANSWERS)
    yield OWN_VIOLENCE, _levels(published, "perpetrators", [True], [True, False])
    yield OFFERED, _levels(published, "help", HELP[:2], HELP)
    yield ACCEPTED, _levels(published, "help", HELP[:1], HELP[:2])


def _of_group(published: Published, group: Group) -> Gap:
    part, whole = {"found": [True]}, {"found": [True, False]}
    levels = [published.share("found", part, whole, group, sex=sex) for sex in SEXES]
    return compare(QUESTION, VIOLENCE_FOUND, asking.named(TABLE, group), *levels)


def around(published: Published) -> pd.DataFrame:
    """Compare the two years before each milestone with the two from it, for each sex by itself.

    Parameters
    ----------
    published : Published
        As `protect` gives it.

    Returns
    -------
    DataFrame
        ``milestone`` (ISO), ``sex``, and as estimates, or None where too few: ``before`` and
        ``after`` (share found), ``change``, and of it ``asking`` (more or fewer asked) and
        ``telling`` (the share asked held fixed).
    """
    table = published.tables.get("around")
    days = [] if table is None else list(dict.fromkeys(table["item"]))
    rows = [(day, sex, *_change(published, day, sex)) for day in days for sex in SEXES]
    columns = ["milestone", "sex", BEFORE, AFTER, "change", "asking", "telling"]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def _change(published: Published, day: str, sex: str) -> list[Estimate | None]:
    before, after, *asked = (
        published.share("around", {"stage": part}, {"stage": whole}, sex=sex, item=day, side=side)
        for part, whole in (([FOUND], SETTLED), ([FOUND], ASKED))
        for side in (BEFORE, AFTER)
    )
    if before is None or after is None or None in asked:
        return [None] * 5
    later, earlier = (
        [published.cell("around", sex=sex, item=day, side=side, stage=stage) for stage in SETTLED]
        for side in (AFTER, BEFORE)
    )
    steps = decomposition.two_steps(later, earlier, published.rules.noise)
    change = difference(after.estimate, before.estimate)
    return [before.estimate, after.estimate, change, *steps]


VIOLENCE_FOUND = Measure(
    code="found",
    name="andel där våld upptäckts inom tre månader",
    unit="share",
    method="andelar av antal med brus, mid-p och MOVER",
    more="Våld upptäcks oftare för kvinnor än för män",
    less="Våld upptäcks mer sällan för kvinnor än för män",
    alike="Om våld upptäckts lika ofta för kvinnor som för män",
)
HAS_BEEN_ASKED = replace(
    VIOLENCE_FOUND, code="asked", name="andel som tillfrågats om våld inom tre månader"
)
TOLD_OF_ASKED = replace(
    VIOLENCE_FOUND, code="told among asked", name="andel som berättat om våld, av de tillfrågade"
)
ASKING = replace(
    VIOLENCE_FOUND,
    code="contribution of asking",
    name="den del av skillnaden som uppstår när frågan ställs",
    method="Kitagawas uppdelning; brus och slump enligt Rubins regler",
)
TELLING = replace(
    ASKING,
    code="contribution of telling",
    name="den del av skillnaden som uppstår i vad de tillfrågade berättar",
)
NOW = replace(VIOLENCE_FOUND, code="now", name="andel utsatta för våld nu, av de tillfrågade")
EARLIER = replace(
    VIOLENCE_FOUND,
    code="earlier",
    name="andel utsatta för våld tidigare men inte nu, av de tillfrågade",
)
OWN_VIOLENCE = replace(
    VIOLENCE_FOUND,
    code="perpetrators",
    name="andel som berättat att de utövat våld, av de tillfrågade",
)
OFFERED = replace(
    VIOLENCE_FOUND, code="offered help", name="andel som erbjudits hjälp, av dem där våld upptäckts"
)
ACCEPTED = replace(
    VIOLENCE_FOUND, code="accepted help", name="andel som tagit emot hjälp, av dem som erbjudits"
)
