"""Dialogue meetings on the page: what matters most, who can act, and the sheet for the next one."""

from collections.abc import Iterator, Mapping
from functools import partial
from math import isnan
from typing import Any

import pandas as pd
from markupsafe import Markup, escape
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from helpers.data.codes import LEVEL
from helpers.questions.dialogue import Examined
from helpers.show import action_words, words
from helpers.show.compose import with_figure, with_table
from helpers.show.shown import Shown
from helpers.show.style import INK, PAPER, QUIET, name_above, subplots
from helpers.show.svg import NARROW

TITLE = "Det här sade ni, och det här gjorde vi"
_TOP = 10
_AGREED = {0.3: "svagt", 0.7: "ganska väl", 1.01: "nästan helt"}
"""Below so much of Kendall's W, how well meetings agree, as we put it in words."""


def in_short(examined: Examined) -> Shown:
    """Say what matters most, how sure that is, who can act on it, and what was answered."""
    items = "".join(f"<li>{escape(said)}.</li>" for said in _in_short(examined))
    html = f'<div class="lv-answer"><ul>{items}</ul></div>'
    return Shown("Dialogmötena i korthet", html, {"order": examined.order})


def _in_short(examined: Examined) -> Iterator[str]:
    order, followed = examined.order, examined.followed.actions
    first = words.listed([f"”{title}”" for title in order["title"].head(3)])
    yield f"Viktigast har varit {first}"
    if not isnan(examined.concordance):
        agreed = next(said for below, said in _AGREED.items() if examined.concordance < below)
        yield f"{len(examined.dialogue.ranks)} möten har rangordnat ämnena {agreed} likadant"
    own = (order["level"] == "caseworker").sum()
    yield f"{own} av {len(order)} ämnen kan handläggaren själv göra något åt"
    answered = followed["decided_on"].notna().sum()
    done = (followed["status"] == "done").sum()
    yield (
        f"{answered} ämnen har fått ett svar, och {done} sak är gjord"
        if done == 1
        else (f"{answered} ämnen har fått ett svar, och {done} saker är gjorda")
    )
    meetings, present = examined.managers["meetings"], examined.managers["present"]
    yield f"En chef var med på {present} av de {meetings} möten där en chef kunde göra något"


def ranks(examined: Examined) -> Shown:
    """Draw the top ten with the limits of each place, and where it stood before."""
    top = examined.order.head(_TOP)
    title = f"Topp {len(top)}, med hur säker platsen är"
    said = pd.DataFrame(
        {
            "Ämne": top["title"],
            "Plats": top["place"].map(_place),
            f"Säker till 95{words.NBSP}%": [
                words.span(_place(low), _place(high))
                for low, high in zip(top["low"], top["high"], strict=True)
            ],
            "Tidigare år": top["before"].map(_place),
            "Senaste året": top["now"].map(_place),
            "Rörelse": [_moved(*both) for both in zip(top["before"], top["now"], strict=True)],
            "Avgörs av": top["level"].map(LEVEL),
        }
    )
    told = (f"{row['Ämne']} plats {row['Plats']}" for row in said.to_dict("records"))
    return with_figure(
        title,
        draw=partial(_draw, top),
        alt=f"{title}. {'; '.join(told)}.",
        said=said,
        name="topp-tio",
        published={"order": top, "concordance": examined.concordance},
        sortable=True,
    )


def _place(place: float) -> str:
    return words.number(place, 0 if isnan(place) or place == int(place) else 1)


def _moved(before: float, now: float) -> str:
    if isnan(before):
        return "ny"
    if isnan(now):
        return "inte längre med"
    return "upp" if now < before else "ner" if now > before else "samma"


def _draw(top: pd.DataFrame, width: float) -> Figure:
    height = 0.46 * len(top) + (1.5 if width <= NARROW else 1.2)
    figure, axes = subplots(figsize=(width, height))
    for row, topic in enumerate(top.to_dict("records")):
        axes.plot([topic["low"], topic["high"]], [row, row], color=INK, linewidth=2)
        axes.plot(topic["place"], row, "o", color=INK, markersize=8)
        axes.plot(topic["before"], row + 0.2, "D", color=QUIET, markersize=6, markerfacecolor=PAPER)
        name_above(axes, row, topic["title"], 7)
    axes.plot([], [], "o-", color=INK, label="Plats, och inom vilka den är säker")
    axes.plot([], [], "D", color=QUIET, markerfacecolor=PAPER, label="Plats tidigare år")
    axes.set(yticks=[], xlim=(0.5, max(len(top), 2) + 0.5), ylim=(len(top) - 0.5, -0.9))
    axes.xaxis.set_major_locator(MaxNLocator(10, integer=True))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda place, _: f"{place:.0f}"))
    axes.set_xlabel("Plats, där 1 är viktigast")
    axes.spines["left"].set_visible(False)
    figure.legend(loc="outside upper left", ncols=1 if width <= NARROW else 2)
    return figure


def levels(examined: Examined) -> Shown:
    """Show who can do something about how many of the topics, and which."""
    order = examined.order
    rows = [
        (words.capital(said), words.number(len(own)), ". ".join(own) or words.NONE)
        for level, said in LEVEL.items()
        for own in [order.loc[order["level"] == level, "title"]]
    ]
    said = pd.DataFrame(rows, columns=["Avgörs av", "Ämnen", "Vilka"])
    held = examined.dialogue.held_back
    alone = [f"{LEVEL[str(level)]} {n}" for level, n in held.items()]
    told = f"Ämnen som en enda har tagit upp en gång visas inte: {words.listed(alone)}."
    notes = f"<p>{told}</p>" if alone else ""
    return with_table("Vem kan göra något?", said, "vem-avgor", {"levels": said}, notes=notes)


def attendance(examined: Examined) -> Shown:
    """Show how many came each year, with noise."""
    found, smallest = examined.dialogue.attendance, examined.dialogue.rules.smallest_shown
    said = pd.DataFrame(
        {
            "År": found.index.map(str),
            "Möten": found["meetings"].map(words.number),
            "Inbjudna": found["invited"].map(partial(words.count, smallest_shown=smallest)),
            "Besök": found["came"].map(partial(words.count, smallest_shown=smallest)),
        }
    )
    return with_table("Besök på mötena, år för år", said, "besok", {"attendance": found})


def sheet(examined: Examined) -> Shown:
    """Show the sheet for the next meeting: what was said, done, and cannot be done and why."""
    html = f'<p class="lv-title">{TITLE}</p>\n{answers(examined)}'
    html = f'<section class="lv-sheet">\n{html}\n</section>'
    return Shown(TITLE, html, {"titles": examined.order["title"].tolist()})


def answers(examined: Examined) -> str:
    """Write each of the top ten with what was answered, as HTML."""
    by_topic = examined.followed.actions.groupby("about_id")
    parts = []
    for topic, title in examined.order["title"].head(_TOP).items():
        rows = by_topic.get_group(topic).to_dict("records") if topic in by_topic.groups else []
        said = [_answer(row) for row in rows] or ["Vi har inte svarat än."]
        lines = "".join(Markup("<dd>{}</dd>").format(line) for line in said)
        parts.append(Markup("<dt>{}</dt>").format(title) + Markup(lines))
    return f"<dl>{''.join(parts)}</dl>"


def _answer(row: Mapping[Any, Any]) -> str:
    reason = "" if pd.isna(row["reason"]) else f" {row['reason']}"
    if row["decision"] == "no":
        return f"Det här kan vi inte.{reason}"
    if row["status"] == "done":
        return f"Det här gjorde vi, {words.day(row['done_on'])}.{reason}"
    return f"{action_words.sentence(row)}{reason}"
