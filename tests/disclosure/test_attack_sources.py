"""A leak names few places, and all that it takes."""

from hypothesis import given, settings
from hypothesis import strategies as st
from told_facts import counts

from helpers.disclosure import TOTAL, Rules
from helpers.disclosure.attack import Rule, Source, attack
from helpers.disclosure.attack.leak import fewest_sources
from helpers.disclosure.told import Cell, Fact

T = TOTAL


def only(told):
    [leak] = attack(told, Rules())
    return leak


def test_the_place_that_tells_most_is_named_and_not_those_that_repeat_it():
    told = counts("sex", [("K", ".."), ("M", 30), (T, 33)], "tabell")
    told += counts("sex", [("M", 30)], "mening") + counts("sex", [(T, 33)], "annan mening")
    assert only(told).given_by == (Source("tabell"),)


def test_of_places_that_tell_the_same_the_first_by_name_is_named():
    told = [fact for place in "cab" for fact in counts("sex", [("K", 3)], place)]
    assert only(told).given_by == (Source("a"),)


def test_the_site_is_named_before_earlier_releases():
    now = counts("sex", [("M", 30)], "nu") + counts("sex", [(T, 33)], "nu också")
    then = counts("sex", [("M", 30), (T, 33)], "då", "2025")
    hidden = counts("sex", [("K", "..")], "nu")
    leak = only(then + now + hidden)
    assert leak.given_by == (Source("nu"), Source("nu också"))
    assert leak.rule is Rule.NARROW


def test_an_earlier_release_is_named_for_what_it_alone_tells():
    now = counts("sex", [("K", ".."), ("M", 30)], "nu")
    then = counts("sex", [("M", 30), (T, 33)], "då", "2025")
    assert only(now + then).given_by == (Source("nu"), Source("då", "2025"))


def test_a_cell_told_in_many_places_is_shown_in_the_first_few():
    told = [fact for place in "fedcba" for fact in counts("sex", [("K", 3)], place)]
    assert only(told).places == (Source("a"), Source("b"), Source("c"))


PLACES = st.sets(st.tuples(st.sampled_from("abcde"), st.sampled_from(["", "2025"])), min_size=1)


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.lists(PLACES, max_size=8))
def test_all_is_told_by_the_places_named(told):
    facts = [[Fact(Cell("svar"), 1, 1, place=p, release=r) for p, r in each] for each in told]
    named = fewest_sources(facts)
    assert len(set(named)) == len(named) <= len(told)
    assert all({*named} & each for each in told)
    assert {each.release for each in named} <= {""} | {
        release for each in told for _, release in each if all(r for _, r in each)
    }
