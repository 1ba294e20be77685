"""The split of a difference of products, on published shares and as properties."""

from math import prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.stats.decomposition import kitagawa, kitagawa_intervals

WOMEN = {"applies": 0.28, "granted": 0.75}
MEN = {"applies": 0.47, "granted": 0.79}
WOMEN_COUNTED = {"applies": (56, 200), "granted": (42, 56)}
MEN_COUNTED = {"applies": (235, 500), "granted": (186, 235)}


@st.composite
def populations(draw):
    steps = "abcd"[: draw(st.integers(1, 4))]
    rate = st.floats(0, 1)
    return tuple({step: draw(rate) for step in steps} for _ in range(2))


def test_two_steps_follow_kitagawas_formula():
    split = kitagawa(WOMEN, MEN)
    assert split.first == pytest.approx(0.2100)
    assert split.second == pytest.approx(0.3713)
    assert split.difference == pytest.approx(-0.1613)
    assert split.contributions["applies"] == pytest.approx((0.28 - 0.47) * (0.75 + 0.79) / 2)
    assert split.contributions["granted"] == pytest.approx((0.75 - 0.79) * (0.28 + 0.47) / 2)
    assert split.shares["applies"] == pytest.approx(0.907, abs=5e-4)


def test_three_steps_follow_das_guptas_formula():
    # Das Gupta (1993), P23-186, chapter 2: the effect of one of three factors.
    first = {"a": 0.9, "b": 0.5, "c": 0.3}
    second = {"a": 0.4, "b": 0.8, "c": 0.7}
    weight = (0.5 * 0.3 + 0.8 * 0.7) / 3 + (0.5 * 0.7 + 0.8 * 0.3) / 6
    assert kitagawa(first, second).contributions["a"] == pytest.approx((0.9 - 0.4) * weight)


@given(populations())
def test_contributions_sum_to_the_difference(pair):
    first, second = pair
    total = prod(first.values()) - prod(second.values())
    parts = kitagawa(first, second).contributions
    assert sum(parts.values()) == pytest.approx(total, abs=1e-12)


@given(populations())
def test_seen_from_the_other_side_every_symmetric_contribution_turns(pair):
    ahead, back = kitagawa(*pair), kitagawa(*reversed(pair))
    for step, part in ahead.contributions.items():
        assert back.contributions[step] == pytest.approx(-part, abs=1e-12)


def test_a_step_that_does_not_differ_contributes_nothing():
    split = kitagawa({"a": 0.5, "b": 0.2}, {"a": 0.5, "b": 0.6})
    assert split.contributions["a"] == pytest.approx(0)


def test_populations_that_name_other_steps_are_refused():
    with pytest.raises(ValueError, match="same steps"):
        kitagawa(WOMEN, {"applies": 0.4, "paid": 0.5})


@st.composite
def counted(draw):
    steps = "abc"[: draw(st.integers(1, 3))]

    def one():
        reached = draw(st.integers(2, 60))
        return draw(st.integers(1, reached - 1)), reached

    return tuple({step: one() for step in steps} for _ in range(2))


def numbers(estimate):
    return estimate.value, estimate.low, estimate.high


def test_the_intervals_of_two_steps_by_hand():
    found = kitagawa_intervals(WOMEN_COUNTED, MEN_COUNTED)
    a1, g1, a2, g2 = 56 / 200, 42 / 56, 235 / 500, 186 / 235
    var_a = a1 * (1 - a1) / 200 + a2 * (1 - a2) / 500
    var_g1, var_g2 = g1 * (1 - g1) / 56, g2 * (1 - g2) / 235
    applies = (a1 - a2) * (g1 + g2) / 2
    variance = ((g1 + g2) / 2) ** 2 * var_a + ((a1 - a2) / 2) ** 2 * (var_g1 + var_g2)
    reach = 1.959963984540 * variance**0.5
    expected = pytest.approx((applies, applies - reach, applies + reach))
    assert numbers(found.contributions["applies"]) == expected
    assert found.difference.value == pytest.approx(a1 * g1 - a2 * g2)


def test_intervals_hold_the_truth_as_often_as_they_say():
    random, runs = np.random.default_rng(20250101), 400
    truth = kitagawa(WOMEN, MEN)
    held = np.zeros(2)
    for _ in range(runs):
        found = kitagawa_intervals(sample(random, WOMEN, 200), sample(random, MEN, 500))
        held += [
            not found.difference.excludes(truth.difference),
            not found.contributions["applies"].excludes(truth.contributions["applies"]),
        ]
    assert held / runs == pytest.approx(0.95, abs=0.03)


def sample(random, rates, placed):
    applied = int(random.binomial(placed, rates["applies"]))
    granted = int(random.binomial(applied, rates["granted"]))
    return {"applies": (applied, placed), "granted": (granted, applied)}


@given(counted())
def test_intervals_are_about_the_values_of_the_plain_split(pair):
    first, second = ({s: k / n for s, (k, n) in counts.items()} for counts in pair)
    found, plain = kitagawa_intervals(*pair), kitagawa(first, second)
    for step, part in found.contributions.items():
        assert part.value == pytest.approx(plain.contributions[step])
        assert part.low <= part.value <= part.high
    assert sum(part.value for part in found.contributions.values()) == pytest.approx(
        found.difference.value, abs=1e-12
    )


@given(counted())
def test_seen_from_the_other_side_contributions_turn(pair):
    ahead, back = kitagawa_intervals(*pair), kitagawa_intervals(*reversed(pair))
    for step, part in ahead.contributions.items():
        turned = back.contributions[step]
        assert numbers(part) == pytest.approx((-turned.value, -turned.high, -turned.low), abs=1e-9)


@pytest.mark.parametrize("step", [(0, 0), (5, 4), (-1, 4)])
def test_a_step_that_more_passed_than_reached_is_refused(step):
    with pytest.raises(ValueError, match="granted needs"):
        kitagawa_intervals(WOMEN_COUNTED, {"applies": (3, 9), "granted": step})
