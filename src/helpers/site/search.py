"""Full-text search in the finished pages, by Pagefind."""

import subprocess
import sys
from pathlib import Path

from helpers.site.problem import SiteProblem

FOLDER = "pagefind"
"""Where in a site its index is."""


def index(site: Path) -> None:
    """Add a search index of every page's main content to the site.

    Parameters
    ----------
    site : Path
        The folder of finished pages; the index goes to its `FOLDER`.

    Raises
    ------
    SiteProblem
        If Pagefind cannot read the pages.
    """
    pagefind = [sys.executable, "-m", "pagefind", "--quiet", "--site", str(site)]
    command = [*pagefind, "--root-selector", "main", "--exclude-selectors", "nav"]
    done = subprocess.run(command, check=False, capture_output=True)
    if done.returncode:
        raise SiteProblem(f"Sökningen kunde inte skapas: {done.stderr.decode(errors='replace')}")
    # Pagefind's own search boxes, which the search page does without.
    for unused in (site / FOLDER).glob("pagefind-*ui.*"):
        unused.unlink()
