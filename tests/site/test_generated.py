"""What is generated and committed is what the committed sources give."""

import shutil
from pathlib import Path

import pytest

from helpers.paths import ROOT
from helpers.site import generated, notebooks
from helpers.site.project import Project

MADE = (generated.FOLDER, Path("reports") / "reference")


@pytest.fixture(scope="module")
def remade(tmp_path_factory):
    root = tmp_path_factory.mktemp("project")
    shutil.copyfile(ROOT / "_quarto.yml", root / "_quarto.yml")
    saved = [notebooks.read(ROOT / page) for page in Project(ROOT).notebooks()]
    generated.refresh(root, saved, committed=None)
    return root


@pytest.mark.parametrize("folder", MADE, ids=str)
def test_generated_parts_are_those_committed(remade, folder):
    made = {path.name: path.read_text(encoding="utf-8") for path in (remade / folder).iterdir()}
    kept = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / folder).iterdir()}

    assert sorted(made) == sorted(kept)
    assert [name for name in made if made[name] != kept[name]] == [], "run `make save`"
