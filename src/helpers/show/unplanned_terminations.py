"""Unplanned endings on the page: how often, in which care forms, against what share placed."""

from collections.abc import Mapping, Sequence
from functools import partial

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from helpers.data.codes import FAMILY_HOME
from helpers.disclosure import ALL, EVERYONE, Group, Published
from helpers.questions.gap import Gap, Gaps
from helpers.questions.unplanned_terminations import HALF_YEAR
from helpers.show import counted as counts
from helpers.show import curves, gap_words, over_time, words
from helpers.show.compose import NOT_APART, with_figure, with_table
from helpers.show.gaps import as_data
from helpers.show.shown import Shown
from helpers.show.style import INK, PALETTE, PAPER, QUIET, subplots
from helpers.show.svg import NARROW

_ENDS = {"planned": "Avslutats planerat", "unplanned": "Avslutats oplanerat", "ongoing": "Pågår"}
_SHARES = {
    "Andel av de oplanerade avsluten": ("o", PALETTE["K"], PALETTE["K"]),
    "Andel av placeringarna": ("s", PAPER, INK),
    "Andel av placeringsdagarna": ("D", PAPER, INK),
}
"""Women's shares, with the marker, face and edge they are drawn with."""
_FAMILY_HOMES = Group("care_form", FAMILY_HOME, label=FAMILY_HOME)
_TITLE = "Kvinnors andel av de oplanerade avsluten"


def counted(published: Published) -> Shown:
    """Show which placements are counted, by sex and how they have ended."""
    title = "Placeringar som räknas"
    return counts.by_sex(published, "ended", _ENDS, title=title, name="placeringar")


def incidence(published: Published) -> Shown:
    """Show how many have had their first placement end unplanned, quarter by quarter."""
    title = "Så stor andel har fått sin första placering avslutad oplanerat"
    label = "Andel vars första placering avslutats oplanerat"
    drawn = curves.read(published, "unplanned", label, "starten")
    return curves.over_time(drawn, title=title, name="avslutats-oplanerat")


def by_care_form(gaps: Gaps) -> Shown:
    """Show how often placements end unplanned for everyone and in each care form.

    Parameters
    ----------
    gaps : Gaps
        All gaps of the question.

    Returns
    -------
    Shown
        With the noisy endings, people and years that each rate rests on.
    """
    rates = gaps.of(measure=gaps.headline.measure.code)
    own = [gaps.headline, *rates.of(group="care_form")]
    columns = {
        "Vårdform": [words.capital(gap.group.label) for gap in own],
        "Kvinnor": [_rate(gaps.published, gap, "K") for gap in own],
        "Män": [_rate(gaps.published, gap, "M") for gap in own],
    }
    title = "Första oplanerade avslut per 100 placeringsår, efter vårdform"
    return _ratios(own, columns, title=title, name="avslut-vardform")


def like_with_like(gaps: Gaps) -> Shown:
    """Show the ratio without and with regard to care form.

    Parameters
    ----------
    gaps : Gaps
        All gaps of the question.

    Returns
    -------
    Shown
        Says so where care forms are not shown apart.
    """
    title = "Kvoten mellan kvinnors och mäns oplanerade avslut, med och utan hänsyn till vårdform"
    own = [gap for gap in gaps.of(group=ALL) if gap.measure.unit == "rate"]
    if len(own) == 1:
        return Shown(title, f'<p class="lv-title">{title}</p>\n{NOT_APART}')
    columns = {"Sätt att räkna": [words.capital(gap.measure.name) for gap in own]}
    return _ratios(own, columns, title=title, name="lika-med-lika")


def _ratios(
    gaps: Sequence[Gap], columns: Mapping[str, Sequence[str]], *, title: str, name: str
) -> Shown:
    """Show ratios with their intervals, after columns of which the first heads the rows."""
    ratios = [gap_words.in_brief(gap) for gap in gaps]
    said = pd.DataFrame({**columns, f"Kvinnor genom män (95{words.NBSP}% intervall)": ratios})
    return with_table(title, said, name, {"shown": [*gaps]}, data=as_data(gaps))


def _rate(published: Published, gap: Gap, sex: str) -> str:
    """Write a rate with the people, endings and years behind it."""
    level = gap_words.level(gap, gap.women if sex == "K" else gap.men)
    if not gap.is_known:
        return level
    ended = words.count(published.cell("time", gap.group, sex=sex), published.rules.smallest_shown)
    people = published.people(sex, gap.group)
    years = published.years("time", gap.group, sex=sex)
    return f"{level} ({ended} av {words.number(people)} personer, {words.number(years)} år)"


def represented(published: Published) -> Shown:
    """Show women's share of the unplanned endings beside their share of what these come from.

    Returns
    -------
    Shown
        Of everyone, and of family homes for adults where those may be described.
    """
    groups = [group for group in (EVERYONE, _FAMILY_HOMES) if group in published.groups()]
    rows = [_shares(published, group) for group in groups]
    shares = pd.DataFrame(rows, columns=["Vårdform", *_SHARES]).dropna(ignore_index=True)
    if shares.empty:
        return Shown(
            _TITLE,
            f'<p class="lv-title">{_TITLE}</p>\n<p>Avsluten är för få för att beskrivas.</p>',
        )
    said = shares.assign(**{name: shares[name].map(words.percent) for name in _SHARES})
    sentences = [_sentence(*row) for row in said.itertuples(index=False)]
    return with_figure(
        sentences[-1],
        draw=partial(_draw, shares),
        alt=f"{_TITLE}. {'. '.join(sentences)}.",
        said=said,
        name="kvinnors-andelar",
        published={"shares": shares},
        data=shares.round(4),
    )


def _shares(published: Published, group: Group) -> list[object]:
    """Women's shares of the endings, the placements and the days; None where they are too few."""
    ended = published.share("ended", {"sex": ["K"]}, {"sex": ["K", "M"]}, group, ending="unplanned")
    bases = [
        [_placements(published, sex, group) for sex in words.SEXES],
        [published.years("time", group, sex=sex) for sex in words.SEXES],
    ]
    is_told = all(published.people(sex, group) for sex in words.SEXES) and all(map(sum, bases))
    if ended is None or not is_told:
        return [None] * 4
    return [words.capital(group.label), ended.estimate.value, *(own[0] / sum(own) for own in bases)]


def _placements(published: Published, sex: str, group: Group) -> int:
    return sum(published.cell("ended", group, sex=sex, ending=ending) for ending in _ENDS)


def _sentence(form: str, ended: str, placements: str, days: str) -> str:
    where = "Sammantaget" if form == "Alla" else f"I {form.lower()}"
    return (
        f"{where} har kvinnor {ended} av de oplanerade avsluten, {placements} av placeringarna "
        f"och {days} av placeringsdagarna"
    )


def _draw(shares: pd.DataFrame, width: float) -> Figure:
    """Draw women's three shares in each group, a mark each."""
    figure, axes = subplots(figsize=(width, 0.7 * len(shares) + 1.6))
    rows, each = range(len(shares)), shares[[*_SHARES]]
    axes.hlines(rows, each.min(axis=1), each.max(axis=1), color=QUIET, zorder=1)
    for name, (marker, face, edge) in _SHARES.items():
        axes.plot(shares[name], rows, marker, label=name, ms=8, mfc=face, mec=edge)
    for row, form in enumerate(shares["Vårdform"]):
        axes.text(0, row - 0.3, form)
    axes.set(xlim=(0, 1), yticks=[], ylim=(len(shares) - 0.5, -0.7), xlabel="Kvinnors andel")
    axes.xaxis.set_major_formatter(FuncFormatter(lambda share, _: words.percent(share)))
    axes.spines["left"].set_visible(False)
    figure.legend(loc="outside upper left", ncols=1 if width <= NARROW else 3)
    return figure


def trend(published: Published) -> Shown:
    """Show how many had their first placement end unplanned, by the half-year it began."""
    return over_time.trend(
        published,
        lambda sex, group: published.landmarks("unplanned", sex, group).get(HALF_YEAR),
        title="Andel vars första placering avslutats oplanerat inom 6 månader, efter halvår",
        name="oplanerat-over-tid",
    )
