"""Pooled comparisons, against R's metafor and as properties.

Reference values: rma.mh of metafor 3.8-1 in R 4.2.2.
"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.stats import proportions
from helpers.stats.stratified import mantel_haenszel

MEASURES = ["risk difference", "rate ratio"]
measures = st.sampled_from(MEASURES)

# Deaths of those given tolbutamide or placebo, under and over 55 years: University Group
# Diabetes Program (1970), as in Rothman, Greenland and Lash (2008), chapter 15.
TOLBUTAMIDE = ([8, 22], [106, 98], [5, 16], [120, 85])
# Deaths and person-years with clozapine now or before, ages 10-54 and 55-94: Walker et al.
# (1997), as in Rothman (2012), Epidemiology: An Introduction, chapter 10.
CLOZAPINE = ([196, 167], [62119, 6085], [111, 157], [15763, 2780])
SPARSE = ([8, 22, 5, 0, 3], [106, 98, 23, 12, 3], [5, 16, 9, 2, 4], [120, 85, 40, 11, 9])
YEARS = tuple(np.multiply(part, factor) for part, factor in zip(SPARSE, [1, 1.5] * 2, strict=True))

METAFOR = [
    (TOLBUTAMIDE, "risk difference", 0.034900269337, -0.027627846012, 0.09742838469),
    (SPARSE, "risk difference", 0.0293287508749, -0.0301232701917, 0.0887807719416),
    (CLOZAPINE, "rate ratio", 0.468872155599, 0.399839844764, 0.549822888275),
    (YEARS, "rate ratio", 1.224615005521, 0.773580447452, 1.938624375379),
]


@st.composite
def strata(draw):
    """Up to five strata with events, and people without, in both groups."""
    count = draw(st.integers(1, 5))
    some = st.lists(st.integers(1, 20), min_size=count, max_size=count)
    events1, rest1, events2, rest2 = (np.array(draw(some)) for _ in range(4))
    return events1, events1 + rest1, events2, events2 + rest2


def numbers(estimate):
    return estimate.value, estimate.low, estimate.high


@pytest.mark.parametrize(("table", "measure", "value", "low", "high"), METAFOR)
def test_the_pooled_estimate_is_that_of_metafor(table, measure, value, low, high):
    assert numbers(mantel_haenszel(*table, measure=measure)) == pytest.approx((value, low, high))


@given(strata(), measures)
def test_swapped_groups_turn_the_comparison(table, measure):
    ahead = numbers(mantel_haenszel(*table, measure=measure))
    back = numbers(mantel_haenszel(*table[2:], *table[:2], measure=measure))
    turned = [1 / x if measure == "rate ratio" else -x for x in (back[0], back[2], back[1])]
    assert ahead == pytest.approx(turned, abs=1e-12)


@given(strata(), measures, st.randoms())
def test_the_order_of_the_strata_does_not_matter(table, measure, random):
    order = random.sample(range(len(table[0])), len(table[0]))
    shuffled = [part[order] for part in table]
    ahead, shuffled_too = (mantel_haenszel(*rows, measure=measure) for rows in (table, shuffled))
    assert numbers(ahead) == pytest.approx(numbers(shuffled_too))


@given(strata(), measures)
def test_strata_that_are_alike_pool_to_what_each_is(table, measure):
    one = [part[:1] for part in table]
    many = [np.repeat(part, 3) for part in one]
    alone, pooled = (mantel_haenszel(*rows, measure=measure) for rows in (one, many))
    assert pooled.value == pytest.approx(alone.value)
    assert alone.low <= pooled.low + 1e-12 <= pooled.high <= alone.high + 1e-12


def test_one_large_stratum_gives_nearly_the_plain_difference():
    plain = proportions.gap(300, 1000, 250, 1000)
    pooled = mantel_haenszel([300], [1000], [250], [1000], measure="risk difference")
    assert numbers(pooled) == pytest.approx(numbers(plain), abs=2e-4)


@pytest.mark.parametrize("measure", MEASURES)
def test_a_stratum_of_one_group_alone_counts_for_nothing(measure):
    longer = [[*part, extra] for part, extra in zip(TOLBUTAMIDE, [3, 9, 0, 0], strict=True)]
    pooled = mantel_haenszel(*longer, measure=measure)
    assert pooled == mantel_haenszel(*TOLBUTAMIDE, measure=measure)


@pytest.mark.parametrize("measure", MEASURES)
def test_no_stratum_with_both_groups_is_refused(measure):
    with pytest.raises(ValueError, match="both groups"):
        mantel_haenszel([], [], [], [], measure=measure)
    with pytest.raises(ValueError, match="both groups"):
        mantel_haenszel([1, 0], [5, 0], [0, 1], [0, 5], measure=measure)


def test_a_ratio_to_a_group_without_events_is_refused():
    with pytest.raises(ValueError, match="events in both groups"):
        mantel_haenszel([3, 2], [9, 9], [0, 0], [9, 9], measure="rate ratio")


def test_counts_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match="number of persons"):
        mantel_haenszel([10], [9], [1], [9], measure="risk difference")
    with pytest.raises(ValueError, match="0 or more"):
        mantel_haenszel([-1], [9], [1], [9], measure="rate ratio")


def test_columns_of_unlike_length_are_refused():
    with pytest.raises(ValueError, match="one length"):
        mantel_haenszel([1, 2], [9], [1], [9], measure="rate ratio")


def test_where_everybody_has_the_event_the_risks_are_alike():
    found = mantel_haenszel([7, 3], [7, 3], [5, 9], [5, 9], measure="risk difference")
    assert numbers(found) == pytest.approx((0, 0, 0))
