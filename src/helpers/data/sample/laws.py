"""What differs between women and men in the invented municipality: its gaps."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Wait:
    """A Weibull distribution of days: until a flat, for a decision on the first day, or a goal."""

    scale: float
    shape: float


@dataclass(frozen=True)
class Law:
    """How things go for people of one sex, as probabilities of each person."""

    share_with_children: float  # of those queueing
    wait: Mapping[bool, Wait]  # without and with children
    share_placed_twice: float  # of those placed
    share_applying: float  # of those placed
    share_granted: float  # of applications neither pending nor withdrawn
    share_in_family_home: float  # of placements
    share_unplanned_in_family_home: float  # of ended placements
    share_positive: float  # of answers on an item's scale
    share_positive_in_small_year: Mapping[str, float]  # by item, where it differs then
    share_with_goal: Mapping[str, float]  # of those with a plan, in their first, by area
    days_to_goal: Wait  # of goals not dropped
    share_asked: Mapping[bool, float]  # of those with a case, before and after the training
    share_telling: Mapping[bool, float]  # of those asked, of violence they were exposed to
    share_perpetrators: float  # of those asked, who tell of it
    next_after_institution: Mapping[str, float]  # probability of each state
    share_unplanned_step: Mapping[str, float]  # of stays on the way, by state
    share_to_contract: float  # of stays on the way that end as planned
    share_refused: float  # of those queueing, whose first application was refused
    days_to_decision: Wait  # from an application


Laws: TypeAlias = Mapping[str, Law]

WOMEN = Law(
    share_with_children=0.39,
    wait={False: Wait(400, 1.3), True: Wait(270, 1.4)},
    share_placed_twice=0.12,
    share_applying=0.28,
    share_granted=0.75,
    share_in_family_home=0.40,
    share_unplanned_in_family_home=0.30,
    share_positive=0.68,
    share_positive_in_small_year={"U35542": 0.86, "U35543": 0.57},
    share_with_goal={
        "sobriety": 0.38,
        "own_home": 0.55,
        "employment": 0.14,
        "occupation": 0.36,
        "health": 0.44,
        "family": 0.32,
        "driving_licence": 0.06,
        "other": 0.12,
    },
    days_to_goal=Wait(760, 1.2),
    share_asked={False: 0.45, True: 0.75},
    share_telling={False: 0.40, True: 0.55},
    share_perpetrators=0.06,
    next_after_institution={
        "family_home": 0.34,
        "group_home": 0.20,
        "trial_flat": 0.24,
        "own_contract": 0.06,
        "no_home": 0.13,
        "left": 0.03,
    },
    share_unplanned_step={"family_home": 0.36, "group_home": 0.28, "trial_flat": 0.20},
    share_to_contract=0.55,
    share_refused=0.17,
    days_to_decision=Wait(62, 1.5),
)
MEN = Law(
    share_with_children=0.24,
    wait={False: Wait(255, 1.6), True: Wait(300, 1.6)},
    share_placed_twice=0.13,
    share_applying=0.47,
    share_granted=0.79,
    share_in_family_home=0.20,
    share_unplanned_in_family_home=0.15,
    share_positive=0.76,
    share_positive_in_small_year={"U35542": 1.00, "U35543": 0.92},
    share_with_goal={
        "sobriety": 0.56,
        "own_home": 0.40,
        "employment": 0.33,
        "occupation": 0.20,
        "health": 0.28,
        "family": 0.18,
        "driving_licence": 0.19,
        "other": 0.12,
    },
    days_to_goal=Wait(640, 1.2),
    share_asked={False: 0.30, True: 0.60},
    share_telling={False: 0.18, True: 0.30},
    share_perpetrators=0.15,
    next_after_institution={
        "family_home": 0.16,
        "group_home": 0.28,
        "trial_flat": 0.32,
        "own_contract": 0.07,
        "no_home": 0.14,
        "left": 0.03,
    },
    share_unplanned_step={"family_home": 0.26, "group_home": 0.26, "trial_flat": 0.22},
    share_to_contract=0.62,
    share_refused=0.10,
    days_to_decision=Wait(48, 1.5),
)


def laws(gap: bool) -> Laws:
    """Give each sex its own law, or with no gap both the men's."""
    return {"K": WOMEN if gap else MEN, "M": MEN}
