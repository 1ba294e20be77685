"""A generator of messy exports whose clean truth is known."""

import csv
import io
import zipfile
from dataclasses import dataclass, field
from datetime import date
from html import escape
from pathlib import Path
from random import Random

import pandas as pd
import xlsxwriter
import xlwt
import yaml
from personnummer import personnummer

from helpers.data.sample import town

EXTRACTED_ON = date(2027, 1, 1)
MONTHS = ["jan", "feb", "mars", "april", "maj", "juni", "juli", "aug", "sept", "okt", "nov", "dec"]
HEADINGS = {
    "queue": {
        "case_id": "Ärendenr",
        "person_id": "Person\u00adnummer",
        "sex": "Kön",
        "has_children": "Barn under\u00a018",
        "decided_on": "Beslutsdatum",
        "access_on": "Tillträde",
        "left_on": "Lämnade kön",
        "left_reason": "Orsak",
    },
    "placements": {
        "placement_id": "Placering",
        "person_id": "Pnr",
        "sex": "Kön",
        "birth_year": "Född år",
        "care_form": "Vårdform",
        "started_on": "Fr.o.m.",
        "planned_end_on": "Planerat t.o.m.",
        "ended_on": "T.o.m.",
        "ending": "Avslut",
    },
    "extensions": {
        "application_id": "Ansökan",
        "placement_id": "Placering",
        "applied_on": "Inkom",
        "decided_on": "Beslut",
        "outcome": "Utfall",
        "days_granted": "Dagar",
    },
}
CODES = {
    "outcome": {"granted": "Bifall", "denied": "Avslag", "withdrawn": "Återtagen"},
    "ending": {"planned": "Enligt plan", "unplanned": "Avbrott"},
}


@dataclass(frozen=True)
class Style:
    """How messy an export is."""

    seed: int = 0
    kind: str = "csv"
    encoding: str = "cp1252"
    delimiter: str = ";"
    line_end: str = "\r\n"
    titles: int = 2
    has_sum: bool = True
    has_sex: bool = True
    dates: tuple[str, ...] = ("iso", "compact", "dotted", "slashed", "named", "timed")


@dataclass
class Export:
    """The clean truth, and the files it was made a mess of."""

    truth: dict[str, pd.DataFrame]
    numbers: set[str]
    files: list[Path] = field(default_factory=list)
    mapping: Path = Path()


def identity_number(n: int, sex: str, birth_year: int) -> str:
    """Make the twelve digits of a person who is not; every seventh has a co-ordination number."""
    day = 1 + n % 28 + (60 if n % 7 == 0 else 0)
    first = f"{birth_year}{1 + n % 12:02}{day:02}{1 + n // 10 % 99:02}{2 * (n % 5) + (sex == 'M')}"
    return next(f"{first}{digit}" for digit in range(10) if personnummer.valid(f"{first}{digit}"))


def truth(seed: int, people: int = 12) -> dict[str, pd.DataFrame]:
    """Invent a town whose people have identity numbers."""
    invented = town(people, people, seed)
    tables = {name: invented[name][[*HEADINGS[name]]].astype(object) for name in HEADINGS}
    for name in ("queue", "placements"):
        rows = tables[name]
        order = {person: n for n, person in enumerate(dict.fromkeys(rows["person_id"]))}
        years = rows.get("birth_year", pd.Series(1980, rows.index))
        rows["person_id"] = [
            identity_number(order[person], sex, year)
            for person, sex, year in zip(rows["person_id"], rows["sex"], years, strict=True)
        ]
    return tables


def export(folder: Path, style: Style, people: int = 12) -> Export:
    """Write a town as messy exports, and the mapping that tells what is what."""
    made = Export(truth(style.seed, people), set())
    random = Random(style.seed)
    plan = {"extracted_on": str(EXTRACTED_ON), "tables": {}}
    for table, rows in made.truth.items():
        headings = {
            column: heading
            for column, heading in HEADINGS[table].items()
            if style.has_sex or column not in ("sex", "birth_year")
        }
        cells = [
            [_cell(column, row[column], style, random) for column in headings]
            for row in rows.to_dict("records")
        ]
        made.files.append(_write(folder, table, [*headings.values()], cells, style, random))
        values = {
            column: {said: code for code, said in CODES[column].items()}
            for column in headings
            if column in CODES
        }
        columns = {heading: column for column, heading in headings.items()}
        plan["tables"][table] = {"files": f"{table}-*", "columns": columns, "values": values}
        if "person_id" in rows:
            made.numbers |= set(rows["person_id"])
    made.mapping = folder / "mapping.yml"
    made.mapping.write_text(yaml.safe_dump(plan, allow_unicode=True), encoding="utf-8")
    return made


def written(number: str) -> set[str]:
    """All the ways an identity number may be written."""
    return {
        f"{century}{number[2:8]}{sign}{number[8:]}"
        for century in ("", number[:2])
        for sign in ("", "-", "+", " ")
    }


def _cell(column: str, value: object, style: Style, random: Random) -> object:
    if column == "person_id":
        return random.choice(sorted(written(str(value)) - _older(str(value))))
    if column in CODES and isinstance(value, str):
        return random.choice(["", " ", "\u00a0"]) + CODES[column][value]
    if pd.isna(value):
        ended = column in ("access_on", "left_on", "ended_on")
        return random.choice(["", "-", "NULL", *(["9999-12-31", "31.12.9999"] if ended else [])])
    if isinstance(value, pd.Timestamp):
        return _day(value.date(), random.choice(style.dates))
    if column == "has_children":
        return random.choice(["Ja", "j", "X", "1"] if value else ["Nej", "n", "0"])
    if column == "sex":
        return random.choice(["K", "kv", "Kvinna", 2] if value == "K" else ["M", "Man", "1"])
    return random.choice([value, str(value), f" {value}\u00a0"])


def _older(number: str) -> set[str]:
    """Ways that are of somebody a hundred years older, or do not say the century."""
    return {
        way
        for way in written(number)
        if "+" in way or (int(number[:4]) < 1927 and way[:2] != number[:2])
    }


def _day(day: date, style: str) -> object:
    return {
        "iso": lambda: str(day),
        "compact": lambda: f"{day:%Y%m%d}",
        "dotted": lambda: f"{day.day}.{day.month}.{day.year}",
        "slashed": lambda: f"{day.day}/{day.month}-{day:%y}",
        "named": lambda: f"{day.day} {MONTHS[day.month - 1]} {day.year}",
        "timed": lambda: f"{day} 00:00:00",
        "typed": lambda: day,
        "serial": lambda: (day - date(1899, 12, 30)).days,
    }[style]()


def _write(folder, table, headings, cells, style, random) -> Path:
    titles = [[f"Rapport {n}"] for n in range(style.titles)]
    blank = [""] * len(headings)
    body = list(cells)
    body.insert(random.randrange(len(body) + 1), blank)
    total = [["Summa", len(cells), *blank[2:]]] if style.has_sum else []
    rows = [
        *titles,
        [] if style.titles else headings,
        *([headings] if style.titles else []),
        *body,
        *total,
    ]
    file = folder / f"{table}-export.{style.kind}"
    _WRITERS[style.kind](file, rows, style)
    return file


def _write_text(file, rows, style) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=style.delimiter, lineterminator=style.line_end)
    writer.writerows(rows)
    file.write_bytes(text.getvalue().encode(style.encoding, "ignore"))


def _write_xlsx(file, rows, _style) -> None:
    with xlsxwriter.Workbook(file, {"default_date_format": "yyyy-mm-dd"}) as book:
        book.add_worksheet("Om rapporten").write(0, 0, "Skapad för hand")
        sheet = book.add_worksheet("Data")
        for n, row in enumerate(rows):
            for m, cell in enumerate(row):
                sheet.write(n, m, cell)


def _write_xls(file, rows, _style) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Data")
    dated = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for n, row in enumerate(rows):
        for m, cell in enumerate(row):
            sheet.write(n, m, cell, dated if isinstance(cell, date) else xlwt.Style.default_style)
    book.save(str(file))


def _write_ods(file, rows, _style) -> None:
    made = "".join(
        f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows
    )
    ods(file, f'<table:table table:name="Data">{made}</table:table>')


def ods(file: Path, tables: str) -> None:
    """Write an OpenDocument spreadsheet."""
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", "<manifest/>")
        packed.writestr(
            "content.xml",
            f"<office:document-content {names}><office:body><office:spreadsheet>{tables}"
            "</office:spreadsheet></office:body></office:document-content>",
        )


def _ods_cell(cell: object) -> str:
    if isinstance(cell, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{cell}"/>'
    if isinstance(cell, int):
        return f'<table:table-cell office:value-type="float" office:value="{cell}"/>'
    return (
        f'<table:table-cell office:value-type="string"><text:p>{escape(str(cell))}</text:p>'
        "</table:table-cell>"
    )


_WRITERS = {
    "csv": _write_text,
    "txt": _write_text,
    "xlsx": _write_xlsx,
    "xls": _write_xls,
    "ods": _write_ods,
}
