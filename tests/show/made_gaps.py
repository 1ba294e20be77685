"""Gaps made by hand."""

from helpers.questions.gap import Gap, Level, Measure, compare
from helpers.stats.estimate import Estimate

WAIT = Measure(
    name="medelväntetid inom 12 månader",
    unit="days",
    more="Kvinnor väntar längre",
    less="Kvinnor väntar kortare tid",
    method="för hand",
    counted="beslut",
)
HOUSED = Measure(
    name="andel som fått bostad inom 6 månader",
    unit="share",
    more="Fler kvinnor får bostad inom 6 månader",
    less="Färre kvinnor får bostad inom 6 månader",
    method="för hand",
    counted="beslut",
)


def level(value, reach, n=1234):
    return Level(Estimate(value, value - reach, value + reach), n)


def made(women, men, measure=WAIT, contrast="difference", **more) -> Gap:
    """Compare two levels, each None or (value, reach of its interval)."""
    levels = [level(*own) if own else None for own in (women, men)]
    return compare("queue-times", measure, "alla", *levels, contrast=contrast, **more)


LONGER = made((134, 3), (100, 4), headline=True)
SHORTER = made((66, 3), (100, 4))
UNSURE = made((102, 30), (100, 40))
TOO_FEW = made(None, (100, 4))
RATIO = made((138, 3), (100, 4), contrast="ratio")
TOO_FEW_RATIO = made(None, (100, 4), contrast="ratio")
FEWER = made((0.25, 0.03), (0.39, 0.04), HOUSED)
MORE = made((0.39, 0.03), (0.25, 0.04), HOUSED)
UNSURE_SHARE = made((0.39, 0.3), (0.25, 0.3), HOUSED)

EVERY = (LONGER, SHORTER, UNSURE, TOO_FEW, RATIO, TOO_FEW_RATIO, FEWER, MORE, UNSURE_SHARE)
