"""Everything measured, grouped by question, in one table."""

from collections.abc import Sequence

import pandas as pd
from markupsafe import Markup

from helpers.questions.gap import Gap
from helpers.show import download, gap_words, gaps, table, words
from helpers.show.saved import Notebook, gaps_in, title

_CAPTION = "Alla mått: kvinnor, män, skillnaden med intervall, och huvudmåttens bedömning."


def all_measures(notebooks: Sequence[Notebook]) -> str:
    """Write every gap of every question as a table, with files to take away.

    Parameters
    ----------
    notebooks : sequence of dict
        Executed notebooks, as JSON.

    Returns
    -------
    str
        Quarto markdown.
    """
    pairs = [(title(book), gap) for book in notebooks for gap in gaps_in(book)]
    questions, every = [question for question, _ in pairs], [gap for _, gap in pairs]
    columns = gaps.columns(every)
    badges = columns.pop("Bedömning")
    columns |= {"I personer": [_in_persons(gap) for gap in every], "Bedömning": badges}
    links = [_link(question, gap) for question, gap in pairs]
    said = table.html(pd.DataFrame(columns, dtype=object), _CAPTION, groups=links)
    data = gaps.as_data(every)
    data.insert(0, "Fråga", questions)
    files = download.links(data, "alla-matt", _CAPTION)
    return f"::: {{#tbl-gaps}}\n\n```{{=html}}\n{said}\n{files}\n```\n\n{_CAPTION}\n\n:::\n"


def _link(question: str, gap: Gap) -> Markup:
    return Markup('<a href="../notebooks/{}.html">{}</a>').format(gap.question, question)


def _in_persons(gap: Gap) -> str:
    found = gap.attributable
    return gap_words.persons_interval(found) if found else words.NONE
