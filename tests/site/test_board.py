"""The board's pack: four pages in a document or slides, that say what the cards say."""

import re
from pathlib import Path
from zipfile import ZipFile

import pytest

from helpers.data import read_actions
from helpers.paths import ROOT
from helpers.show.front_page import cards
from helpers.site import SiteProblem, board, notebooks
from helpers.site.gate import releases
from helpers.site.notebooks import Notebook
from helpers.site.project import Project
from helpers.site.scan import scan_site

PARTS = {".docx": r"word/document\.xml", ".pptx": r"ppt/slides/slide\d+\.xml"}


@pytest.fixture(scope="module")
def books() -> list[Notebook]:
    return [notebooks.read(ROOT / page) for page in Project(ROOT).notebooks()]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, books: list[Notebook]) -> Path:
    """Have the pack of the saved notebooks, in the place of a site."""
    site = tmp_path_factory.mktemp("site")
    board.write(site, books)
    return site


@pytest.fixture
def root(tmp_path: Path, site: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in for a repository whose site has passed the gate."""
    (tmp_path / "_site").symlink_to(site)
    monkeypatch.setattr(releases, "read_tested", lambda _: {})
    return tmp_path


def said(file: Path) -> str:
    """Give the text of a document, or of slides in no order."""
    with ZipFile(file) as parts:
        names = [name for name in parts.namelist() if re.fullmatch(PARTS[file.suffix], name)]
        written = " ".join(parts.read(name).decode() for name in names)
    return plain(re.sub(r"</(?:w|a):p>", " ", written))


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def bare(text: str) -> str:
    return re.sub(r"<[^>]+>", "", text)


@pytest.mark.parametrize("name", board.FILES)
def test_the_pack_says_what_the_cards_say_on_four_pages(site, books, name):
    text = bare(said(site / name))
    for heading in ("Svaren i korthet", "Varje skillnad", "Avvikelse", "Det här mäts härnäst"):
        assert heading in text
    every = cards(books, read_actions())
    assert len(every) >= 4
    for card in every:
        assert plain(card.answer) in text
        assert card.question in text
    assert "Påhittade exempeldata" in text


@pytest.mark.parametrize("name", board.FILES)
def test_the_figure_is_a_picture_with_words(site, name):
    assert 'descr="Skillnader med 95' in said(site / name)
    assert "base64" not in said(site / name)
    with ZipFile(site / name) as parts:
        assert [part for part in parts.namelist() if part.endswith(".png")]


def test_the_bytes_are_the_same_again_and_pass_the_scan(site, books, tmp_path):
    board.write(tmp_path, books)
    for name in board.FILES:
        assert (tmp_path / name).read_bytes() == (site / name).read_bytes()
    assert scan_site(site) == []


@pytest.mark.parametrize("kind", PARTS)
def test_a_copy_goes_where_it_is_asked(root, site, kind):
    board.copy(root, root / f"underlag{kind}")
    assert (root / f"underlag{kind}").read_bytes() in [
        (site / name).read_bytes() for name in board.FILES
    ]


def test_another_kind_of_file_is_refused(root):
    with pytest.raises(SiteProblem, match=r"\.docx eller \.pptx"):
        board.copy(root, root / "underlag.pdf")


def test_a_folder_that_is_not_there_is_told(root):
    with pytest.raises(SiteProblem, match="Välj en annan mapp"):
        board.copy(root, root / "saknas" / "underlag.docx")


def test_a_site_that_is_not_tested_has_no_pack(tmp_path):
    with pytest.raises(SiteProblem, match="Kör likavard site först"):
        board.copy(tmp_path, tmp_path / "underlag.docx")
