"""What cannot be read is refused by name, and never takes more memory than the machine has."""

import re
import zipfile
from io import BytesIO
from random import Random

import messy
import pytest
import xlsxwriter
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.data import DataProblem
from helpers.data.intake.exports import sheets_of

SECRET = "19850312-2387"


def rows_of(file):
    return [(sheet.label, [*sheet.rows]) for sheet in sheets_of(file)]


def refused(file):
    with pytest.raises(DataProblem) as raised:
        rows_of(file)
    told = str(raised.value)
    assert file.name in told
    assert SECRET not in told
    return told


def workbook(change=lambda book, sheet: None):
    held = BytesIO()
    with xlsxwriter.Workbook(held) as book:
        sheet = book.add_worksheet("Data")
        for n in range(20):
            sheet.write_row(n, 0, [SECRET, n, "text"])
        change(book, sheet)
    return held.getvalue()


def repacked(content, change):
    """Change the parts of a packed file: a function of name and bytes."""
    held = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(held, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return held.getvalue()


def in_sheet(old, new):
    def change(name, part):
        return re.sub(old, new, part, count=1) if "worksheets/" in name else part

    return repacked(workbook(), change)


def with_part(name, content):
    held = BytesIO(workbook())
    with zipfile.ZipFile(held, "a", 8) as packed:
        packed.writestr(name, content)
    return held.getvalue()


REFUSED = [
    ("a.xlsx", lambda: b"", "filen är skadad eller låst med lösenord"),
    ("a.xlsx", lambda: b"PK\x03\x04 not a zip", "filen är skadad eller låst med lösenord"),
    ("a.xlsx", lambda: workbook()[:-300], "filen är skadad eller låst med lösenord"),
    (
        "a.xlsx",
        lambda: workbook(lambda book, sheet: sheet.write_formula(3, 3, "=A1&B1")),
        "arbetsboken har formler. Markera allt, kopiera, klistra in som värden",
    ),
    ("a.xlsx", lambda: with_part("xl/vbaProject.bin", b"x"), "filen har makron"),
    (
        "a.xlsx",
        lambda: with_part("xl/media/bomb.bin", bytes(50 << 20)),
        "filen packas upp till orimligt mycket",
    ),
    (
        "a.xlsx",
        lambda: in_sheet(rb'r="A20"', rb'r="XFD1048576"'),
        "ett blad har 16384 kolumner",
    ),
    ("a.xls", lambda: b"\xd0\xcf\x11\xe0" + bytes(600), "filen är skadad"),
    ("a.csv", lambda: b"a;b\n\x00\x01\x02;\xff\n", "filen är inte text"),
    ("a.csv", lambda: b'a;b\n1;2\n3;"19850312-2387\n', "rad 3 går inte att läsa"),
    ("a.csv", lambda: b'a;b\n1;"2" 3;4\n', "rad 2 går inte att läsa"),
    ("a.csv", lambda: b"a;" + b"x" * 200_000, "rad 1 går inte att läsa"),
    ("a.docx", lambda: b"x", "okänt filformat. Exportera som en av .xlsx"),
]


@pytest.mark.parametrize(("name", "made", "told"), REFUSED)
def test_each_file_that_cannot_be_read_has_its_own_message(tmp_path, name, made, told):
    file = tmp_path / name
    file.write_bytes(made())
    assert told in refused(file)


def test_a_file_that_is_not_there(tmp_path):
    assert "a.csv: filen finns inte. Rätta sökvägen" in refused(tmp_path / "a.csv")


CELL = '<table:table-cell office:value-type="string"{}><text:p>1</text:p></table:table-cell>'
ODS = [
    (CELL.format(' table:formula="of:=[.A1]"'), "arbetsboken har formler"),
    (CELL.format(' table:number-columns-repeated="1000000"'), "tusentals likadana celler"),
    (CELL.format(' table:number-columns-spanned="3"'), "sammanfogade celler"),
]


@pytest.mark.parametrize(("cell", "told"), ODS)
def test_an_ods_that_is_more_than_it_seems(tmp_path, cell, told):
    row = f"<table:table-row>{cell}</table:table-row>"
    messy.ods(tmp_path / "a.ods", f'<table:table table:name="D">{row}</table:table>')
    assert told in refused(tmp_path / "a.ods")


def test_the_filling_of_an_ods_sheet_is_no_data(tmp_path):
    """LibreOffice writes blank cells to the last row and column of a sheet."""
    blank = '<table:table-cell table:number-columns-repeated="16382"/></table:table-row>'
    rows = f"<table:table-row>{CELL.format('')}{blank}"
    rows += f'<table:table-row table:number-rows-repeated="1048575">{blank}'
    messy.ods(tmp_path / "a.ods", f'<table:table table:name="D">{rows}</table:table>')
    ((_, read),) = rows_of(tmp_path / "a.ods")
    assert read == [["1"]]


def test_a_locked_workbook(tmp_path):
    """Excel packs a locked workbook as an OLE file with a part of that name."""
    name = "EncryptedPackage".encode("utf-16-le")
    (tmp_path / "a.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + name)
    assert "filen är skadad eller låst med lösenord" in refused(tmp_path / "a.xlsx")


def test_an_error_of_a_spreadsheet_is_not_read_as_nothing(tmp_path):
    error = rb'<c r="C20" t="e"><v>#DIV/0!</v></c>'
    (tmp_path / "a.xlsx").write_bytes(in_sheet(rb'<c r="C20".*?</c>', error))
    assert "celler med fel, som #DIV/0!" in refused(tmp_path / "a.xlsx")
    book = xlwt.Workbook()
    book.add_sheet("Data").row(0).set_cell_error(0, "#DIV/0!")
    book.save(str(tmp_path / "a.xls"))
    assert "celler med fel, som #DIV/0!" in refused(tmp_path / "a.xls")


def old_workbook():
    held, book = BytesIO(), xlwt.Workbook()
    sheet = book.add_sheet("Data")
    for n in range(20):
        for m, cell in enumerate([SECRET, n, 1.5, "text"]):
            sheet.write(n, m, cell)
    book.save(held)
    return held.getvalue()


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole")
    messy.ods(folder / "a.ods", f'<table:table table:name="D"><table:table-row>{CELL.format("")}'
              "</table:table-row></table:table>")  # fmt: skip
    return {
        "xlsx": workbook(),
        "xls": old_workbook(),
        "ods": (folder / "a.ods").read_bytes(),
        "csv": f'a;b\n"{SECRET}";å\n'.encode("cp1252"),
    }


@given(
    kind=st.sampled_from(["xlsx", "ods", "csv"]),
    seed=st.integers(0, 10_000),
    is_cut=st.booleans(),
    changes=st.integers(0, 8),
)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_damaged_file_is_read_or_refused(tmp_path_factory, whole, kind, seed, is_cut, changes):
    random = Random(seed)
    content = _damaged(whole[kind], random, changes)
    file = tmp_path_factory.getbasetemp() / f"damaged.{kind}"
    file.write_bytes(content[: random.randrange(len(content))] if is_cut else content)
    _read_or_refused(file)


@given(kind=st.sampled_from(["xlsx", "ods"]), seed=st.integers(0, 10_000))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_damage_inside_a_sound_package_is_read_or_refused(tmp_path_factory, whole, kind, seed):
    random = Random(seed)
    file = tmp_path_factory.getbasetemp() / f"inside.{kind}"
    file.write_bytes(repacked(whole[kind], lambda _, part: _damaged(part, random, 1)))
    _read_or_refused(file)


def test_an_old_workbook_that_would_end_the_reader_is_refused(tmp_path, whole):
    """Some lead calamine to ask for hundreds of gigabytes, at which the process ends."""
    for seed in (292, 1, 2):
        random = Random(seed)
        file = tmp_path / "a.xls"
        file.write_bytes(_damaged(whole["xls"], random, random.randrange(1, 8)))
        _read_or_refused(file)
    assert [row[1] for _, rows in rows_of(_written(tmp_path, whole["xls"])) for row in rows][
        :2
    ] == [0, 1]


def test_a_tag_that_is_not_closed_does_not_keep_the_reader_for_ever(tmp_path, whole):
    content = repacked(whole["ods"], lambda _, part: part.replace(b"</table:table>", b"</table:t>"))
    (tmp_path / "a.ods").write_bytes(content)
    assert "filen är skadad" in refused(tmp_path / "a.ods")


def _written(folder, content):
    (folder / "sound.xls").write_bytes(content)
    return folder / "sound.xls"


def _damaged(content, random, changes):
    changed = bytearray(content)
    for _ in range(changes):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def _read_or_refused(file):
    try:
        rows_of(file)
    except DataProblem as problem:
        assert SECRET not in str(problem)
