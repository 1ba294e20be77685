"""What is generated and committed is what the committed sources give."""

import shutil
from pathlib import Path

import pytest

from helpers.paths import ROOT
from helpers.site import generated, notebooks, source
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


def test_words_that_vary_are_those_committed(remade):
    assert (remade / "_variables.yml").read_text() == (ROOT / "_variables.yml").read_text()


@pytest.mark.parametrize(
    ("years", "said"),
    [(1, "det senaste kalenderåret"), (3, "de tre senaste kalenderåren"), (12, "de 12 senaste")],
)
def test_pages_say_how_many_years_are_counted(tmp_path, monkeypatch, years, said):
    monkeypatch.setattr(generated.settings, "period", lambda: years)
    (tmp_path / "_variables.yml").write_text(generated.variables(), encoding="utf-8")
    text = source.expand("Under {{< var period >}} räknas alla.", tmp_path / "a.qmd", tmp_path)
    assert text.startswith(f"Under {said}")


def test_the_banner_says_whose_data_and_since_when(monkeypatch):
    monkeypatch.setattr(generated.settings, "name", lambda: "Exempelby <kommun>")
    monkeypatch.setattr(generated.settings, "period", lambda: 3)
    own = [{"source": "own", "as_of": "2024-05-31"}, {"source": "own", "as_of": "2025-12-31"}]
    assert generated.banner(own) == (
        "**Exempelby &lt;kommun&gt;.** "
        "Siffrorna bygger på kommunens egna ärendedata från och med 2023."
    )
    assert "Exempelby" not in generated.banner([{"source": "sample"}])
