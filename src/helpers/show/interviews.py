"""Interviews on the page: themes by people, how far they have come, and what came of them."""

from collections.abc import Iterator
from functools import partial

import pandas as pd
from markupsafe import escape
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from helpers.questions.interviews import PublishedInterviews
from helpers.show import words
from helpers.show.compose import with_figure, with_table
from helpers.show.shown import Shown
from helpers.show.style import INK, subplots
from helpers.show.svg import NARROW

_ONE_CODER = (
    "Bara en person har kodat varje notering. Då går det inte att säga hur säker kodningen är"
)
_YES_NO = {True: "ja", False: "nej"}


def in_short(published: PublishedInterviews) -> Shown:
    """Say how many were interviewed, what about, and what has come of it."""
    items = "".join(f"<li>{escape(said)}.</li>" for said in _in_short(published))
    html = f'<div class="lv-answer"><ul>{items}</ul></div>'
    return Shown("Intervjuerna i korthet", html, {"themes": published.themes.reset_index()})


def _in_short(published: PublishedInterviews) -> Iterator[str]:
    yield f"{words.capital(published.people)} personer är intervjuade"
    for theme, own in published.themes.iterrows():
        yield f"”{theme}”: {own['people']} personer"
    missed = published.themes.index[~published.themes["is_taken_up"]]
    if len(missed):
        yield f"Ingen utmaning har tagit upp {words.listed([f'”{theme}”' for theme in missed])}"
    prototypes = int(published.challenges["prototypes"].sum())
    tested = sum(map(len, published.challenges["tested"]))
    yield f"{len(published.challenges)} utmaningar är formulerade. {_tried(prototypes, tested)}"


def _tried(prototypes: int, tested: int) -> str:
    if not prototypes:
        return "Ingen prototyp är gjord än"
    return f"Av {prototypes} prototyper är {tested} prövade"


def themes(published: PublishedInterviews) -> Shown:
    """Show the codes of each theme by how many people have them; and notes, with noise."""
    codes = published.codes
    said = pd.DataFrame({"Kod": codes["title"], "Personer": codes["people"]})
    title = "Teman och koder, efter hur många personer som har dem"
    return with_table(title, said, "teman", {"codes": said}, groups=[*codes["theme"]])


def notes(published: PublishedInterviews) -> Shown:
    """Show people beside notes, which one person may have given many of."""
    found, smallest = published.themes, published.rules.smallest_shown
    said = pd.DataFrame(
        {
            "Tema": found.index,
            "Personer": found["people"],
            "Noteringar": found["notes"].map(partial(words.count, smallest_shown=smallest)),
            "Har en utmaning": found["is_taken_up"].map(_YES_NO),
        }
    )
    return with_table("Personer först, noteringar sedan", said, "noteringar", {"themes": said})


def together(published: PublishedInterviews) -> Shown:
    """Show how many people have both of two themes."""
    said = published.together.copy()
    said.insert(0, "Tema", said.index)
    return with_table("Teman hos samma personer", said, "teman-ihop", {"together": said})


def saturation(published: PublishedInterviews) -> Shown:
    """Draw how many codes were found as interviews were added, in any order."""
    found = published.accumulation
    unseen = words.NONE if published.unseen is None else f"{published.unseen}{words.NBSP}%"
    title = f"Av det som en intervju till skulle ge väntas {unseen} vara nytt"
    said = pd.DataFrame(
        {
            "Intervjuer": [str(taken) for taken in range(1, len(found) + 1)],
            "Koder": [words.number(codes) for codes in found],
        }
    )
    return with_figure(
        title,
        draw=partial(_draw, found),
        alt=f"{title}. {found[0]} koder efter en intervju, {found[-1]} efter alla.",
        said=said,
        name="mattnad",
        published={"accumulation": found, "unseen": published.unseen},
    )


def _draw(found: list[int], width: float) -> Figure:
    figure, axes = subplots(figsize=(width, 2.5 if width <= NARROW else 2.9))
    axes.plot(range(1, len(found) + 1), found, "o-", color=INK, markersize=5)
    axes.set(ylim=(0, max(found) + 1), xlabel="Intervjuer", ylabel="Koder som har kommit fram")
    axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.grid(axis="y")
    return figure


def agreement(published: PublishedInterviews) -> Shown:
    """Say how well coders agree, or that one has coded alone."""
    title, found = "Så lika har kodarna kodat", published.agreement
    if found is None:
        return Shown(title, f"<p>{_ONE_CODER}.</p>")
    limits = words.span(words.number(found.low, 2), words.number(found.high, 2))
    told = (
        f"Krippendorffs alfa är {words.number(found.value, 2)} (95{words.NBSP}% konfidensintervall "
        f"{limits}). 1 är full enighet och 0 är som slumpen."
    )
    return Shown(title, f"<p>{told}</p>", {"alpha": found})


def challenges(published: PublishedInterviews) -> Shown:
    """Trace each challenge to its codes, to how many people have them, and to what was tried."""
    found = published.challenges
    said = pd.DataFrame(
        {
            "Utmaning": found["title"],
            "Bygger på": [". ".join(codes) or words.NONE for codes in found["codes"]],
            "Personer": found["people"],
            "Prototyper": found["prototypes"].map(words.number),
            "Prövade med": [", ".join(own.values()) or "inte prövad" for own in found["tested"]],
        }
    )
    return with_table("Från personer till utmaning", said, "utmaningar", {"challenges": said})
