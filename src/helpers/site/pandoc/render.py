"""Render a project to HTML with pandoc."""

import json
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from os import cpu_count
from os.path import relpath
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pypandoc

from helpers.site.pandoc.notebook import markdown
from helpers.site.problem import SiteProblem
from helpers.site.project import Project
from helpers.site.source import cells, expand, front_matter, without_front_matter

_HERE = Path(__file__).parent
_FRAME = ("page.css", "page.js")
_UNRESOLVED = 65
"""The exit status `quarto.lua` leaves with when a reference has no target."""


def render(project: Project, output: Path) -> None:
    """Write the project's pages and resources as a folder of static files.

    Parameters
    ----------
    project : Project
        A project that keeps to the subset.
    output : Path
        The folder to write into.

    Raises
    ------
    SiteProblem
        If a reference on a page has no target, or pandoc cannot read the page.
    """
    with ThreadPoolExecutor(cpu_count()) as threads:
        list(threads.map(partial(_page, project, output), project.pages()))
    for file in [*project.resources(), Path(project.html["css"])]:
        _copy(project.root / file, output / file)
    for name in _FRAME:
        _copy(_HERE / name, output / name)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _page(project: Project, output: Path, page: Path) -> None:
    target = output / page.with_suffix(".html")
    target.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        defaults = Path(folder) / "defaults.yaml"
        defaults.write_text(json.dumps(_defaults(project, page)), encoding="utf-8")
        _pandoc(_markdown(project, page), defaults, target, page)


def _pandoc(text: str, defaults: Path, target: Path, page: Path) -> None:
    command = [pypandoc.get_pandoc_path(), "--defaults", defaults, "--output", target]
    done = subprocess.run(
        command, check=False, input=text, text=True, encoding="utf-8", capture_output=True
    )
    if done.returncode == _UNRESOLVED:
        raise SiteProblem(f"Webbplatsen byggdes inte. {page}: {done.stderr}.")
    if done.returncode:
        raise SiteProblem(f"Webbplatsen byggdes inte. pandoc kunde inte läsa {page}: {done.stderr}")


def _markdown(project: Project, page: Path) -> str:
    path = project.root / page
    options = {"code-fold": project.html.get("code-fold", False)} | front_matter(path)
    text = markdown(cells(path), options)
    return expand(without_front_matter(text), path, project.root)


def _defaults(project: Project, page: Path) -> dict[str, Any]:
    """Everything pandoc is told about a page, as its defaults file."""
    html, meta = project.html, front_matter(project.root / page)
    return {
        "from": "markdown",
        "to": "html5",
        "standalone": True,
        "template": str(_HERE / "page.html"),
        "filters": [str(_HERE / "quarto.lua")],
        "section-divs": True,
        "wrap": "preserve",
        "toc": meta.get("toc", html.get("toc", False)),
        "toc-depth": meta.get("toc-depth", html.get("toc-depth", 3)),
        "metadata-files": [str(project.root / file) for file in project.config["metadata-files"]],
        "metadata": {"language": project.config["language"]} | meta,
        "variables": _frame(project, page),
    }


def _frame(project: Project, page: Path) -> dict[str, Any]:
    """Give the template what it puts round the page."""
    website, language, html = project.config["website"], project.config["language"], project.html
    return {
        "lang": project.config["lang"],
        "root": "../" * (len(page.parts) - 1),
        "front": page == Path("index.qmd"),
        "site-title": website["title"],
        "nav": [_menu_item(item, page) for item in website["navbar"]["left"]],
        "css": [_link(page, "page.css"), _link(page, html["css"])],
        "toc-title": language["toc-title-website"],
        "include-after": _after(project),
        "footer": [_menu_item(item, page) for item in website["page-footer"]["left"]],
    }


def _link(page: Path, target: str) -> str:
    return Path(relpath(target, page.parent)).as_posix()


def _menu_item(item: dict[str, str], page: Path) -> dict[str, Any]:
    target = Path(item["href"])
    href = _link(page, target.with_suffix(".html").as_posix())
    return {"href": href, "text": item["text"], "current": target == page}


def _after(project: Project) -> str:
    """Read what stands after every page's content."""
    files = project.html.get("include-after-body", [])
    return "".join((project.root / file).read_text(encoding="utf-8") for file in files)
