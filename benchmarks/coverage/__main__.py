"""Draw invented towns, answer every question, and print how often the headlines hold.

Shown, coverage, wrongly established, mean bias and median width of each headline, beside the
same from true counts. Towns of a size are the same for every question, by fixed seeds.
"""

import argparse
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice, product
from multiprocessing import get_context

import numpy as np
from rich.console import Console
from rich.progress import track

from benchmarks.coverage.towns import QUESTIONS, Answered, answer, exact
from helpers.data import sample

SIZES = ((15, 15), (15, 60), (30, 90), (60, 60), (170, 217))
_HEAD = ("shown", "covers", "wrong", "bias", "width")


def main() -> None:
    """Run the towns on both cores, and print a table."""
    towns = _towns_asked()
    sample.truth(True)  # simulated once, before the processes part
    cases = list(product((False, True), SIZES, QUESTIONS))
    jobs = [(question, *size, seed, gap) for gap, size, question in cases for seed in range(towns)]
    with ProcessPoolExecutor(2, mp_context=get_context("fork")) as pool:
        done = pool.map(_both, jobs, chunksize=5)
        found = iter(track(done, "Towns", len(jobs), console=Console(stderr=True)))
        head = "  ".join(f"{name:>7}" for name in _HEAD)
        print(f"{towns} towns a row.  {'':34}noisy{'':39}exact\n{'':36}{head}     {head}")
        for gap, size, question in cases:
            noisy, true = zip(*islice(found, towns), strict=True)
            name = f"{'gap' if gap else 'no gap':7}{size[0]}/{size[1]:<5} {question}"
            print(f"{name:36}{_line(noisy)}     {_line(true)}", flush=True)


def _towns_asked() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.coverage", description=__doc__)
    parser.add_argument("--towns", type=int, default=200, help="a size (200)")
    towns: int = parser.parse_args().towns
    return towns


def _both(job: tuple[str, int, int, int, bool]) -> tuple[Answered, Answered]:
    return answer(*job), exact(*job)


def _line(towns: Sequence[Answered]) -> str:
    shown = [town for town in towns if town.is_shown]
    if not shown:
        return f"{0:7.1%}" + " " * 36
    covers = np.mean([town.covers for town in shown])
    wrong = np.mean([town.is_wrong for town in shown])
    finite = [town for town in shown if np.isfinite(town.value)]
    bias = np.mean([town.value - town.truth for town in finite])
    width = np.median([town.high - town.low for town in shown])
    return f"{len(shown) / len(towns):7.1%}  {covers:7.1%}  {wrong:7.1%}  {bias:7.3f}  {width:7.3f}"


if __name__ == "__main__":
    main()
