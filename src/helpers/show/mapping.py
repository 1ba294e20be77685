"""A county's mapping on the page: a matrix, shares with bounds, changes, and who can help."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import pandas as pd
from markupsafe import escape
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from helpers.data.codes import MAPPED
from helpers.questions.mapping import BANDS, Mapped, in_words
from helpers.show import words
from helpers.show.compose import with_figure, with_table
from helpers.show.shown import Shown
from helpers.show.style import INK, PALETTE, PAPER, QUIET, name_above, subplots
from helpers.show.svg import NARROW

_SIGNS = {"yes": "●", "partly": "◐", "no": "○", "unknown": "?"}
_LOOKS: dict[str, dict[str, Any]] = {
    "yes": {"color": PALETTE["M"]},
    "partly": {"color": PALETTE["M"], "alpha": 0.35},
    "no": {"color": PAPER, "edgecolor": INK},
    "unknown": {"color": PAPER, "edgecolor": QUIET, "hatch": "////"},
}
_CHANGED = {
    "before": "Hade förut",
    "now": "Har nu",
    "gained": "Har tillkommit",
    "lost": "Har fallit bort",
}
_NOT_FETCHED = (
    "Öppna jämförelser för samma saker finns inte bland de hämtade siffrorna. Skriv numret i "
    "Kolada i kolumnen oj_id och hämta det med likavard peers fetch."
)
_BREAK = (
    "<p>Öppna jämförelser ändrade 2024 hur färsk en uppgift måste vara, från 12 till 24 månader. "
    "Tal före och efter går inte att jämföra.</p>"
)


def in_short(mapped: Mapped) -> Shown:
    """Say how many municipalities have each thing, in the words of the declared bands."""
    items = "".join(f"<li>{escape(said)}.</li>" for said in _in_short(mapped))
    bands = ", ".join(f"{word} från {words.percent(least)}" for least, word in BANDS.items())
    told = f"Så används orden, av de kommuner vars läge är känt: {bands}; annars få eller inga."
    html = f'<div class="lv-answer"><ul>{items}</ul></div>\n<p>{told}</p>'
    return Shown("Kartläggningen i korthet", html, {"indicators": mapped.indicators})


def _in_short(mapped: Mapped) -> Iterator[str]:
    yield f"{len(mapped.matrix)} kommuner är kartlagda {mapped.year}"
    said = in_words(mapped.indicators)
    for word, own in zip(said, mapped.indicators.to_dict("records"), strict=True):
        yield f"{own['text']}: {word} ({own['yes']} av {len(mapped.matrix)})"


def shares(mapped: Mapped) -> Shown:
    """Draw how many fulfil each indicator, in part, not, and how many are not known."""
    found, title = mapped.indicators, f"Så många kommuner har det, {mapped.year}"
    said = pd.DataFrame(
        {
            "Indikator": found["text"],
            **{words.capital(said): found[code].map(words.number) for code, said in MAPPED.items()},
            "Andel ja, minst till mest": [
                words.span(words.percent(low), words.percent(high))
                for low, high in zip(found["low"], found["high"], strict=True)
            ],
        }
    )
    told = (
        f"{row['Indikator']}: {row['Ja']} ja, {row['Okänt']} okänt" for _, row in said.iterrows()
    )
    return with_figure(
        title,
        draw=partial(_draw, found),
        alt=f"{title}. {'; '.join(told)}.",
        said=said,
        name="indikatorer",
        published={"indicators": found},
    )


def _draw(found: pd.DataFrame, width: float) -> Figure:
    is_narrow = width <= NARROW
    figure, axes = subplots(figsize=(width, 0.6 * len(found) + (1.3 if is_narrow else 0.9)))
    starts = pd.Series(0, found.index)
    for status, look in _LOOKS.items():
        axes.barh(
            range(len(found)), found[status], left=starts, height=0.36, linewidth=0.8,
            label=words.capital(MAPPED[status]), **look,
        )  # fmt: skip
        starts = starts + found[status]
    for row, text in enumerate(found["text"]):
        name_above(axes, row, text, 10)
    axes.set(yticks=[], xlim=(0, starts.max() * 1.01), ylim=(len(found) - 0.6, -0.9))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda n, _: f"{n:.0f}"))
    axes.set_xlabel("Kommuner")
    axes.spines["left"].set_visible(False)
    figure.legend(loc="outside upper left", ncols=2 if is_narrow else len(_LOOKS))
    return figure


def matrix(mapped: Mapped) -> Shown:
    """Show each municipality's status for each indicator, a sign and a word in each cell."""
    said = mapped.matrix.map(lambda status: f"{_SIGNS[status]} {MAPPED[status]}")
    said = said.set_axis(mapped.indicators.loc[said.columns, "text"], axis=1)
    said.insert(0, "Kommun", said.index)
    title = f"Läget i varje kommun {mapped.year}, den största först"
    return with_table(title, said, "matris", {"matrix": mapped.matrix}, sortable=True)


def sources(mapped: Mapped) -> Shown:
    """Show how often the survey and the interview said the same."""
    found = mapped.sources.join(mapped.indicators["text"])
    said = pd.DataFrame(
        {
            "Indikator": found["text"],
            "Med båda": found["both"].map(words.number),
            "Lika": found["alike"].map(words.number),
            "Olika": (found["both"] - found["alike"]).map(words.number),
        }
    )
    alike, both = found["alike"].sum(), found["both"].sum()
    title = f"Enkät och intervju säger samma sak i {alike} av {both} fall"
    return with_table(title, said, "enkat-och-intervju", {"sources": mapped.sources})


def changes(mapped: Mapped) -> Shown:
    """Show what has come and gone since the mapping before."""
    title = "Förändring sedan förra kartläggningen"
    if mapped.changes.empty:
        return Shown(title, f'<p class="lv-title">{title}</p>\n<p>Bara ett år är kartlagt.</p>')
    found = mapped.changes.join(mapped.indicators["text"])
    heads = {
        "before": "Hade förut",
        "now": "Har nu",
        "gained": "Har tillkommit",
        "lost": "Har fallit bort",
    }
    said = found[[*heads]].map(words.number).rename(columns=heads)
    said.insert(0, "Indikator", found["text"])
    return with_table(title, said, "forandring", {"changes": mapped.changes})


def helpers(mapped: Mapped) -> Shown:
    """Show who lacks what, who has it and could help, and what is agreed already."""
    found = mapped.helpers.join(mapped.indicators["text"])
    said = pd.DataFrame(
        {
            "Saknas": found["text"],
            "Av": found["lacking"].map(_listed),
            "Finns hos": found["having"].map(_listed),
            "Avtal": found["agreements"].map(_listed),
        }
    )
    return with_table("Vem kan hjälpa vem?", said, "grannar", {"helpers": mapped.helpers})


def beside(mapped: Mapped, found: pd.DataFrame) -> Shown:
    """Show the open figures of the same things, or that none are fetched.

    Parameters
    ----------
    found : DataFrame
        As `helpers.questions.mapping.beside` gives it.
    """
    title = "Öppna jämförelser av samma saker"
    if found.empty:
        return Shown(title, f"<p>{_NOT_FETCHED}</p>{_BREAK}")
    said = pd.DataFrame(
        {
            "Indikator": found["indicator_id"].map(mapped.indicators["text"]),
            "Plats": found["place"],
            "År": found["year"].map(str),
            "Värde": found["value"].map(lambda value: words.number(value, 1)),
        }
    )
    return with_table(title, said, "oppna-jamforelser", {"open": found}, notes=_BREAK)


def _listed(names: list[str]) -> str:
    return words.listed(names) if names else words.NONE
