"""A working folder: made whole or not at all, found from inside it, and usable as it is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from helpers import settings
from helpers.disclosure import load_rules
from helpers.paths import ROOT
from helpers.questions.settings import check
from helpers.site.problem import SiteProblem
from helpers.site.project import Project
from helpers.site.starting import start


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_working_folder_has_what_is_needed_and_works_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "ny mapp" / "Exempelby"
    start(folder)
    assert files(folder) == sorted(
        [".gitignore", "LÄS MIG.md", "disclosure.yml", "juridik.md", "likavard.yml", "mappings",
         "uttag"]
    )  # fmt: skip
    check(folder / "likavard.yml")
    assert load_rules(folder / "disclosure.yml") == load_rules(ROOT / "disclosure.yml")
    assert "Ska kontrolleras av en jurist" in (folder / "juridik.md").read_text(encoding="utf-8")
    told = (folder / "LÄS MIG.md").read_text(encoding="utf-8")
    assert "likavard site --data uttag --out webbplats" in told
    assert files(folder.parent) == ["Exempelby"]


def test_pages_and_notebooks_come_along_when_asked_for(tmp_path: Path) -> None:
    start(tmp_path / "allt", pages=True)
    assert Project(tmp_path / "allt").pages() == Project(ROOT).pages()


@pytest.mark.parametrize("there", ["file", "folder"])
def test_nothing_that_is_there_is_touched(tmp_path: Path, there: str) -> None:
    own = tmp_path / "min"
    if there == "file":
        own.write_text("kvar", encoding="utf-8")
    else:
        own.mkdir()
        (own / "a").write_text("kvar", encoding="utf-8")
    with pytest.raises(SiteProblem, match="finns redan"):
        start(own)
    assert files(tmp_path) == ["min"]


def test_an_empty_folder_may_be_filled(tmp_path: Path) -> None:
    (tmp_path / "tom").mkdir()
    start(tmp_path / "tom")
    assert "likavard.yml" in files(tmp_path / "tom")


def test_commands_find_the_folder_they_are_given_in(tmp_path: Path) -> None:
    start(tmp_path / "min")
    code = "from helpers import paths; print(paths.ROOT)"
    for place in (tmp_path / "min", tmp_path / "min" / "uttag"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=place,
            env=os.environ,
            capture_output=True,
            text=True,
            check=True,
        )
        assert Path(done.stdout.strip()) == (tmp_path / "min").resolve()


def test_settings_may_have_the_line_ends_of_windows(tmp_path: Path) -> None:
    file = tmp_path / "likavard.yml"
    file.write_bytes("\ufeffname: Åmåls kommun\r\nas_of: 2025-12-31\r\n".encode())
    assert settings.name(file) == "Åmåls kommun"
    assert str(settings.as_of(file)) == "2025-12-31"
