"""A witness is another table that a reader could not tell from the true one."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from helpers.disclosure import Rules
from helpers.disclosure.changes import best_change
from helpers.disclosure.margins import Table
from helpers.disclosure.suppression import suppress
from helpers.disclosure.systems import system_of
from helpers.disclosure.weaknesses import readers
from helpers.disclosure.witnesses import Witnesses

LEAST = Rules().min_count


@pytest.fixture(scope="module")
def system():
    counts = np.random.default_rng(5).exponential(9, 48).astype(int).astype(float)
    return system_of([Table({"a": [*range(4)], "b": [*range(4)], "c": [*range(3)]}, counts)])


@pytest.fixture(scope="module")
def hidden(system):
    return suppress(system, (system.values > 0) & (system.values < LEAST), LEAST).hidden


@pytest.mark.parametrize("whole", [False, True])
def test_each_change_keeps_what_is_shown_and_every_sum(system, hidden, whole):
    witnesses = Witnesses(system, readers(system), hidden, whole)
    witnesses.explore(LEAST)
    explored = len(witnesses.changes)
    assert explored > 2
    for number in np.flatnonzero(hidden).tolist():
        assert all(witnesses.leave(LEAST, number, r) for r in witnesses.unsure(LEAST, number))
    assert len(witnesses.changes) > explored
    for numbers, steps in witnesses.changes:
        change = np.zeros(len(hidden))
        change[numbers] = steps
        assert not change[~hidden].any()
        assert system.sums @ change == pytest.approx(0, abs=1e-6)
        assert (system.values + change >= -1e-6).all()
        assert not (whole and (change % 1).any())


def test_a_number_that_a_line_tells_is_not_left_any_room(system, hidden):
    line = next(line for line in system.lines if hidden[list(line)].sum() > 1)
    lone = next(number for number in line if hidden[number])
    others = np.isin(np.arange(len(hidden)), [number for number in line if number != lone])
    witnesses = Witnesses(system, readers(system), hidden & ~others, whole=True)
    assert 0 in witnesses.unsure(LEAST, lone)
    assert not witnesses.leave(LEAST, lone, 0)


def test_changes_of_what_a_reader_knows_are_no_witness_to_that_one(system, hidden):
    known = readers(system)
    witnesses = Witnesses(system, known, hidden, whole=True)
    witnesses.explore(LEAST)
    for number in np.flatnonzero(hidden).tolist():
        unsure = {*witnesses.unsure(LEAST, number), *np.flatnonzero(known[:, number])}
        for reader in {*range(len(known))} - unsure:
            moved = [0, *_unknown_moves(witnesses, number, known[reader])]
            assert max(moved) - min(moved) >= LEAST


def _unknown_moves(witnesses, number, known):
    for numbers, steps in witnesses.changes:
        if not known[numbers].any():
            yield from steps[numbers == number]


def test_the_best_change_gains_most_within_its_limits():
    line = csr_array(np.array([[1.0, 1.0, 1.0, -1.0]]))
    gains, costs = np.array([1.0, 0, 0, 0]), np.full(4, 0.01)
    limits = np.array([5.0, 9, 9, 0]), np.array([0, 2.5, 1.5, 0])
    for whole, most in ((False, 4), (True, 3)):
        steps = best_change(line, gains, costs, limits, whole=whole, gap=0)
        assert steps[0] == pytest.approx(most)
        assert line @ steps == pytest.approx(0)


def test_where_nothing_may_change_nothing_does():
    line = csr_array(np.array([[1.0, -1.0]]))
    nothing = np.zeros(2)
    steps = best_change(line, np.ones(2), nothing, (nothing, nothing), whole=True, gap=0)
    assert steps.tolist() == [0, 0]
