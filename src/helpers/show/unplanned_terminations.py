"""Unplanned endings on the page: how often, among whom, and against what share placed."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from helpers.data.codes import FAMILY_HOME
from helpers.disclosure import TOTAL, SafeCounts
from helpers.questions import unplanned_terminations as question
from helpers.questions.gap import Verdict
from helpers.questions.unplanned_terminations import SafeRates, Window
from helpers.show import followed, gap_words, unplanned_terminations_drawings, words
from helpers.show.compose import with_figure, with_table
from helpers.show.curves import Curves
from helpers.show.shown import Shown
from helpers.stats.estimate import Estimate

_EVENTS = {
    question.PLANNED: "Avslutades planerat",
    question.UNPLANNED: "Avslutades oplanerat",
    question.ONGOING: "Pågår",
}
_BASES = {"placements": "placeringarna", "days": "placeringsdagarna"}
_METHODS = {
    "crude": "Alla vårdformer tillsammans, utan hänsyn till vårdform",
    "mantel-haenszel": "Inom samma vårdform (Mantel–Haenszel)",
    "poisson": "Inom samma vårdform (Poissonmodell)",
    "scaled": "Poissonmodell, med plats för extra variation",
}
_COLUMNS = {
    "group": "Vårdform",
    "women": "Kvinnors oplanerade avslut",
    "both": "Allas oplanerade avslut",
    "endings": "Andel av avsluten",
    "placements": "Andel av placeringarna",
    "days": "Andel av placeringsdagarna",
}
_INTERVAL = f"95{words.NBSP}% intervall"
_YEAR = 365.25
_TOO_FEW = "<p>Underlaget är för litet för att jämföra kvinnor och män.</p>"


def counted(durations: SafeCounts, within: Window) -> Shown:
    """Show which placements are counted, by sex and how they have ended.

    Parameters
    ----------
    durations : SafeCounts
        Protected durations.
    within : Window
        The time followed.

    Returns
    -------
    Shown
    """
    title = f"Placeringar som räknas, {words.day(within.start)} till {words.day(within.as_of)}"
    return followed.ended(durations, _EVENTS, within.as_of, every="Alla placeringar", title=title)


def by_care_form(counts: SafeRates) -> Shown:
    """Show how often placements end unplanned, by sex and care form.

    Parameters
    ----------
    counts : SafeRates
        Protected endings and days.

    Returns
    -------
    Shown
        Says which care forms were joined.
    """
    title = "Oplanerade avslut per 100 placeringsår, efter vårdform"
    rates = _rates(counts.by_form, question.care_forms(counts))
    said = _rates_in_words(rates).rename(columns={"group": "Vårdform"})
    published = {"rates": rates, "joined": list(counts.joined)}
    return with_table(
        title, said, "avslut-vardform", published, told=counts.told, notes=_joined(counts)
    )


def by_period(counts: SafeRates) -> Shown:
    """Show how often placements end unplanned, by sex and calendar years.

    Parameters
    ----------
    counts : SafeRates
        Protected endings and days.

    Returns
    -------
    Shown
    """
    title = "Oplanerade avslut per 100 placeringsår, efter kalenderår"
    rates = _rates(counts.by_period, [str(period) for period in counts.by_period["group"].unique()])
    said = _rates_in_words(rates).rename(columns={"group": "År"})
    return with_table(title, said, "avslut-ar", {"rates": rates}, told=counts.told)


def _rates(table: pd.DataFrame, groups: list[str]) -> pd.DataFrame:
    """Give each group's rates, what these rest on and their ratio; none that may not be shown."""
    rows = [
        {
            "group": group,
            **_rate("women", table, "K", group),
            **_rate("men", table, "M", group),
            **_limits(question.ratio(table, group)),
        }
        for group in groups
    ]
    return pd.DataFrame(rows, dtype=object)


def _rate(whose: str, table: pd.DataFrame, sex: str, group: str) -> dict[str, float | None]:
    own, rate = question.cell(table, sex, group), question.rate(table, sex, group)
    if own is None or rate is None:
        return dict.fromkeys((whose, f"{whose}_unplanned", f"{whose}_years"))
    years = own["days"] / _YEAR
    return {whose: rate.value, f"{whose}_unplanned": own["unplanned"], f"{whose}_years": years}


def _limits(found: Estimate | None) -> dict[str, float | None]:
    if found is None:
        return dict.fromkeys(("ratio", "low", "high"))
    return {"ratio": found.value, "low": found.low, "high": found.high}


def _rates_in_words(rates: pd.DataFrame) -> pd.DataFrame:
    rows = rates.to_dict("records")
    return pd.DataFrame(
        {
            "group": [words.capital(row["group"]) for row in rows],
            "Kvinnor": [_rate_in_words(row, "women") for row in rows],
            "Män": [_rate_in_words(row, "men") for row in rows],
            f"Kvot ({_INTERVAL})": [_ratio_in_words(row) for row in rows],
        }
    )


def _rate_in_words(row: Mapping[Any, Any], whose: str) -> str:
    if row[whose] is None:
        return ".."
    ended, years = words.number(row[f"{whose}_unplanned"]), words.number(row[f"{whose}_years"], 1)
    return f"{words.number(row[whose])} ({ended} avslut på {years} år)"


def _ratio_in_words(row: Mapping[Any, Any]) -> str:
    if row["ratio"] is None:
        return ".."
    value, low, high = (words.number(row[name], 2) for name in ("ratio", "low", "high"))
    return f"{value} ({words.span(low, high)})"


def _joined(counts: SafeRates) -> str:
    if not counts.joined:
        return ""
    names = " och ".join([", ".join(counts.joined[:-1]), counts.joined[-1]])
    return (
        f"<p>{words.capital(names)} redovisas tillsammans som {question.OTHER_FORMS}. "
        "Var för sig har de för få avslut för att visas.</p>"
    )


def incidence(durations: SafeCounts) -> Shown:
    """Show the share of placements that have ended unplanned, by sex (Aalen-Johansen).

    Parameters
    ----------
    durations : SafeCounts
        Protected durations.

    Returns
    -------
    Shown
        Its title says what the verdict on the share ended within 6 months allows.
    """
    step = question.incidence(durations)
    drawn = Curves(
        followed.cut(step, "incidence", durations.rules),
        "Andel placeringar som avslutats oplanerat",
        since="starten",
        remaining="Antal som pågår",
    )
    title = gap_words.title(question.incidence_gap(durations))
    return followed.over_time(
        drawn, title=title, months=(3, 6, 12), name="avslutats-oplanerat", told=durations.told
    )


def represented(counts: SafeRates) -> Shown:
    """Show women's share of the unplanned endings beside their share of what these come from.

    Parameters
    ----------
    counts : SafeRates
        Protected endings and days.

    Returns
    -------
    Shown
        Its title is about family homes for adults, or about everyone where those are too few.
    """
    table = question.representation(counts)
    if table.empty:
        return _nothing("Kvinnors andel av de oplanerade avsluten")
    shares = _side_by_side(table)
    told = shares.set_index("group")
    group = FAMILY_HOME if FAMILY_HOME in told.index else TOTAL
    title = _where(group) + _shares(told.loc[group].to_dict())
    alt = "; ".join(
        f"{words.capital(row['group'])}: {_shares(row)}" for row in shares.to_dict("records")
    )
    return with_figure(
        title,
        draw=lambda width: unplanned_terminations_drawings.shares(shares, width),
        alt=f"Kvinnors andelar. {alt}.",
        said=_in_words(shares),
        name="kvinnors-andelar",
        published={"shares": shares},
        told=counts.told,
        data=shares.round(4).rename(columns=_COLUMNS),
    )


def _side_by_side(table: pd.DataFrame) -> pd.DataFrame:
    """One row a group: women's share of the endings, the placements and the days."""
    wide = table.pivot(index="group", columns="base", values="exposed")[list(_BASES)]
    first = table.drop_duplicates("group").set_index("group")[["women", "both", "endings"]]
    return first.join(wide).reset_index()


def _where(group: str) -> str:
    return "Sammantaget har kvinnor " if group == TOTAL else f"I {group} har kvinnor "


def _shares(row: Mapping[Any, Any]) -> str:
    return (
        f"{words.percent(row['endings'])} av de oplanerade avsluten, "
        f"{words.percent(row['placements'])} av placeringarna och "
        f"{words.percent(row['days'])} av placeringsdagarna"
    )


def _in_words(shares: pd.DataFrame) -> pd.DataFrame:
    ended = [
        f"{words.number(women)} av {words.number(both)}"
        for women, both in zip(shares["women"], shares["both"], strict=True)
    ]
    return pd.DataFrame(
        {
            "Vårdform": shares["group"].map(words.capital),
            "Kvinnors oplanerade avslut": ended,
            "Andel av avsluten": shares["endings"].map(words.percent),
            "Andel av placeringarna": shares["placements"].map(words.percent),
            "Andel av placeringsdagarna": shares["days"].map(words.percent),
        }
    )


def in_proportion(counts: SafeRates) -> Shown:
    """Show women's share of the unplanned endings over each share of what these come from.

    Parameters
    ----------
    counts : SafeRates
        Protected endings and days.

    Returns
    -------
    Shown
    """
    table = question.representation(counts)
    title = "Kvinnors andel av de oplanerade avsluten, genom deras andel av underlaget"
    if table.empty:
        return _nothing(title)
    rows = table.to_dict("records")
    heads = [
        f"{words.capital(group)}, mot {_BASES[base]}"
        for group, base in table[["group", "base"]].itertuples(index=False)
    ]
    said = pd.DataFrame(
        {
            "Grupp": heads,
            "Andel av avsluten": table["endings"].map(words.percent),
            "Andel av underlaget": table["exposed"].map(words.percent),
            f"Kvot ({_INTERVAL})": [_ratio_in_words(row) for row in rows],
            "Bedömning": [gap_words.VERDICTS[_verdict(row)] for row in rows],
        }
    )
    return with_table(title, said, "over-under", {"representation": table}, told=counts.told)


def like_with_like(counts: SafeRates) -> Shown:
    """Show the ratio of unplanned endings when women and men in the same care form are compared.

    Parameters
    ----------
    counts : SafeRates
        Protected endings and days.

    Returns
    -------
    Shown
        Says whether one ratio will do for all care forms, and how much the endings vary.
    """
    table, likeness = question.like_with_like(counts), question.likeness(counts)
    if table.empty:
        return _nothing("Kvoten inom samma vårdform")
    rows = table.to_dict("records")
    said = pd.DataFrame(
        {
            "Sätt att räkna": table["method"].map(_METHODS),
            f"Kvot ({_INTERVAL})": [_ratio_in_words(row) for row in rows],
            "Bedömning": [gap_words.VERDICTS[_verdict(row)] for row in rows],
        }
    )
    pooled = rows[list(_METHODS).index("mantel-haenszel")]
    verdict = gap_words.VERDICTS[_verdict(pooled)]
    title = f"Inom samma vårdform är kvoten {words.number(pooled['ratio'], 2)}: {verdict}"
    published = {"like_with_like": table, "likeness": likeness}
    return with_table(
        title, said, "lika-med-lika", published, told=counts.told, notes=_likeness(likeness)
    )


def _likeness(likeness: Mapping[str, float]) -> str:
    test = (
        "Kvoten är inte densamma i alla vårdformer"
        if likeness["p_value"] < 0.05
        else "Det är inte säkerställt att kvoten skiljer sig mellan vårdformerna"
    )
    scale, df = words.number(likeness["dispersion"], 1), words.number(likeness["df"])
    return (
        f"<p>{test} (Cochrans Q, p-värde {words.p_value(likeness['p_value'])}).</p>"
        f"<p>Poissonmodellens överspridning är {scale}, där 1 är vad slumpen i genomsnitt ger. "
        f"Den är uppskattad ur {df} frihetsgrader och därför osäker. Är den över 1 gör den sista "
        "raden plats för den i intervallet.</p>"
    )


def _verdict(row: Mapping[Any, Any]) -> Verdict:
    found = Estimate(row["ratio"], row["low"], row["high"])
    return Verdict.ESTABLISHED if found.excludes(1) else Verdict.NOT_ESTABLISHED


def _nothing(title: str) -> Shown:
    return Shown(title, f'<p class="lv-title">{title}</p>\n{_TOO_FEW}')
