"""The gate as its commands are used: `likavard site`, `release` and `scan`."""

import json
from functools import partial

import pytest
from small_site import notebook, notebooks, shown, write
from typer.testing import CliRunner

from helpers import paths
from helpers.cli import app
from helpers.site import build


@pytest.fixture
def likavard(repository, monkeypatch):
    """Run a command in the small repository."""
    monkeypatch.setattr(paths, "ROOT", repository)
    monkeypatch.setattr(build, "build", partial(build.build, root=repository))
    return partial(CliRunner().invoke, app)


def sign(file, *names, day="2026-01-15"):
    record = json.loads(file.read_text(encoding="utf-8"))
    record["checked_by"] = [{"name": name, "day": day} for name in names]
    file.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")


def test_an_unsafe_site_leaves_with_an_error_and_its_reasons(likavard, repository):
    write(repository, {"queue": shown()})
    assert likavard(["site", "--renderer", "pandoc"]).exit_code == 0
    with (repository / "index.qmd").open("a", encoding="utf-8") as page:
        page.write("\n3 kvinnor lämnade kön.\n")
    done = likavard(["site", "--renderer", "pandoc"])
    assert done.exit_code == 2
    assert "Webbplatsen får inte publiceras. Inget finns kvar av webbplatsen." in done.stderr
    assert "1. index.qmd, rad 5: " in done.stderr
    assert "3 kvinnor" not in done.output
    assert not (repository / "_site").exists()


def test_a_release_is_finished_when_two_have_signed(likavard, repository):
    write(repository, {"queue": shown()})
    likavard(["site", "--renderer", "pandoc"])
    first = likavard(["release"])
    (file,) = (repository / "releases").glob("*.json")
    assert first.exit_code == 2
    assert f"releases/{file.name}. Två personer granskar" in first.stderr
    sign(file, "Ada Ek", "ada ek")
    assert likavard(["release"]).exit_code == 2
    sign(file, "Ada Ek", "Bo Alm", day="15 januari 2026")
    assert "var sitt namn och dag (som 2026-01-31)" in likavard(["release"]).stderr
    sign(file, "Ada Ek", "Bo Alm")
    done = likavard(["release"])
    assert done.exit_code == 0
    assert "undertecknad av två" in done.stdout


def test_a_site_changed_after_it_passed_is_not_released(likavard, repository):
    write(repository, {"queue": shown()})
    likavard(["site", "--renderer", "pandoc"])
    (repository / "_site" / "index.html").write_text("<p>3 personer</p>", encoding="utf-8")
    done = likavard(["release"])
    assert done.exit_code == 2
    assert "har inte prövats som det nu är" in done.stderr
    assert not (repository / "releases").exists()


def test_a_notebook_run_elsewhere_is_not_committed(likavard, tmp_path):
    """As the hook scans it."""
    book = notebook("Kö", shown())
    book["metadata"] = book["metadata"] | {"author": "anna"}
    notebooks.write(book, tmp_path / "queue.ipynb")
    done = likavard(["scan", str(tmp_path / "queue.ipynb")])
    assert done.exit_code == 2
    assert "Här finns metadata som kan berätta om den som kört anteckningsboken." in done.stderr
    assert "anna" not in done.output.replace(str(tmp_path), "")
