"""The same versions whichever way the project is installed: pip, conda or on GitHub."""

import os
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from helpers.paths import ROOT
from helpers.site.gate.releases import TESTED, write

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ASKED = [
    Requirement(text)
    for text in [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
]


def read_yaml(name):
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


def locked() -> Iterator[tuple[Requirement, list[str]]]:
    """Each pin of the lock with its hashes."""
    pins = "\n".join(line for line in LOCK.splitlines() if not line.startswith("#"))
    for pin in re.split(r"\n(?=\S)", pins):
        requirement, *hashes = re.split(r"\s+\\\n\s+", pin.strip())
        yield Requirement(requirement), hashes


VERSIONS = {canonicalize_name(pin.name): pin for pin, _ in locked()}


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_each_dependency_is_locked_at_one_version_in_its_range(asked):
    (version,) = VERSIONS[canonicalize_name(asked.name)].specifier
    assert version.operator == "=="
    assert asked.specifier.contains(version.version)


def test_each_package_is_locked_once_so_that_every_python_gets_the_same():
    assert len(VERSIONS) == len(list(locked()))


def test_every_locked_package_has_hashes():
    for pin, hashes in locked():
        assert hashes, f"{pin.name} has no hash"
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", text) for text in hashes)


def test_the_lock_names_no_place_to_fetch_from():
    assert "://" not in LOCK
    assert not re.search(r"^-", LOCK, re.MULTILINE)


def test_conda_installs_the_lock_and_only_adds_what_pip_does_not_have():
    *conda, from_pip = read_yaml("environment.yml")["dependencies"]
    assert from_pip == {"pip": ["-r requirements.lock"]}
    names = {re.split("[=<>]", text)[0] for text in conda}
    assert {"python", "pip", "quarto", "make", "git"} == names
    assert not names & set(VERSIONS)


def test_conda_and_github_run_one_python_that_the_project_supports():
    (conda,) = [
        text.removeprefix("python=")
        for text in read_yaml("environment.yml")["dependencies"]
        if isinstance(text, str) and text.startswith("python=")
    ]
    steps = read_yaml(".github/workflows/publish.yml")["jobs"]["build"]["steps"]
    (github,) = [step["with"]["python-version"] for step in steps if "setup-python" in str(step)]
    assert conda == github
    assert SpecifierSet(PROJECT["requires-python"]).contains(conda)


@pytest.mark.parametrize(("data", "status"), [("sample", 0), ("own", 1)])
def test_github_publishes_nothing_but_the_site_of_the_sample(tmp_path, data, status):
    steps = read_yaml(".github/workflows/publish.yml")["jobs"]["build"]["steps"]
    made, (guard, upload) = [step.get("run") for step in steps[:-2]], steps[-2:]
    assert made[-2:] == ["make test", ".venv/bin/likavard site --renderer pandoc"]
    assert "upload-pages-artifact" in upload["uses"]
    (tmp_path / "_build").mkdir()
    write({"data": data, "files": {}}, tmp_path / TESTED)
    done = subprocess.run(["/bin/sh", "-c", guard["run"]], cwd=tmp_path, check=False)
    assert done.returncode == status


def test_the_citation_names_this_version_and_licence():
    citation = read_yaml("CITATION.cff")
    assert citation["version"] == PROJECT["version"]
    assert citation["license"] == PROJECT["license"] == "EUPL-1.2"
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert licence.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_contributing_says_why_each_dependency_is_taken(asked):
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert f"\n| {asked.name} | " in contributing


_STUB = '#!/bin/sh\nenv > "$0.env"\necho "$@" > "$0.said"\n'
_PYTHON = """#!/bin/sh
[ "$1" = -c ] && exit 0
mkdir -p .venv/bin
for program in pip uv; do cp stub .venv/bin/$program; done
"""
_ELSEWHERE = {"PIP_USER": "1", "PIP_TARGET": "/nowhere", "PIP_PREFIX": "/nowhere", "PIP_ROOT": "/"}


@pytest.mark.skipif(not shutil.which("make"), reason="needs make")
@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "UV_DEFAULT_INDEX", "SSL_CERT_FILE"])
def test_a_proxy_a_mirror_and_certificates_of_one_s_own_are_kept(variable):
    assert made_with({variable: "/of/our/own"})[variable] == "/of/our/own"


def test_packages_come_from_whom_the_machine_trusts():
    assert made_with({})["UV_SYSTEM_CERTS"] == "1"
    assert made_with({"UV_SYSTEM_CERTS": "0"})["UV_SYSTEM_CERTS"] == "0"


def made_with(own):
    """Give the environment of what make runs."""
    plain = {name: value for name, value in os.environ.items() if name != "UV_SYSTEM_CERTS"}
    make = ["make", "--silent", "--eval=environment: ; @env -0", "environment"]
    done = subprocess.run(
        make, cwd=ROOT, env=plain | own, capture_output=True, text=True, check=True
    )
    return dict(line.split("=", 1) for line in done.stdout.split("\0") if "=" in line)


def test_own_settings_of_pip_do_not_stop_the_setting_up(tmp_path):
    for name, text in {"stub": _STUB, "python": _PYTHON}.items():
        (tmp_path / name).write_text(text)
        (tmp_path / name).chmod(0o755)
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copyfile(ROOT / name, tmp_path / name)
    own = _ELSEWHERE | {"PIP_INDEX_URL": "https://mirror.example/simple"}
    command = ["make", "--silent", "PYTHON=./python", ".venv/.ready"]
    subprocess.run(command, cwd=tmp_path, env=os.environ | own, check=True, capture_output=True)

    given = dict(
        line.split("=", 1)
        for line in (tmp_path / ".venv/bin/pip.env").read_text().splitlines()
        if "=" in line
    )
    assert not given.keys() & _ELSEWHERE.keys()
    assert given["PIP_INDEX_URL"] == own["PIP_INDEX_URL"]
    assert "--no-user" in (tmp_path / ".venv/bin/pip.said").read_text()
