"""A small repository, built with one thing or other on its pages."""

from collections.abc import Callable
from pathlib import Path

import pytest
from small_site import Output, write

from helpers.site import build, generated, notebooks
from helpers.site.project import Project


@pytest.fixture
def repository(project: Project, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in for a repository whose notebooks have been run."""
    monkeypatch.setattr(notebooks, "execute", lambda notebook, _: notebooks.read(notebook))
    monkeypatch.setattr(generated, "refresh", lambda root, ran, committed, missing: None)
    (project.root / "index.qmd").write_text("---\ntitle: Läget i korthet\n---\n", encoding="utf-8")
    return project.root


@pytest.fixture
def built(repository: Path) -> Callable[..., Path]:
    """Give what builds a site of pages by name, each showing something."""

    def built(**pages: Output) -> Path:
        write(repository, pages)
        return build.build("pandoc", repository)

    return built
