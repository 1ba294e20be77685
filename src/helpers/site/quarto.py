"""Render a project with Quarto itself."""

import shutil
import subprocess
from pathlib import Path

from helpers.site.problem import SiteProblem
from helpers.site.project import Project


def installed() -> bool:
    """Whether there is a Quarto to call."""
    return shutil.which("quarto") is not None


def render(project: Project, output: Path) -> None:
    """Have Quarto render the project, and move what it wrote to a folder.

    Parameters
    ----------
    project : Project
        A project that keeps to the subset.
    output : Path
        The folder to put the site in; replaced.

    Raises
    ------
    SiteProblem
        If Quarto is not installed or fails.
    """
    if not installed():
        raise SiteProblem("Quarto är inte installerat. Kör utan --renderer, så används pandoc.")
    if subprocess.run(["quarto", "render", str(project.root)], check=False).returncode:
        raise SiteProblem("Webbplatsen byggdes inte. Quarto stannade, se texten ovan.")
    shutil.rmtree(output, ignore_errors=True)
    shutil.move(project.root / project.config["project"]["output-dir"], output)
