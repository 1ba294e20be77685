"""Whether women and men reach the goals of their plans as often, and which goals they have.

Each person is counted once, by their first plan in the window: the goals set on its day. It went
well if one of them was reached within 12 months.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from math import nan

import ibis
import pandas as pd
from ibis.expr.types import Table

from helpers.data import read_cases
from helpers.data.cases import Cases
from helpers.data.codes import AREA, WORDING
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
from helpers.stats import adjusted, imputation, multiplicity, proportions
from helpers.stats.estimate import Estimate, Whole

__all__ = ["answer", "gaps", "over_time", "protect", "tally"]

QUESTION = "goals"
TABLE = "goals"
BY = ("sex", asking.AGE_GROUP)
"""What its page groups by."""
WITHIN = 365
"""Days from the plan within which a goal is to be reached."""
REACHED, OPEN, DROPPED, WAITING = "reached", "not yet", "dropped", "waiting"
OUTCOMES = (REACHED, OPEN, DROPPED)
"""What had become of a goal after 12 months; it is waiting where they have not passed."""
WORK = "work"
"""Employment or occupation: which of the two a goal is called may be the staff's wording."""
AREAS = {**AREA, WORK: "anställning eller sysselsättning"}
"""What goals are about, one area after another, and last the two of work together."""

_OF_WORK = ("employment", "occupation")
_RANKS = (DROPPED, OPEN, REACHED, WAITING)
"""Of several goals, the one that comes last here tells how it went."""
_FIRST_OF = {"person": [], "area": ["area"], "work": ["of_work"], "wording": ["wording"]}


def __dir__() -> list[str]:
    return __all__


@asking.in_words
def tally(cases: Cases, by: Sequence[str] = ("sex",), as_of: date | str | None = None) -> Tally:
    """Count people by what became of their first plan, and of their first goal in each area.

    One expression, run where the rows are; only the counts leave.

    Parameters
    ----------
    cases : Cases
        The ``goals`` table, as `read_cases` gives it.
    by : sequence of str
        Columns to group by, ``sex`` among them; ``age_group`` is that of the year of the plan.
    as_of : datetime.date or str, optional
        What happened later is not yet known. The last day of the table by default.

    Returns
    -------
    Tally
        Tables ``people``, ``outcomes`` (``outcome`` of the first plan), ``reached`` (of each
        group's plans 12 months old), ``areas`` (``item``, ``has``), and of the first goal of an
        area or of a wording ``within`` and ``worded`` (``item``, ``outcome``).

    Raises
    ------
    UsageProblem
        If it is asked in a way that cannot be answered.
    """
    rows = asking.rows_of(cases, TABLE)
    as_of = asking.day(as_of) or asking.latest(rows.plan_on, rows.reached_on, rows.dropped_on)
    planned = _planned(rows, as_of)
    by, secret = asking.grouping(by, planned), load_secret(cases.is_sample)
    by = tuple(dict.fromkeys([*by, asking.AGE_GROUP]))
    kept = [*by, "area", "wording", "rank", "plan_rank", *map("first_of_{}".format, _FIRST_OF)]
    cells = counted(_marked(planned, as_of), kept, "person_id", secret)
    return Tally(QUESTION, as_of, by, secret, _tables(cells, by))


def _planned(rows: Table, as_of: date) -> Table:
    """Give the goals set within the window, and which of them are of their person's first plan."""
    first = date(asking.first_year(as_of, half_years.YEARS), 1, 1)
    planned = rows.filter(rows.plan_on.between(first, as_of))
    plan = planned.plan_on.min().over(ibis.window(group_by="person_id"))
    planned = planned.mutate(
        in_first_plan=planned.plan_on == plan, of_work=planned.area.isin(_OF_WORK)
    )
    return asking.with_age(planned, planned.plan_on)


def _marked(planned: Table, as_of: date) -> Table:
    """Say what became of each goal and each first plan, and mark a person's first goals."""
    is_due = ibis.literal(as_of).delta(planned.plan_on, unit="day") >= WITHIN
    reached, dropped = (
        (day.delta(planned.plan_on, unit="day") <= WITHIN).fill_null(False)
        for day in (planned.reached_on, planned.dropped_on)
    )
    rank = ibis.cases(
        (~is_due, _RANKS.index(WAITING)),
        (reached, _RANKS.index(REACHED)),
        (dropped, _RANKS.index(DROPPED)),
        else_=_RANKS.index(OPEN),
    )
    person = ibis.window(group_by="person_id")
    first = {
        f"first_of_{name}": ibis.row_number().over(
            ibis.window(group_by=["person_id", *columns], order_by=["plan_on", "goal_id"])
        )
        == 0
        for name, columns in _FIRST_OF.items()
    }
    marked = planned.mutate(rank=rank, **first)
    plan_rank = marked.rank.max(where=marked.in_first_plan).over(person)
    return marked.mutate(plan_rank=plan_rank, first_of_work=marked.first_of_work & marked.of_work)


def _tables(cells: pd.DataFrame, by: Sequence[str]) -> dict[str, pd.DataFrame]:
    """Sum to tables: of everyone the outcomes, of groups no more than who reached a goal."""
    names = dict(enumerate(_RANKS))
    cells = cells.assign(outcome=cells["rank"].map(names), item=cells["area"])
    people = cells[cells["first_of_person"]].assign(outcome=cells["plan_rank"].map(names))
    is_due = people["outcome"] != WAITING
    people["reached"] = (people["outcome"] == REACHED).astype(object).where(is_due, None)
    reached = grouped(people, by, {"reached": [True, False]})
    in_area = pd.concat(
        [cells[cells["first_of_area"]], cells[cells["first_of_work"]].assign(item=WORK)]
    )
    worded = cells[cells["first_of_wording"]].assign(item=cells["wording"])
    return {
        PEOPLE: grouped(people, by, totals=["sex"]),
        "outcomes": grouped(
            people, ["sex"], {"outcome": [*OUTCOMES, WAITING]}, totals=["sex", "outcome"]
        ),
        "reached": reached[reached["grouping"] != ALL],
        "areas": _having(in_area, people),
        "within": grouped(in_area, ["sex"], {"item": [*AREAS], "outcome": OUTCOMES}),
        "worded": grouped(worded, ["sex"], {"item": [*WORDING], "outcome": OUTCOMES}),
    }


def _having(in_area: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Count who has a goal in each area, and who has not: everyone else, as their keys add up."""
    has = grouped(in_area.assign(has=True), ["sex"], {"item": [*AREAS], "has": [True]})
    everyone = grouped(people, ["sex"]).set_index("sex")
    rest = has.assign(has=False)
    for sums in ("n", "key"):
        rest[sums] = rest["sex"].map(everyone[sums]) - has[sums]
    return pd.concat([has, rest], ignore_index=True)


def over_time(cases: Cases, as_of: date | str | None = None) -> Tally:
    """Count as `tally` does, by the half-year of the first plan."""
    begun = {half_years.HALF_YEAR: half_years.of(asking.rows_of(cases, TABLE).plan_on)}
    return half_years.complete(tally(cases.mutate(**begun), ("sex", *begun), as_of))


def gaps(published: Published) -> Gaps:
    """Compare how often women and men reach a goal, and which goals they have.

    Parameters
    ----------
    published : Published
        As `protect` gives it.

    Returns
    -------
    Gaps
        Share who reached a goal of their first plan within 12 months (the headline), the same at
        equal age, and by who worded the goal; share with a goal in each area, with Holm's
        p-values, and in either area of work; share reached of each; the headline of each group.

    Raises
    ------
    UsageProblem
        If it is handed anything else.
    """
    published = asking.published_of(published, QUESTION)
    levels = _reached(published)
    everyone = [
        compare(QUESTION, REACHED_ONE, EVERYONE, *levels, headline=True),
        compare(QUESTION, AT_EQUAL_AGE, EVERYONE, *levels, estimate=_age_held_equal(published)),
        *(_of_item(published, "worded", item, own) for item, own in WORDED.items()),
        *_by_area(published),
        *(_of_item(published, "within", item, own) for item, own in REACHED_IN.items()),
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


_Levels = list[Level | None]


def _reached(published: Published) -> _Levels:
    part, whole = {"outcome": [REACHED]}, {"outcome": OUTCOMES}
    return [published.share("outcomes", part, whole, sex=sex) for sex in SEXES]


def _of_group(published: Published, group: Group) -> Gap:
    part, whole = {"reached": [True]}, {"reached": [True, False]}
    levels = [published.share("reached", part, whole, group, sex=sex) for sex in SEXES]
    return compare(QUESTION, REACHED_ONE, asking.named(TABLE, group), *levels)


def _of_item(published: Published, table: str, item: str, measure: Measure) -> Gap:
    """Compare how often the first goal of an area, or of a wording, was reached."""
    part, whole = {"outcome": [REACHED]}, {"outcome": OUTCOMES}
    levels = [published.share(table, part, whole, sex=sex, item=item) for sex in SEXES]
    return compare(QUESTION, measure, EVERYONE, *levels)


def _age_held_equal(published: Published) -> Estimate:
    """Estimate the headline with age held equal, where ages are shown and tell nobody's sex."""
    table = published.tables["reached"]
    own = table[table["grouping"] == asking.AGE_GROUP]
    has = own["reached"].to_numpy(bool)
    strata = own.loc[has, ["sex", "group"]]

    def fit(true: Whole) -> Estimate:
        counts = strata.assign(count=true[has], n=true[has] + true[~has])
        return adjusted.gap(counts, group="sex", first="K")

    try:
        return imputation.estimate(own["n"].tolist(), published.rules.noise, fit)
    except ValueError:
        return Estimate(nan, nan, nan)


def _by_area(published: Published) -> list[Gap]:
    """Compare who has a goal in each area: the eight are tested together."""
    levels = {item: _having_one(published, item) for item in AREAS}
    tested = [item for item in AREA if all(levels[item])]
    p_values = _holm(published, tested) if tested else {}
    return [
        compare(QUESTION, HAS[item], EVERYONE, *own, p_value=p_values.get(item, nan))
        for item, own in levels.items()
    ]


def _having_one(published: Published, item: str) -> _Levels:
    part, whole = {"has": [True]}, {"has": [True, False]}
    return [published.share("areas", part, whole, sex=sex, item=item) for sex in SEXES]


def _holm(published: Published, items: Sequence[str]) -> Mapping[str, float]:
    alone = [_p_value(published, item) for item in items]
    return dict(zip(items, multiplicity.holm(alone).tolist(), strict=True))


def _p_value(published: Published, item: str) -> float:
    """Test an area alone: at which level its interval begins to leave out 0."""
    (women, without), (men, other) = (
        [published.cell("areas", sex=sex, item=item, has=has) for has in (True, False)]
        for sex in SEXES
    )
    sizes, noise = (women, women + without, men, men + other), published.rules.noise
    return multiplicity.p_value(lambda level: proportions.gap(*sizes, level=level, noise=noise))


REACHED_ONE = Measure(
    code="reached a goal",
    name="andel som nått minst ett mål i sin första plan inom 12 månader",
    unit="share",
    method="andelar av antal med brus, mid-p och MOVER",
    more="Kvinnor når ett mål inom ett år oftare än män",
    less="Kvinnor når ett mål inom ett år mer sällan än män",
    alike="Om kvinnor nått ett mål inom ett år lika ofta som män",
)
AT_EQUAL_AGE = replace(
    REACHED_ONE,
    code="reached a goal, age held equal",
    name="andel som nått ett mål inom 12 månader, vid lika ålder",
    method="logistisk modell, genomsnittlig marginell skillnad; brus enligt Rubins regler",
)
WORDED = {
    wording: replace(
        REACHED_ONE,
        code=f"reached, worded by {wording}",
        name=f"andel som nått sitt första mål som {said} formulerat",
    )
    for wording, said in WORDING.items()
}
HAS = {
    item: replace(REACHED_ONE, code=f"has a goal: {item}", name=f"andel med mål om {said}")
    for item, said in AREAS.items()
}
REACHED_IN = {
    item: replace(
        REACHED_ONE,
        code=f"reached: {item}",
        name=f"andel som nått sitt första mål om {said} inom 12 månader",
    )
    for item, said in AREAS.items()
}
