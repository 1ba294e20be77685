"""Parameters of notebooks, as papermill and Quarto have them."""

import shutil

import pytest

from helpers.paths import ROOT
from helpers.questions import QUESTIONS
from helpers.settings import SettingsProblem
from helpers.site import notebooks, parameters
from helpers.site.project import Project

PAGES = [f"notebooks/{name.replace('_', '-')}.ipynb" for name in QUESTIONS]


@pytest.mark.parametrize("page", PAGES)
def test_every_question_has_its_groups_and_day_as_parameters(page):
    stated = parameters.stated(notebooks.read(ROOT / page))
    assert stated["as_of"] is None
    assert stated["by"][0] == "sex"


def test_groups_that_are_set_come_beside_the_page_s_own(tmp_path, monkeypatch):
    shutil.copyfile(ROOT / "_quarto.yml", tmp_path / "_quarto.yml")
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    monkeypatch.setattr(
        parameters, "groupings", lambda page: ["year", "sex"] if page == "queue-times" else []
    )
    parameters.inject_settings(Project(tmp_path))
    cells = notebooks.read(tmp_path / PAGES[0])["cells"]
    [place] = [n for n, cell in enumerate(cells) if cell["metadata"].get("tags") == ["parameters"]]
    after = cells[place + 1]
    assert after["metadata"]["tags"] == ["injected-parameters"]
    assert after["source"] == "by = ['sex', 'has_children', 'year']"
    assert notebooks.read(tmp_path / PAGES[1]) == notebooks.read(ROOT / PAGES[1])
    monkeypatch.setattr(parameters, "groupings", lambda page: ["year"])
    with pytest.raises(SettingsProblem, match="kan inte delas in"):
        parameters.inject_settings(Project(tmp_path))


def test_running_a_notebook_keeps_what_tells_its_parameters():
    ran = notebooks.normalised(notebooks.read(ROOT / PAGES[0]))
    assert parameters.stated(ran) == parameters.stated(notebooks.read(ROOT / PAGES[0]))
