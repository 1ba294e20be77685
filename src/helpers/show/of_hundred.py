"""What becomes of 100 women and of 100 men: a bar a sex, filled, hatched and empty."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from helpers.disclosure import Published
from helpers.show import words
from helpers.show.compose import with_figure
from helpers.show.shown import Shown
from helpers.show.style import INK, PALETTE, PAPER, QUIET, subplots
from helpers.show.svg import NARROW

_N = "Antal personer"
_LETTERS = 34
"""What three keys on one line of a phone have room for."""


def bars(  # noqa: PLR0913 - a figure is that many words
    published: Published,
    table: str,
    stages: Mapping[str, str],
    *,
    title: str,
    too_few: str,
    name: str,
) -> Shown:
    """Show which of three stages people have come to, as so many of 100.

    Parameters
    ----------
    table : str
        A key of its tables with one column of its own beside ``sex``.
    stages : mapping of str to str
        Three of the column's values, in Swedish; the first is the one that is asked for.
    title : str
        Has a place for how many of 100 women are at the first stage, and one for men.
    too_few : str
        The title where a sex has too few.
    name : str
        File name of the downloads.
    """
    shares = pd.DataFrame(
        [own for sex in words.SEXES if (own := _shares(published, table, stages, sex))]
    )
    if len(shares) < len(words.SEXES):
        return Shown(too_few, f'<p class="lv-title">{too_few}</p>')
    title = title.format(*(words.number(100 * share) for share in shares[next(iter(stages))]))
    data = shares.replace({"sex": words.SEXES})
    data = data.rename(columns={"sex": "Kön", **stages, "n": _N}).round(4)
    said = data.assign(**{name: data[name].map(words.percent) for name in stages.values()})
    said[_N] = data[_N].map(words.number)
    rows = [
        ", ".join(f"{name}: {cell}" for name, cell in row.items())
        for row in said.to_dict("records")
    ]
    return with_figure(
        title,
        draw=partial(draw, shares, stages),
        alt=f"{title}. {'; '.join(rows)}.",
        said=said,
        name=name,
        published={"outcomes": shares},
        data=data,
    )


def _shares(
    published: Published, table: str, stages: Mapping[str, str], sex: str
) -> dict[str, object]:
    """Share that came to each stage and of how many; empty where they are too few."""
    [column] = {*published.tables[table].columns} - {"grouping", "group", "sex", "n"}
    among = {column: [*stages]}
    levels = {of: published.share(table, {column: [of]}, among, sex=sex) for of in stages}
    known = {of: level for of, level in levels.items() if level}
    shares = {of: level.estimate.value for of, level in known.items()}
    return {"sex": sex, **shares, "n": known[next(iter(stages))].n} if known else {}


def draw(shares: pd.DataFrame, stages: Mapping[str, str], width: float) -> Figure:
    """Draw a bar for each row's ``sex``, ``n`` and share of each stage, 0 to 1."""
    figure, axes = subplots(figsize=(width, 2.6))
    for row, own in enumerate(shares.to_dict("records")):
        _stack(axes, row, [100 * own[stage] for stage in stages], PALETTE[own["sex"]])
        label = f"{words.SEXES[own['sex']]} ({words.number(own['n'])} personer)"
        axes.annotate(label, (0, row - 0.34), va="bottom")
    axes.set(yticks=[], ylim=(len(shares) - 0.6, -0.75), xlim=(0, 100), xlabel="Av 100 personer")
    axes.spines["left"].set_visible(False)
    looks = zip(_looks(QUIET), stages.values(), strict=True)
    keys = [Patch(**look, label=name) for look, name in looks]
    figure.legend(handles=keys, ncols=_beside(stages, width), loc="outside lower left")
    return figure


def _beside(stages: Mapping[str, str], width: float) -> int:
    """How many keys have room beside each other."""
    return 3 if width > NARROW or sum(map(len, stages.values())) <= _LETTERS else 2


def _stack(axes: Axes, row: int, sizes: list[float], colour: str) -> None:
    start = 0.0
    for place, (size, look) in enumerate(zip(sizes, _looks(colour), strict=True)):
        axes.barh(row, size, left=start, height=0.5, linewidth=1, **look)
        axes.text(
            start + size / 2, row, words.number(size), ha="center", va="center",
            color=INK if place else PAPER,
            bbox={"facecolor": look["facecolor"], "edgecolor": "none", "pad": 1},
        )  # fmt: skip
        start += size


def _looks(colour: str) -> list[dict[str, Any]]:
    faces = ((colour, ""), (PAPER, "////"), (PAPER, ""))
    return [{"facecolor": face, "edgecolor": colour, "hatch": hatch} for face, hatch in faces]
