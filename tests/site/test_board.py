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
from helpers.site.project import Project

PARTS = {".docx": r"word/document\.xml", ".pptx": r"ppt/slides/slide\d+\.xml"}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in for a repository whose site of the saved notebooks has passed the gate."""
    (tmp_path / "_build").mkdir()
    (tmp_path / "_build" / "site").symlink_to(ROOT)
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


@pytest.mark.parametrize("kind", board.KINDS)
def test_the_pack_says_what_the_cards_say_on_four_pages(root, kind):
    file = root / f"underlag{kind}"
    board.write(root, file)
    text = bare(said(file))
    for heading in ("Svaren i korthet", "Varje skillnad", "Avvikelse", "Det här mäts härnäst"):
        assert heading in text
    books = [notebooks.read(ROOT / page) for page in Project(ROOT).notebooks()]
    every = cards(books, read_actions())
    assert len(every) >= 4
    for card in every:
        assert plain(card.answer) in text
        assert card.question in text
    assert "Påhittade exempeldata" in text


@pytest.mark.parametrize("kind", board.KINDS)
def test_the_figure_is_a_picture_with_words_and_the_bytes_are_the_same_again(root, kind):
    files = [root / f"{name}{kind}" for name in ("en", "en till")]
    for file in files:
        board.write(root, file)
    assert files[0].read_bytes() == files[1].read_bytes()
    assert 'descr="Skillnader med 95' in said(files[0])
    assert "base64" not in said(files[0])
    with ZipFile(files[0]) as parts:
        assert [name for name in parts.namelist() if name.endswith(".png")]


def test_another_kind_of_file_is_refused(root):
    with pytest.raises(SiteProblem, match=r"\.docx eller \.pptx"):
        board.write(root, root / "underlag.pdf")


def test_a_folder_that_is_not_there_is_told(root):
    with pytest.raises(SiteProblem, match="Välj en annan mapp"):
        board.write(root, root / "saknas" / "underlag.docx")


def test_a_site_that_is_not_tested_has_no_pack(tmp_path):
    with pytest.raises(SiteProblem, match="Kör likavard site först"):
        board.write(tmp_path, tmp_path / "underlag.docx")
