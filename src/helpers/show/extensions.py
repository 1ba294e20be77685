"""Extensions on the page: who is counted, what becomes of 100, and where the gap arises."""

from functools import partial
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from helpers.disclosure import TOTAL, Published
from helpers.questions.gap import Gap, Gaps, Verdict
from helpers.show import counted as counts
from helpers.show import gap_words, over_time, words
from helpers.show.compose import with_figure
from helpers.show.gap_drawing import draw
from helpers.show.gaps import alt, as_data
from helpers.show.shown import Shown
from helpers.show.style import INK, PALETTE, PAPER, QUIET, subplots

_STAGES = {"granted": "Förlängdes", "denied": "Fick avslag", "not applied": "Sökte inte"}
_COLUMNS = {**_STAGES, "open": "Går inte att bedöma än", TOTAL: "Alla"}
_STEPS = {
    "contribution of applying": "när ansökan görs",
    "contribution of granting": "när ansökan avgörs",
}


def counted(published: Published) -> Shown:
    """Show who is counted, by sex and what became of their first placement."""
    return counts.by_sex(
        published, "stages", _COLUMNS, title="Personer som räknas", name="personer-med-placering"
    )


def outcomes(published: Published) -> Shown:
    """Show what becomes of 100 first placements, by sex.

    Returns
    -------
    Shown
        Says so where a sex has too few.
    """
    shares = pd.DataFrame([own for sex in words.SEXES if (own := _shares(published, sex))])
    if len(shares) < len(words.SEXES):
        return _nothing("För få för att säga vad som händer med placeringarna")
    women, men = (words.number(100 * share) for share in shares["granted"])
    title = f"Av 100 kvinnor får {women} placeringen förlängd, av 100 män {men}"
    data = shares.replace({"sex": words.SEXES}).rename(columns=_NAMES).round(4)
    said = data.assign(**{name: data[name].map(words.percent) for name in _STAGES.values()})
    said[_NAMES["n"]] = data[_NAMES["n"]].map(words.number)
    rows = [
        ", ".join(f"{name}: {cell}" for name, cell in row.items())
        for row in said.to_dict("records")
    ]
    return with_figure(
        title,
        draw=partial(_draw_outcomes, shares),
        alt=f"{title}. {'; '.join(rows)}.",
        said=said,
        name="av-100-placerade",
        published={"outcomes": shares},
        data=data,
    )


_NAMES = {"sex": "Kön", **_STAGES, "n": "Antal personer"}


def _shares(published: Published, sex: str) -> dict[str, object]:
    """Share that came to each stage and of how many; empty where they are too few."""
    among = {"stage": [*_STAGES]}
    levels = {of: published.share("stages", {"stage": [of]}, among, sex=sex) for of in _STAGES}
    known = {of: level for of, level in levels.items() if level}
    shares = {of: level.estimate.value for of, level in known.items()}
    return {"sex": sex, **shares, "n": known["granted"].n} if known else {}


def _draw_outcomes(shares: pd.DataFrame, width: float) -> Figure:
    """Draw a bar for each row's ``sex``, ``n`` and share of each stage, 0 to 1."""
    figure, axes = subplots(figsize=(width, 2.6))
    for row, own in enumerate(shares.to_dict("records")):
        _stack(axes, row, {stage: 100 * own[stage] for stage in _STAGES}, PALETTE[own["sex"]])
        label = f"{words.SEXES[own['sex']]} ({words.number(own['n'])} personer)"
        axes.annotate(label, (0, row - 0.34), va="bottom")
    axes.set(yticks=[], ylim=(len(shares) - 0.6, -0.75), xlim=(0, 100), xlabel="Av 100 personer")
    axes.spines["left"].set_visible(False)
    keys = [Patch(**_look(stage, QUIET), label=name) for stage, name in _STAGES.items()]
    figure.legend(handles=keys, ncols=3, loc="outside lower left")
    return figure


def _stack(axes: Axes, row: int, stages: dict[str, float], colour: str) -> None:
    start = 0.0
    for stage, size in stages.items():
        look = _look(stage, colour)
        axes.barh(row, size, left=start, height=0.5, linewidth=1, **look)
        axes.text(
            start + size / 2, row, words.number(size), ha="center", va="center",
            color=PAPER if stage == "granted" else INK,
            bbox={"facecolor": look["facecolor"], "edgecolor": "none", "pad": 1},
        )  # fmt: skip
        start += size


def _look(stage: str, colour: str) -> dict[str, Any]:
    face, hatch = colour if stage == "granted" else PAPER, "////" if stage == "denied" else ""
    return {"facecolor": face, "edgecolor": colour, "hatch": hatch}


def where(gaps: Gaps) -> Shown:
    """Say in one sentence at which step the gap in extended placements arises.

    Parameters
    ----------
    gaps : Gaps
        All gaps of the question.

    Returns
    -------
    Shown
        Says that it cannot be told where the gap, or either step's part, is not established.
    """
    parts = _parts(gaps)
    title = _title(*parts)
    return Shown(title, f'<div class="lv-answer"><p>{title}.</p></div>', {"split": parts})


def split(gaps: Gaps) -> Shown:
    """Show how much of the gap in extended placements arises at each step.

    Parameters
    ----------
    gaps : Gaps
        All gaps of the question.

    Returns
    -------
    Shown
        Says so where the steps may not be described.
    """
    parts = _parts(gaps)
    title = _title(*parts)
    if not parts[1].is_known:
        return _nothing(title)
    points = [[words.points(100 * x) for x in (p.estimate, p.low, p.high)] for p in parts]
    said = pd.DataFrame(
        {
            "Del": [gap_words.name(part) for part in parts],
            "Procentenheter": [value for value, _, _ in points],
            f"95{words.NBSP}% konfidensintervall": [words.span(*ends) for _, *ends in points],
        }
    )
    return with_figure(
        title,
        draw=partial(draw, parts),
        alt=f"{title}. {alt(parts)}",
        said=said,
        name="var-skillnaden-uppstar",
        published={"split": parts},
        data=as_data(parts),
    )


def _parts(gaps: Gaps) -> list[Gap]:
    """Give the whole gap, and what either step contributes."""
    return [gaps.headline, *(gaps.of(measure=code)[0] for code in _STEPS)]


def _title(whole: Gap, *steps: Gap) -> str:
    """Say where the gap arises, if both it and that step's part are established."""
    if not steps[0].is_known:
        return "För få för att säga i vilket steg en skillnad uppstår"
    smaller, larger = sorted(steps, key=lambda step: step.estimate * whole.estimate)
    if whole.verdict is not Verdict.ESTABLISHED or larger.low <= 0 <= larger.high:
        return "Det går inte att säga i vilket steg en skillnad uppstår"
    at, other = (_STEPS[step.measure.code] for step in (larger, smaller))
    share = larger.estimate / whole.estimate
    if share > 1:
        return f"Skillnaden uppstår {at}, och minskar {other}"
    return f"{words.percent(share)} av skillnaden uppstår {at}"


def _nothing(title: str) -> Shown:
    return Shown(title, f'<p class="lv-title">{title}</p>')


def trend(published: Published) -> Shown:
    """Show how many had their first placement extended, by the half-year it began."""
    part, whole = {"extended": [True]}, {"extended": [True, False]}
    return over_time.trend(
        published,
        lambda sex, group: published.share("extended", part, whole, group, sex=sex),
        title="Andel som fått sin första placering förlängd, efter halvåret då den började",
        name="forlangd-over-tid",
    )
