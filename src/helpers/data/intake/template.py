"""Workbooks to fill in, one a table, and the mapping that reads them."""

import csv
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pandera.ibis as pa
import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from helpers.data.codes import spelled_out
from helpers.data.columns import EARLIEST
from helpers.data.contracts import CASE_TABLES
from helpers.data.dictionary import TYPES
from helpers.data.intake.mapping import quoted
from helpers.data.intake.persons import KEY, PERSON
from helpers.paths import SAMPLE
from helpers.problem import Problem

DATA = "Data"
"""The sheet that is filled in."""
_MAPPING = "mappning.yml"
_ROWS = 10_000
"""Rows that have drop-downs."""
_NO_DATE = datetime(2000, 1, 1)
_EXPLAINED = [
    ("Period", "Ta med allt som beslutats eller startat under minst två år, helst fyra, och allt "
     "som ännu pågår. Skriv dagen då uttaget gjordes i mappningen (extracted_on)."),
    ("Vilka som är med", "Alla vuxna som tabellen handlar om, även de som väntar, de som lämnat "
     "och de vars insats pågår. Att bara ta med avslutade ärenden gör väntetiderna för korta."),
    ("Beslut", "Dagen då nämnden eller handläggaren beviljade insatsen, inte dagen för ansökan och "
     "inte dagen då den verkställdes. Ett nytt beslut om samma sak är en ny rad."),
    ("Oplanerat avslut", "Placeringen slutade på annat sätt än planen sa: personen lämnade själv, "
     "vårdgivaren avbröt, eller den bröts av något annat. Flytt till annan placering enligt plan "
     "är planerat."),
    ("Har barn", "Personen har barn under 18 år vid beslutet, hemma eller växelvis. Är det inte "
     "känt, ta reda på det: kolumnen får inte vara tom."),
    ("Person", "Personnummer, samordningsnummer eller systemets eget id, samma i alla tabeller. "
     "Importen byter numret mot en pseudonym. Kön och födelseår kan lämnas tomma om numret finns."),
    ("Kön", "Juridiskt kön. Den som har annat eller okänt kön, eller skyddad identitet, räknas för "
     "sig."),
    ("Tomt", "En tom ruta betyder något: bladet Kolumner säger vad. Skriv inte 9999-12-31."),
]  # fmt: skip


def write(folder: Path) -> list[Path]:
    """Write a workbook for each table, and the mapping that reads them.

    Raises
    ------
    Problem
        If one of the files is there already. Nothing is written.
    """
    files = {table: folder / f"{table}.xlsx" for table in CASE_TABLES}
    mapping = folder / _MAPPING
    if there := [file.name for file in (*files.values(), mapping) if file.exists()]:
        raise Problem(f"I {folder} finns redan {', '.join(there)}. Välj en annan mapp.")
    folder.mkdir(parents=True, exist_ok=True)
    for table, file in files.items():
        _write_workbook(table, file)
    mapping.write_text("\n".join(_mapping()) + "\n", encoding="utf-8")
    return [*files.values(), mapping]


def _columns(table: str) -> dict[str, pa.Column]:
    return {name: column for name, column in CASE_TABLES[table].columns.items() if name != KEY}


def _mapping() -> Iterator[str]:
    yield "# Läser mallarna: likavard import *.xlsx --mapping mappning.yml --to SKYDDAD-MAPP"
    yield "# Står uppgifterna redan i en export behövs inga mallar: byt rubrikerna till vänster mot"
    yield "# exportens egna, eller börja med likavard import EXPORT --suggest."
    yield "# extracted_on: ÅÅÅÅ-MM-DD  # dagen då uttaget gjordes; utan den gäller dagens datum"
    yield "tables:"
    for table, contract in CASE_TABLES.items():
        yield f"  # {contract.description}."
        yield f"  {table}:"
        yield f'    files: "{table}*"'
        yield f"    sheet: {DATA}"
        yield "    columns:"
        for name, column in _columns(table).items():
            yield f"      {quoted(column.title)}: {name}  # {column.description}"


def _write_workbook(table: str, file: Path) -> None:
    with xlsxwriter.Workbook(file) as book:
        book.set_properties({"title": CASE_TABLES[table].title, "created": _NO_DATE})
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
        _write_data(book, table, bold)
        described = [("Rubrik", "Betyder", "Exempel", "Skrivs", "Får vara tom"), *_described(table)]
        _write_text(book.add_worksheet("Kolumner"), described, bold, wrapped)
        explained = [("Vad", "Så fyller du i"), *_EXPLAINED]
        _write_text(book.add_worksheet("Så fyller du i"), explained, bold, wrapped)


def _write_data(book: Workbook, table: str, bold: Any) -> None:  # noqa: ANN401 - a format
    data, lists = book.add_worksheet(DATA), book.add_worksheet("Listor")
    lists.hide()
    formats = {
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        "string": book.add_format({"num_format": "@"}),
    }
    for place, column in enumerate(_columns(table).values()):
        dtype = str(column.dtype)
        data.set_column(place, place, max(12, len(column.title) + 2), formats.get(dtype))
        data.write(0, place, column.title, bold)
        data.write_comment(0, place, column.description)
        if words := _words(column):
            lists.write_column(0, place, words)
            source = f"=Listor!{_column(place)}$1:{_column(place)}${len(words)}"
            data.data_validation(1, place, _ROWS, place, {"validate": "list", "source": source})
        elif dtype == "date":
            _only_days(data, place)
    data.freeze_panes(1, 0)


def _only_days(data: Worksheet, place: int) -> None:
    rule = {"validate": "date", "criteria": ">=", "value": EARLIEST}
    data.data_validation(1, place, _ROWS, place, rule)


def _words(column: pa.Column) -> list[str]:
    """Give what a drop-down offers: yes and no, or what codes mean."""
    if str(column.dtype) == "boolean":
        return ["ja", "nej"]
    return list((column.metadata or {}).get("codes", {}).values())


def _column(place: int) -> str:
    return str(xlsxwriter.utility.xl_col_to_name(place, col_abs=True))


def _described(table: str) -> Iterator[tuple[str, ...]]:
    examples = _examples(table)
    for name, column in _columns(table).items():
        codes = (column.metadata or {}).get("codes")
        written = spelled_out(codes) if codes else TYPES[str(column.dtype)]
        may_be_blank = "ja" if column.nullable else "nej"
        example = "19121212-1212" if name == PERSON.get(table) else examples.get(name, "")
        yield column.title, column.description, example, written, may_be_blank


def _examples(table: str) -> dict[str, str]:
    """Give of each column the first value of the invented sample."""
    with (SAMPLE / f"{table}.csv").open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    return {name: next((row[name] for row in rows if row[name]), "") for name in rows[0]}


def _write_text(sheet: Worksheet, rows: Any, bold: Any, wrapped: Any) -> None:  # noqa: ANN401
    for n, row in enumerate(rows):
        for m, text in enumerate(row):
            sheet.write_string(n, m, text, bold if n == 0 else wrapped)
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 70)
    sheet.set_column(2, 4, 24)
