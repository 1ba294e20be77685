"""Invented tables, the same on every run."""

from collections.abc import Callable
from itertools import combinations

import numpy as np

from benchmarks.attack.hiding import Numbers, facts
from helpers.disclosure.told import Fact

_PLACEMENTS = {"sex": 2, "stage": 4, "care": 3, "period": 3, "ending": 3}
_PAGES = (
    ("sex", "stage"),
    ("sex", "care", "period"),
    ("sex", "care", "ending"),
    ("sex", "stage", "period"),
)


def sample() -> list[Fact]:
    """As many as the sample site tells: a survey, placements by several groupings, a queue."""
    draw = np.random.default_rng(1)
    told = [
        fact
        for item in range(7)
        for fact in facts(
            f"survey, item {item}", ("sex", "period", "answer"), _counts(draw, (2, 3, 4), 15)
        )
    ]
    placements = _counts(draw, tuple(_PLACEMENTS.values()), 6)
    for page in _PAGES:
        others = tuple(i for i, name in enumerate(_PLACEMENTS) if name not in page)
        told += facts("placements", page, placements.sum(axis=others))
    blocks = _counts(draw, (2, 2, 3, 40), 8)
    blocks[blocks < 5] = 0
    return told + list(facts("queue", ("sex", "has_children", "event", "weeks"), blocks))


def cube() -> list[Fact]:
    """One table of 50 × 20 × 5 with its margins, a third of it hidden."""
    return list(facts("cases", "abc", _counts(np.random.default_rng(1), (50, 20, 5), 8)))


def linked(attributes: int = 32) -> list[Fact]:
    """496 tables of the same 1,500 cases: every pair of 32 attributes."""
    draw = np.random.default_rng(1)
    cases = draw.choice(3, p=[0.6, 0.37, 0.03], size=(1500, attributes))
    told: list[Fact] = []
    for one, other in combinations(range(attributes), 2):
        table = np.zeros((3, 3), dtype=np.int64)
        np.add.at(table, (cases[:, one], cases[:, other]), 1)
        told += facts("cases", (f"a{one}", f"a{other}"), table)
    return told


def _counts(draw: np.random.Generator, shape: tuple[int, ...], mean: float) -> Numbers:
    return draw.poisson(mean * draw.lognormal(0, 0.7, shape))


SITES: dict[str, Callable[[], list[Fact]]] = {
    "as many as the sample site": sample,
    "one table, 50 × 20 × 5": cube,
    "496 linked tables, 3 × 3": linked,
}
