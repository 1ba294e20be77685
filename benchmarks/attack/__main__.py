"""Attack 200 invented towns, and write what a reader can prove and name.

``python -m benchmarks.attack``, or some of the sizes at a time. Each town has a key of its own, and
is published one, two and three times, a year apart. The shares are means over the towns.
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

TOWNS = {40: 40, 60: 40, 100: 40, 150: 30, 200: 20, 300: 15, 500: 10, 1000: 4, 5000: 1}
"""How many towns of a size: most of the small, where counts are small and soon read."""
LIMITS = {"changes": 0.2, "counts": 0.1}
"""Shares of the counts and changes of 1-4 that may be named."""
RESULTS = Path(__file__).with_name("results.json")


def main() -> None:
    """Print a line for each size, question and number of releases, and write them all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.attack", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[*TOWNS], choices=[*TOWNS])
    parser.add_argument("--towns", type=int, help="of each size (as many as say something)")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--to", type=Path, default=RESULTS, help="rows of other sizes are kept")
    asked = parser.parse_args()
    rows = json.loads(asked.to.read_text(encoding="utf-8"))["rows"] if asked.to.exists() else []
    with ProcessPoolExecutor(asked.workers, mp_context=get_context("fork")) as pool:
        for people, question in product(asked.sizes, QUESTIONS):
            towns = range(asked.towns or TOWNS[people])
            seen = list(pool.map(partial(_attacked, question, people), towns))
            rows = [row for row in rows if (row["people"], row["question"]) != (people, question)]
            rows += _rows(people, question, seen)
            rows.sort(key=lambda row: (row["people"], row["releases"], row["question"]))
            asked.to.write_text(_json({"limits": LIMITS, "rows": rows}), encoding="utf-8")


def _attacked(question: str, people: int, seed: int) -> list[Seen]:
    return list(attack(question, people, seed))


def _rows(people: int, question: str, seen: Sequence[Sequence[Seen]]) -> list[dict[str, Any]]:
    """Give a row for each number of releases, and print it."""
    rows = [
        {"people": people, "question": question, "releases": releases, **means(towns)}
        for releases, towns in enumerate(zip(*seen, strict=True), start=1)
    ]
    print(*rows, sep="\n", flush=True)
    return rows


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
