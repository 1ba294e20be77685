"""The board's pack: four pages on what was found, what it may depend on, and what is done."""

from collections.abc import Sequence
from functools import partial

import pandas as pd
from markupsafe import Markup

from helpers.questions.gap import Gap, Verdict
from helpers.show import gap_words
from helpers.show.action_words import remeasured
from helpers.show.front_page import Card, cards
from helpers.show.gap_drawing import draw
from helpers.show.gaps import alt
from helpers.show.saved import Notebook
from helpers.show.svg import address

TITLE = "Jämställdhetsanalys IFO"
_ANY_CAUSE = "Kanske behov, utbud eller hur uppgifterna skrivs in."
_CAUSES = {
    "queue-times": "Kanske vilka bostäder som finns, vad som söks och hur ärenden prioriteras.",
    "extensions": "Kanske behov, vem som vet att det går att söka och vem som får hjälp med det.",
    "user-satisfaction": "Kanske vilka som svarade, vilket stöd de fick och hur de bemöttes.",
    "unplanned-terminations": "Kanske vårdform, placeringens längd och vad som kallas oplanerat.",
    "violence-found": "Kanske vilka som tillfrågas, hur det görs och vem som vågar berätta.",
    "goals": "Kanske vilka mål som sätts, hur svåra de är och vem som formulerar dem.",
}
"""What a gap may depend on, by question; it has not been measured."""
_PAGE = Markup("<h2>{}</h2>\n{}\n")


def pack(notebooks: Sequence[Notebook], actions: pd.DataFrame, whose: str) -> str:
    """Write the pack: the answers, each gap, causes and actions, and what is measured next.

    Parameters
    ----------
    notebooks, actions
        As `cards` takes them.
    whose : str
        A sentence on whose data these are.

    Returns
    -------
    str
        HTML for documents and slides; each page has a heading of the second level.
    """
    every = cards(notebooks, actions)
    pages = {
        "Svaren i korthet": _answers(every, whose),
        "Varje skillnad, med intervall och antal": _measured([card.gap for card in every]),
        "Avvikelse, orsak, konsekvens och åtgärd": _matrix(every),
        "Det här mäts härnäst": _next(every, actions),
    }
    return "\n".join(_PAGE.format(heading, Markup(text)) for heading, text in pages.items())


def _answers(every: Sequence[Card], whose: str) -> str:
    rows = [(card.question, card.answer, _verdict(card.gap)) for card in every]
    return f"{_table(('Fråga', 'Svar', 'Bedömning'), rows)}\n{_paragraph(whose)}"


def _verdict(gap: Gap) -> str:
    return gap_words.VERDICTS[gap.verdict] if gap.verdict else ""


def _measured(headlines: Sequence[Gap]) -> str:
    """Draw the headlines, each with its interval, and give the numbers under the drawing."""
    known = [gap for gap in headlines if gap.is_known]
    details = [Markup("<li>{}</li>").format(gap_words.details(gap)) for gap in headlines]
    # Slides take their words from the title.
    drawing = Markup('<p><img src="{}" alt="{words}" title="{words}"></p>').format(
        address(partial(draw, known)), words=alt(known)
    )
    return f"{drawing if known else ''}<ul>{''.join(details)}</ul>"


def _matrix(every: Sequence[Card]) -> str:
    heads = ("Avvikelse", "Orsak (inte mätt)", "Konsekvens", "Åtgärd")
    rows = [
        (
            card.answer,
            _CAUSES.get(card.gap.question, _ANY_CAUSE),
            _consequence(card.gap),
            card.action or "Ingen inskriven.",
        )
        for card in every
    ]
    return _table(heads, rows)


def _consequence(gap: Gap) -> str:
    """Say it in persons; nothing follows from what is not established."""
    if gap.verdict is not Verdict.ESTABLISHED:
        return "Går inte att säga än."
    return gap_words.in_persons(gap) or "Inte räknad i personer."


def _next(every: Sequence[Card], actions: pd.DataFrame) -> str:
    days = remeasured(actions)
    rows = [(card.question, days.get(card.gap.question, "Inte bestämt.")) for card in every]
    return _table(("Fråga", "Mäts igen"), rows)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return str(pd.DataFrame(rows, columns=[*heads]).to_html(index=False, border=0))


def _paragraph(text: str) -> str:
    return Markup("<p>{}</p>").format(text)
