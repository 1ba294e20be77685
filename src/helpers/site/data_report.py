"""What a delivery holds and what it answers, in Swedish: for the terminal, and as a page."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

import pandas as pd

from helpers.data.contracts import TABLES
from helpers.data.problems import counted_rows
from helpers.data.quality import EVERYONE, Quality
from helpers.disclosure.rules import load_rules
from helpers.paths import SHIPPED
from helpers.show.words import percent
from helpers.site import left_out, plain_page
from helpers.site.project import Project

_SEXES = {"K": "kvinnor", "M": "män", "X": "annat eller okänt kön", EVERYONE: "alla"}
_OF = {
    "K": "kvinnornas rader", "M": "männens", "X": "raderna med annat eller okänt kön",
    EVERYONE: "raderna",
}  # fmt: skip
_COMPARED = ("K", "M")
_TITLE = "Granskning av uttaget"
_SECRET = (
    "Antalen är sanna, utan brus. Rapporten är hemlig: den hör hemma i den skyddade mappen och får "
    "inte publiceras."
)
_BROKEN = "Tabellen kan inte användas förrän det här är rättat:"
_ANSWERED = "kan besvaras"
_FEW = "kvinnorna eller männen är så få att det mesta inte visas"


def told(examined: Sequence[Quality]) -> Iterator[str]:
    """Tell what the usable tables hold, and which questions can be answered."""
    for quality in examined:
        if quality.is_usable:
            yield f"{quality.table}: {counted_rows(sum(quality.rows.values()))}, allt stämmer."
            yield from (f"  {line}" for line in _described(quality))
            yield from (f"  {line}" for line in _missing_lines(quality.missing))
            yield from (f"  Kontrollera: {finding}" for finding in quality.findings)
    yield "Frågorna:"
    yield from (f"  {question} {answer}" for question, answer in _answers(examined).items())


def page(examined: Sequence[Quality]) -> str:
    """Write the report as a page by itself: what can be answered, then table by table."""
    answers = (
        f"<strong>{escape(question)}</strong> {escape(answer)}"
        for question, answer in _answers(examined).items()
    )
    parts = [f"<p>{_SECRET}</p>", "<h2>Frågorna</h2>", _items(answers), *map(_section, examined)]
    return plain_page.written(_TITLE, "\n".join(parts))


def _described(quality: Quality) -> Iterator[str]:
    for sex, n in quality.rows.items():
        if sex != EVERYONE:
            yield f"{_SEXES[sex]} {n}"
    if quality.period:
        first, last = quality.period
        yield f"{first} till {last}"
    if quality.left_out:
        yield f"{counted_rows(quality.left_out)} utelämnade vid importen"


def _missing_lines(missing: pd.DataFrame) -> Iterator[str]:
    for name, shares in missing.iterrows():
        by_sex = (f"{percent(share)} av {_OF[str(sex)]}" for sex, share in shares.items())
        yield f"{name} saknas: {', '.join(by_sex)}"


def _answers(examined: Sequence[Quality]) -> Mapping[str, str]:
    """Say of each question whether it can be answered, and if not what it lacks."""
    by_table = {quality.table: quality for quality in examined}
    needed = left_out.lacking(Project(SHIPPED), (left_out.PEERS,))
    return {
        question: _answer([(table, by_table.get(table)) for table in tables])
        for question, tables in needed.items()
        if tables
    }


def _answer(needed: Sequence[tuple[str, Quality | None]]) -> str:
    absent = [table for table, quality in needed if quality is None]
    there = [quality for _, quality in needed if quality]
    broken = [quality.table for quality in there if not quality.is_usable]
    if absent:
        return f"kan inte besvaras: {', '.join(absent)} saknas."
    if broken:
        return f"kan inte besvaras förrän felen är rättade i {', '.join(broken)}."
    return f"{_ANSWERED}, men {_FEW}." if any(map(_is_small, there)) else f"{_ANSWERED}."


def _is_small(quality: Quality) -> bool:
    """Whether fewer women or men are counted than is shown."""
    if EVERYONE in quality.rows:
        return False
    return min(quality.rows.get(sex, 0) for sex in _COMPARED) < load_rules().smallest_group


def _section(quality: Quality) -> str:
    wrong = [str(finding) for finding in quality.findings if not finding.notice]
    notices = [f"Kontrollera: {finding}" for finding in quality.findings if finding.notice]
    return "\n".join([
        f"<h2>{escape(TABLES[quality.table].title)} (<code>{quality.table}</code>)</h2>",
        f"<p>{counted_rows(sum(quality.rows.values()))}.</p>" if quality.rows else "",
        _items(map(escape, _described(quality))),
        f"<p>{_BROKEN if wrong else 'Alla regler hålls.'}</p>",
        _items(map(escape, wrong)),
        _items(map(escape, notices)),
        _missing_table(quality) if len(quality.missing) else "",
    ])  # fmt: skip


def _items(items: Iterable[str]) -> str:
    listed = "\n".join(f"<li>{item}</li>" for item in items)
    return f"<ul>\n{listed}\n</ul>" if listed else ""


def _missing_table(quality: Quality) -> str:
    """Write the shares missing as a table: a row a column, a column a sex."""
    heads = "".join(f'<th scope="col">{_SEXES[str(sex)]}</th>' for sex in quality.missing)
    columns = TABLES[quality.table].columns
    rows = "\n".join(
        f'<tr><th scope="row">{escape(columns[name].title)} ({name})</th>{_cells(shares)}</tr>'
        for name, shares in quality.missing.iterrows()
    )
    return (
        "<table>\n<caption>Andel rader där uppgiften saknas</caption>\n"
        f'<tr><th scope="col">Uppgift</th>{heads}</tr>\n{rows}\n</table>'
    )


def _cells(shares: Iterable[float]) -> str:
    return "".join(f"<td>{percent(share)}</td>" for share in shares)
