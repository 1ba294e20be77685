"""The Quarto project as its own file, `_quarto.yml`, describes it."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

FILE = "_quarto.yml"


@dataclass(frozen=True)
class Project:
    """A folder with a `_quarto.yml`.

    Attributes
    ----------
    root : Path
        The folder.
    """

    root: Path

    @cached_property
    def config(self) -> dict[str, Any]:
        """What `_quarto.yml` says."""
        config: dict[str, Any] = yaml.safe_load((self.root / FILE).read_text(encoding="utf-8"))
        return config

    @property
    def html(self) -> dict[str, Any]:
        """The options of the one format, HTML."""
        options: dict[str, Any] = self.config["format"]["html"]
        return options

    def pages(self) -> list[Path]:
        """Source pages relative to the root, in the order of the render list."""
        return self._matching(self.config["project"]["render"])

    def notebooks(self) -> list[Path]:
        """Source pages that are notebooks."""
        return [page for page in self.pages() if page.suffix == ".ipynb"]

    def resources(self) -> list[Path]:
        """Files that go to the site as they are."""
        return self._matching(self.config["project"].get("resources", []))

    def _matching(self, patterns: list[str]) -> list[Path]:
        found = (
            path for pattern in patterns for path in sorted(self.root.glob(pattern.lstrip("/")))
        )
        return list(dict.fromkeys(path.relative_to(self.root) for path in found))
