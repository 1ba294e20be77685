"""Seconds and peak memory of a process of its own."""

import json
import os
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from threading import Timer
from time import perf_counter


@dataclass(frozen=True)
class Run:
    """What a process printed and took.

    Attributes
    ----------
    seconds : float
        From start to end of the process.
    peak : float
        Most memory it held at once, in MB.
    steps : dict of str to float
        Seconds each step took.
    means : dict of str to float
        Its answer: mean waits, in days.
    """

    seconds: float
    peak: float
    steps: dict[str, float]
    means: dict[str, float]

    @property
    def work(self) -> float:
        """Seconds of every step but the imports."""
        return sum(self.steps.values()) - self.steps["import"]


def measure(command: Sequence[str], limit: float) -> Run | None:
    """Run a process that prints its answer as JSON.

    Parameters
    ----------
    command : sequence of str
        Program and arguments.
    limit : float
        Seconds after which it is stopped.

    Returns
    -------
    Run or None
        None if it was stopped.

    Raises
    ------
    subprocess.CalledProcessError
        If it fails.
    """
    started = perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        timer = Timer(limit, process.kill)
        timer.start()
        printed = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = perf_counter() - started
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
    if seconds >= limit:
        return None
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Run(seconds, usage.ru_maxrss * 1024 / 1e6, **json.loads(printed))


def least(runs: Iterable[Run | None]) -> Run | None:
    """Least seconds, overall and by step, and least memory of runs of one command."""
    done = [run for run in runs if run]
    if not done:
        return None
    steps = {step: min(run.steps[step] for run in done) for step in done[0].steps}
    peak = min(run.peak for run in done)
    return Run(min(run.seconds for run in done), peak, steps, done[0].means)
