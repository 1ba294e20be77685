"""The hook that reads the saved outputs of notebooks."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.paths import ROOT

SAMPLE = {"application/vnd.likavard+json": {"source": "sample"}}
PUBLISHED = {"application/vnd.likavard+json": {"source": "published"}}


def display(data):
    return {"output_type": "display_data", "data": data, "metadata": {}}


def check(folder: Path, *outputs) -> subprocess.CompletedProcess[str]:
    cells = [{"cell_type": "markdown"}, {"cell_type": "code", "outputs": list(outputs)}]
    path = folder / "question.ipynb"
    path.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    return run(path)


def run(path: Path) -> subprocess.CompletedProcess[str]:
    hook = [sys.executable, ROOT / "tools" / "notebook_outputs.py", path.name]
    return subprocess.run(hook, cwd=path.parent, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "outputs",
    [
        [],
        [display(SAMPLE)],
        [display(SAMPLE), display(PUBLISHED)],
        [display(SAMPLE | {"text/html": "<a href='https://example.org/home/'>år/home</a>"})],
        [display(SAMPLE | {"text/html": "data:text/csv;base64,a8/tmp/Zm9v+/var/x"})],
    ],
)
def test_outputs_made_from_open_data_pass(tmp_path, outputs):
    done = check(tmp_path, *outputs)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    "output",
    [
        display({"text/html": "<table>Karin</table>"}),
        display({"application/vnd.likavard+json": {"title": "Karin"}}),
        display({"application/vnd.likavard+json": {"source": "Karin"}}),
        display({"application/vnd.likavard+json": "sample Karin"}),
        {"output_type": "stream", "name": "stdout", "text": ["Karin\n"]},
        {"output_type": "error", "ename": "KeyError", "evalue": "Karin", "traceback": []},
    ],
)
def test_an_output_that_does_not_say_its_source_is_refused_and_not_printed(tmp_path, output):
    done = check(tmp_path, output)
    assert done.returncode == 1
    assert done.stdout == (
        "question.ipynb: cell 2: an output does not say it was made from the sample\n"
    )
    assert "Karin" not in done.stderr


@pytest.mark.parametrize(
    "path",
    [
        "/home/karin/utdrag.csv",
        "/Users/karin/utdrag.csv",
        "/root",
        "läst från /tmp/utdrag.csv",
        '"/mnt/delad/utdrag.csv"',
        "file:///srv/utdrag.csv",
        r"C:\Users\karin\utdrag.csv",
        r"\\server01\ifo$\utdrag.csv",
    ],
)
@pytest.mark.parametrize("nest", [lambda text: text, lambda text: [{"titel": text}]])
def test_an_absolute_path_is_refused_and_not_printed(tmp_path, path, nest):
    done = check(tmp_path, display(SAMPLE | {"application/json": nest(path)}))
    assert done.returncode == 1
    assert done.stdout == "question.ipynb: cell 2: an output holds an absolute path\n"


@pytest.mark.parametrize("content", ["", "[1]", "{}", "\xff"])
def test_a_file_that_is_no_notebook_is_refused(tmp_path, content):
    path = tmp_path / "broken.ipynb"
    path.write_text(content, encoding="latin-1")
    done = run(path)
    assert (done.returncode, done.stdout) == (1, "broken.ipynb: is not a notebook\n")
