import tempfile
from pathlib import Path

import nbformat
import pytest

from helpers import paths
from helpers.disclosure import load_secret
from helpers.site import SiteProblem, notebooks
from helpers.site.project import Project


def notebook(folder: Path, *sources: str, kernel: str = "python3") -> Path:
    path = folder / "test.ipynb"
    cells = [nbformat.v4.new_code_cell(source, id=str(i)) for i, source in enumerate(sources)]
    metadata = {"kernelspec": {"name": kernel, "display_name": kernel}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=metadata), path)
    return path


def test_running_gives_the_committed_bytes(project: Project, tmp_path: Path) -> None:
    path = project.root / "notebooks" / "waits.ipynb"
    notebooks.write(notebooks.execute(path, tmp_path / "cache"), tmp_path / "again.ipynb")
    assert (tmp_path / "again.ipynb").read_bytes() == path.read_bytes()


def test_a_notebook_is_run_again_only_when_it_changed(tmp_path: Path) -> None:
    count = "from pathlib import Path\nwith Path('runs').open('a') as f: f.write('x')"
    for source in (count, count, count + "\n"):
        notebooks.execute(notebook(tmp_path, source), tmp_path / "cache")
    assert (tmp_path / "runs").read_text() == "xx"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in for own data, with a key of its own."""
    folder, key = tmp_path / "data", tmp_path / "key"
    folder.mkdir()
    key.write_bytes(b"a" * 32)
    monkeypatch.setenv("LIKAVARD_DATA", str(folder))
    monkeypatch.setenv("LIKAVARD_KEY", str(key))
    return folder


RESTED_ON = ("data/queue.csv", "data/queue.parquet", "key", "likavard.yml", "src/helpers/new.py")


@pytest.mark.parametrize("changed", RESTED_ON)
def test_what_it_rests_on_is_a_reason_to_run_again(
    tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    monkeypatch.setattr(paths, "PACKAGE", tmp_path / "src")
    path, file = notebook(tmp_path, "1"), tmp_path / changed
    before = notebooks.fingerprint(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("something else\n")
    assert notebooks.fingerprint(path) != before


def test_what_lies_beside_the_tables_is_no_reason_to_run_again(tmp_path: Path, data: Path) -> None:
    path = notebook(tmp_path, "1")
    before = notebooks.fingerprint(path)
    (data / "year").mkdir()
    for name in ("notes.docx", "year/queue.csv"):
        (data / name).write_text("something else\n")
    assert notebooks.fingerprint(path) == before


def test_an_empty_variable_is_as_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = notebook(tmp_path, "1")
    before = (notebooks.fingerprint(path), notebooks.inputs())
    monkeypatch.setenv("LIKAVARD_DATA", "")
    monkeypatch.setenv("LIKAVARD_DISCLOSURE", "")
    (tmp_path / "queue.csv").write_text("case_id\n")
    assert (notebooks.fingerprint(path), notebooks.inputs()) == before
    assert paths.SAMPLE / "queue.csv" in notebooks.inputs()


def test_the_first_run_on_own_data_is_as_good_as_the_next(
    tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("HOME", "XDG_CONFIG_HOME", "APPDATA"):
        monkeypatch.setenv(variable, str(tmp_path / "home"))
    monkeypatch.delenv("LIKAVARD_KEY")
    path = notebook(tmp_path, "1")
    before = notebooks.fingerprint(path)
    assert load_secret(is_sample=False)
    assert notebooks.fingerprint(path) == before


def test_a_notebook_in_another_folder_finds_what_was_named_here(
    tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LIKAVARD_DATA", "data")
    monkeypatch.setenv("LIKAVARD_KEY", "key")
    monkeypatch.setenv("LIKAVARD_DISCLOSURE", "")
    source = (
        "import os\nprint([os.environ[f'LIKAVARD_{n}'] for n in ('DATA', 'KEY', 'DISCLOSURE')])"
    )
    path = notebook(tmp_path / "notebooks", source)
    (cell,) = notebooks.execute(path, tmp_path / "cache")["cells"]
    assert cell["outputs"][0]["text"] == [f"{[str(data), str(tmp_path / 'key'), '']}\n"]


def test_own_settings_of_ipython_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    startup = tmp_path / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "own.py").write_text("own = 1")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    with pytest.raises(SiteProblem, match="cell 1: NameError"):
        notebooks.execute(notebook(tmp_path, "own"), tmp_path / "cache")


def test_warnings_are_left_out_and_prints_are_kept_for_the_gate(tmp_path: Path) -> None:
    path = notebook(tmp_path, "import sys\nprint('K1001')\nprint('K1002', file=sys.stderr)\n1")
    (cell,) = notebooks.execute(path, tmp_path / "cache")["cells"]
    assert [output["output_type"] for output in cell["outputs"]] == ["stream", "execute_result"]
    assert cell["outputs"][0]["text"] == ["K1001\n"]


def test_a_cell_that_stops_is_named_without_its_values(tmp_path: Path) -> None:
    path = notebook(tmp_path, "1", "raise ValueError('K1001 199001011234')")
    with pytest.raises(SiteProblem, match=r"test\.ipynb, cell 2: ValueError$"):
        notebooks.execute(path, tmp_path / "cache")


def test_a_problem_written_for_staff_is_told_in_full(tmp_path: Path) -> None:
    path = notebook(tmp_path, "class DataProblem(Exception): ...\nraise DataProblem('Fil saknas')")
    with pytest.raises(SiteProblem, match="cell 1: Fil saknas"):
        notebooks.execute(path, tmp_path / "cache")


def test_a_killed_kernel_is_told_by_its_cell(tmp_path: Path) -> None:
    path = notebook(tmp_path, "1", "import os\nos.kill(os.getpid(), 9)", "2")
    with pytest.raises(SiteProblem, match=r"test\.ipynb, cell 2: .*minnet") as told:
        notebooks.execute(path, tmp_path / "cache")
    assert told.value.__suppress_context__
    assert not list((tmp_path / "cache").iterdir())


def test_a_temporary_folder_too_deep_for_a_kernel_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = tmp_path / ("x" * 100)
    deep.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    with pytest.raises(SiteProblem, match=r"test\.ipynb: .*TMPDIR"):
        notebooks.execute(notebook(tmp_path, "1"), tmp_path / "cache")


@pytest.mark.parametrize("kernel", ["ir", "conda-env-own-py"])
def test_a_notebook_for_another_kernel_is_told(tmp_path: Path, kernel: str) -> None:
    with pytest.raises(SiteProblem, match=rf"test\.ipynb: .*kärnan {kernel}\..*Python 3"):
        notebooks.execute(notebook(tmp_path, "1", kernel=kernel), tmp_path / "cache")


def test_the_published_numbers_are_collected() -> None:
    shown = {"output_type": "display_data", "data": {"application/vnd.likavard+json": {"n": 12}}}
    plain = {"output_type": "display_data", "data": {"text/plain": "1"}}
    book = {"cells": [{"source": "", "outputs": [plain, shown]}, {"source": ""}]}
    assert notebooks.numbers([book]) == [{"n": 12}]
