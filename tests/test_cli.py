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
    assert "queue: 445 rader, allt stämmer." in done.stdout


@pytest.mark.parametrize("content", [None, "case_id\nK1001\n"])
def test_a_problem_is_told_without_traceback_or_values(tmp_path: Path, content: str | None) -> None:
    if content:
        (tmp_path / "queue.csv").write_text(content)
    done = likavard("check", str(tmp_path))
    assert done.returncode == 2
    assert done.stderr.startswith("Data kan inte användas")
    assert "Traceback" not in done.stderr
    assert "K1001" not in done.stderr + done.stdout


def test_a_delivery_is_reported_on_a_page_outside_the_repository(tmp_path: Path) -> None:
    report = tmp_path / "rapport.html"
    done = likavard("check", str(paths.SAMPLE / "queue.csv"), "--html", str(report))
    assert done.returncode == 0
    assert "kan besvaras" in done.stdout
    assert "<h1>Granskning av uttaget</h1>" in report.read_text(encoding="utf-8")
    refused = likavard("check", "--html", str(paths.ROOT / "rapport.html"))
    assert refused.returncode == 2
    assert "ligger i ett kodarkiv" in refused.stderr


def test_an_export_is_imported_and_a_mapping_is_proposed(tmp_path: Path) -> None:
    export, mapping = tmp_path / "bostad.csv", tmp_path / "m.yml"
    export.write_text("Id;Person;Har barn;Beslut\n1;P1;ja;28/4-23\n2;P2;nej;igår\n")
    columns = "{Id: case_id, Person: person_id, Har barn: has_children, Beslut: decided_on}"
    fixed = "{access_on: '', left_on: '', left_reason: ''}"
    mapping.write_text(f"tables: {{queue: {{columns: {columns}, fixed: {fixed}}}}}")
    to = ["--mapping", str(mapping), "--to", str(tmp_path / "ut")]
    refused = likavard("import", str(export), *to)
    assert refused.returncode == 2
    assert "går inte att läsa som datum (1 rad: rad 3 i bostad.csv)" in refused.stderr
    done = likavard("import", str(export), *to, "--accept-partial")
    assert done.returncode == 0
    assert "queue: 1 rad skrivna, 1 utelämnade." in done.stdout
    assert "1 rad utelämnade vid importen" in likavard("check", str(tmp_path / "ut")).stdout
    proposed = likavard("import", str(export), "--suggest").stdout
    assert '"Beslut": decided_on  # 75 %' in proposed
