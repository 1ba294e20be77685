"""The split of a difference of products, on published shares and as properties."""

from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.stats.decomposition import kitagawa

WOMEN = {"applies": 0.28, "granted": 0.75}
MEN = {"applies": 0.47, "granted": 0.79}


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


def test_in_sequence_the_first_step_changes_while_the_others_stand_still():
    split = kitagawa(WOMEN, MEN, order=["applies", "granted"])
    assert split.contributions["applies"] == pytest.approx((0.28 - 0.47) * 0.79)
    assert split.contributions["granted"] == pytest.approx(0.28 * (0.75 - 0.79))


@given(populations())
def test_contributions_sum_to_the_difference(pair):
    first, second = pair
    total = prod(first.values()) - prod(second.values())
    for order in (None, sorted(first, reverse=True)):
        split = kitagawa(first, second, order)
        assert sum(split.contributions.values()) == pytest.approx(total, abs=1e-12)


@given(populations())
def test_seen_from_the_other_side_every_symmetric_contribution_turns(pair):
    ahead, back = kitagawa(*pair), kitagawa(*reversed(pair))
    for step, part in ahead.contributions.items():
        assert back.contributions[step] == pytest.approx(-part, abs=1e-12)


def test_a_step_that_does_not_differ_contributes_nothing():
    split = kitagawa({"a": 0.5, "b": 0.2}, {"a": 0.5, "b": 0.6})
    assert split.contributions["a"] == pytest.approx(0)


@pytest.mark.parametrize("order", [["applies"], ["applies", "paid"], ["applies"] * 2])
def test_an_order_that_names_other_steps_is_refused(order):
    with pytest.raises(ValueError, match="same steps"):
        kitagawa(WOMEN, MEN, order)
