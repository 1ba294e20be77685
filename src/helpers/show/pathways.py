"""Pathways on the page: who is counted, where they are as time goes, and by which way."""

from functools import partial

import pandas as pd

from helpers.data.codes import STATE
from helpers.disclosure import TOTAL, Level, Published
from helpers.questions import pathways as question
from helpers.questions.pathways import AFTER, CONTRACT, ENDS, STATES, STEPS, UNKNOWN
from helpers.show import bands, panels, words
from helpers.show import counted as counts
from helpers.show.compose import with_figure, with_table
from helpers.show.shown import Shown

_ENTERED = {"entered": "Lämnade en institution", "ongoing": "Redan på väg", TOTAL: "Alla"}
_STATES = {**{state: words.capital(name) for state, name in STATE.items()}, UNKNOWN: "Inte känt"}
_ENDS = dict(zip(ENDS, ("Eget kontrakt", "Annat boende", "Utan bostad", "Borta"), strict=True))
_ENDINGS = {"planned": "Planerat", "unplanned": "Oplanerat", "ongoing": "Pågår"}
_MONTHS = {"after_6": 6, "after_12": 12, "after_24": 24}


def counted(published: Published) -> Shown:
    """Show who is counted, and who was already under way when they were first seen."""
    return counts.by_sex(
        published, "entered", _ENTERED, title="Personer på väg", name="personer-pa-vag"
    )


def states(published: Published) -> Shown:
    """Show the share in each state 6, 12 and 24 months after the institution."""
    rows = [
        panels.row(name, f"{_MONTHS[table]} mån", sex, _level(published, table, state, sex))
        for state, name in _STATES.items()
        for table in AFTER
        for sex in words.SEXES
    ]
    return panels.over_groups(
        pd.DataFrame(rows, columns=[*panels.COLUMNS], dtype=object),
        title="Var kvinnor och män bor efter institutionen",
        name="var-de-bor",
        heads=("Boende", "Efter"),
    )


def _level(published: Published, table: str, state: str, sex: str) -> Level | None:
    """Estimate the share in a state; that with a contract is the headline's own."""
    if state == CONTRACT:
        return question.with_contract(published, sex, AFTER[table])
    return published.share(table, {"state": [state]}, {"state": STATES}, sex=sex)


def routes(published: Published) -> Shown:
    """Show by which first step people came to where they are at 24 months, as bands.

    Returns
    -------
    Shown
        Says so where a sex has too few.
    """
    title = "Vägarna från institutionen, de första 24 månaderna"
    every = pd.concat([_routes(published, sex) for sex in words.SEXES])
    if every["n"].isna().any():
        return Shown(title, f'<p class="lv-title">{title}</p>\n<p>För få har följts så länge.</p>')
    said = pd.DataFrame(
        {
            "Kön": every["sex"].map(words.SEXES),
            "Första steget": every["via"].map(_STATES),
            "Efter 24 månader": every["end"].map(_ENDS),
            "Andel": every["share"].map(words.percent),
        }
    )
    kept = said[every["share"] > 0]
    parts = [", ".join(row) for row in kept.to_numpy().tolist()]
    return with_figure(
        title,
        draw=partial(bands.draw, every, _STATES, _ENDS),
        alt=f"{title}. {'; '.join(parts)}.",
        said=kept,
        name="vagar",
        published={"routes": every},
    )


def _routes(published: Published, sex: str) -> pd.DataFrame:
    """Give each route's share of a sex's noisy counts; nothing where they are too few."""
    cells = {
        (via, end): published.cell("routes", sex=sex, via=via, end=end)
        for via in STATES
        for end in ENDS
    }
    total = sum(cells.values())
    n = total if total >= published.rules.smallest_group else None
    rows = [(sex, via, end, cell / total if n else 0.0, n) for (via, end), cell in cells.items()]
    return pd.DataFrame(rows, columns=["sex", "via", "end", "share", "n"])


def endings(published: Published) -> Shown:
    """Show how the first stay in each step ended, by sex."""
    smallest = published.rules.smallest_shown
    rows = [
        {"Steg": _STATES[step], "Kön": name, **_ended(published, step, sex)}
        for step in STEPS
        for sex, name in words.SEXES.items()
    ]
    table = pd.DataFrame(rows, dtype=object)
    said = table.map(lambda n: n if isinstance(n, str) else words.count(n, smallest))
    return with_table(
        "Hur det första boendet av varje slag slutade",
        said,
        "avslut-per-steg",
        {"endings": table},
        data=table.map(lambda n: words.WITHHELD if n is None else n),
    )


def _ended(published: Published, step: str, sex: str) -> dict[str, int | None]:
    return {said: published.count(step, sex, ending=ending) for ending, said in _ENDINGS.items()}
