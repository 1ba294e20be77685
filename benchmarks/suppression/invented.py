"""Invented tables of counts, the same on every run."""

from collections.abc import Callable, Sequence
from itertools import product

import numpy as np
import numpy.typing as npt
import pandas as pd

_SEXES, _YEARS, _VALUES = 2, 3, 4


def crossed(*sizes: int, mean: float) -> list[pd.DataFrame]:
    """Draw one table, its counts exponential: many are small, a few are large."""
    draw = np.random.default_rng(3)
    return [_table("abcd"[: len(sizes)], draw.exponential(mean, sizes).astype(int))]


def linked(n: int, mean: float) -> list[pd.DataFrame]:
    """Split the same cases, by sex and year, in as many ways as asked for."""
    draw = np.random.default_rng(3)
    cases = draw.poisson(mean * _VALUES, (_SEXES, _YEARS))
    return [_table(["sex", "year", f"question {i}"], _split(draw, cases)) for i in range(n)]


def _split(draw: np.random.Generator, cases: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    return draw.multinomial(cases, draw.dirichlet(np.ones(_VALUES)))


def _table(columns: Sequence[str], counts: npt.NDArray[np.int64]) -> pd.DataFrame:
    cells = product(*(range(size) for size in counts.shape))
    rows = [(*map(str, cell), int(n)) for cell, n in zip(cells, counts.ravel(), strict=True)]
    return pd.DataFrame(rows, columns=[*columns, "n"])


TABLES: dict[str, Callable[[], list[pd.DataFrame]]] = {
    "2×3×4, as on the site": lambda: crossed(2, 3, 4, mean=40),
    "20×10": lambda: crossed(20, 10, mean=40),
    "20×10×3": lambda: crossed(20, 10, 3, mean=40),
    "50×20×5": lambda: crossed(50, 20, 5, mean=40),
    "50 linked, each 2×3×4": lambda: linked(50, mean=40),
    "500 linked, each 2×3×4": lambda: linked(500, mean=40),
}
