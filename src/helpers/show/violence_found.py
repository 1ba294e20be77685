"""Violence found on the page: who is counted, where the gap arises, before and after."""

from math import isnan

import pandas as pd

from helpers.disclosure import TOTAL, Published
from helpers.questions import violence_found as question
from helpers.questions.gap import Gaps
from helpers.show import counted as counts
from helpers.show import of_hundred, two_steps, words
from helpers.show.compose import with_table
from helpers.show.shown import Shown
from helpers.stats.estimate import Estimate

_STAGES = {
    "found": "Berättade om våld",
    "not told": "Berättade inte",
    "not asked": "Inte tillfrågad",
}
_COLUMNS = {**_STAGES, "open": "Går inte att bedöma än", TOTAL: "Alla"}
_STEPS = {
    "contribution of asking": "när frågan ställs",
    "contribution of telling": "i vad de tillfrågade berättar",
}


def counted(published: Published) -> Shown:
    """Show who is counted, by sex and whether they were asked and told of violence."""
    return counts.by_sex(
        published, "stages", _COLUMNS, title="Personer med ett ärende", name="fragor-om-vald"
    )


def outcomes(published: Published) -> Shown:
    """Show of 100 people who is asked and who tells, by sex.

    Returns
    -------
    Shown
        Says so where a sex has too few.
    """
    return of_hundred.bars(
        published,
        "stages",
        _STAGES,
        title="Av 100 kvinnor berättar {} om våld inom tre månader, av 100 män {}",
        too_few="För få för att säga hur ofta våld upptäcks",
        name="av-100-arenden",
    )


def where(gaps: Gaps) -> Shown:
    """Say in one sentence at which step the gap arises: in asking or in what is told."""
    return two_steps.where(gaps, _STEPS)


def split(gaps: Gaps) -> Shown:
    """Show how much of the gap arises at each step."""
    return two_steps.split(gaps, _STEPS)


def around(published: Published, milestones: pd.DataFrame) -> Shown:
    """Show what was found before and after each milestone, with the share asked held fixed.

    Parameters
    ----------
    published : Published
        Tallied with these milestones.
    milestones : DataFrame
        ``date`` and ``title``, as `helpers.data.read_tables` gives them.

    Returns
    -------
    Shown
        Says so where there is none, or too few.
    """
    title = "Upptäckt våld de två åren före och efter"
    found = question.around(published)
    if found.empty:
        return Shown(
            title, f'<p class="lv-title">{title}</p>\n<p>Ingen milstolpe är inskriven.</p>'
        )
    names = {day.date().isoformat(): text for day, text in milestones[["date", "title"]].to_numpy()}
    shown = {"before": "Före", "after": "Efter", "change": "Ändring", **_PARTS}
    said = pd.DataFrame(
        {
            "Milstolpe": [f"{names[day]} ({day})" for day in found["milestone"]],
            "Kön": found["sex"].map(words.SEXES),
            **{head: [_said(name, each) for each in found[name]] for name, head in shown.items()},
        }
    )
    return with_table(title, said, "fore-och-efter", {"around": found})


_PARTS = {"asking": "Därav: fler tillfrågas", "telling": "Därav: lika många tillfrågade berättar"}
"""What the change is made of; of the second the share asked is held fixed."""


def _said(name: str, found: Estimate | None) -> str:
    """Write a share in per cent, and a change in percentage points, with its interval."""
    if found is None:
        return words.WITHHELD
    low, value, high = (100 * each for each in (found.low, found.value, found.high))
    if isnan(value):
        return words.NONE
    if name in ("before", "after"):
        limits = words.span(words.number(low), words.number(high))
        return f"{words.points_of_hundred(value)} ({limits})"
    limits = words.span(words.points(low), words.points(high))
    return f"{words.points(value)} ({limits})"
