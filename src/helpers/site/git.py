"""What git knows of the repository; None where there is no git, or no repository."""

import subprocess
from contextlib import suppress
from pathlib import Path


def commit(root: Path) -> str | None:
    """Name the commit of a repository, and whether files differ from it."""
    return _said(root, "describe", "--always", "--dirty", "--abbrev=40")


def last_day(root: Path) -> str | None:
    """ISO date of the last commit."""
    return _said(root, "log", "-1", "--format=%cs")


def _said(root: Path, *command: str) -> str | None:
    with suppress(FileNotFoundError):
        told = subprocess.run(["git", "-C", str(root), *command], check=False, capture_output=True)
        return told.stdout.decode().strip() or None
    return None
