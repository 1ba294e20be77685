"""A small project that uses everything the site's pages may use."""

import shutil
from pathlib import Path

import pytest

from helpers.site.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    root = tmp_path / "project"
    shutil.copytree(Path(__file__).with_name("project"), root)
    return Project(root)
