import stat
from hashlib import sha256
from pathlib import Path

import pytest

from helpers.site import SiteProblem, build, generated
from helpers.site.project import Project


@pytest.fixture
def repository(project: Project, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in for a repository whose generated parts are already there."""
    monkeypatch.setattr(generated, "refresh", lambda root, notebooks, committed: None)
    return project.root


@pytest.fixture
def quarto(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a `quarto` first on the path that writes down how it was called."""
    calls, program = tmp_path / "calls", tmp_path / "bin" / "quarto"
    program.parent.mkdir()
    program.write_text(
        f'#!/bin/sh\necho "$@" >> {calls}\nmkdir -p "$2/_site"\n'
        'echo "<html lang=sv><main>kötid</main></html>" > "$2/_site/index.html"\n'
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(program.parent), prepend=":")
    return calls


def digests(folder: Path) -> dict[str, str]:
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {str(f.relative_to(folder)): sha256(f.read_bytes()).hexdigest() for f in files}


def test_two_builds_are_the_same_bytes(repository: Path) -> None:
    first = digests(build.build("pandoc", repository))
    assert digests(build.build("pandoc", repository)) == first
    assert "pagefind/pagefind.js" in first


def test_a_failed_build_leaves_the_former_site(repository: Path) -> None:
    before = digests(build.build("pandoc", repository))
    (repository / "index.qmd").write_text("::: aside\n:::\n", encoding="utf-8")
    with pytest.raises(SiteProblem, match="blocktypen aside"):
        build.build("pandoc", repository)
    assert digests(repository / "_site") == before
    assert [path.name for path in repository.glob("_site*")] == ["_site"]


def test_quarto_is_used_where_it_is_installed(repository: Path, quarto: Path) -> None:
    site = build.build("auto", repository)
    assert quarto.read_text().split() == ["render", str(repository / "_build" / "site")]
    assert "kötid" in (site / "index.html").read_text(encoding="utf-8")
    assert (site / "pagefind" / "pagefind.js").is_file()


def test_pandoc_can_be_asked_for_by_name(repository: Path, quarto: Path) -> None:
    build.build("pandoc", repository)
    assert not quarto.exists()


def test_asking_for_a_missing_quarto_is_told(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(SiteProblem, match="Quarto är inte installerat"):
        build.build("quarto", repository)


def test_saving_fills_in_the_notebooks(repository: Path) -> None:
    notebook = repository / "notebooks" / "waits.ipynb"
    saved = notebook.read_text(encoding="utf-8")
    notebook.write_text(saved.replace('"<figure', '"<old'), encoding="utf-8")
    build.save(repository)
    assert notebook.read_text(encoding="utf-8") == saved


def test_own_data_are_never_saved(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build.notebooks, "numbers", lambda ran: [{"source": "own"}])
    before = digests(repository / "notebooks")
    with pytest.raises(SiteProblem, match="Inget sparades"):
        build.save(repository)
    assert digests(repository / "notebooks") == before


def test_the_banner_says_whose_data() -> None:
    assert "Påhittade exempeldata" in generated.banner([{"source": "published"}])
    assert "kommunens egna ärendedata" in generated.banner(
        [{"source": "sample"}, {"source": "own"}]
    )


def test_the_date_is_the_data_s_and_the_commit_s() -> None:
    published = [{"as_of": "2025-06-30"}, {"as_of": "2025-12-31"}, {}]
    text = generated.updated(published, "2026-02-03")
    assert "Uppgifter till och med 31 december 2025." in text
    assert "Senast uppdaterad 3 februari 2026." in text
    assert "Senast uppdaterad " not in generated.updated(published, None).split("<p>")[1]
