"""Codes come in from programs for qualitative analysis, and what was said does not."""

from zipfile import ZipFile

import pandas as pd
import pytest
from typer.testing import CliRunner

from helpers.cli import app
from helpers.data import DataProblem, qda, read_tables

SAID = "hon heter Anna och sade detta"
PROJECT = f"""<?xml version="1.0" encoding="utf-8"?>
<Project name="p" xmlns="urn:QDA-XML:project:1.0">
  <Users><User guid="u1" name="Anna Ek"/><User guid="u2" name="Bo Ek"/></Users>
  <CodeBook><Codes>
    <Code guid="c1" name="Bemötande" isCodable="true">
      <Code guid="c2" name="blir sedd" isCodable="true"/>
    </Code>
    <Code guid="c3" name="Väntan" isCodable="true"/>
  </Codes></CodeBook>
  <Sources>
    <TextSource guid="s1" name="Anna Ek 1985.txt">
      <PlainTextContent>{SAID}</PlainTextContent>
      <PlainTextSelection guid="p1" name="{SAID}" startPosition="0" endPosition="9">
        <Coding guid="k1" creatingUser="u1"><CodeRef targetGUID="c2"/></Coding>
      </PlainTextSelection>
      <PlainTextSelection guid="p2" name="{SAID}" startPosition="0" endPosition="9">
        <Coding guid="k2" creatingUser="u2"><CodeRef targetGUID="c3"/></Coding>
      </PlainTextSelection>
    </TextSource>
    <TextSource guid="s2" name="Bo Ek.txt">
      <PlainTextSelection guid="p3" startPosition="4" endPosition="8">
        <Coding guid="k3" creatingUser="u1"><CodeRef targetGUID="c3"/></Coding>
      </PlainTextSelection>
    </TextSource>
  </Sources>
</Project>"""


@pytest.fixture
def project(tmp_path):
    file = tmp_path / "projekt.qdpx"
    with ZipFile(file, "w") as packed:
        packed.writestr("project.qde", PROJECT)
        packed.writestr("sources/s1.txt", SAID)
    return file


def test_a_project_gives_codes_notes_and_codings_by_number(project):
    coded = qda.read(project)
    assert coded.codes == [
        {"code_id": "K001", "theme": "Bemötande", "title": "Bemötande"},
        {"code_id": "K002", "theme": "Bemötande", "title": "blir sedd"},
        {"code_id": "K003", "theme": "Väntan", "title": "Väntan"},
    ]
    assert [row["interview_id"] for row in coded.notes] == ["N001", "N002"]
    assert [tuple(row.values()) for row in coded.codings] == [
        ("Z001", "K002", "P001"),
        ("Z001", "K003", "P002"),
        ("Z002", "K003", "P001"),
    ]


def test_a_codebook_gives_codes_alone(tmp_path):
    file = tmp_path / "koder.qdc"
    codebook = PROJECT[PROJECT.index("<CodeBook>") : PROJECT.index("<Sources>")]
    file.write_text(codebook.replace("<CodeBook>", '<CodeBook xmlns="urn:QDA-XML:codebook:1.0">'))
    coded = qda.read(file)
    assert [row["title"] for row in coded.codes] == ["Bemötande", "blir sedd", "Väntan"]
    assert coded.notes == coded.codings == []


def test_taguettes_highlights_give_a_note_each_with_its_tags(tmp_path):
    file = tmp_path / "export.csv"
    file.write_text(
        f"id,document,tag,content\n1,Anna Ek,mötet.sedd,{SAID}\n1,Anna Ek,väntan,{SAID}\n"
        f"2,Bo Ek,väntan,{SAID}\n",
        encoding="utf-8-sig",
    )
    coded = qda.read(file)
    assert [(row["theme"], row["title"]) for row in coded.codes] == [
        ("mötet", "mötet.sedd"),
        ("väntan", "väntan"),
    ]
    assert len(coded.notes) == 2
    assert len(coded.codings) == 3


def test_nothing_that_was_said_and_no_name_is_written(project, tmp_path):
    to = tmp_path / "tabeller"
    done = CliRunner().invoke(app, ["import-codes", str(project), "--to", str(to)])
    assert done.exit_code == 0, done.output
    written = "".join(file.read_text(encoding="utf-8") for file in to.iterdir())
    for word in ("sade", "Anna", "Bo Ek", "1985"):
        assert word not in written + done.output
    assert set(read_tables("codes", source=to)["codes"]["code_id"]) == {"K001", "K002", "K003"}
    again = CliRunner().invoke(app, ["import-codes", str(project), "--to", str(to)])
    assert again.exit_code == 2
    assert "filen finns redan" in again.stderr


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.qdpx", "inte en zip", "går inte att läsa"),
        ("a.qdc", "<CodeBook>", "går inte att läsa"),
        ("a.csv", "namn;text\n1;2\n", "går inte att läsa"),
        ("a.docx", "", "okänt filformat"),
        ("saknas.qdc", None, "går inte att läsa"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(tmp_path, name, content, told):
    if content is not None:
        (tmp_path / name).write_text(content)
    with pytest.raises(DataProblem, match=told):
        qda.read(tmp_path / name)


def test_numbers_of_one_file_are_the_same_each_time(project):
    pd.testing.assert_frame_equal(
        pd.DataFrame(qda.read(project).codings), pd.DataFrame(qda.read(project).codings)
    )
