"""A site of the tables there are: the rest is left out, and it is said what it would need."""

import json
import re
import shutil
from itertools import combinations
from pathlib import Path

import pytest

from helpers.data.contracts import CASE_TABLES, DELIVERED
from helpers.paths import ROOT, SAMPLE
from helpers.settings import SettingsProblem
from helpers.site import left_out
from helpers.site.project import Project
from helpers.site.source import cells

EVERY = [*DELIVERED, left_out.PEERS]
PAIRS = [*combinations(CASE_TABLES, 1), *combinations(CASE_TABLES, 2)]


@pytest.fixture
def staged(tmp_path: Path) -> Project:
    shutil.copyfile(ROOT / "_quarto.yml", tmp_path / "_quarto.yml")
    shutil.copyfile(ROOT / "index.qmd", tmp_path / "index.qmd")
    for folder in ("notebooks", "reports"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return Project(tmp_path)


def text_of(project: Project) -> dict[Path, str]:
    return {
        page: "\n".join(cell.text for cell in cells(project.root / page))
        for page in project.pages()
    }


def menu(project: Project) -> list[str]:
    return [item["href"] for item in project.config["website"]["navbar"]["left"]]


def test_all_tables_leave_nothing_out(staged: Project) -> None:
    before = text_of(staged), menu(staged)
    project, missing = left_out.leave_out(staged, EVERY)
    assert (text_of(project), menu(project), missing) == (*before, [])
    assert left_out.said(missing) == ""


def test_a_question_without_its_table_is_on_no_page_and_in_no_menu(staged: Project) -> None:
    project, missing = left_out.leave_out(staged, ["queue", left_out.PEERS])
    pages = {page.stem for page in project.notebooks()}
    assert {"queue-times", "published-figures", "comparison"} <= pages
    assert not {"extensions", "user-satisfaction", "unplanned-terminations"} & pages
    assert "notebooks/queue-times.ipynb" in menu(project)
    assert "notebooks/extensions.ipynb" not in menu(project)
    said = left_out.said(missing)
    assert "förlängd placering" in said
    assert "Ansökningar om förlängning (`extensions`) och Placeringar (`placements`)" in said
    assert "Väntar kvinnor" not in said


def test_a_section_without_its_table_says_what_it_needs(staged: Project) -> None:
    project, _ = left_out.leave_out(staged, ["queue", left_out.PEERS])
    text = text_of(project)[Path("notebooks/comparison.ipynb")]
    own = text.split("{#sec-own}")[1].split("\n## ")[0]
    assert own.strip() == (
        "Saknas. Avsnittet bygger på tabellen Brukarundersökningen (`survey`), som inte är med."
    )
    assert "tbl-own" not in text
    assert "på sidan om nöjdhet räknas" in text.lower()


@pytest.mark.parametrize("tables", PAIRS, ids="-".join)
def test_nothing_points_to_what_is_left_out(staged: Project, tables: tuple[str, ...]) -> None:
    labels = {page: set(_labels(text)) for page, text in text_of(staged).items()}
    project, missing = left_out.leave_out(staged, tables)
    texts = text_of(project)
    gone = {page.name for page in labels} - {page.name for page in texts}
    assert len(missing) == len(gone)
    for page, text in texts.items():
        lost = labels[page] - set(_labels(text))
        assert not lost & set(re.findall(r"@((?:fig|tbl|sec)-[\w-]+)", text)), page
        assert not gone & set(re.findall(r"([\w-]+\.ipynb)", text)), page


def _labels(text: str) -> list[str]:
    return re.findall(r"(?:label: |#)((?:fig|tbl|sec)-[\w-]+)", text)


def test_a_page_may_read_its_tables_however_it_writes_them(staged: Project) -> None:
    page = staged.root / "notebooks" / "queue-times.ipynb"
    written = page.read_text(encoding="utf-8").replace(
        'read_cases(\\"queue\\")', "read_cases(  'survey' )"
    )
    page.write_text(written, encoding="utf-8")
    assert json.loads(written)
    project, _ = left_out.leave_out(staged, ["survey"])
    assert Path("notebooks/queue-times.ipynb") in project.notebooks()


def test_a_page_that_is_not_there_cannot_be_left_out(staged: Project) -> None:
    with pytest.raises(SettingsProblem, match=r"Menar du queue-times\?"):
        left_out.leave_out(staged, EVERY, ["queue_times"])


def test_a_question_the_municipality_does_not_want_is_left_out_and_it_is_said(
    staged: Project,
) -> None:
    project, missing = left_out.leave_out(staged, EVERY, ["user-satisfaction"])
    assert "notebooks/user-satisfaction.ipynb" not in menu(project)
    assert [one.tables for one in missing] == [()]
    assert "lika nöjda med stödet?** Kommunen har valt bort den här." in left_out.said(missing)
    assert "user_satisfaction.answer" not in text_of(project)[Path("notebooks/comparison.ipynb")]


def test_others_figures_go_with_own_data_only_once_they_are_fetched(
    staged: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert left_out.PEERS in left_out.at_hand()
    own = tmp_path / "own"
    own.mkdir()
    rows = (SAMPLE / "queue.csv").read_text(encoding="utf-8").splitlines()
    (own / "queue.csv").write_text("\n".join(rows[:-1]) + "\n", encoding="utf-8")
    monkeypatch.setenv("LIKAVARD_DATA", str(own))
    assert left_out.at_hand() == ["queue"]
    project, missing = left_out.leave_out(staged, left_out.at_hand())
    assert "notebooks/comparison.ipynb" not in menu(project)
    assert "Behöver öppna data om andra kommuner (`likavard peers fetch`)." in left_out.said(
        missing
    )
