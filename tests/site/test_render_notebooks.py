from pathlib import Path

import nbformat
import pytest

from helpers.site import SiteProblem, notebooks
from helpers.site.project import Project


def notebook(folder: Path, *sources: str) -> Path:
    path = folder / "test.ipynb"
    cells = [nbformat.v4.new_code_cell(source, id=str(i)) for i, source in enumerate(sources)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
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


def test_new_data_are_a_reason_to_run_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, data = notebook(tmp_path, "1"), tmp_path / "data"
    data.mkdir()
    monkeypatch.setenv("LIKAVARD_DATA", str(data))
    before = notebooks.fingerprint(path)
    (data / "queue.csv").write_text("case_id\n")
    assert notebooks.fingerprint(path) != before


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


def test_the_published_numbers_are_collected() -> None:
    shown = {"output_type": "display_data", "data": {"application/vnd.likavard+json": {"n": 12}}}
    plain = {"output_type": "display_data", "data": {"text/plain": "1"}}
    book = {"cells": [{"source": "", "outputs": [plain, shown]}, {"source": ""}]}
    assert notebooks.numbers([book]) == [{"n": 12}]
