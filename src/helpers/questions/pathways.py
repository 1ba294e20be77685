"""Whether women and men get a home of their own as often after an institution, and by which way.

Each person is counted once, from the day they left an institution in the window. Where they are 6,
12 and 24 months later is known of those who left so long ago.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import ibis
import pandas as pd
from ibis.expr.types import Table

from helpers.data import read_cases
from helpers.data.cases import Cases
from helpers.data.codes import STATE
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
from helpers.stats import restricted

__all__ = ["answer", "gaps", "protect", "spells", "tally"]

QUESTION = "pathways"
TABLE = "stays"
BY = ("sex", asking.AGE_GROUP)
"""What its page groups by."""
INSTITUTION, CONTRACT, NO_HOME = "institution", "own_contract", "no_home"
STEPS = ("family_home", "group_home", "trial_flat")
UNKNOWN = "unknown"
STATES = (*STATE, UNKNOWN)
"""Where somebody is; unknown where no stay says it."""
AFTER = {"after_6": 182, "after_12": 365, "after_24": 730}
"""Days after the institution at which states are read off, by the name of their table."""
OWN = {182: "own_6", 365: "own_12", 730: "own_24"}
"""The tables of who has a contract of their own so many days after."""
HORIZON = 730
LANDMARKS = (182, 365, 548, 730)
RETURNS = (365, 730)
ENDS = (CONTRACT, "other home", NO_HOME, "gone")
"""Where routes come to, 24 months after the institution."""
PLANNED, UNPLANNED, ONGOING = "planned", "unplanned", "ongoing"
ENDINGS = (PLANNED, UNPLANNED, ONGOING)

_ENTERED = ("entered", ONGOING)
"""Whether someone has left an institution in the window, or was already under way."""
_NEVER = 99_999
"""Days until what has not happened."""
_END_OF = {CONTRACT: CONTRACT, NO_HOME: NO_HOME, "left": "gone", UNKNOWN: "gone"}
_Levels = list[Level | None]


def __dir__() -> list[str]:
    return __all__


@asking.in_words
def tally(cases: Cases, by: Sequence[str] = ("sex",), as_of: date | str | None = None) -> Tally:
    """Count people by where they are at times after an institution, and how they came there.

    One expression, run where the rows are; only the counts leave.

    Parameters
    ----------
    cases : Cases
        The ``stays`` table, as `read_cases` gives it.
    by : sequence of str
        ``sex``, and perhaps ``age_group``, in the year the institution was left.
    as_of : datetime.date or str, optional
        What happened later is not yet known. The last day of the table by default.

    Returns
    -------
    Tally
        Tables ``people`` who left an institution; ``entered``, with those already under way;
        ``after_6``, ``after_12`` and ``after_24`` (``state``); ``own_6``, ``own_12`` and, of each
        group too, ``own_24``; ``contracted`` and ``returned`` (``landmark`` in days, of those
        followed so long); ``routes`` (``via``, ``end``); of each step its first stays
        (``ending``); and a mean.

    Raises
    ------
    UsageProblem
        If it is asked in a way that cannot be answered.
    """
    rows = asking.rows_of(cases, TABLE)
    as_of = asking.day(as_of) or asking.latest(rows.started_on, rows.ended_on)
    people = _people(rows, as_of)
    by, secret = asking.grouping(by, people), load_secret(cases.is_sample)
    kept = [*by, "entered", "followed", *AFTER, "via", "contracted", "returned", *STEPS]
    cells = counted(people, kept, "person_id", secret, ["days"])
    entered = cells[cells["entered"] == _ENTERED[0]]
    means = _means(entered[entered["followed"] >= HORIZON])
    return Tally(QUESTION, as_of, by, secret, _tables(cells, entered, by), means)


def _people(rows: Table, as_of: date) -> Table:
    """Give each person's day of leaving an institution, and what is known of the time after."""
    first = date(asking.first_year(as_of, half_years.YEARS), 1, 1)
    known = rows.filter(rows.started_on <= as_of)
    known = known.mutate(ended_on=(known.ended_on <= as_of).ifelse(known.ended_on, None))
    is_exit = (known.state == INSTITUTION) & known.ended_on.between(first, as_of)
    exit_on = known.ended_on.min(where=is_exit).over(ibis.window(group_by="person_id"))
    stays = known.mutate(
        exit_on=exit_on, key=known.person_key if "person_key" in rows.columns else 0
    )
    is_after = (stays.exit_on.notnull() & (stays.started_on >= stays.exit_on)).fill_null(False)
    since = stays.started_on.delta(stays.exit_on, unit="day").cast("int64")
    until = stays.ended_on.delta(stays.exit_on, unit="day").fill_null(_NEVER).cast("int64")
    stays = stays.mutate(is_after=is_after, since=since, until=until)
    stays = stays.filter(stays.exit_on.notnull() | (stays.state != INSTITUTION))
    people = stays.group_by(["person_id", "sex"]).aggregate(
        exit_on=stays.exit_on.min(),
        birth_year=stays.birth_year.max(),
        person_key=stays.key.max(),
        via=stays.state.argmin(stays.since, where=stays.is_after),
        **{f"{event}_days": stays.since.min(where=stays.is_after & (stays.state == state))
           for event, state in (("contracted", CONTRACT), ("returned", INSTITUTION))},
        **{name: stays.state.max(where=stays.is_after & (stays.since <= day) & (day < stays.until))
           for name, day in AFTER.items()},
        **{step: stays.ending.fill_null(PLANNED).argmin(
            stays.since, where=stays.is_after & (stays.state == step)) for step in STEPS},
        **{f"{step}_until": stays.until.argmin(
            stays.since, where=stays.is_after & (stays.state == step)) for step in STEPS},
    )  # fmt: skip
    people = people if "person_key" in rows.columns else people.drop("person_key")
    return _described(people, as_of)


def _described(people: Table, as_of: date) -> Table:
    """Say how long each person is followed, what had happened by then, and how steps ended."""
    potential = ibis.literal(as_of).delta(people.exit_on, unit="day").fill_null(-1).cast("int64")
    days = people.contracted_days.fill_null(_NEVER)
    return people.mutate(
        entered=people.exit_on.notnull().ifelse(*_ENTERED),
        age_group=asking.age_group(people.birth_year, people.exit_on),
        followed=_at_most(potential, LANDMARKS),
        contracted=_least(people.contracted_days.fill_null(_NEVER), LANDMARKS),
        returned=_least(people.returned_days.fill_null(_NEVER), RETURNS),
        days=(potential >= HORIZON).ifelse(ibis.least(days, HORIZON), 0),
        via=people.via.fill_null(UNKNOWN),
        **{name: people[name].fill_null(UNKNOWN) for name in AFTER},
        **{step: _ending(people, step) for step in STEPS},
    )


def _at_most(days: ibis.expr.types.IntegerValue, marks: Sequence[int]) -> ibis.Value:
    """Give the last of some marks that days reach, 0 before the first."""
    return ibis.cases(*[(days >= mark, mark) for mark in reversed(marks)], else_=0)


def _least(days: ibis.expr.types.IntegerValue, marks: Sequence[int]) -> ibis.Value:
    """Give the first of some marks by which something had happened."""
    return ibis.cases(*[(days <= mark, mark) for mark in marks], else_=_NEVER)


def _ending(people: Table, step: str) -> ibis.Value:
    until = people[f"{step}_until"]
    return ibis.cases((until.isnull(), "none"), (until == _NEVER, ONGOING), else_=people[step])


def _tables(
    cells: pd.DataFrame, entered: pd.DataFrame, by: Sequence[str]
) -> dict[str, pd.DataFrame]:
    """Sum to tables: of everyone all that is known, of groups no more than a contract."""
    last = entered[entered["followed"] >= HORIZON]
    at, own = {}, {}
    for (name, day), own_name in zip(AFTER.items(), OWN.values(), strict=True):
        there = entered.assign(state=entered[name], own=_having(entered, name, day))
        at[name] = grouped(there[there["followed"] >= day], ["sex"], {"state": STATES})
        own[own_name] = grouped(there, by if day == HORIZON else ["sex"], {"own": [True, False]})
    ends = last["after_24"].map(lambda state: _END_OF.get(state, "other home"))
    steps = {
        step: grouped(entered.assign(ending=entered[step]), ["sex"], {"ending": ENDINGS})
        for step in STEPS
    }
    tables = {
        PEOPLE: grouped(entered, by, totals=["sex"]),
        "entered": grouped(cells, ["sex"], {"entered": _ENTERED}, totals=["sex", "entered"]),
        **at,
        **own,
        "contracted": _happened(entered, "contracted", LANDMARKS),
        "returned": _happened(entered, "returned", RETURNS),
        "routes": grouped(last.assign(end=ends), ["sex"], {"via": STATES, "end": ENDS}),
        **steps,
    }
    return {name: table.drop(columns="days") for name, table in tables.items()}


def _having(entered: pd.DataFrame, name: str, day: int) -> "pd.Series[Any]":
    """Say of each cell whether it has a contract so long after, if it is followed so long."""
    own = (entered[name] == CONTRACT).astype(object)
    return own.where(entered["followed"] >= day, None)


def _happened(entered: pd.DataFrame, name: str, landmarks: Sequence[int]) -> pd.DataFrame:
    """At each landmark, those followed so long, and whether something had happened by then."""
    parts = [
        entered[entered["followed"] >= day].assign(
            landmark=day, **{name: entered.loc[entered["followed"] >= day, name] <= day}
        )
        for day in landmarks
    ]
    return grouped(pd.concat(parts), ["sex"], {"landmark": landmarks, name: [True, False]})


def _means(followed: pd.DataFrame) -> pd.DataFrame:
    """Give the true mean of the days without a contract within 24 months, of those followed."""
    rows = [
        {
            "grouping": ALL, "group": ALL, "sex": sex, "measure": DAYS.code,
            "value": own["days"].sum() / own["n"].sum(), "most": HORIZON, "unit": 3 * HORIZON / 4,
            "n": own["n"].sum(), "key": own["key"].sum(), "days": own["days"].sum(),
        }
        for sex, own in followed.groupby("sex")
    ]  # fmt: skip
    return pd.DataFrame(rows)


def spells(cases: Cases, as_of: date | str | None = None) -> pd.DataFrame:
    """Give the stays from the institution on as `helpers.stats.multistate` takes them.

    For the analyst's own eyes: a row is a person's. People already under way are not among them.

    Parameters
    ----------
    cases, as_of
        As `tally` takes them.

    Returns
    -------
    DataFrame
        ``path``, ``n``, ``start``, ``stop``, ``from``, ``to`` and ``sex``. A day without a stay is
        `UNKNOWN`; a stay without a day is left out.
    """
    rows = asking.rows_of(cases, TABLE)
    as_of = asking.day(as_of) or asking.latest(rows.started_on, rows.ended_on)
    exits = _people(rows, as_of).filter(ibis._.exit_on.notnull()).select("person_id", "exit_on")
    stays = rows.filter(rows.started_on <= as_of).inner_join(exits, "person_id").to_pandas()
    day = {name: pd.to_datetime(stays[name]) for name in ("started_on", "ended_on", "exit_on")}
    last = (pd.Timestamp(as_of) - day["exit_on"]).dt.days
    stays = stays.assign(
        start=(day["started_on"] - day["exit_on"]).dt.days,
        stop=(day["ended_on"] - day["exit_on"]).dt.days.fillna(_NEVER).clip(upper=last),
        last=last,
    )
    own = stays[(stays["start"] >= 0) & (stays["last"] > 0)].sort_values(["person_id", "start"])
    found = [row for _, each in own.groupby("person_id") for row in _spells_of(each)]
    return pd.DataFrame(found, columns=["path", "n", "start", "stop", "from", "to", "sex"])


def _spells_of(stays: pd.DataFrame) -> Iterator[tuple[object, ...]]:
    """Fill the holes between a person's stays, and say where each of them leads."""
    person, sex, last = stays[["person_id", "sex", "last"]].iloc[0]
    parts, now = [], 0
    for start, stop, state in stays[["start", "stop", "state"]].itertuples(index=False):
        if start > now:
            parts.append((now, start, UNKNOWN))
        if stop > max(start, now):
            parts.append((max(start, now), stop, state))
        now = max(now, stop)
    if now < last:
        parts.append((now, last, UNKNOWN))
    following = [state for _, _, state in parts[1:]]
    for (start, stop, state), to in zip(parts, [*following, None], strict=True):
        yield person, 1, start, stop, state, to, sex


def gaps(published: Published) -> Gaps:
    """Compare where women and men are after an institution, and how they came there.

    Parameters
    ----------
    published : Published
        As `protect` gives it.

    Returns
    -------
    Gaps
        Share with a contract of their own at 24 months (the headline), at 12 and at 6; share
        without a home at 24; mean days until a contract within 24 months; shares who returned to an
        institution; share of each step's endings that were unplanned; the headline of each group.

    Raises
    ------
    UsageProblem
        If it is handed anything else.
    """
    published = asking.published_of(published, QUESTION)
    shares = [
        compare(QUESTION, measure, EVERYONE, *levels, headline=measure is HAS_CONTRACT[730])
        for measure, levels in _shares(published)
    ]
    groups = [_of_group(published, group) for group in published.groups()[1:]]
    return Gaps([*shares, _of_days(published), *groups], published)


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


def _shares(published: Published) -> Iterator[tuple[Measure, _Levels]]:
    """Give each measure that is a share, with each sex's level."""
    for day in reversed(OWN):
        yield HAS_CONTRACT[day], [with_contract(published, sex, day) for sex in SEXES]
    yield WITHOUT_HOME, _levels(published, "after_24", "state", [NO_HOME], STATES)
    for day in RETURNS:
        yield RETURNED[day], [published.landmarks("returned", sex)[day] for sex in SEXES]
    for step, measure in ENDED_UNPLANNED.items():
        yield measure, _levels(published, step, "ending", [UNPLANNED], [PLANNED, UNPLANNED])


def _levels(
    published: Published, table: str, column: str, part: Sequence[object], whole: Sequence[object]
) -> _Levels:
    return [published.share(table, {column: part}, {column: whole}, sex=sex) for sex in SEXES]


def with_contract(
    published: Published, sex: str, day: int, group: Group = EVERYONE
) -> Level | None:
    """Estimate the share of a sex with a contract of their own so many days after."""
    part, whole = {"own": [True]}, {"own": [True, False]}
    return published.share(OWN[day], part, whole, group, sex=sex)


def _of_group(published: Published, group: Group) -> Gap:
    levels = [with_contract(published, sex, HORIZON, group) for sex in SEXES]
    return compare(QUESTION, HAS_CONTRACT[HORIZON], asking.named(TABLE, group), *levels)


def _of_days(published: Published) -> Gap:
    """Compare mean days until a contract, whose precision the landmarks tell."""
    found = [_mean(published, sex) for sex in SEXES]
    levels = [each and Level(each[0].interval(), each[1]) for each in found]
    women, men = found
    estimate = restricted.difference(women[0], men[0]) if women and men else None
    return compare(QUESTION, DAYS, EVERYONE, *levels, estimate=estimate)


def _mean(published: Published, sex: str) -> tuple[restricted.RestrictedMean, int] | None:
    mean = published.mean(DAYS.code, sex)
    if mean is None:
        return None
    done, left = (
        [published.cell("contracted", sex=sex, landmark=day, contracted=by) for day in LANDMARKS]
        for by in (True, False)
    )
    followed = [sum(both) for both in zip(done, left, strict=True)]
    if not followed[-1]:
        return None
    found = restricted.mean(
        mean.value, mean.n, mean.noise, times=LANDMARKS, done=done, followed=followed
    )
    return found, mean.n


_SHARE = Measure(
    code="own contract at 24 months",
    name="andel med eget kontrakt 24 månader efter institutionen",
    unit="share",
    method="andel av dem som lämnat en institution minst så länge sedan, mid-p med brus och MOVER",
    more="Kvinnor har eget kontrakt oftare än män två år efter institutionen",
    less="Kvinnor har eget kontrakt mer sällan än män två år efter institutionen",
    alike="Om kvinnor haft eget kontrakt lika ofta som män",
)
HAS_CONTRACT = {730: _SHARE} | {
    day: replace(
        _SHARE,
        code=f"own contract at {months} months",
        name=f"andel med eget kontrakt {months} månader efter institutionen",
    )
    for day, months in ((365, 12), (182, 6))
}
WITHOUT_HOME = replace(
    _SHARE,
    code="no home at 24 months",
    name="andel utan bostad 24 månader efter institutionen",
)
RETURNED = {
    day: replace(
        _SHARE,
        code=f"returned within {months} months",
        name=f"andel tillbaka på institution inom {months} månader",
    )
    for day, months in ((365, 12), (730, 24))
}
ENDED_UNPLANNED = {
    step: replace(
        _SHARE,
        code=f"unplanned: {step}",
        name=f"andel oplanerade av första avslut i {STATE[step]}",
    )
    for step in STEPS
}
DAYS = Measure(
    code="days to own contract",
    name="genomsnittliga dagar till eget kontrakt inom 24 månader",
    unit="days",
    method="medelvärde med brus, där den som inte fått kontrakt räknas som 730 dagar; t-intervall",
)
