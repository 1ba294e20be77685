import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from threading import Timer

import pytest

from helpers import paths
from helpers.paths import SAMPLE
from helpers.site import SiteProblem, build, generated, notebooks
from helpers.site.project import Project


@pytest.fixture
def repository(project: Project, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in for a repository whose generated parts are already there."""
    monkeypatch.setattr(generated, "refresh", lambda root, notebooks, committed, missing=(): None)
    return project.root


@pytest.fixture
def quarto(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a `quarto` first on the path that writes down how it was called."""
    calls, program = tmp_path / "calls", tmp_path / "bin" / "quarto"
    program.parent.mkdir()
    program.write_text(
        '#!/bin/sh\n[ "$1" = --version ] && exec cat "$0.version"\n'
        f'echo "$@" >> {calls}\nmkdir -p "$2/_site"\n'
        'echo "<html lang=sv><main>kötid</main></html>" > "$2/_site/index.html"\n'
    )
    program.with_suffix(".version").write_text("1.6")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(program.parent), prepend=":")
    return calls


def digests(folder: Path) -> dict[str, str]:
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {str(f.relative_to(folder)): sha256(f.read_bytes()).hexdigest() for f in files}


def test_what_was_kept_makes_no_difference(repository: Path) -> None:
    first = digests(build.build("pandoc", repository))
    assert "pagefind/pagefind.js" in first
    (repository / "_build" / "built").unlink()
    assert digests(build.build("pandoc", repository)) == first
    shutil.rmtree(repository / "_build")
    assert digests(build.build("pandoc", repository)) == first


@pytest.fixture
def rendered(repository: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Note each time that pages are made of a repository that has been built."""
    times: list[Path] = []
    render = build.pandoc.render
    build.build("pandoc", repository)
    monkeypatch.setattr(
        build.pandoc, "render", lambda project, to: (times.append(to), render(project, to))
    )
    return times


def test_nothing_is_made_again_when_nothing_changed(
    repository: Path, rendered: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notebooks, "execute", None)
    build.build("pandoc", repository)
    assert not rendered


CHANGES = {
    "a page": ("reports/method.qmd", "\nNytt.\n"),
    "the look": ("reports/site.css", "\nmain { margin: 0 }\n"),
    "the site, by hand": ("_site/index.html", "tillagt"),
    "a new file on the site": ("_site/extra.html", "tillagt"),
    "the record of what passed": ("_build/tested.json", "{"),
}


@pytest.mark.parametrize(("file", "text"), CHANGES.values(), ids=list(CHANGES))
def test_any_change_is_a_reason_to_build(
    repository: Path, rendered: list[Path], file: str, text: str
) -> None:
    with (repository / file).open("a", encoding="utf-8") as opened:
        opened.write(text)
    build.build("pandoc", repository)
    assert len(rendered) == 1


def test_a_commit_is_a_reason_to_build(
    repository: Path, rendered: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build.git, "commit", lambda root: "0123abc")
    build.build("pandoc", repository)
    assert len(rendered) == 1


def test_other_rules_are_a_reason_to_build(
    repository: Path, rendered: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = tmp_path / "stricter.yml"
    rules.write_text("smallest_group: {value: 12}\n", encoding="utf-8")
    monkeypatch.setenv("LIKAVARD_DISCLOSURE", str(rules))
    build.build("pandoc", repository)
    assert len(rendered) == 1


def test_another_quarto_is_a_reason_to_build(repository: Path, quarto: Path) -> None:
    version = quarto.parent / "bin" / "quarto.version"
    for text in ("1.6", "1.6", "1.11"):
        version.write_text(text)
        build.build("auto", repository)
    assert len(quarto.read_text().splitlines()) == 2


def test_a_site_that_did_not_pass_is_tried_again(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = repository / "index.qmd"
    text = page.read_text(encoding="utf-8")
    build.build("pandoc", repository)
    page.write_text(f"{text}\n19900101-0017 bor i C:\\\\Users\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(build.gate.NotSafe):
            build.build("pandoc", repository)
        assert not (repository / "_site").exists()


_HOLD = "import sys, time; from helpers.site import build; from pathlib import Path\n"
_HOLD += "with build._alone(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"


@contextmanager
def another_build(root: Path) -> Iterator[subprocess.Popen[str]]:
    """Let another process hold the folder."""
    command = [sys.executable, "-c", _HOLD, str(root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_two_builds_in_one_folder_wait_for_each_other(
    repository: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with another_build(repository) as process:
        Timer(0.5, process.kill).start()
        assert (build.build("pandoc", repository) / "index.html").is_file()
    assert capfd.readouterr().err.count("Ett annat bygge pågår") == 1


def test_builds_in_two_folders_do_not_wait(
    repository: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with another_build(tmp_path):
        build.build("pandoc", repository)
    assert "Ett annat bygge" not in capfd.readouterr().err


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


def test_own_actions_are_never_saved(
    repository: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    shutil.copytree(SAMPLE, own)
    sample = (own / "actions.csv").read_text(encoding="utf-8")
    (own / "actions.csv").write_text(sample.replace("enhetschef", "förste socialsekreterare"))
    monkeypatch.setenv("LIKAVARD_DATA", str(own))
    with pytest.raises(SiteProblem, match="Inget sparades"):
        build.save(repository)


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
    assert "Senast uppdaterad " not in generated.updated(published, None)


def test_a_site_goes_where_it_is_asked_and_what_came_before_is_left(
    repository: Path, tmp_path: Path
) -> None:
    pages = digests(repository / "notebooks")
    out = tmp_path / "deep" / "webbplats"
    assert build.build("pandoc", repository, out) == out
    first = digests(out)
    assert build.build("pandoc", repository, out) == out
    assert digests(out) == first
    assert digests(build.build("pandoc", repository)) == first
    assert digests(repository / "notebooks") == pages


def test_what_is_released_is_the_site_that_was_built_last(repository: Path, tmp_path: Path) -> None:
    out = tmp_path / "webbplats"
    build.build("pandoc", repository, out)
    assert "index.html" in build.releases.read_tested(repository)["files"]
    (out / "index.html").write_text("annat", encoding="utf-8")
    with pytest.raises(SiteProblem, match="webbplats/ har inte prövats"):
        build.releases.read_tested(repository)


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_a_site_takes_the_place_of_nothing_else(
    repository: Path, tmp_path: Path, kind: str
) -> None:
    own = tmp_path / "dokument"
    if kind == "folder":
        own.mkdir()
        (own / "viktigt.txt").write_text("kvar", encoding="utf-8")
    else:
        own.write_text("kvar", encoding="utf-8")
    with pytest.raises(SiteProblem, match="något annat än en webbplats"):
        build.build("pandoc", repository, own)
    assert own.exists()


def test_a_folder_without_pages_takes_those_that_come_along(tmp_path: Path) -> None:
    assert build._pages(tmp_path) == paths.SHIPPED
    (tmp_path / "_quarto.yml").touch()
    assert build._pages(tmp_path) == tmp_path
