"""Build the site: stage, run, refresh, check, render, index, and only then put in place."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from rich.console import Console
from rich.progress import Progress

from helpers import paths
from helpers.site import gate, generated, notebooks, quarto, search
from helpers.site.pandoc import render as pandoc
from helpers.site.problem import SiteProblem
from helpers.site.project import FILE, Project
from helpers.site.subset import check

Renderer = Literal["auto", "quarto", "pandoc"]

_SOURCES = (FILE, "index.qmd", "notebooks", "reports")


def build(renderer: Renderer = "auto", root: Path = paths.ROOT) -> Path:
    """Build the site from the notebooks as they run now.

    Parameters
    ----------
    renderer : {"auto", "quarto", "pandoc"}
        What makes HTML of the pages; ``"auto"`` takes Quarto where it is installed.
    root : Path
        The repository.

    Returns
    -------
    Path
        The finished site. On failure the former one is left as it was.

    Raises
    ------
    SiteProblem
        If a notebook stops, or a page uses what both renderers do not know.
    NotSafe
        If the site would give a person away. The former one is removed too.
    """
    project = _stage(root)
    ran = _run(project, root)
    site: Path = root / project.config["project"]["output-dir"]
    with _nothing_left(site):
        gate.check_sources(project, root)
        generated.refresh(project.root, ran, generated.last_commit(root))
        check(project)
        with _replacing(site) as new:
            _render(renderer, project, new)
            search.index(new)
            gate.check_site(new, project, root)
    return site


def save(root: Path = paths.ROOT) -> None:
    """Run the notebooks on the sample, and keep their outputs and what is made of them.

    Parameters
    ----------
    root : Path
        The repository, whose notebooks and generated parts are rewritten.

    Raises
    ------
    SiteProblem
        If the outputs rest on anything but the sample and the published figures.
    """
    project = _stage(root)
    ran = _run(project, root)
    if generated.is_own(notebooks.numbers(ran)):
        raise SiteProblem(
            "Inget sparades. Bara resultat från exempeldata får sparas i anteckningsböckerna."
        )
    generated.refresh(project.root, ran, committed=None)
    check(project)
    for folder in ("notebooks", generated.FOLDER, Path("reports") / "reference"):
        shutil.copytree(project.root / folder, root / folder, dirs_exist_ok=True)


def _stage(root: Path) -> Project:
    """Copy the project's sources to where they can be filled in."""
    stage = root / "_build" / "site"
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir(parents=True)
    for name in _SOURCES:
        copy = shutil.copytree if (root / name).is_dir() else shutil.copyfile
        copy(root / name, stage / name)
    return Project(stage)


def _run(project: Project, root: Path) -> list[dict[str, Any]]:
    """Give the staged notebooks their outputs of now."""
    pages, ran = project.notebooks(), []
    with Progress(console=Console(stderr=True)) as progress:
        bar = progress.add_task("", total=len(pages))
        for page in pages:
            progress.update(bar, description=f"Kör {page.name}")
            node = notebooks.execute(project.root / page, root / "_build" / "executed")
            notebooks.write(node, project.root / page)
            ran.append(node)
            progress.advance(bar)
    return ran


def _render(renderer: Renderer, project: Project, output: Path) -> None:
    if renderer == "quarto" or (renderer == "auto" and quarto.installed()):
        quarto.render(project, output)
    else:
        pandoc.render(project, output)


@contextmanager
def _nothing_left(site: Path) -> Iterator[None]:
    """Take the former site away too, where the new one does not pass."""
    try:
        yield
    except gate.NotSafe:
        shutil.rmtree(site, ignore_errors=True)
        raise


@contextmanager
def _replacing(site: Path) -> Iterator[Path]:
    """Give a folder beside the site, which takes its place if all goes well."""
    with TemporaryDirectory(dir=site.parent / "_build") as folder:
        new, old = Path(folder) / "new", Path(folder) / "old"
        new.mkdir()
        yield new
        if site.exists():
            site.rename(old)
        new.rename(site)
