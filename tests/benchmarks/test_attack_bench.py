"""The attack on invented towns, a few of them: what the benchmark says of all."""

import pytest

from benchmarks.attack.__main__ import LIMITS, means
from benchmarks.attack.towns import attack

FEW = [("extensions", 60), ("unplanned_terminations", 60)]


@pytest.fixture(scope="module")
def seen():
    return [next(attack(question, size, seed=5, sweeps=30)) for question, size in FEW]


def test_no_count_of_1_to_4_is_proved_and_few_are_named(seen):
    found = means(seen)
    assert sum(town.small for town in seen) > 15
    assert found["proved"] == 0
    assert found["counts"] <= LIMITS["counts"]
    assert found["by_rates"] <= found["counts"] + 0.1
