"""Goals on the page: what becomes of 100 first plans, and eight areas at a glance."""

from collections.abc import Mapping

from helpers.disclosure import TOTAL, Published
from helpers.questions.gap import Gap, Gaps, Measure
from helpers.questions.goals import AREAS, HAS, REACHED_IN, WORK
from helpers.show import at_a_glance, of_hundred, over_time, words
from helpers.show import counted as counts
from helpers.show.shown import Shown

_OUTCOMES = {"reached": "Nådde ett mål", "not yet": "Har mål kvar", "dropped": "Alla ströks"}
_COLUMNS = {**_OUTCOMES, "waiting": "Går inte att bedöma än", TOTAL: "Alla"}


def counted(published: Published) -> Shown:
    """Show who is counted, by sex and what became of their first plan."""
    return counts.by_sex(
        published, "outcomes", _COLUMNS, title="Personer med en plan", name="personer-med-plan"
    )


def outcomes(published: Published) -> Shown:
    """Show what becomes of 100 first plans within 12 months, by sex.

    Returns
    -------
    Shown
        Says so where a sex has too few.
    """
    return of_hundred.bars(
        published,
        "outcomes",
        _OUTCOMES,
        title="Av 100 kvinnor når {} minst ett mål inom ett år, av 100 män {}",
        too_few="För få för att säga vad som händer med målen",
        name="av-100-planer",
    )


def beyond_chance(gaps: Gaps) -> Shown:
    """Say in which of the eight areas chance is an unlikely cause of the gap in having a goal.

    Parameters
    ----------
    gaps : Gaps
        All gaps of the question.
    """
    eight = [gap for item, gap in _by_area(gaps, HAS).items() if item != WORK]
    return at_a_glance.beyond_chance(eight, what="områdena", counted="personerna")


def areas(gaps: Gaps) -> Shown:
    """Show how many women and men have a goal in each area.

    Parameters
    ----------
    gaps : Gaps
        All gaps of the question.
    """
    return at_a_glance.levels_and_gaps(
        _named(gaps, HAS),
        title="Andel som har ett mål i varje område, och skillnaden mellan kvinnor och män",
        head="Område",
        level="Andel som har ett mål",
        too_few="för få",
        name="mal-per-omrade",
    )


def reached(gaps: Gaps) -> Shown:
    """Show how many of those with a goal in an area reached the first of them.

    Parameters
    ----------
    gaps : Gaps
        All gaps of the question.
    """
    return at_a_glance.levels_and_gaps(
        _named(gaps, REACHED_IN),
        title="Andel som nått sitt första mål inom 12 månader, i varje område",
        head="Område",
        level="Andel som nått målet",
        too_few="för få",
        name="nadda-mal-per-omrade",
    )


def _named(gaps: Gaps, measures: Mapping[str, Measure]) -> dict[str, Gap]:
    return {words.capital(AREAS[item]): gap for item, gap in _by_area(gaps, measures).items()}


def _by_area(gaps: Gaps, measures: Mapping[str, Measure]) -> dict[str, Gap]:
    return {item: gaps.of(measure=own.code)[0] for item, own in measures.items()}


def trend(published: Published) -> Shown:
    """Show how many reached a goal of their first plan, by the half-year of the plan."""
    part, whole = {"reached": [True]}, {"reached": [True, False]}
    return over_time.trend(
        published,
        lambda sex, group: published.share("reached", part, whole, group, sex=sex),
        title="Andel som nått ett mål i sin första plan inom 12 månader, efter planens halvår",
        name="nadda-mal-over-tid",
    )
