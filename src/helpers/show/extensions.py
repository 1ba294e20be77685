"""Extensions on the page: who is counted, what becomes of a placement, and where the gap arises."""

from collections.abc import Callable
from math import nan

import pandas as pd

from helpers.disclosure import TOTAL
from helpers.questions import extensions
from helpers.questions.extensions import APPLY, GRANT, SafeExtensions
from helpers.questions.gap import Verdict
from helpers.show import extensions_drawings, gap_words, words
from helpers.show.compose import with_figure, with_table
from helpers.show.extensions_drawings import STAGES, WHERE
from helpers.show.shown import Shown
from helpers.stats.decomposition import DecompositionIntervals
from helpers.stats.estimate import Estimate

_COLUMNS = {
    TOTAL: "Alla placeringar",
    "open": "Går inte att bedöma än",
    **dict(reversed(STAGES.items())),
}
_STEPS = {"both": "Hela skillnaden"} | {step: words.capital(at) for step, at in WHERE.items()}
_SPLIT = {
    "step": "Steg",
    "value": "Procentenheter",
    "low": "Undre gräns",
    "high": "Övre gräns",
    "share_value": "Procent av skillnaden",
    "share_low": "Undre gräns, procent",
    "share_high": "Övre gräns, procent",
    "apply_first": "Om ansökan ändras först",
    "grant_first": "Om avgörandet ändras först",
}
_TOO_FEW = "<p>Underlaget är för litet för att jämföra kvinnor och män.</p>"
_NOT_TOLD = "För få för att säga i vilket steg skillnaden uppstår"
_INTERVAL = f"95{words.NBSP}% konfidensintervall"


def counted(counts: SafeExtensions) -> Shown:
    """Show which placements are counted, by sex and what became of them.

    Parameters
    ----------
    counts : SafeExtensions
        Protected counts.

    Returns
    -------
    Shown
    """
    wide = counts.stages.pivot(index="sex", columns="stage", values="n")
    wide = wide.reindex(index=[*words.SEXES, TOTAL], columns=list(_COLUMNS), fill_value=0)
    said = wide.map(words.number).rename(columns=_COLUMNS)
    said.insert(0, "Kön", [*words.SEXES.values(), "Båda"])
    title = f"Placeringar som räknas, till och med {words.day(counts.as_of)}"
    published = {"as_of": counts.as_of, "counted": counts.stages}
    return with_table(title, said, "placeringar", published, told=counts.told)


def outcomes(counts: SafeExtensions) -> Shown:
    """Show what becomes of 100 placements, by sex.

    Parameters
    ----------
    counts : SafeExtensions
        Protected counts.

    Returns
    -------
    Shown
    """
    gaps = extensions.gaps_by_step(counts)
    if any(gap.verdict is Verdict.TOO_FEW for gap in gaps):
        return _nothing(gap_words.title(gaps[0]))
    shares = pd.DataFrame([_shares(counts, sex) for sex in words.SEXES])
    said = _outcomes_in_words(shares)
    women, men = (words.number(100 * share) for share in shares["granted"])
    title = f"Av 100 placeringar förlängs {women} för kvinnor och {men} för män"
    return with_figure(
        title,
        draw=lambda width: extensions_drawings.outcomes(shares, width),
        alt=f"{title}. {_read(said)}.",
        said=said,
        name="av-100-placeringar",
        published={"outcomes": shares},
        told=counts.told,
        data=_as_data(shares, {"sex": "Kön", **STAGES, "n": "Antal placeringar"}),
    )


def _shares(counts: SafeExtensions, sex: str) -> dict[str, object]:
    """Shares of the placements that can be judged."""
    own = extensions.steps(counts, sex)
    settled, applied, granted = own.settled or 0, own.applied or 0, own.granted or 0
    return {
        "sex": sex,
        "granted": granted / settled,
        "denied": (applied - granted) / settled,
        "not applied": (settled - applied) / settled,
        "n": settled,
    }


def _outcomes_in_words(shares: pd.DataFrame) -> pd.DataFrame:
    said = {name: shares[stage].map(words.percent) for stage, name in STAGES.items()}
    sexes, n = shares["sex"].map(words.SEXES), shares["n"].map(words.number)
    return pd.DataFrame({"Kön": sexes, **said, "Antal placeringar": n})


def _read(said: pd.DataFrame) -> str:
    """Read a table row by row."""
    rows = said.to_dict("records")
    return "; ".join(", ".join(f"{name}: {cell}" for name, cell in row.items()) for row in rows)


def answer(counts: SafeExtensions) -> Shown:
    """Say in one sentence at which step the gap in extended placements arises.

    Parameters
    ----------
    counts : SafeExtensions
        Protected counts.

    Returns
    -------
    Shown
    """
    parts = extensions.split(counts)
    if parts is None:
        return Shown(_NOT_TOLD, f'<div class="lv-answer"><p>{_NOT_TOLD}.</p></div>')
    title, published = _title(parts), {"split": _parts(counts, parts)}
    html = f'<div class="lv-answer"><p>{title}: {_in_brief(parts)}.</p></div>'
    return Shown(title, html, published, counts.told)


def _in_brief(parts: DecompositionIntervals) -> str:
    """List what each step contributes, with its interval."""
    each = [
        f"{WHERE[step]} {words.points(100 * part.value)} "
        f"({_span(100 * part.low, 100 * part.high, words.points)})"
        for step, part in parts.contributions.items()
    ]
    return f"{' och '.join(each)} procentenheter, med 95{words.NBSP}% konfidensintervall"


def split(counts: SafeExtensions) -> Shown:
    """Show how much of the gap in extended placements arises at each step.

    Parameters
    ----------
    counts : SafeExtensions
        Protected counts.

    Returns
    -------
    Shown
    """
    parts = extensions.split(counts)
    if parts is None:
        return _nothing(_NOT_TOLD)
    table, title = _parts(counts, parts), _title(parts)
    said = _parts_in_words(table)
    return with_figure(
        title,
        draw=lambda width: extensions_drawings.split(table, width),
        alt=f"{title}. {_read(said.iloc[:, :4])}.",
        said=said,
        name="var-skillnaden-uppstar",
        published={"split": table},
        told=counts.told,
        data=_as_data(table, _SPLIT),
    )


def _parts(counts: SafeExtensions, parts: DecompositionIntervals) -> pd.DataFrame:
    """Give the gap and its parts in percentage points; their percent of it if it is established."""
    orders = {"apply_first": (APPLY, GRANT), "grant_first": (GRANT, APPLY)}
    sequential = {name: extensions.split(counts, order) for name, order in orders.items()}
    rows = [
        {"step": step, **_limits("", part), **_limits("share_", parts.shares[step])}
        | {name: found.contributions[step].value for name, found in sequential.items() if found}
        for step, part in parts.contributions.items()
    ]
    whole = parts.difference
    total = {"step": "both", **_limits("", whole), "share_value": 1.0} | dict.fromkeys(
        orders, whole.value
    )
    table = (pd.DataFrame([total, *rows]).set_index("step") * 100).reset_index()
    if not whole.excludes(0):
        table[["share_value", "share_low", "share_high"]] = nan
    return table


def _limits(prefix: str, estimate: Estimate) -> dict[str, float]:
    return {f"{prefix}{name}": getattr(estimate, name) for name in ("value", "low", "high")}


def _title(parts: DecompositionIntervals) -> str:
    """Say where the gap arises, if the gap and the part are established."""
    if not parts.difference.excludes(0):
        return "Skillnaden i andel förlängda placeringar är inte statistiskt säkerställd"
    step, other = sorted(parts.shares, key=lambda name: -parts.shares[name].value)
    share = parts.shares[step].value
    if not parts.contributions[step].excludes(0):
        return "Det går inte att säga i vilket steg skillnaden uppstår"
    if share > 1:
        return f"Skillnaden uppstår {WHERE[step]}, och minskar {WHERE[other]}"
    return f"{words.percent(share)} av skillnaden uppstår {WHERE[step]}"


def _parts_in_words(table: pd.DataFrame) -> pd.DataFrame:
    rows = table.to_dict("records")
    return pd.DataFrame(
        {
            "Steg": table["step"].map(_STEPS),
            "Procentenheter": [words.points(row["value"]) for row in rows],
            _INTERVAL: [_span(row["low"], row["high"], words.points) for row in rows],
            "Andel av skillnaden": table["share_value"].map(words.points_of_hundred),
            f"{_INTERVAL} för andelen": [
                _span(row["share_low"], row["share_high"], words.number) for row in rows
            ],
            "Om ansökan ändras först": table["apply_first"].map(words.points),
            "Om avgörandet ändras först": table["grant_first"].map(words.points),
        }
    )


def _as_data(table: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """Name the columns in Swedish, and leave the numbers to compute on."""
    told = table.replace({"sex": words.SEXES, "step": _STEPS})
    return told.round(4).rename(columns=names)[list(names.values())]


def _span(low: float, high: float, write: Callable[[float], str]) -> str:
    return words.span(write(low), write(high))


def _nothing(title: str) -> Shown:
    return Shown(title, f'<p class="lv-title">{title}</p>\n{_TOO_FEW}')
