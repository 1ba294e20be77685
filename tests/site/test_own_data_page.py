"""What the page on own data shows is what happens to whoever does as it says."""

import re
from pathlib import Path

import pytest

from helpers.data import DataProblem
from helpers.data.intake import importing
from helpers.disclosure.keys import Secret
from helpers.paths import ROOT
from helpers.site.gate import written
from helpers.site.project import Project

PAGE = (ROOT / "reports" / "own-data.qmd").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(?:yaml|text|sql)\n(.*?)```", PAGE, re.DOTALL)
PSEUDONYM = Secret(b"not secret, since nobody is real").pseudonyms()
WOMAN, MAN = "19850312-2387", "19850312-2395"


def shown(start: str) -> str:
    """Give the one block of the page that starts so."""
    [block] = [block for block in BLOCKS if block.startswith(start)]
    return block.strip()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("ko.yml").write_text(shown("extracted_on"), encoding="utf-8")
    return tmp_path


def rows() -> list[str]:
    """Read the page's own table, with identity numbers in their place."""
    table = re.search(r"tbl-export}\n\n(.*?)\n\n", PAGE, re.DOTALL)[1].splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in table]
    head, _, first, second = (";".join(row) for row in cells)
    blank = "ÅÅÅÅMMDD-NNNN"
    return [head, first.replace(blank, WOMAN), second.replace(blank, MAN)]


def imported(lines: list[str]) -> list[str]:
    Path("kö.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    request = importing.Request([Path("kö.csv")], Path("ko.yml"), Path("uttag"), False)
    return importing.run(request, PSEUDONYM)


def test_the_export_on_the_page_is_read_as_the_page_says(folder: Path) -> None:
    assert "\n".join(imported(rows())) == shown("kö.csv: utf-8")


def test_what_is_wrong_is_told_as_the_page_says(folder: Path) -> None:
    head, first, second = rows()
    third = second.replace("20240503", "30/2-24")
    with pytest.raises(DataProblem) as told:
        imported([head, first, second.replace("Nej", "kanske"), third])
    assert str(told.value).strip() == shown("Data kan inte användas")


def test_the_page_may_be_published() -> None:
    assert not [one for one in written.find(Project(ROOT)) if "own-data" in one.place]
