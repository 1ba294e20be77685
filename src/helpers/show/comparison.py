"""The municipality beside others, on the page. All but its own survey rests on open data alone."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from math import isnan
from typing import Any, TypeAlias

import pandas as pd
from markupsafe import escape

from helpers.data.codes import SURVEY_ITEMS
from helpers.data.peers.shape import Status
from helpers.data.peers.told import STATUSES
from helpers.disclosure import Published
from helpers.questions import comparison
from helpers.questions.comparison import ITEMS, Compared
from helpers.questions.user_satisfaction import WHOLE
from helpers.show import comparison_drawings as drawings
from helpers.show.compose import aside, with_figure, with_table
from helpers.show.shown import Shown
from helpers.show.svg import Draw
from helpers.show.words import (
    NBSP,
    NONE,
    SEXES,
    capital,
    day,
    number,
    points,
    points_of_hundred,
    span,
    with_unit,
)

__all__ = [
    "findings", "funnel", "items", "others", "per_inhabitants", "pooled", "ranking",
    "survey_beside", "trend",
]  # fmt: skip

Row: TypeAlias = dict[Any, Any]
_INTERVAL = f"95{NBSP}% intervall"
_LEVELS = ["Kvinnor", "Män", "Skillnad"]
_VERDICTS = {True: "säkerställd", False: "inte säkerställd"}
_UNKNOWN = "osäkerheten är okänd"
_SENTENCES = {
    True: "Skillnaden på {} är säkerställd.",
    False: "Skillnaden på {} är inte säkerställd.",
}
_UNSURE = "Hur säker skillnaden på {} är går inte att säga."
_TOO_LITTLE = "För få kommuner har publicerade tal för både kvinnor och män."
_NO_INHABITANTS = "Folkmängden är inte hämtad, eller så är grupperna för små för att beskrivas."


def __dir__() -> list[str]:
    return __all__


def findings(compared: Compared) -> Shown:
    """Say in a few sentences how the gap in satisfaction stands beside those of others."""
    own = _own(compared)
    sentences = [_said(compared, own), *_beside(compared, own), _fetched(compared)]
    items = "".join(f"<li>{sentence}</li>" for sentence in sentences)
    html = f'<div class="lv-answer"><ul>{items}</ul></div>'
    return _public(Shown("Svaret i korthet", html, {"own": compared.of(WHOLE)}))


def _own(compared: Compared) -> Row:
    rows: list[Row] = compared.of(WHOLE, "own").to_dict("records")
    return rows[0]


def _said(compared: Compared, own: Row) -> str:
    place, year = escape(compared.own), compared.year
    if isnan(own["gap"]):
        return f"<strong>{place} har inget tal för både kvinnor och män {year}.</strong>"
    women, men = points_of_hundred(own["women"]), points_of_hundred(own["men"])
    size = with_unit(number(abs(own["gap"])), "procentenheter")
    return (
        f"<strong>{women} av kvinnorna och {men} av männen i {place} var nöjda med stödet {year}."
        f"</strong> {_SENTENCES.get(own['established'], _UNSURE).format(size)}"
    )


def _reach(row: Row) -> str:
    return span(points(row["low"]), points(row["high"]))


def _beside(compared: Compared, own: Row) -> list[str]:
    """Say whether the gaps of groups and the country lie within what the own one may be."""
    said: list[str] = []
    for row in _wholes(compared, WHOLE).to_dict("records"):
        if not (isnan(row["gap"]) or isnan(own["low"])):
            size = with_unit(number(row["gap"], signed=True), "procentenheter")
            inside = own["low"] <= row["gap"] <= own["high"]
            how = "kan vara lika stor" if inside else "är säkert en annan"
            said.append(f"{escape(row['place'])}: {size}. Den egna skillnaden {how}.")
    return said


def _wholes(compared: Compared, kpi: str) -> pd.DataFrame:
    """Give the rows of groups and of the country, which are means without intervals."""
    rows = compared.of(kpi)
    return rows[rows["kind"].isin(("group", "country"))]


def _fetched(compared: Compared) -> str:
    notes = " ".join(str(escape(note)) for note in compared.peers.about.notes)
    return f"Öppna data, hämtade {day(compared.peers.fetched_on)}. {notes}".strip()


def items(compared: Compared) -> Shown:
    """Show the survey's seven figures for the municipality, and for groups and the country."""
    rows = pd.concat([_places(compared, item) for item in ITEMS], ignore_index=True)
    title = f"Nöjdhet {compared.year} i {compared.own}, bredvid andra"
    pairs = zip(rows["kpi"], rows["place"], strict=True)
    heads = [f"{capital(SURVEY_ITEMS[kpi].label)}: {place}" for kpi, place in pairs]
    own = rows[rows["kind"] == "own"].to_dict("records")
    told = "; ".join(f"{SURVEY_ITEMS[row['kpi']].label}: {_gap(row)}" for row in own)
    tables = _said_rows(compared, rows, heads, "Fråga"), rows
    return _figure("nojdhet", title, partial(drawings.items, rows), told, tables)


def _places(compared: Compared, kpi: str) -> pd.DataFrame:
    return pd.concat([compared.of(kpi, "own"), _wholes(compared, kpi)])


def _gap(row: Row) -> str:
    """Write a gap with its limits if they are known, or why there is none."""
    if not isnan(row["gap"]):
        limits = "" if isnan(row["low"]) else f" ({_reach(row)})"
        return f"{points(row['gap'])}{limits}"
    lacks = {STATUSES[row[f"{sex}_status"]] for sex in ("women", "men")} - {STATUSES[Status.OK]}
    return " och ".join(sorted(lacks))


def _said_rows(
    compared: Compared, rows: pd.DataFrame, heads: Sequence[str], first: str
) -> pd.DataFrame:
    records = rows.to_dict("records")
    return pd.DataFrame(
        {
            first: heads,
            "Kvinnor": [_level(row, "women") for row in records],
            "Män": [_level(row, "men") for row in records],
            "Skillnad": [points(row["gap"]) for row in records],
            _INTERVAL: [_reach(row) for row in records],
            "Antal svar": [number(row["people"]) for row in records],
            "Bedömning": [_verdict(compared, row) for row in records],
        }
    )


def _verdict(compared: Compared, row: Row) -> str:
    """Judge the one question that was chosen before, in the last year, and nothing else."""
    if (row["kpi"], row["year"]) != (WHOLE, compared.year):
        return NONE
    return _VERDICTS.get(row["established"], _UNKNOWN)


def _level(row: Row, sex: str) -> str:
    status = row[f"{sex}_status"]
    if status != Status.OK:
        return STATUSES[status]
    is_share = row["kpi"] in SURVEY_ITEMS
    return points_of_hundred(row[sex]) if is_share else number(row[sex], 1)


def trend(compared: Compared, kpi: str = WHOLE) -> Shown:
    """Show the gap year by year, with the country's, and where the way of counting changed."""
    rows = compared.figures[compared.figures["kpi"] == kpi]
    kept = rows[rows["kind"].isin(("own", "country"))].reset_index(drop=True)
    breaks = compared.peers.about.breaks.get(kpi, {})
    title = f"Skillnaden år för år: {_label(compared, kpi)}"
    own = kept[kept["kind"] == "own"].to_dict("records")
    told = "; ".join(f"{row['year']}: {_gap(row)}" for row in own)
    broken = "".join(
        f"<p>Brott i serien {year}: {escape(why)}.</p>" for year, why in breaks.items()
    )
    heads = [f"{year}, {place}" for year, place in zip(kept["year"], kept["place"], strict=True)]
    draw = partial(drawings.trend, kept, [int(year) for year in breaks])
    said = _said_rows(compared, kept, heads, "År")
    said = said if kpi in SURVEY_ITEMS else said[["År", *_LEVELS]]
    shown = _figure("ar-for-ar", title, draw, told, (said, kept))
    return aside(replace(shown, html=shown.html + broken))


def _label(compared: Compared, kpi: str) -> str:
    if kpi in SURVEY_ITEMS:
        return SURVEY_ITEMS[kpi].label
    return compared.peers.about.titles.get(kpi, kpi)


def funnel(compared: Compared) -> Shown:
    """Show the gaps of municipalities by how many answered, with what chance alone allows."""
    places, limits = comparison.funnel(compared)
    if places.empty:
        return _too_little("Hur mycket som är slump")
    outside = int((~places["gap"].between(places["low"], places["high"])).sum())
    said = pd.DataFrame(
        {
            "Kommun": places["place"],
            "Antal svar": places["people"].map(number),
            "Skillnad": places["gap"].map(points),
            "Vad slumpen tillåter": [
                span(points(low), points(high))
                for low, high in zip(places["low"], places["high"], strict=True)
            ],
        }
    )
    title = (
        f"{number(outside)} av {number(len(places))} kommuner ligger utanför gränserna "
        f"{compared.year}, och av ren slump väntas {number(0.05 * len(places), 1)}"
    )
    told = "; ".join(f"{row[0]}, {row[1]} svar: {row[2]}" for row in said.itertuples(index=False))
    draw = partial(drawings.funnel, places, limits)
    return aside(_figure("tratt", title, draw, told, (said, places)))


def pooled(compared: Compared) -> Shown:
    """Show each municipality's gap, and the same drawn towards those of similar ones."""
    rows = comparison.pooled(compared)
    if rows.empty:
        return _too_little("Sammanvägda skillnader")
    said = pd.DataFrame(
        {
            "Kommun": rows["place"],
            "Antal svar": rows["people"].map(number),
            "Skillnad som den är": rows["gap"].map(points),
            "Sammanvägd med de andra": rows["drawn"].map(points),
            _INTERVAL: [
                span(points(low), points(high))
                for low, high in zip(rows["low"], rows["high"], strict=True)
            ],
        }
    )
    title = f"Skillnaden i nöjdhet {compared.year}, som den är och sammanvägd med de andras"
    told = "; ".join(
        f"{row[0]}: {row[2]}, sammanvägd {row[3]}" for row in said.itertuples(index=False)
    )
    drawing = partial(drawings.pooled, rows)
    return aside(_figure("sammanvagd", title, drawing, told, (said, rows)))


def ranking(compared: Compared) -> Shown:
    """Rank the municipalities whose gap is established, and name those that cannot be ranked."""
    rows = compared.of(WHOLE)
    rows = rows[rows["kind"].isin(("own", "similar"))]
    sure = rows[rows["established"].fillna(False)].sort_values("gap", key=abs, ascending=False)
    rest = rows.drop(index=sure.index)
    ranks = [*map(str, range(1, len(sure) + 1)), *[NONE] * len(rest)]
    kept = pd.concat([sure, rest])
    said = _said_rows(compared, kept, kept["place"].tolist(), "Kommun").drop(columns="Bedömning")
    said.insert(1, "Plats", ranks)
    title = (
        f"{number(len(sure))} av {number(len(rows))} kommuner har en säkerställd skillnad "
        f"{compared.year}"
    )
    return _public(with_table(title, said, "rangordning", {"ranking": kept}, data=_as_data(kept)))


def others(compared: Compared) -> Shown:
    """Show the other figures by sex that were fetched: levels and gaps, without intervals."""
    kpis = [kpi for kpi in compared.figures["kpi"].unique() if kpi not in ITEMS]
    rows = pd.concat([compared.of(WHOLE).head(0), *(_places(compared, kpi) for kpi in kpis)])
    said = _said_rows(compared, rows, rows["place"].tolist(), "Plats")
    said = said[["Plats", *_LEVELS]]
    title = f"Andra öppna mått efter kön {compared.year}"
    groups = [_label(compared, kpi) for kpi in rows["kpi"]]
    published = {"others": rows}
    return _public(
        with_table(title, said, "andra-matt", published, data=_as_data(rows), groups=groups)
    )


def survey_beside(compared: Compared, published: Published) -> Shown:
    """Show the municipality's own survey beside the open figures of it."""
    rows = comparison.survey_beside(compared, published)
    rows = rows[rows["kpi"] == WHOLE]
    said = pd.DataFrame(
        {
            "År och kön": [
                f"{year}, {SEXES[sex].lower()}"
                for year, sex in zip(rows["year"], rows["sex"], strict=True)
            ],
            "Öppna data": rows["open"].map(points_of_hundred),
            "Egna svar, med brus": rows["own"].map(points_of_hundred),
            _INTERVAL: [
                span(points_of_hundred(low), points_of_hundred(high))
                for low, high in zip(rows["low"], rows["high"], strict=True)
            ],
            "Antal svar": [number(None if pd.isna(n) else n) for n in rows["n"]],
        }
    )
    title = f"Egna svar i {compared.own} bredvid öppna data om samma fråga"
    return with_table(title, said, "egna-svar", {"beside": rows, "published": published})


def per_inhabitants(compared: Compared, counted: dict[str, comparison.Counted]) -> Shown:
    """Show how many are counted in each question per 10 000 women and men who live here."""
    title = f"Hur många det är per 10{NBSP}000 invånare, efter kön"
    rows = comparison.per_inhabitants(compared, counted)
    if not rows:
        return _too_little(title, _NO_INHABITANTS)
    said = pd.DataFrame(
        {
            "Vilka": [row.label for row in rows],
            f"Per 10{NBSP}000 kvinnor": [number(row.women.value, 1) for row in rows],
            f"Per 10{NBSP}000 män": [number(row.men.value, 1) for row in rows],
            "Kvot, kvinnor genom män": [number(row.ratio.value, 2) for row in rows],
            _INTERVAL: [span(number(row.ratio.low, 2), number(row.ratio.high, 2)) for row in rows],
        }
    )
    return with_table(title, said, "per-invanare", {"per_inhabitants": rows})


def _figure(
    name: str, title: str, draw: Draw, told: str, tables: tuple[pd.DataFrame, pd.DataFrame]
) -> Shown:
    """Show a figure with its table in words, and the numbers to take away."""
    said, rows = tables
    shown = with_figure(
        title,
        draw=draw,
        alt=f"{title}. {told}.",
        said=said,
        name=name,
        published={name: rows},
        data=_as_data(rows),
    )
    return _public(shown)


def _too_little(title: str, why: str = _TOO_LITTLE) -> Shown:
    """Say why there is nothing to show."""
    return _public(Shown(title, f'<p class="lv-title">{title}</p>\n<p>{why}</p>'))


def _as_data(rows: pd.DataFrame) -> pd.DataFrame:
    """Leave numbers to compute on: none where there is none, and in words of its own why."""
    plain = rows.round(4).astype(object)
    return plain.where(plain.notna(), "")


def _public(shown: Shown) -> Shown:
    """Say that it rests on open data alone, whatever cases the session has read."""
    return replace(shown, source="published")
