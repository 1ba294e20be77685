import subprocess
import sys
from pathlib import Path

import pytest

from helpers import paths


def likavard(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "helpers", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_help_is_in_swedish_and_lists_the_commands() -> None:
    said = likavard("--help").stdout
    assert "bygg webbplatsen" in said
    for command in ("site", "check", "sample", "save", "scan", "release"):
        assert f"  {command} " in said


@pytest.mark.parametrize(
    "command",
    [[], ["site"], ["check"], ["scan"], ["release"], ["peers"], ["peers", "fetch"], ["county"]],
    ids=" ".join,
)
def test_no_word_of_the_help_is_left_in_english(command: list[str]) -> None:
    said = likavard(*command, "--help").stdout
    assert said.startswith("Användning: ")
    for word in ("Usage", "Options", "Commands", "Arguments", "Show this", "default"):
        assert word not in said


def test_the_help_loads_none_of_the_heavy_packages() -> None:
    heavy = "pandas", "ibis", "pandera", "matplotlib"
    script = f"import sys, helpers.cli; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_the_version_is_a_number() -> None:
    assert likavard("--version").stdout.strip().count(".") == 2


def test_sound_tables_are_counted() -> None:
    done = likavard("check", str(paths.SAMPLE))
    assert done.returncode == 0
    assert "queue: 408 rader, allt stämmer." in done.stdout


@pytest.mark.parametrize("content", [None, "case_id\nK1001\n"])
def test_a_problem_is_told_without_traceback_or_values(tmp_path: Path, content: str | None) -> None:
    if content:
        (tmp_path / "queue.csv").write_text(content)
    done = likavard("check", str(tmp_path))
    assert done.returncode == 2
    assert done.stderr.startswith("Data kan inte användas")
    assert "Traceback" not in done.stderr
    assert "K1001" not in done.stderr + done.stdout
