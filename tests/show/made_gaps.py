"""Gaps made by hand."""

from math import inf, nan

from helpers.disclosure import EVERYONE, Level
from helpers.questions.gap import Gap, Measure, compare
from helpers.stats.estimate import Estimate

WAIT = Measure(
    code="restricted mean wait",
    name="väntan under det första året",
    unit="days",
    more="Kvinnor väntar längre än män",
    less="Kvinnor väntar kortare tid än män",
    method="för hand",
    counted="beslut",
)
HOUSED = Measure(
    code="housed within 6 months",
    name="andel som fått bostad inom 6 månader",
    unit="share",
    more="Kvinnor får bostad oftare än män",
    less="Kvinnor får bostad mer sällan än män",
    alike="Om kvinnor fått bostad lika ofta som män",
    method="för hand",
    counted="beslut",
)


def level(value, reach, n=1234):
    return Level(Estimate(value, value - reach, value + reach), n)


def made(women, men, measure=WAIT, contrast="difference", question="queue-times", **more) -> Gap:
    """Compare two levels, each None or (value, reach of its interval); a headline unless told."""
    levels = [level(*own) if own else None for own in (women, men)]
    options = {"headline": True, **more}
    return compare(question, measure, EVERYONE, *levels, contrast=contrast, **options)


LONGER = made((134, 3), (100, 4))
SHORTER = made((100, 4), (134, 3))
UNSURE = made((102, 40), (100, 30, 2468))
SMALL = made((102, 5), (100, 4))
TOO_FEW = made(None, (100, 4))
RATIO = made((138, 4), (100, 4), contrast="ratio", question="unplanned-terminations")
MORE = made((0.64, 0.03), (0.5, 0.04), measure=HOUSED, question="extensions")
FEWER = made((0.5, 0.03), (0.64, 0.04), measure=HOUSED, question="extensions")
OTHER = made((0.5, 0.2), (0.64, 0.2), measure=HOUSED, headline=False)
NUMBER = made(
    (100, 4), (134, 3), contrast="ratio", headline=False, estimate=Estimate(0.75, nan, nan)
)
OPEN = made((100, 4), (134, 3), headline=False, estimate=Estimate(-34, -inf, inf))
EVERY = (LONGER, SHORTER, UNSURE, SMALL, TOO_FEW, RATIO, MORE, FEWER, OTHER, NUMBER, OPEN)
