"""Queue times on the page: who is counted, how many still wait, how many are housed."""

from datetime import date

import pandas as pd

from helpers.disclosure import SafeCounts
from helpers.questions import queue_times
from helpers.questions.gap import Gap
from helpers.show import followed, gap_words, words
from helpers.show.compose import with_table
from helpers.show.curves import Curves
from helpers.show.shown import Shown

_EVENTS = {
    queue_times.ACCESS: "Fick bostad",
    queue_times.LEFT: "Lämnade bostadskön",
    queue_times.WAITING: "Väntar fortfarande",
}
_TOO_FEW = "<p>Underlaget är för litet för att jämföra kvinnor och män.</p>"
_READ_AT = (3, 6, 12, 18, 24)
_HOUSED_AT = (3, 6, 12)


def counted(counts: SafeCounts, as_of: date) -> Shown:
    """Show who is counted, by sex and how the wait has ended.

    Parameters
    ----------
    counts : SafeCounts
        Protected counts by sex.
    as_of : datetime.date
        The day the counts stand for.

    Returns
    -------
    Shown
    """
    title = f"Personer som räknas, till och med {words.day(as_of)}"
    return followed.ended(counts, _EVENTS, as_of, every="Alla", title=title)


def waiting(counts: SafeCounts, group: str = "alla") -> Shown:
    """Show the share not yet housed had nobody left the queue, by sex (Kaplan-Meier).

    Parameters
    ----------
    counts : SafeCounts
        Protected counts by sex.
    group : {"alla", "utan barn", "med barn"}
        Who to show.

    Returns
    -------
    Shown
        Its title says what the verdict on the mean wait allows.
    """
    step = queue_times.still_waiting(counts, group)
    headline = _gap(counts, group, "days")
    return followed.over_time(
        Curves(followed.cut(step, "survival", counts.rules), "Andel som ännu inte fått bostad"),
        title=gap_words.title(headline),
        months=_READ_AT,
        name="vantar",
        told=counts.told,
    )


def housed(counts: SafeCounts, group: str = "alla") -> Shown:
    """Show the share who have got a flat, by sex (Aalen-Johansen).

    Parameters
    ----------
    counts : SafeCounts
        Protected counts by sex.
    group : {"alla", "utan barn", "med barn"}
        Who to show.

    Returns
    -------
    Shown
        Its title says what the verdict on the share housed within 6 months allows.
    """
    step = queue_times.housed(counts, group)
    gap = _gap(counts, group, "share")
    return followed.over_time(
        Curves(followed.cut(step, "incidence", counts.rules), "Andel som fått bostad"),
        title=gap_words.title(gap),
        months=_HOUSED_AT,
        name="fatt-bostad",
        told=counts.told,
    )


def _gap(counts: SafeCounts, group: str, unit: str) -> Gap:
    """Find the first gap of a group in some unit."""
    gaps = [gap for gap in queue_times.gap(counts) if gap.group == group]
    if not gaps:
        raise ValueError(f"Räkna också efter has_children för att visa gruppen ”{group}”.")
    return next(gap for gap in gaps if gap.measure.unit == unit)


def tests(counts: SafeCounts) -> Shown:
    """Show the tests of whole curves.

    Parameters
    ----------
    counts : SafeCounts
        Protected counts by sex, best also by ``has_children``.

    Returns
    -------
    Shown
    """
    result = queue_times.tests(counts).dropna()
    strata = counts.counts.get("has_children", pd.Series(dtype=object)).nunique()
    like = ", jämför lika med lika (med och utan barn)" if strata > 1 else ""
    names = {
        "log-rank": "Log-rank: hur snabbt man får bostad",
        "gray": "Gray: andelen som fått bostad",
    }
    said = pd.DataFrame(
        {
            f"Test{like}": result["test"].map(names),
            "Testvärde": result["statistic"].map(lambda value: words.number(value, 2)),
            "p-värde": result["p_value"].map(words.p_value),
        }
    )
    title = "Test av hela kurvorna"
    notes = _TOO_FEW if result.empty else ""
    return with_table(title, said, "test", {"tests": result}, told=counts.told, notes=notes)
