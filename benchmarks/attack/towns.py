"""One invented town: its releases a year apart, the truth, and what can be made of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from types import ModuleType
from typing import Any

import numpy as np

from benchmarks import key
from benchmarks.attack.bounds import proved
from helpers.data import read_cases, sample
from helpers.data.cases import Cases
from helpers.disclosure import ALL, Published, Tally, attacker
from helpers.disclosure.noise import Floats, Integers
from helpers.disclosure.published import joined

Record = dict[str, Any]

DAYS = ("2023-12-31", "2024-12-31", "2025-12-31")
"""As-of dates of the releases."""


@dataclass(frozen=True)
class Seen:
    """What is found in one town, of one question after so many releases."""

    small: int
    named: int
    small_changes: int
    named_changes: int
    proved: int
    by_rates: float


def attack(question: str, people: int, seed: int, sweeps: int = attacker.SWEEPS) -> Iterator[Seen]:
    """Publish an invented town, two in five of them women, and read it as an attacker would.

    Yields
    ------
    Seen
        After the last release alone, after the last two, and so on.
    """
    with key.of_town(np.random.default_rng(seed).bytes(32)):
        records, truth = _published(question, people, seed)
    for first in reversed(range(len(DAYS))):
        yield _read(records[first:], truth[first:], seed, sweeps)


def _read(records: Sequence[Record], truth: Sequence[Record], seed: int, sweeps: int) -> Seen:
    cells, draws = attacker.cells_of(records), attacker.posterior(records, seed=seed, sweeps=sweeps)
    true = np.array([cell.n for cell in attacker.cells_of(truth)])
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


def _published(name: str, people: int, seed: int) -> tuple[list[Record], list[Record]]:
    """Tally and protect as of each day as the notebook does, and keep the true counts too."""
    women = people * 2 // 5
    question = import_module(f"helpers.questions.{name}")
    cases = read_cases(question.TABLE, sample.town(women, people - women, seed))
    tallies = [
        [question.tally(cases, question.BY, day), *_over_time(question, cases, day)] for day in DAYS
    ]
    pairs = [[(tally, question.protect(tally)) for tally in of_day] for of_day in tallies]
    shown = [joined(published.to_record() for _, published in of_day) for of_day in pairs]
    truth = [joined(_true(*pair) for pair in of_day) for of_day in pairs]
    return [one[question.QUESTION] for one in shown], [one[question.QUESTION] for one in truth]


def _over_time(question: ModuleType, cases: Cases, day: str) -> list[Tally]:
    return [question.over_time(cases, day)] if hasattr(question, "over_time") else []


def _true(tally: Tally, published: Published) -> Record:
    """Give the true counts of the cells that are published, in their order."""
    shown = {ALL, *published.by}
    own = {name: tally.tables[name] for name in published.tables}
    tables = {
        name: table[table["grouping"].isin(shown)].drop(columns=["key", "days"], errors="ignore")
        for name, table in own.items()
    }
    return replace(published, tables=tables).to_record()
