"""Attack invented towns of each size, and write what a reader can prove and name.

``python -m benchmarks.attack --towns 200``. Each town has a key of its own, and is published one,
two and three times, a year apart. The shares are means over the towns.
"""

import argparse
import json
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import product
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.attack.towns import Seen, attack
from helpers.questions import QUESTIONS

SIZES = (40, 60, 100, 150, 200, 300, 500, 1000, 5000)
LIMITS = {"changes": 0.2, "counts": 0.1}
"""Shares of the counts and changes of 1-4 that may be named."""
RESULTS = Path(__file__).with_name("results.json")


def main() -> None:
    """Print a line for each question, size and number of releases, and write them all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.attack", description=__doc__)
    parser.add_argument(
        "--towns", type=int, default=200, help="in all, evenly over the sizes (200)"
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--releases", type=int, nargs="+", default=(1, 2, 3))
    parser.add_argument("--to", type=Path, default=RESULTS)
    asked = parser.parse_args()
    each = max(1, asked.towns // len(asked.sizes))
    rows: list[dict[str, Any]] = []
    with ProcessPoolExecutor(2, mp_context=get_context("fork")) as pool:
        for people, releases, question in product(asked.sizes, asked.releases, QUESTIONS):
            ask = partial(attack, question, people, releases=releases)
            seen = list(pool.map(ask, range(each)))
            rows.append({"people": people, "question": question, "releases": releases})
            rows[-1] |= means(seen)
            print(rows[-1], flush=True)
            asked.to.write_text(_json({"limits": LIMITS, "rows": rows}), encoding="utf-8")


def _json(found: object) -> str:
    return json.dumps(found, indent=1, sort_keys=True) + "\n"


def means(seen: Sequence[Seen]) -> dict[str, Any]:
    """Give means over towns of the shares named, of towns where there is something to name."""
    return {
        "towns": len(seen),
        "counts": _mean([town.named / town.small for town in seen if town.small]),
        "changes": _mean([t.named_changes / t.small_changes for t in seen if t.small_changes]),
        "by_rates": _mean([town.by_rates for town in seen]),
        "proved": sum(town.proved for town in seen),
    }


def _mean(shares: Sequence[float]) -> float:
    return round(float(np.mean(shares)), 4) if shares else 0.0


if __name__ == "__main__":
    main()
