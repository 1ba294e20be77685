"""The real site, and one who reads it in a browser and notes what it asks for and complains of."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from playwright.sync_api import Browser, Page

from helpers.paths import ROOT
from helpers.site.build import build
from helpers.site.project import Project

PAGES = [page.with_suffix(".html").as_posix() for page in Project(ROOT).pages()]
LOOKS = [(1400, "light"), (1400, "dark"), (390, "light"), (390, "dark")]

_NO_CALLS_HOME = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def built(root: Path) -> Path:
    """Build the site in another folder, from the repository's sources."""
    for name in (".git", "_quarto.yml", "index.qmd", "notebooks", "reports"):
        (root / name).symlink_to(ROOT / name)
    return build("pandoc", root)


class Reader:
    """A browser window of one width and one colour scheme, on one copy of the site."""

    def __init__(self, browser: Browser, base: str, width: int = 1400, scheme: str = "light"):
        self.base = base
        self.page: Page = browser.new_page(
            viewport={"width": width, "height": 900}, color_scheme=scheme, accept_downloads=True
        )
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._note)

    def _note(self, message) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def open(self, name: str, unfolded: bool = True) -> Page:
        """Open a page of the site, by default with everything on it unfolded."""
        self.page.goto(self.base + name)
        if unfolded:
            self.page.evaluate(
                "for (const part of document.querySelectorAll('details')) part.open = true"
            )
        return self.page


def launch(playwright, program: str) -> Browser:
    return playwright.chromium.launch(executable_path=program, args=_NO_CALLS_HOME)


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine, and give its address."""
    handler = partial(_Silent, directory=folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
