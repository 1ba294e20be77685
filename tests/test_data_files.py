"""The hooks that keep case data, and what gives a person away, out of the repository."""

import json
import shutil
import subprocess
import sys

from helpers.paths import ROOT

REFUSED = [
    "utdrag.csv",
    "data/KÖ.CSV",
    "data/samples/queue.csv",
    "notebooks/queue.parquet",
    "src/helpers/data/sample/queue.csv",
    "tests/queue.xlsx",
    "data/svar.sav",
    "arkiv.db",
    "arkiv.duckdb.wal",
    "utdrag.csv.gz",
    "utdrag.zip",
]
ALLOWED = [
    "README.md",
    "disclosure.yml",
    "data/sample/queue.csv",
    "data/published/figures.csv",
    "data/peers/kolada-2026-01-31.parquet",
    "tests/stats/reference/survival.csv",
    "tests/reference/gaps.csv",
    "src/helpers/csv.py",
]


def run_hook(folder, names, hook="data-files") -> subprocess.CompletedProcess[str]:
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
    shutil.copy(ROOT / ".pre-commit-config.yaml", folder)
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    command = [sys.executable, "-m", "pre_commit", "run", hook, "--files", *names]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_data_files_elsewhere_are_refused_by_name(tmp_path):
    done = run_hook(tmp_path, REFUSED + ALLOWED)
    assert done.returncode == 1
    assert set(REFUSED) == set(REFUSED + ALLOWED).intersection(done.stdout.splitlines())


def test_the_sample_the_published_figures_and_reference_answers_pass(tmp_path):
    done = run_hook(tmp_path, ALLOWED)
    assert done.returncode == 0, done.stdout


def scanned(folder, name) -> int:
    """Run the scan hook on a notebook whose output does not say where its numbers are from."""
    likavard = folder / ".venv" / "bin" / "likavard"
    likavard.parent.mkdir(parents=True)
    likavard.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m helpers "$@"\n', encoding="utf-8")
    likavard.chmod(0o755)
    output = {"output_type": "stream", "name": "stdout", "text": ["Karin"]}
    cell = {"cell_type": "code", "source": "", "metadata": {}, "outputs": [output]}
    path = folder / name
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"cells": [cell], "metadata": {}}), encoding="utf-8")
    return run_hook(folder, [name], "scan").returncode


def test_a_notebook_among_the_tests_is_scanned_too(tmp_path):
    assert scanned(tmp_path, "tests/site/trial.ipynb") == 1


def test_the_fixture_that_is_written_to_break_the_rules_is_not_scanned(tmp_path):
    assert scanned(tmp_path, "tests/site/project/notebooks/waits.ipynb") == 0
