"""Extensions on the page: who is counted, what becomes of 100, and where the gap arises."""

from helpers.disclosure import TOTAL, Published
from helpers.questions.gap import Gaps
from helpers.show import counted as counts
from helpers.show import of_hundred, over_time, two_steps
from helpers.show.shown import Shown

_STAGES = {"granted": "Förlängdes", "denied": "Fick avslag", "not applied": "Sökte inte"}
_COLUMNS = {**_STAGES, "open": "Går inte att bedöma än", TOTAL: "Alla"}
_STEPS = {
    "contribution of applying": "när ansökan görs",
    "contribution of granting": "när ansökan avgörs",
}


def counted(published: Published) -> Shown:
    """Show who is counted, by sex and what became of their first placement."""
    return counts.by_sex(
        published, "stages", _COLUMNS, title="Personer som räknas", name="personer-med-placering"
    )


def outcomes(published: Published) -> Shown:
    """Show what becomes of 100 first placements, by sex.

    Returns
    -------
    Shown
        Says so where a sex has too few.
    """
    return of_hundred.bars(
        published,
        "stages",
        _STAGES,
        title="Av 100 kvinnor får {} placeringen förlängd, av 100 män {}",
        too_few="För få för att säga vad som händer med placeringarna",
        name="av-100-placerade",
    )


def where(gaps: Gaps) -> Shown:
    """Say in one sentence at which step the gap in extended placements arises.

    Parameters
    ----------
    gaps : Gaps
        All gaps of the question.

    Returns
    -------
    Shown
        Says that it cannot be told where the gap, or either step's part, is not established.
    """
    return two_steps.where(gaps, _STEPS)


def split(gaps: Gaps) -> Shown:
    """Show how much of the gap in extended placements arises at each step.

    Parameters
    ----------
    gaps : Gaps
        All gaps of the question.

    Returns
    -------
    Shown
        Says so where the steps may not be described.
    """
    return two_steps.split(gaps, _STEPS)


def trend(published: Published) -> Shown:
    """Show how many had their first placement extended, by the half-year it began."""
    part, whole = {"extended": [True]}, {"extended": [True, False]}
    return over_time.trend(
        published,
        lambda sex, group: published.share("extended", part, whole, group, sex=sex),
        title="Andel som fått sin första placering förlängd, efter halvåret då den började",
        name="forlangd-over-tid",
    )
