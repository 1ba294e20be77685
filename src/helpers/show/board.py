"""The board's pack: four pages on what was found, what it may depend on, and what is done."""

from collections.abc import Mapping, Sequence
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
    "pathways": "Kanske vilka boenden som finns, vad som behövs och vem som får förtur.",
    "violence-found": "Kanske vilka som tillfrågas, hur det görs och vem som vågar berätta.",
    "goals": "Kanske vilka mål som sätts, hur svåra de är och vem som formulerar dem.",
}
"""What a gap may depend on, by question; it has not been measured."""
_PAGE = Markup('<h2 class="page">{}</h2>\n{}\n')


def pack(notebooks: Sequence[Notebook], actions: pd.DataFrame) -> str:
    """Write the pack: the answers, each gap, causes and actions, and what is measured next.

    Parameters
    ----------
    notebooks, actions
        As `cards` takes them.

    Returns
    -------
    str
        HTML for documents and slides; each page has a heading of the second level.
    """
    every = cards(notebooks, actions)
    pages = {
        "Svaren i korthet": _answers(every),
        "Varje skillnad, med intervall och antal": _measured(every),
        "Avvikelse, orsak, konsekvens och åtgärd": _matrix(every),
        "Det här mäts härnäst": _next(every, actions),
    }
    made = (_PAGE.format(heading, Markup(text)) for heading, text in pages.items())
    return "\n".join(made).replace(' class="page"', "", 1)  # nothing stands before the first


def _answers(every: Sequence[Card]) -> str:
    rows = [(card.question, card.answer, _verdict(card.gap)) for card in every]
    return _table({"Fråga": 33, "Svar": 47, "Bedömning": 20}, rows)


def _verdict(gap: Gap) -> str:
    return gap_words.VERDICTS[gap.verdict] if gap.verdict else ""


def _measured(every: Sequence[Card]) -> str:
    """Draw the headlines, each with its interval, and give the numbers under the drawing."""
    known = [card.gap for card in every if card.gap.is_known]
    rows = [(card.question, gap_words.details(card.gap)) for card in every]
    return f"{_drawn(known) if known else ''}{_table({'Fråga': 30, 'Uppmätt': 70}, rows)}"


def _drawn(known: Sequence[Gap]) -> str:
    # Slides take their words from the title.
    return Markup('<p><img src="{}" alt="{words}" title="{words}"></p>').format(
        address(partial(draw, known)), words=alt(known)
    )


def _matrix(every: Sequence[Card]) -> str:
    heads = {"Avvikelse": 24, "Orsak (inte mätt)": 22, "Konsekvens": 24, "Åtgärd": 30}
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
    return _table({"Fråga": 60, "Mäts igen": 40}, rows)


def _table(widths: Mapping[str, int], rows: Sequence[Sequence[str]]) -> str:
    """Write a table of columns as wide as is said, in per cent."""
    html = pd.DataFrame(rows, columns=[*widths]).to_html(index=False, border=0)
    columns = "".join(f'<col style="width: {width}%">' for width in widths.values())
    return str(html.replace("<thead>", f"<colgroup>{columns}</colgroup><thead>", 1))
