"""The front page: every gap the notebooks have shown, read from their outputs."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from math import nan
from typing import Any

import yaml
from markupsafe import Markup

from helpers.disclosure import Group
from helpers.questions.gap import Gap, Measure, Verdict
from helpers.show import download, gap_words, gaps, words
from helpers.show.gap_drawing import draw
from helpers.show.shown import MIME
from helpers.show.svg import both_widths
from helpers.stats.estimate import Estimate

Notebook = Mapping[str, Any]


def overview(notebooks: Sequence[Notebook]) -> str:
    """Write the front page's results: a sentence a question, one figure, one table.

    Parameters
    ----------
    notebooks : sequence of dict
        Executed notebooks, as JSON.

    Returns
    -------
    str
        Quarto markdown.
    """
    titles = {gap.question: title(book) for book in notebooks for gap in gaps_in(book)}
    every = [gap for book in notebooks for gap in gaps_in(book)]
    headlines = [gap for gap in every if gap.headline]
    parts = [*_sentences(every, titles), _figure(headlines, titles), _table(every, titles)]
    return "\n\n".join(parts) + "\n"


def gaps_in(notebook: Notebook) -> list[Gap]:
    """Read the gaps a notebook shows, each once, in the order first shown.

    Parameters
    ----------
    notebook : dict
        An executed notebook, as JSON.

    Returns
    -------
    list of Gap
    """
    found = (_gap(entry) for shown in published(notebook) for entry in shown.get("gaps", []))
    return sorted(dict.fromkeys(found), key=lambda gap: not gap.headline)


def published(notebook: Notebook) -> Iterable[Mapping[str, Any]]:
    """Give the numbers each output of a notebook publishes.

    Parameters
    ----------
    notebook : dict
        An executed notebook, as JSON.

    Returns
    -------
    iterable of dict
    """
    outputs = (output for cell in notebook["cells"] for output in cell.get("outputs", []))
    return (output["data"][MIME] for output in outputs if MIME in output.get("data", {}))


def title(notebook: Notebook) -> str:
    """Read a notebook's title from its front matter.

    Parameters
    ----------
    notebook : dict
        A notebook whose first cell is its front matter.
    """
    front_matter = "".join(notebook["cells"][0]["source"]).strip().strip("-")
    return str(yaml.safe_load(front_matter)["title"])


_MAY_LACK = {"n_women", "n_men", "more_women", "more_men", "verdict"}
"""What may be None; any other number that JSON has none of is NaN."""


def _gap(entry: Mapping[str, Any]) -> Gap:
    values = {name: _value(name, value) for name, value in entry.items()}
    levels = tuple(Estimate(**{k: _value(k, v) for k, v in own.items()}) for own in entry["levels"])
    own = {"measure": Measure(**entry["measure"]), "group": Group(**entry["group"])}
    verdict = entry["verdict"] and Verdict(entry["verdict"])
    return Gap(**values | own | {"levels": levels, "verdict": verdict})


def _value(name: str, value: object) -> Any:  # noqa: ANN401 - as many kinds as a gap has
    if value in ("inf", "-inf"):
        return float(str(value))
    return nan if value is None and name not in _MAY_LACK else value


def _sentences(every: Sequence[Gap], titles: Mapping[str, str]) -> list[str]:
    return [
        f"**{titles[gap.question]}** {gap_words.sentence(gap)} "
        f"[Läs mer om hur det räknats](notebooks/{gap.question}.ipynb)."
        for gap in every
        if gap.headline
    ]


def _figure(every: Sequence[Gap], titles: Mapping[str, str]) -> str:
    svg = both_widths(partial(draw, every, titles=titles), gaps.alt(every))
    said = f'<p class="lv-title">{_conclusion(every)}</p>'
    caption = (
        f"Skillnader mellan kvinnor och män med 95{words.NBSP}% konfidensintervall. "
        "Fylld punkt är säkerställd, ihålig är det inte."
    )
    return f"::: {{#fig-gaps}}\n\n```{{=html}}\n{said}\n{svg}\n```\n\n{caption}\n\n:::"


def _conclusion(every: Sequence[Gap]) -> str:
    """Count the questions whose headline is established."""
    headlines = [gap for gap in every if gap.headline]
    established = sum(gap.verdict is Verdict.ESTABLISHED for gap in headlines)
    by_chance = words.number(gaps.expected_by_chance(headlines), 1)
    return (
        f"I {established} av {len(headlines)} frågor är skillnaden mellan kvinnor och män "
        f"statistiskt säkerställd. Av slump ensam väntas {by_chance}"
    )


def _table(every: Sequence[Gap], titles: Mapping[str, str]) -> str:
    caption = "Alla skillnader, med antal och bedömning."
    groups = [titles[gap.question] for gap in every]
    rows = gaps.page_table(every, caption, heads=[_link(gap) for gap in every], groups=groups)
    files = download.links(gaps.as_data(every), "alla-skillnader", caption)
    return f"::: {{#tbl-gaps}}\n\n```{{=html}}\n{rows}\n{files}\n```\n\n{caption}\n\n:::"


def _link(gap: Gap) -> Markup:
    return Markup('<a href="notebooks/{}.html">{}</a>').format(gap.question, gap_words.name(gap))
