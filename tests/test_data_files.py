"""The hook that keeps case data out of the repository."""

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
    "tests/stats/reference/survival.csv",
    "tests/reference/gaps.csv",
    "src/helpers/csv.py",
]


def run_hook(folder, names) -> subprocess.CompletedProcess[str]:
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
    shutil.copy(ROOT / ".pre-commit-config.yaml", folder)
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    hook = [sys.executable, "-m", "pre_commit", "run", "data-files", "--files", *names]
    return subprocess.run(hook, cwd=folder, capture_output=True, text=True, check=False)


def test_data_files_elsewhere_are_refused_by_name(tmp_path):
    done = run_hook(tmp_path, REFUSED + ALLOWED)
    assert done.returncode == 1
    assert set(REFUSED) == set(REFUSED + ALLOWED).intersection(done.stdout.splitlines())


def test_the_sample_the_published_figures_and_reference_answers_pass(tmp_path):
    done = run_hook(tmp_path, ALLOWED)
    assert done.returncode == 0, done.stdout
