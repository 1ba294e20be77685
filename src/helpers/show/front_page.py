"""The front page: one card a question, read from the outputs of the notebooks."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd
from markupsafe import Markup, escape

from helpers.questions.gap import Gap, Verdict
from helpers.show import card_drawing, gap_words, gaps, words
from helpers.show.action_words import by_question
from helpers.show.saved import Notebook, gaps_in, title
from helpers.show.svg import drawn

_NO_ACTION = Markup(
    'Åtgärd: ingen inskriven. <a href="reports/data-dictionary.html#tab-actions">Så skriver ni in '
    "en</a>."
)
_NO_CARDS = (
    "Här finns inga ärenden att räkna på. [Brukarnas röst](reports/voices.qmd) visar resten."
)


@dataclass(frozen=True)
class Card:
    """What is said of a question to somebody with a minute.

    Attributes
    ----------
    question : str
        The question, as its page is titled.
    gap : Gap
        Its headline.
    action : str
        What is done about it, in a sentence; empty where nothing is written down.
    """

    question: str
    gap: Gap
    action: str

    @property
    def answer(self) -> str:
        """The answer in a plain sentence."""
        return f"{gap_words.title(self.gap)}."


def cards(notebooks: Sequence[Notebook], actions: pd.DataFrame) -> list[Card]:
    """Give a card for each notebook that answers a question.

    Parameters
    ----------
    notebooks : sequence of dict
        Executed notebooks, as JSON.
    actions : pandas.DataFrame
        What is done, as `helpers.data.read_actions` gives it.

    Returns
    -------
    list of Card
    """
    done = by_question(actions)
    return [
        Card(title(book), gap, done.get(gap.question, ""))
        for book in notebooks
        for gap in gaps_in(book)
        if gap.headline
    ]


def overview(notebooks: Sequence[Notebook], actions: pd.DataFrame) -> str:
    """Write the front page's cards, and how many of them chance alone would call established.

    Parameters
    ----------
    notebooks, actions
        As `cards` takes them.

    Returns
    -------
    str
        Quarto markdown.
    """
    every = cards(notebooks, actions)
    if not every:
        return f"{_NO_CARDS}\n"
    parts = [_by_chance([card.gap for card in every]), "::::: {.lv-cards}", *map(_card, every)]
    return "\n\n".join([*parts, ":::::"]) + "\n"


def _by_chance(headlines: Sequence[Gap]) -> str:
    """Count the questions whose headline is established, and those that chance would."""
    established = sum(gap.verdict is Verdict.ESTABLISHED for gap in headlines)
    by_chance = words.number(gaps.expected_by_chance(headlines), 1)
    return (
        f"I {established} av {len(headlines)} frågor är skillnaden mellan kvinnor och män "
        f"säkerställd. Av slumpen ensam väntas {by_chance}. "
        "[Vad bedömningarna betyder](reports/method.qmd#sec-verdicts)."
    )


def _card(card: Card) -> str:
    parts = [
        "::: {.lv-card}",
        f"## {card.question} {{#kort-{card.gap.question}}}",
        f"**{card.answer}**",
        f"```{{=html}}\n{_shown(card)}\n```",
        f'[Läs mer](notebooks/{card.gap.question}.ipynb){{aria-label="Läs mer: {card.question}"}}',
        ":::",
    ]
    return "\n\n".join(parts)


def _shown(card: Card) -> str:
    verdict, action = gaps.badge(card.gap.verdict), card.action or _NO_ACTION
    return f"<p>{verdict}</p>\n{_figure(card.gap)}<p>{escape(action)}</p>"


def _figure(gap: Gap) -> str:
    """Draw both levels under the name of what is measured; nothing where there are too few."""
    if not gap.is_known:
        return ""
    name = gap_words.name(gap)
    levels = (
        f"{name}. Kvinnor {gap_words.level(gap, gap.women)}, män {gap_words.level(gap, gap.men)}."
    )
    svg = drawn(partial(card_drawing.draw, gap), card_drawing.WIDTH, levels)
    return f'<div class="lv-small">\n<p>{name}</p>\n{svg}\n</div>\n'
