"""Who takes part, and what each took."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.files import AS_OF, integers, parquet
from benchmarks.measure import Run, least, measure

OURS = "Lika vård"
CHECKED = "Lika vård, contract checked first"

_CONTENDERS = Path(__file__).with_name("contenders")
_MODULES = {
    OURS: ("likavard", "unchecked"),
    CHECKED: ("likavard",),
    "lifelines": ("lifelines",),
    "statsmodels": ("statsmodels",),
}


@dataclass(frozen=True)
class Result:
    """What a contender took on so many rows; `run` is None if it was stopped."""

    rows: int
    contender: str
    run: Run | None


def contest(rows: int, repeats: int = 1, limit: float = 300) -> Iterator[Result]:
    """Let every contender answer for the same cases, one at a time, in turns.

    Parameters
    ----------
    rows : int
        Number of cases, made unless they lie there.
    repeats : int
        Turns, of which the least time counts.
    limit : float
        Seconds after which a contender is stopped, and has no more turns.

    Yields
    ------
    Result
        One a contender.
    """
    if not integers(parquet(rows)).exists():
        subprocess.run([sys.executable, "-m", "benchmarks.cases", str(rows)], check=True)
    commands = _commands(parquet(rows))
    turns: dict[str, list[Run | None]] = {name: [] for name in commands}
    for _ in range(repeats):
        for name, command in commands.items():
            if None not in turns[name]:
                turns[name].append(measure(command, limit))
    yield from (Result(rows, name, least(runs)) for name, runs in turns.items())


def _commands(cases: Path) -> dict[str, list[str]]:
    commands = {
        name: [sys.executable, "-m", f"benchmarks.contenders.{module}", str(cases), *options]
        for name, (module, *options) in _MODULES.items()
    }
    if _has_survival():
        as_of = str((AS_OF - date(1970, 1, 1)).days)
        script = str(_CONTENDERS / "survival.R")
        commands["R survival"] = ["Rscript", script, str(integers(cases)), as_of]
    return commands


def _has_survival() -> bool:
    if shutil.which("Rscript") is None:
        return False
    asked = ["Rscript", "-e", "stopifnot(requireNamespace('survival', quietly = TRUE))"]
    return subprocess.run(asked, check=False, capture_output=True).returncode == 0
