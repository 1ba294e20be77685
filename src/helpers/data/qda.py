"""Codes from programs for qualitative analysis: REFI-QDA's files, and Taguette's CSV.

What was said never comes in: of a text only that it has codes is read, and names of documents and
coders are replaced by numbers.
"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError, fromstring
from zipfile import BadZipFile, ZipFile

from helpers.data.problems import DataProblem, Finding

_PROJECT = "project.qde"
_TAGUETTE = ["id", "document", "tag", "content"]
KINDS = (".qdpx", ".qdc", ".csv")

Rows = list[dict[str, str]]


class Coded(NamedTuple):
    """The tables that a file gives: codes, notes and codings. A codebook gives codes alone."""

    codes: Rows
    notes: Rows
    codings: Rows


class _Coding(NamedTuple):
    document: str
    note: str
    code: str
    coder: str


def read(file: Path) -> Coded:
    """Read codes and codings, and nothing that was said.

    Parameters
    ----------
    file : Path
        ``.qdpx`` or ``.qdc`` as REFI-QDA has them, or ``.csv`` of highlights from Taguette.

    Raises
    ------
    DataProblem
        If the file is of another kind, or is not as its kind should be.

    References
    ----------
    REFI-QDA Standard 1.0 (2019): https://www.qdasoftware.org
    """
    readers = {".qdpx": _project, ".qdc": _codebook, ".csv": _taguette}
    if file.suffix.lower() not in readers:
        raise _problem(file, "okänt filformat", f"Välj en fil av slaget {', '.join(KINDS)}.")
    try:
        return readers[file.suffix.lower()](file)
    except (OSError, BadZipFile, ParseError, UnicodeDecodeError, KeyError):
        advice = "Exportera den igen: som REFI-QDA, eller markeringarna som CSV från Taguette."
        raise _problem(file, "filen går inte att läsa", advice) from None


def _problem(file: Path, wrong: str, advice: str) -> DataProblem:
    return DataProblem(Finding(file.suffix or "filen", wrong, advice))


def _project(file: Path) -> Coded:
    with ZipFile(file) as packed:
        root = fromstring(packed.read(_PROJECT))
    return _coded([*_codes(root, "")], [*_codings(root)])


def _codebook(file: Path) -> Coded:
    return _coded([*_codes(fromstring(file.read_bytes()), "")], [])


def _taguette(file: Path) -> Coded:
    rows = [*csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig")))]
    if rows and not set(_TAGUETTE[:3]) <= set(rows[0]):
        raise KeyError("columns")
    tags = dict.fromkeys(row["tag"] for row in rows)
    codes = [(tag, tag.split(".")[0], tag) for tag in tags]
    return _coded(codes, [_Coding(row["document"], row["id"], row["tag"], "") for row in rows])


def _codes(parent: Element, theme: str) -> Iterator[tuple[str, str, str]]:
    """Give each code with the theme it is under: the outermost code above it, or itself."""
    for child in parent:
        if _name(child) != "Code":
            yield from _codes(child, theme) if _name(child) in ("CodeBook", "Codes") else ()
            continue
        own = theme or child.attrib["name"]
        yield child.attrib["guid"], own, child.attrib["name"]
        yield from _codes(child, own)


def _codings(root: Element) -> Iterator[_Coding]:
    for source in root.iter():
        if _name(source).endswith("Source"):
            for selection in source.iter():
                yield from _of_selection(source.attrib["guid"], selection)


def _of_selection(document: str, selection: Element) -> Iterator[_Coding]:
    for coding in selection:
        if _name(coding) == "Coding":
            for reference in coding:
                coder, code = coding.attrib.get("creatingUser", ""), reference.attrib["targetGUID"]
                yield _Coding(document, f"{document} {_passage(selection)}", code, coder)


def _passage(selection: Element) -> str:
    """Tell passages apart by where they are: two coders' of the same one have ids of their own."""
    places = [selection.attrib.get(name) for name in ("startPosition", "endPosition")]
    return f"{places[0]}-{places[1]}" if all(places) else selection.attrib["guid"]


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _coded(codes: list[tuple[str, str, str]], codings: list[_Coding]) -> Coded:
    """Give codes, documents, notes and coders numbers, in the order they come."""
    code = _numbered((guid for guid, *_ in codes), "K")
    document = _numbered((one.document for one in codings), "N")
    note = _numbered((one.note for one in codings), "Z")
    coder = _numbered((one.coder for one in codings), "P")
    notes = {note[one.note]: document[one.document] for one in codings}
    made = dict.fromkeys((note[one.note], code[one.code], coder[one.coder]) for one in codings)
    return Coded(
        [{"code_id": code[guid], "theme": theme, "title": name} for guid, theme, name in codes],
        [{"note_id": own, "interview_id": whose, "area": ""} for own, whose in notes.items()],
        [{"note_id": own, "code_id": what, "coder": by} for own, what, by in made],
    )


def _numbered(values: Iterator[str], prefix: str) -> dict[str, str]:
    return {value: f"{prefix}{n:03d}" for n, value in enumerate(dict.fromkeys(values), start=1)}


def write(coded: Coded, folder: Path) -> list[Path]:
    """Write the tables as CSV, over none that are there.

    Raises
    ------
    DataProblem
        If one of the files is there already, or the folder cannot be written to.
    """
    files = {folder / f"{name}.csv": rows for name, rows in coded._asdict().items() if rows}
    if there := [file.name for file in files if file.exists()]:
        advice = "Välj en annan mapp."
        raise DataProblem(Finding(", ".join(there), "filen finns redan", advice))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, rows in files.items():
            _write(file, rows)
    except OSError:
        raise DataProblem(Finding("mappen", "går inte att skriva i", "Välj en annan.")) from None
    return [*files]


def _write(file: Path, rows: Rows) -> None:
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
