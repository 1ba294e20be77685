"""What placements take: days of each woman and man placed, for the page on unplanned endings."""

from datetime import date

import ibis

from helpers.data.cases import Cases
from helpers.disclosure import PEOPLE, Tally, counted, load_rules, load_secret, protect
from helpers.questions import asking
from helpers.questions import unplanned_terminations as endings

BY = ("sex", endings.CARE_FORM)
"""What a price is of."""

__all__ = ["protect", "tally"]


def __dir__() -> list[str]:
    return __all__


def tally(cases: Cases, as_of: date | str | None = None) -> Tally:
    """Count everyone placed in the window by sex and care form, and the days they were.

    A person adds no more days than the rule ``contribution_cap``, and a day in several placements
    counts once, in the one that began first.

    Parameters
    ----------
    cases, as_of
        As `helpers.questions.unplanned_terminations.tally` takes them.

    Returns
    -------
    Tally
        The table ``people``, with ``days``.
    """
    rows = asking.rows_of(cases, endings.TABLE)
    as_of = asking.day(as_of) or asking.latest(rows.started_on, rows.ended_on)
    by, secret = BY, load_secret(cases.is_sample)
    no_stop = {"ending": ibis.literal(endings.PLANNED)}
    placed = endings.in_window(rows, as_of).mutate(**no_stop)
    spells = endings.marked(endings.followed(placed, load_rules().contribution_cap), by, as_of)
    first = {column: endings.first_of(column) for column in by}
    cells = counted(spells, [*by, *first.values()], "person_id", secret, ["days"])
    people = {
        column: cells.assign(**cells[["n", "key"]].where(cells[is_first], 0))
        for column, is_first in first.items()
    }
    return Tally(endings.QUESTION, as_of, by, secret, {PEOPLE: endings.with_groups(people)})
