"""One invented town: its releases a year apart, the truth, and what can be made of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module

import numpy as np

from benchmarks import key
from benchmarks.attack.bounds import proved
from helpers.data import read_cases, sample
from helpers.disclosure import Published, Tally, attacker
from helpers.disclosure.noise import Floats, Integers
from helpers.disclosure.tally import ALL

DAYS = ("2023-12-31", "2024-12-31", "2025-12-31")
"""As-of dates of the releases; fewer than three are the last ones."""


@dataclass(frozen=True)
class Seen:
    """What is found in one town, of one question after so many releases."""

    small: int
    named: int
    small_changes: int
    named_changes: int
    proved: int
    by_rates: float


def attack(question: str, people: int, seed: int, releases: int, steps: int | None = None) -> Seen:
    """Publish an invented town, two in five of them women, and read it as an attacker would."""
    with key.of_town(np.random.default_rng(seed).bytes(32)):
        published, true = _published(question, people, seed, DAYS[-releases:])
    records = [one.to_record() for one in published]
    cells, draws = attacker.cells_of(records), attacker.posterior(records, seed=seed, steps=steps)
    earlier, later = attacker.changes_of(cells)
    count = partial(_named, true, attacker.chances(draws))
    changes = partial(
        _named,
        true[later] - true[earlier],
        attacker.chances(draws[:, later] - draws[:, earlier]),
    )
    return Seen(*count(), *changes(), proved(records, true), attacker.by_rates(draws))


def _named(true: Integers, chance: Floats) -> tuple[int, int]:
    """Count the true ones of 1-4, and those of them of which a value is said to be sure."""
    is_small = (np.abs(true) >= 1) & (np.abs(true) <= 4)
    is_sure = chance.max(axis=0, initial=0.0) >= attacker.SURE
    return int(is_small.sum()), int((is_small & is_sure).sum())


def _published(
    name: str, people: int, seed: int, days: Sequence[str]
) -> tuple[list[Published], Integers]:
    """Tally and protect as of each day as the notebook does, and keep the true counts too."""
    women = people * 2 // 5
    question = import_module(f"helpers.questions.{name}")
    cases = read_cases(question.TABLE, sample.town(women, people - women, seed))
    tallies = [question.tally(cases, question.BY, day) for day in days]
    published = [question.protect(tally) for tally in tallies]
    pairs = zip(tallies, published, strict=True)
    return published, np.concatenate([true for pair in pairs for true in _true(*pair)])


def _true(tally: Tally, published: Published) -> Iterator[Integers]:
    """Give the true counts of the cells that are published, in their order."""
    for name in published.tables:
        own = tally.tables[name]
        if len(own):
            yield own.loc[own["grouping"].isin([ALL, *published.by]), "n"].to_numpy()
