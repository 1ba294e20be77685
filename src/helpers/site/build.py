"""Build the site: stage, run, refresh, check, render, index, and only then put in place.

What draws is imported when something must be drawn, so that an idle build is over at once.
"""
# ruff: noqa: PLC0415

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from filelock import FileLock, Timeout

from helpers import paths
from helpers.site import cache, gate, git, notebooks, quarto, search
from helpers.site.gate import releases
from helpers.site.pandoc import render as pandoc
from helpers.site.problem import SiteProblem
from helpers.site.project import FILE, Project
from helpers.site.subset import check

Renderer = Literal["auto", "quarto", "pandoc"]

_SOURCES = (FILE, "index.qmd", "notebooks", "reports")
_ALWAYS_THERE = ("index.html", "pagefind")
"""By what a folder is known to be a site that may be replaced."""
_BUILT = Path("_build") / "built"
"""What the site that passed the gate last was made from: a digest."""

_NO_FOLDER = (
    "Gör först en arbetsmapp, med likavard init min-kommun. Gå till den och försök igen där."
)
_MOST_AT_ONCE = 4
"""Notebooks; each takes some 400 MB."""
_WAITS = "Ett annat bygge pågår i samma mapp. Väntar tills det är klart ..."


def build(renderer: Renderer = "auto", root: Path = paths.ROOT, out: Path | None = None) -> Path:
    """Build the site from the notebooks as they run now.

    Parameters
    ----------
    renderer : {"auto", "quarto", "pandoc"}
        What makes HTML of the pages; ``"auto"`` takes Quarto where it is installed.
    root : Path
        The working folder: its pages, if it has any, else those that come along. They are not
        changed.
    out : Path, optional
        Where the site goes; ``_site`` in the working folder by default.

    Returns
    -------
    Path
        The finished site; the one that stands, if nothing that it was made from has changed. On
        failure the former one is left as it was.

    Raises
    ------
    SiteProblem
        If a notebook stops, a page uses what both renderers do not know, or the site would
        take the place of something else.
    NotSafe
        If the site would give a person away. The former one is removed too.
    """
    with _alone(root):
        site = (out or root / releases.SITE).absolute()
        _refuse_other_folder(site)
        releases.place(root, site)
        sources = _sources(renderer, root)
        if not _stands(site, sources, root):
            (root / _BUILT).unlink(missing_ok=True)
            _build(renderer, site, root)
            (root / _BUILT).write_text(sources, encoding="utf-8")
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
    with _alone(root):
        _save(root)


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Let one build at a time work in a folder; the lock of a build that was killed is free."""
    lock = FileLock(root / "_build" / "lock")
    if root == paths.SHIPPED != paths.PACKAGE.parents[1]:
        raise SiteProblem(_NO_FOLDER)
    (root / "_build").mkdir(exist_ok=True)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        print(_WAITS, file=sys.stderr)
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def _sources(renderer: Renderer, root: Path) -> str:
    """Digest all that a site is made from, and is judged by."""
    measured = sorted((paths.SHIPPED / "benchmarks").glob("*/results.json"))
    pages = [_pages(root) / name for name in _SOURCES]
    commit = str(git.commit(root))
    return cache.digest(_program(renderer), commit, *pages, *measured, *notebooks.rested_on())


def _program(renderer: Renderer) -> str:
    """Name what makes HTML of the pages, and the version of what is not among the packages."""
    return subprocess.getoutput("quarto --version") if _takes_quarto(renderer) else "pandoc"


def _stands(site: Path, sources: str, root: Path) -> bool:
    """Whether the site is, to the byte, the one that passed the gate when made from the same."""
    if notebooks.from_database():
        return False
    with suppress(OSError, ValueError, LookupError, TypeError):
        tested = json.loads((root / releases.TESTED).read_text(encoding="utf-8"))
        is_same = (root / _BUILT).read_text(encoding="utf-8") == sources
        return is_same and bool(tested["files"] == cache.sums(site))
    return False


def _build(renderer: Renderer, site: Path, root: Path) -> None:
    from helpers.data import read_actions
    from helpers.questions import settings
    from helpers.site import board, generated, left_out, machine_readable, parameters, terms

    settings.check()
    project, missing = left_out.leave_out(_stage(root), left_out.at_hand(), settings.left_out())
    parameters.inject_settings(project)
    ran = _run(project, root)
    with _nothing_left(site):
        gate.check_sources(project, root, read_actions().to_dict("records"))
        generated.refresh(project.root, ran, git.last_day(root), missing)
        terms.link(project)
        check(project)
        with _replacing(site) as new:
            _render(renderer, project, new)
            search.index(new)
            machine_readable.write(new, ran)
            board.write(new, ran)
            gate.check_site(new, project, root)


def _save(root: Path) -> None:
    from helpers.data import reading
    from helpers.site import generated

    project = _stage(root)
    ran = _run(project, root)
    if generated.is_own(notebooks.numbers(ran)) or not reading.actions_are_sample():
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
        source = _pages(root) / name
        copy = shutil.copytree if source.is_dir() else shutil.copyfile
        copy(source, stage / name)
    return Project(stage)


def _pages(root: Path) -> Path:
    """Give the folder of the pages: the working folder if it has its own."""
    return root if (root / FILE).is_file() else paths.SHIPPED


def _refuse_other_folder(site: Path) -> None:
    """Refuse to put a site in the place of anything but a site, or nothing."""
    there = {file.name for file in site.iterdir()} if site.is_dir() else {site.name}
    if site.exists() and there and not there.issuperset(_ALWAYS_THERE):
        raise SiteProblem(
            f"{site} är något annat än en webbplats och skrivs inte över. Ange en ny mapp."
        )


def _run(project: Project, root: Path) -> list[dict[str, Any]]:
    """Give the staged notebooks their outputs of now, as many at a time as there are cores."""
    from rich.console import Console
    from rich.progress import Progress

    pages, ran = project.notebooks(), []
    with Progress(console=Console(stderr=True)) as progress, _at_once() as pool:
        bar = progress.add_task("Kör anteckningsböckerna", total=len(pages))
        for node in pool.map(partial(_run_one, project.root, root / "_build" / "executed"), pages):
            ran.append(node)
            progress.advance(bar)
    return ran


def _run_one(folder: Path, kept: Path, page: Path) -> dict[str, Any]:
    node = notebooks.execute(folder / page, kept)
    notebooks.write(node, folder / page)
    return node


@contextmanager
def _at_once() -> Iterator[ThreadPoolExecutor]:
    """Run a notebook a core, and begin no other once one has stopped."""
    pool = ThreadPoolExecutor(min(os.cpu_count() or 1, _MOST_AT_ONCE))
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _render(renderer: Renderer, project: Project, output: Path) -> None:
    if _takes_quarto(renderer):
        quarto.render(project, output)
    else:
        pandoc.render(project, output)


def _takes_quarto(renderer: Renderer) -> bool:
    return renderer == "quarto" or (renderer == "auto" and quarto.installed())


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
    site.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=site.parent, prefix=".likavard-") as folder:
        new, old = Path(folder) / "new", Path(folder) / "old"
        new.mkdir()
        yield new
        if site.exists():
            site.rename(old)
        new.rename(site)
