"""The true gaps of a town: what an estimate is right about, or not."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np

from helpers.data.sample import goals, queue, screening, stays, survey
from helpers.data.sample.draws import AS_OF, FIRST_DAY, IndependentDraws
from helpers.data.sample.laws import Law, Wait, laws
from helpers.data.sample.placements import Placement, history

WHOLE = "U35543"


@dataclass(frozen=True)
class Truth:
    """The headlines' true values, women compared with men.

    Attributes
    ----------
    waiting : float
        Difference in mean days from a person's first decision to access, counted up to a year,
        had nobody left the queue.
    extended : float
        Difference in the share of persons whose first placement was extended (its first
        application not withdrawn was granted), where its planned end has come and no application
        is pending.
    positive : float
        Difference in the share of positive answers to U35543, of those on its scale.
    unplanned : float
        Ratio of persons' first unplanned endings per placement-day until then.
    reached : float
        Difference in the share of persons who reach a goal of their first plan within a year.
    found : float
        Difference in the share of persons who within three months of their first case are asked
        about violence and tell of some they were exposed to.
    own_contract : float
        Difference in the share of persons who have a contract of their own 24 months after the
        institution.
    """

    waiting: float
    extended: float
    positive: float
    unplanned: float
    reached: float
    found: float
    own_contract: float


@cache
def truth(gap: bool = True, persons: int = 100_000) -> Truth:
    """Find the true values under the law of `town`.

    `extended`, `unplanned` and `own_contract` are those of one large town,
    which places so many `persons` of each sex, with a standard error of 0.002 and 1 per cent for
    the default number. The others are exact.
    Without a gap all is equal, and nothing is simulated.
    """
    if not gap:
        return Truth(
            waiting=0, extended=0, positive=0, unplanned=1, reached=0, found=0, own_contract=0
        )
    women, men = laws(gap)["K"], laws(gap)["M"]
    placed = history(IndependentDraws(0), {"K": persons, "M": persons}, laws(gap))
    of_women, of_men = ([p for p in placed if p.person.sex == sex] for sex in "KM")
    return Truth(
        waiting=_mean_wait(women) - _mean_wait(men),
        extended=_share_extended(of_women) - _share_extended(of_men),
        positive=_share_positive(women) - _share_positive(men),
        unplanned=_unplanned_rate(of_women) / _unplanned_rate(of_men),
        reached=_share_reached(women) - _share_reached(men),
        found=_share_found(women) - _share_found(men),
        own_contract=_share_with_contract(women, persons) - _share_with_contract(men, persons),
    )


def _mean_wait(law: Law) -> float:
    share = law.share_with_children
    return share * _restricted_mean(law.wait[True]) + (1 - share) * _restricted_mean(
        law.wait[False]
    )


def _restricted_mean(wait: Wait, longest: int = 365) -> float:
    """Sum the shares still waiting after each whole day, decisions on every day alike."""
    decided = range((AS_OF - FIRST_DAY).days + 1)
    scale = wait.scale * np.array([queue.growth_of_waits(day) for day in decided])
    survival = np.exp(-((np.arange(longest) / scale[:, np.newaxis]) ** wait.shape))
    return float(survival.sum() / len(decided))


def _share_positive(law: Law) -> float:
    small = survey.SHARE_OF_RESPONDENTS[survey.SMALL_YEAR]
    on_scale = (1 - small) * (1 - survey.SHARE_BLANK) * (1 - survey.SHARE_DO_NOT_KNOW)
    positive = on_scale * law.share_positive + small * law.share_positive_in_small_year[WHOLE]
    return positive / (on_scale + small)


def _share_reached(law: Law) -> float:
    """One minus the share who reach none; who has no goal of a kind has one of another."""
    time, shares = law.days_to_goal, np.array([*law.share_with_goal.values()])
    each = (1 - goals.SHARE_DROPPED) * -np.expm1(-((365 / time.scale) ** time.shape))
    return float(1 - np.prod(1 - shares * each) + each * np.prod(1 - shares))


def _share_found(law: Law, days: int = 90) -> float:
    """Cases opened on every day alike, so long before the last that they can be judged."""
    opened = (AS_OF - FIRST_DAY).days + 1 - days
    after = (AS_OF - screening.TRAINED_ON).days + 1 - days
    in_time = (days + 1) / (screening.LATEST_ASKED + 1)
    before, later = (
        law.share_asked[trained] * law.share_telling[trained] for trained in (False, True)
    )
    return in_time * (before * (opened - after) + later * after) / opened


def _share_with_contract(law: Law, persons: int, days: int = 730) -> float:
    draws = IndependentDraws(0)
    have = 0
    for _ in range(persons):
        first = stays.one_of(draws, law.next_after_institution)
        have += any(
            state == "own_contract" and started <= days < ended
            for state, started, ended, _ in stays.path(draws, law, first, days + 1)
        )
    return have / persons


def _share_extended(placed: list[Placement]) -> float:
    firsts = {placement.person.name: placement for placement in reversed(placed)}.values()
    known = [_first_outcome(p) for p in firsts if p.planned_end_on <= AS_OF]
    return known.count("granted") / (len(known) - known.count("pending"))


def _first_outcome(placement: Placement) -> str:
    outcomes = (a.outcome or "pending" for a in placement.applications if a.outcome != "withdrawn")
    return next(outcomes, "none")


def _unplanned_rate(placed: list[Placement]) -> float:
    counted = list(_until_unplanned(placed))
    days = sum(((p.ended_on or AS_OF) - p.started_on).days for p in counted)
    return sum(p.ending == "unplanned" for p in counted) / days


def _until_unplanned(placed: list[Placement]) -> Iterator[Placement]:
    """Give each person's placements up to the first that ended unplanned."""
    done: set[str] = set()
    for placement in placed:
        if placement.person.name not in done:
            yield placement
        if placement.ending == "unplanned":
            done.add(placement.person.name)
