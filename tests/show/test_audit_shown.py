"""The audit's page says what was found; without consent it says neither numbers nor colours."""

import pypandoc
import pytest
from read_shown import downloaded, read
from typer.testing import CliRunner

from helpers import audit, read_tables, show
from helpers.cli import app
from helpers.data import read_actions
from helpers.data.audit_contracts import AUDIT_TABLES
from helpers.show.audit_form import TITLE, form
from helpers.show.words import NBSP
from helpers.site import document

VIEWS = ("in_short", "overview", "versions", "one_more", "strengths", "checks", "contradictions")


def given(**audits):
    tables = read_tables(*AUDIT_TABLES)
    tables["audits"] = tables["audits"].assign(**audits)
    return audit.examine(audit.protect(tables))


@pytest.fixture(scope="module")
def examined():
    return given()


def seen(shown):
    return shown.html.replace(NBSP, " ")


def test_the_answer_gives_both_versions_and_their_thresholds(examined):
    said = seen(show.audit.in_short(examined))
    assert "Översikten har 12 röda, 7 gula och 1 grön." in said
    assert "17 av 18 räknade frågor om rött är mer än 50–55 % ogynnsamma svar." in said
    assert "Diskussionen har 8 röda, 10 gula och 1 grön." in said
    assert "56–66 % ogynnsamma svar, utan frågan ”Vad skulle få dig att ta emot hjälp?”" in said
    assert "17 av 80 jämförelser i rapporten stämmer inte." in said
    assert "Revisorerna har redan publicerat siffrorna." in said


def test_each_question_has_its_counts_and_its_colour(examined):
    rows = {row["Fråga"]: row for row in downloaded(show.audit.overview(examined))}
    assert len(rows) == 27
    one = rows["Behöver du stöd för båda sakerna samtidigt?"]
    assert (one["Svar"], one["Ogynnsamma"], one["Färg"]) == ("9", "5", "röd")
    assert one["Samma färg vid alla gränser"] == "nej"
    assert 'aria-label="Frågornas färg' in show.audit.overview(examined).html


def test_suggestions_stand_beside_problems_and_actions(examined):
    table = read(show.audit.improvements(examined, read_actions())).set_index("Område")
    row = table.loc["Stöd och behandling"]
    assert "Saknar du något stöd?" in row["Problem"]
    assert "En skriftlig överblick" in row["Förslag"]
    assert "Åtgärd: beslutad" in row["Vad som görs"]
    assert "1 förslag visas inte" in show.audit.improvements(examined, read_actions()).html


def test_without_consent_no_page_has_a_number_of_people_or_a_colour():
    shown = given(publish=None)
    html = " ".join(seen(getattr(show.audit, view)(shown)) for view in VIEWS)
    assert "inga antal visas" in html
    assert "Färgerna visas inte" in html
    assert "personer är intervjuade" not in html
    rows = downloaded(show.audit.overview(shown))
    assert {row["Svar"] for row in rows} == {row["Färg"] for row in rows} == {"–"}
    assert {row["Mer än hälften ogynnsamma"] for row in rows} == {"ja", "nej", "–"}


def test_noisy_counts_under_five_are_written_as_such():
    rows = downloaded(show.audit.overview(given(publish=None, interviewed=40)))
    assert {f"<{NBSP}5"} < {row["Ogynnsamma"] for row in rows}


def test_change_waits_for_the_next_audit(examined):
    assert "ingen senare revision" in show.audit.change().html
    rows = downloaded(show.audit.change(audit.change(examined.audit, examined.audit)))
    assert {row["Skillnad (procentenheter)"] for row in rows} == {"0,0"}


def test_the_form_for_the_return_visit_has_each_area_and_room_to_write(tmp_path, examined):
    file, again = tmp_path / "en.docx", tmp_path / "en till.docx"
    done = CliRunner().invoke(app, ["follow-up", "--to", str(file)])
    assert done.exit_code == 0, done.output
    text = " ".join(pypandoc.convert_file(file, "plain").replace(NBSP, " ").split())
    assert "Återbesöket ska göras senast 15 december 2023." in text
    areas = show.audit.improved(examined, read_actions())["Område"]
    assert text.count("Vad har hänt?") == len(areas)
    assert all(area in text for area in areas)
    document.write(form(examined, read_actions()), TITLE, again)
    assert file.read_bytes() == again.read_bytes()


def test_the_form_is_a_document(tmp_path):
    done = CliRunner().invoke(app, ["follow-up", "--to", str(tmp_path / "form.pdf")])
    assert done.exit_code == 2
    assert "Filen ska heta något på .docx." in done.stderr
