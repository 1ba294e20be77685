"""A small project that uses all the pages may use; the real site, built once; a browser."""

import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import Browser, sync_playwright
from reader import Reader, built, launch, served

from helpers.paths import ROOT
from helpers.site.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    root = tmp_path / "project"
    shutil.copytree(Path(__file__).with_name("project"), root)
    return Project(root)


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the real site beside the repository's own, from notebooks already run where it can.

    Once for all that test at the same time.
    """
    base = tmp_path_factory.getbasetemp()
    root = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "repository"
    with FileLock(f"{root}.lock"):
        if not (root / "_site").exists():
            executed = ROOT / "_build" / "executed"
            executed.mkdir(parents=True, exist_ok=True)
            (root / "_build").mkdir(parents=True)
            (root / "_build" / "executed").symlink_to(executed)
            built(root)
    return root / "_site"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not program:
        pytest.skip("Needs Chromium: install chromium or set CHROMIUM=/path/to/it")
    with sync_playwright() as playwright:
        browser = launch(playwright, program)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def address(browser: Browser, real_site: Path) -> Iterator[str]:
    """Where the real site is served. After `browser`: without one, nothing need be built."""
    with served(real_site) as url:
        yield url


@pytest.fixture(scope="session")
def reader(browser: Browser, address: str) -> Callable[..., Reader]:
    """Give the reader of a width and a scheme, the same one each time."""
    return cache(partial(Reader, browser, address))


@pytest.fixture(scope="session")
def folder_reader(browser: Browser, real_site: Path) -> Reader:
    """One who opens the site as files in a folder."""
    return Reader(browser, f"{real_site.as_uri()}/")
