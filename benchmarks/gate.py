"""Time the release gate beside the rest of the build: ``python -m benchmarks.gate``."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TypeVar
from unittest.mock import patch

from helpers.paths import ROOT
from helpers.site import gate
from helpers.site.build import build

HEADING = """\
| build of the sample site | seconds | gate | added | attack | reading | numbers | scan |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"""
BUILDS = ("notebooks run now", "notebooks run before")

PARTS = {
    "attack": (gate.leaks, "find"),
    "reading": (gate, "read_site"),
    "numbers": (gate.recorded, "find"),
    "scan": (gate, "scan"),
}
T = TypeVar("T")


def main() -> None:
    """Build the site twice in a folder of its own, and print a Markdown table."""
    print(HEADING)
    with TemporaryDirectory() as folder:
        for name in (".git", "_quarto.yml", "index.qmd", "notebooks", "reports", "releases"):
            (Path(folder) / name).symlink_to(ROOT / name)
        for name in BUILDS:
            print(line(name, Path(folder)), flush=True)


def line(name: str, root: Path) -> str:
    """Build once, and say how long it took as a row of a Markdown table."""
    started = perf_counter()
    with clocked() as seconds:
        build("pandoc", root)
    whole = perf_counter() - started
    added = seconds["gate"] / (whole - seconds["gate"])
    parts = " | ".join(f"{seconds[part]:.1f}" for part in PARTS)
    return f"| {name} | {whole:.1f} | {seconds['gate']:.1f} | {added:.0%} | {parts} |"


def timed(seconds: dict[str, float], name: str, function: Callable[..., T]) -> Callable[..., T]:
    """Note how long a function takes."""

    def noted(*arguments: object) -> T:
        started = perf_counter()
        try:
            return function(*arguments)
        finally:
            seconds[name] = perf_counter() - started

    return noted


@contextmanager
def clocked() -> Iterator[dict[str, float]]:
    """Note how long the gate and its parts take; what it finds is of no account here."""
    seconds: dict[str, float] = {}
    whole = timed(seconds, "gate", gate.pass_through)

    def pass_through(*arguments: object) -> None:
        with suppress(gate.NotSafe):
            whole(*arguments)

    with ExitStack() as patches:
        for name, (module, function) in PARTS.items():
            noted = timed(seconds, name, getattr(module, function))
            patches.enter_context(patch.object(module, function, noted))
        patches.enter_context(patch.object(gate, "pass_through", pass_through))
        yield seconds


if __name__ == "__main__":
    main()
